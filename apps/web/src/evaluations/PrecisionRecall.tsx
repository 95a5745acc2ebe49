// How precision falls as recall rises, a line for each class; a point shows what was found from its score on.

import { Paper, Text } from '@mantine/core';
import type { Evaluation } from '@migaki/api';
import { LineChart } from 'echarts/charts';
import { use } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../charts/Chart.tsx';
import type { EvaluationSearch } from './search.ts';

use([LineChart]);

/** Colours that are told apart, for as many lines as can be read. */
const colors = [
  '#4c6ef5',
  '#f76707',
  '#0ca678',
  '#ae3ec9',
  '#f59f00',
  '#1098ad',
  '#e64980',
  '#74b816',
];

interface PrecisionRecallProps {
  evaluation: Evaluation;
  onShow: (search: EvaluationSearch) => void;
}

export function PrecisionRecall({ evaluation, onShow }: PrecisionRecallProps) {
  const { t } = useTranslation();
  const lines = useMemo(
    () =>
      evaluation.curves
        .map((points, i) => ({ ...evaluation.classes[i], points }))
        .filter(({ points }) => points.length > 0)
        .slice(0, colors.length),
    [evaluation],
  );
  const option = useMemo(
    () =>
      optionOf(
        lines,
        evaluation.scoreThreshold ?? 0,
        t('evaluations.curve.recall'),
        t('evaluations.curve.precision'),
      ),
    [lines, evaluation, t],
  );
  if (lines.length === 0) return null;
  return (
    <Paper withBorder className="chart-card">
      <Text size="sm" fw={600} component="h2">
        {t('evaluations.curve.title')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('evaluations.curve.explained')}
      </Text>
      <Chart
        label={t('evaluations.curve.title')}
        option={option}
        height={260}
        onClick={(dataIndex, seriesIndex) => {
          const { categoryId, points } = lines[seriesIndex];
          onShow({
            predicted: String(categoryId),
            score: String(Math.round(points[dataIndex].score * 1e4) / 1e4),
          });
        }}
      />
      <div className="curve-legend">
        {lines.map(({ categoryId, name }, i) => (
          <span key={categoryId}>
            <span className="curve-key" style={{ background: colors[i] }} aria-hidden />
            {name}
          </span>
        ))}
      </div>
    </Paper>
  );
}

interface Line {
  name: string;
  points: Evaluation['curves'][number];
}

function optionOf(
  lines: readonly Line[],
  threshold: number,
  recall: string,
  precision: string,
): ChartOption {
  return {
    grid: { left: 46, right: 16, top: 12, bottom: 40 },
    tooltip: {
      trigger: 'item',
      confine: true,
      valueFormatter: (value: unknown) => Number(value).toFixed(3),
    },
    xAxis: { type: 'value', min: 0, max: 1, name: recall, nameLocation: 'middle', nameGap: 24 },
    yAxis: { type: 'value', min: 0, max: 1, name: precision, nameLocation: 'middle', nameGap: 28 },
    series: lines.map(({ name, points }, i) => ({
      type: 'line' as const,
      name,
      data: points.map((point) => ({
        value: [point.recall, point.precision],
        // What lies below the threshold took no part in what is shown.
        itemStyle: { opacity: point.score < threshold ? 0.25 : 1 },
      })),
      symbol: 'circle',
      symbolSize: 4,
      showAllSymbol: true,
      itemStyle: { color: colors[i] },
      lineStyle: { color: colors[i], width: 1.75 },
    })),
  };
}
