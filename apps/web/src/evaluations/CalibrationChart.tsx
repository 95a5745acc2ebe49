// Whether a classifier's certainty can be believed: how often it is right, by how sure it was.

import { Paper, Text } from '@mantine/core';
import type { Evaluation } from '@migaki/api';
import { BarChart, LineChart } from 'echarts/charts';
import { use } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../charts/Chart.tsx';

use([BarChart, LineChart]);

export function CalibrationChart({ evaluation: { calibration } }: { evaluation: Evaluation }) {
  const { t } = useTranslation();
  const option = useMemo(
    () => optionOf(calibration, t('evaluations.calibration.certainty')),
    [calibration, t],
  );
  if (calibration.every(({ count }) => count === 0)) return null;
  return (
    <Paper withBorder className="chart-card">
      <Text size="sm" fw={600} component="h2">
        {t('evaluations.calibration.title')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('evaluations.calibration.explained')}
      </Text>
      <Chart label={t('evaluations.calibration.title')} option={option} height={240} />
    </Paper>
  );
}

function optionOf(bins: Evaluation['calibration'], certainty: string): ChartOption {
  const names = bins.map((_, i) => `${i / bins.length}–${(i + 1) / bins.length}`);
  return {
    grid: { left: 8, right: 16, top: 12, bottom: 20, containLabel: true },
    tooltip: {
      trigger: 'axis',
      confine: true,
      valueFormatter: (value: unknown) => (value == null ? '–' : Number(value).toFixed(3)),
    },
    xAxis: {
      type: 'category',
      data: names,
      name: certainty,
      nameLocation: 'middle',
      nameGap: 24,
      axisLabel: { fontSize: 10, hideOverlap: true },
    },
    yAxis: { type: 'value', min: 0, max: 1 },
    series: [
      {
        type: 'bar' as const,
        data: bins.map(({ accuracy, count }) => (count === 0 ? null : accuracy)),
        itemStyle: { color: '#4c6ef5', borderRadius: [3, 3, 0, 0] },
      },
      {
        // Where it is as right as it is sure.
        type: 'line' as const,
        data: bins.map((_, i) => (i + 0.5) / bins.length),
        symbol: 'none',
        lineStyle: { color: '#868e96', type: 'dashed' as const, width: 1.25 },
      },
    ],
  };
}
