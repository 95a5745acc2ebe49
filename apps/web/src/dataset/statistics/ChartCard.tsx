// A chart with its title, and the same as a table: for screen readers, keys and exact numbers.

import { Group, Paper, Text } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../charts/Chart.tsx';
import { TableToggle } from '../../charts/TableToggle.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { Bar } from './chart-options.ts';

interface ChartCardProps {
  title: string;
  help: string;
  bars: readonly Bar[];
  option: ChartOption;
  /** CSS pixels that the chart needs. */
  height: number;
  /** A chart that needs more scrolls. */
  maxHeight?: number;
  controls?: ReactNode;
  /** Of the bar or cell that was clicked. */
  onPick: (index: number) => void;
}

export function ChartCard(props: ChartCardProps) {
  const { title, help, bars, option, height, maxHeight = height, controls, onPick } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [isTable, setTable] = useState(false);
  const counted = bars.map((bar, index) => ({ ...bar, index })).filter(({ count }) => count > 0);
  const shownHeight = Math.min(height, maxHeight);
  return (
    <Paper withBorder className="chart-card">
      <div className="chart-title">
        <div>
          <Text fw={600} size="sm" component="h2">
            {title}
          </Text>
          <Text size="xs" c="dimmed">
            {help}
          </Text>
        </div>
        <Group gap={4} wrap="nowrap">
          {controls}
          <TableToggle
            title={title}
            isTable={isTable}
            onChange={setTable}
            chartIcon={<IconChartBar size={16} />}
          />
        </Group>
      </div>
      {counted.length === 0 && (
        <div className="chart-empty" style={{ height: shownHeight }}>
          {t('statistics.nothing')}
        </div>
      )}
      {counted.length > 0 && isTable && (
        <div className="chart-table" style={{ height: shownHeight }}>
          {counted.map(({ label, count, index }) => (
            <button type="button" key={`${label} ${index}`} onClick={() => onPick(index)}>
              <span>{label}</span>
              <span>{format.count(count)}</span>
            </button>
          ))}
        </div>
      )}
      {counted.length > 0 && !isTable && (
        <div
          className="chart-scroller"
          style={{ height: shownHeight }}
          tabIndex={height > shownHeight ? 0 : undefined}
        >
          <Chart label={title} option={option} height={height} onClick={onPick} />
        </div>
      )}
    </Paper>
  );
}
