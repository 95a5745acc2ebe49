// A chart with its title, and the same as a table: for screen readers, keys and exact numbers.

import { ActionIcon, Paper, Text, Tooltip } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Chart, type ChartOption } from './Chart.tsx';
import type { Bar } from './chart-options.ts';

interface ChartCardProps {
  title: string;
  help?: string;
  bars: readonly Bar[];
  option: ChartOption;
  height: number;
  /** Of the bar that was clicked. Nothing where the query language has no words for the bars. */
  onPick?: (index: number) => void;
}

export function ChartCard(props: ChartCardProps) {
  const { title, help, bars, option, height, onPick } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [isTable, setTable] = useState(false);
  return (
    <Paper withBorder className="chart-card">
      <div className="chart-title">
        <div>
          <Text fw={600} size="sm">
            {title}
          </Text>
          {help !== undefined && (
            <Text size="xs" c="dimmed">
              {help}
            </Text>
          )}
        </div>
        <Tooltip label={isTable ? t('statistics.asChart') : t('statistics.asTable')}>
          <ActionIcon
            size="sm"
            aria-label={isTable ? t('statistics.asChart') : t('statistics.asTable')}
            onClick={() => setTable(!isTable)}
          >
            {isTable ? <IconChartBar size={16} /> : <IconTable size={16} />}
          </ActionIcon>
        </Tooltip>
      </div>
      {isTable ? (
        <div className="chart-table" style={{ height }}>
          {bars.map(({ label, count }, index) => (
            <button
              type="button"
              key={label}
              disabled={onPick === undefined}
              onClick={() => onPick?.(index)}
            >
              <span>{label}</span>
              <span>{format.count(count)}</span>
            </button>
          ))}
        </div>
      ) : (
        <Chart label={title} option={option} height={height} onClick={onPick} />
      )}
    </Paper>
  );
}
