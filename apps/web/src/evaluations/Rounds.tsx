// The rounds of a dataset: labels, work and quality, as a curve and as a table.

import { Paper, Table, Text } from '@mantine/core';
import type { Round } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { LineChart } from 'echarts/charts';
import { use } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../charts/Chart.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { ModelLink } from '../models/ModelLink.tsx';
import { useRunWords } from '../runs/use-run-words.ts';
import { roundsQuery } from '../server/evaluation-queries.ts';
import { LinkAnchor } from '../shell/links.tsx';

use([LineChart]);

export function Rounds({ datasetId }: { datasetId: number }) {
  const { t } = useTranslation();
  const { data: rounds = [] } = useQuery(roundsQuery(datasetId));
  if (rounds.length === 0) return null;
  return (
    <Paper withBorder p="sm" mb="sm">
      <Text size="sm" fw={600} component="h2">
        {t('rounds.title')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('rounds.explained')}
      </Text>
      <QualityChart rounds={rounds} />
      <Table.ScrollContainer minWidth={520}>
        <RoundTable rounds={rounds} />
      </Table.ScrollContainer>
    </Paper>
  );
}

function RoundTable({ rounds }: { rounds: readonly Round[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = (value: number | null) => (value === null ? '–' : format.count(value));
  return (
    <Table verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('rounds.model')}</Table.Th>
          {(['pictures', 'labels', 'work', 'training', 'quality'] as const).map((name) => (
            <Table.Th key={name} ta="right">
              {t(`rounds.${name}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rounds.toReversed().map((round) => (
          <Table.Tr key={`${round.model.modelId} ${round.model.version}`}>
            <Table.Td title={format.time(round.madeAt)}>
              <ModelLink model={round.model} />
            </Table.Td>
            <Table.Td ta="right" className="digits">
              {count(round.imageCount)}
            </Table.Td>
            <Table.Td ta="right" className="digits">
              {count(round.annotationCount)}
            </Table.Td>
            <Table.Td ta="right" className="digits">
              {round.workMillis === null
                ? t('rounds.notRecorded')
                : format.duration(round.workMillis / 1000)}
            </Table.Td>
            <Table.Td ta="right" className="digits">
              {round.trainingSeconds === null ? '–' : format.duration(round.trainingSeconds)}
            </Table.Td>
            <Table.Td ta="right" className="digits">
              <Quality round={round} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Quality({ round: { metric, score, evaluationId } }: { round: Round }) {
  const { t } = useTranslation();
  const words = useRunWords();
  if (metric === null || score === null) return '–';
  const text = `${words.metric(metric)} ${words.score(metric, score)}`;
  if (evaluationId === null) return <span title={t('rounds.validated')}>{text}</span>;
  return (
    <LinkAnchor
      inherit
      to="/evaluations/$evaluationId"
      params={{ evaluationId: String(evaluationId) }}
      search={{}}
      title={t('rounds.measured')}
    >
      {text}
    </LinkAnchor>
  );
}

/** Of the metric that most rounds have. */
function QualityChart({ rounds }: { rounds: readonly Round[] }) {
  const { t } = useTranslation();
  const words = useRunWords();
  const shown = useMemo(() => ofOneMetric(rounds), [rounds]);
  const option = useMemo(
    () => optionOf(shown, t('rounds.labels'), words.metric(shown[0]?.metric ?? '')),
    [shown, words, t],
  );
  // With the same labels each time there is nothing to be seen rising.
  if (new Set(shown.map(({ labels }) => labels)).size < 2) return null;
  return <Chart label={t('rounds.qualityByLabels')} option={option} height={180} />;
}

interface Point {
  name: string;
  metric: string;
  labels: number;
  score: number;
}

function ofOneMetric(rounds: readonly Round[]): Point[] {
  const points = rounds.flatMap(({ model, metric, score, annotationCount }): Point[] =>
    metric === null || score === null || annotationCount === null
      ? []
      : [{ name: `${model.name}@${model.version}`, metric, labels: annotationCount, score }],
  );
  const groups = [...Map.groupBy(points, ({ metric }) => metric).values()];
  return groups.sort((a, b) => b.length - a.length)[0] ?? [];
}

const optionOf = (points: readonly Point[], labels: string, metric: string): ChartOption => ({
  grid: { left: 52, right: 24, top: 14, bottom: 40 },
  tooltip: { trigger: 'item', confine: true },
  xAxis: { type: 'value', scale: true, name: labels, nameLocation: 'middle', nameGap: 24 },
  yAxis: { type: 'value', scale: true, name: metric, nameLocation: 'middle', nameGap: 38 },
  series: [
    {
      type: 'line' as const,
      data: points.map(({ name, labels: x, score }) => ({ name, value: [x, score] })),
      symbol: 'circle',
      symbolSize: 8,
      itemStyle: { color: '#4c6ef5' },
      lineStyle: { color: '#4c6ef5', width: 1.75 },
    },
  ],
});
