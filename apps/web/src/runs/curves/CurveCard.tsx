// Curves over each other in one chart, with a legend that hides and shows them, and the same as a table: for screen readers
// and exact numbers.

import { Paper, Table, Text } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { LineChart } from 'echarts/charts';
import { DataZoomInsideComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../../charts/Chart.tsx';
import { TableToggle } from '../../charts/TableToggle.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { bestOf, type Curve, type CurveAxis } from './curve.ts';
import { type CurveLook, curveOption } from './curve-options.ts';
import './curves.css';

use([LineChart, DataZoomInsideComponent]);

interface CurveCardProps {
  title: string;
  help?: string;
  curves: readonly Curve[];
  look: CurveLook;
  /** Which value the table calls the best; null where nobody can say. */
  isMoreBetter: boolean | null;
  height?: number;
}

export function CurveCard(props: CurveCardProps) {
  const { title, help, curves, look, isMoreBetter, height = 220 } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [isTable, setTable] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const hasAxis = curves.some(({ points }) => points.some((point) => point[look.axis] !== null));
  const axis: CurveAxis = hasAxis ? look.axis : 'step';
  const option = useMemo(
    () =>
      curveOption(
        curves.filter(({ name }) => !hidden.has(name)),
        { ...look, axis },
        {
          number: format.number,
          at: (value) => (axis === 'seconds' ? format.duration(value) : format.number(value)),
        },
      ),
    [curves, hidden, look, axis, format],
  );
  const toggle = (name: string, isAlone: boolean) => {
    const others = curves.map((curve) => curve.name).filter((other) => other !== name);
    if (isAlone) setHidden(new Set(others.every((other) => hidden.has(other)) ? [] : others));
    else if (hidden.has(name)) setHidden(new Set([...hidden].filter((other) => other !== name)));
    else setHidden(new Set([...hidden, name]));
  };
  return (
    <Paper withBorder className="chart-card curve-card">
      <div className="chart-title">
        <div>
          <Text fw={600} size="sm" component="h3">
            {title}
          </Text>
          {help !== undefined && (
            <Text size="xs" c="dimmed" lineClamp={1} title={help}>
              {help}
            </Text>
          )}
        </div>
        <TableToggle
          title={title}
          isTable={isTable}
          onChange={setTable}
          chartIcon={<IconChartLine size={16} />}
        />
      </div>
      {isTable ? (
        <CurveTable curves={curves} isMoreBetter={isMoreBetter} height={height} />
      ) : (
        <Chart label={title} option={option} height={height} isLive />
      )}
      {curves.length > 1 && !isTable && (
        <div className="curve-legend">
          {curves.map(({ name, color, isDashed }) => (
            <button
              key={name}
              type="button"
              aria-pressed={!hidden.has(name)}
              title={t('runs.curves.legendHelp')}
              onClick={({ altKey, shiftKey }) => toggle(name, altKey || shiftKey)}
            >
              <span
                className="curve-key"
                data-dashed={isDashed || undefined}
                style={{ color }}
                aria-hidden
              />
              {name}
            </button>
          ))}
        </div>
      )}
    </Paper>
  );
}

interface CurveTableProps extends Pick<CurveCardProps, 'curves' | 'isMoreBetter'> {
  height: number;
}

function CurveTable({ curves, isMoreBetter, height }: CurveTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div style={{ height, overflow: 'auto' }}>
      <Table fz="xs" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('runs.curves.curve')}</Table.Th>
            <Table.Th ta="right">{t('runs.curves.last')}</Table.Th>
            {isMoreBetter !== null && <Table.Th ta="right">{t('runs.curves.best')}</Table.Th>}
            {isMoreBetter !== null && <Table.Th ta="right">{t('runs.curves.atStep')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {curves.map(({ name, points }) => {
            const best = isMoreBetter === null ? null : bestOf(points, isMoreBetter);
            const shown = (value: number | undefined) =>
              value === undefined ? '–' : format.number(value);
            return (
              <Table.Tr key={name}>
                <Table.Td>{name}</Table.Td>
                <Table.Td ta="right">{shown(points.at(-1)?.value)}</Table.Td>
                {isMoreBetter !== null && <Table.Td ta="right">{shown(best?.value)}</Table.Td>}
                {isMoreBetter !== null && <Table.Td ta="right">{shown(best?.step)}</Table.Td>}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
