// The models that were made of a dataset: labels, work and quality, as a curve and as a table.

import { Paper, Table, Text } from '@mantine/core';
import type { Round } from '@migaki/api';
import { LineChart } from 'echarts/charts';
import { use } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../charts/Chart.tsx';
import { FavouredNote } from '../evaluations/FavouredNote.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { ModelLink } from '../models/ModelLink.tsx';
import { useRunWords } from '../runs/use-run-words.ts';
import { LinkAnchor } from '../shell/links.tsx';
import { comparable, type MeasuredRound } from './comparable.ts';

use([LineChart]);

export function Rounds({ rounds }: { rounds: readonly Round[] }) {
  const { t } = useTranslation();
  const against = rounds.findLast(({ measuredAgainst }) => measuredAgainst !== null);
  return (
    <Paper component="section" withBorder p="sm" mb="sm" aria-label={t('rounds.modelsTitle')}>
      <Text size="sm" fw={600} component="h2">
        {t('rounds.modelsTitle')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t(rounds.length === 0 ? 'rounds.noRounds' : 'rounds.explained')}
      </Text>
      {rounds.length > 0 && (
        <>
          <QualityChart rounds={rounds} />
          <FavouredNote against={against?.measuredAgainst ?? null} />
          <Table.ScrollContainer minWidth={520}>
            <RoundTable rounds={rounds} />
          </Table.ScrollContainer>
        </>
      )}
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
              {round.isDeleted ? (
                <Text inherit span c="dimmed">
                  {t('rounds.deletedModel', { name: `${round.model.name}@${round.model.version}` })}
                </Text>
              ) : (
                <ModelLink model={round.model} />
              )}
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

/** Of those that were measured alike. */
function QualityChart({ rounds }: { rounds: readonly Round[] }) {
  const { t } = useTranslation();
  const words = useRunWords();
  const { metric, version, points } = useMemo(() => comparable(rounds), [rounds]);
  const option = useMemo(() => optionOf(points, words.metric(metric)), [points, metric, words]);
  // One point tells of nothing rising.
  if (points.length < 2) return null;
  return (
    <>
      <Chart label={t('rounds.qualityByRound')} option={option} height={180} />
      {version !== null && (
        <Text size="xs" c="dimmed" ta="center" mb="xs">
          {t('rounds.measuredOn', { version })}
        </Text>
      )}
    </>
  );
}

const optionOf = (points: readonly MeasuredRound[], metric: string): ChartOption => ({
  grid: { left: 52, right: 24, top: 14, bottom: 28 },
  tooltip: { trigger: 'item', confine: true },
  xAxis: { type: 'category', data: points.map(({ name }) => name) },
  yAxis: { type: 'value', scale: true, name: metric, nameLocation: 'middle', nameGap: 38 },
  series: [
    {
      type: 'line' as const,
      data: points.map(({ name, score }) => ({ name, value: score })),
      symbol: 'circle',
      symbolSize: 8,
      itemStyle: { color: '#4c6ef5' },
      lineStyle: { color: '#4c6ef5', width: 1.75 },
    },
  ],
});
