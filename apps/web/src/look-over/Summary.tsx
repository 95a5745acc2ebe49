// What a sitting has come to: how much was looked at, what became of the proposals, how long it took, and what is left.

import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconLayoutGrid, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { ShareBar } from '../rounds/ShareBar.tsx';
import { LinkButton } from '../shell/links.tsx';
import { leftOf, lookedOver, type Sitting } from './sitting.ts';
import { sumOf, type Tally } from './tally.ts';
import '../runs/runs.css';

interface SummaryProps {
  datasetId: number;
  sitting: Sitting;
  /** What is open now. */
  data: { total: number; items: readonly { id: number }[] };
}

export function Summary({ datasetId, sitting, data }: SummaryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const params = { datasetId: String(datasetId) };
  const q = sitting.q || undefined;
  const { visits } = sitting;
  const tally = sumOf(visits.map((visit) => visit.tally));
  const seconds = visits.reduce((sum, { millis }) => sum + millis, 0) / 1000;
  const left = leftOf(data.total, data.items, sitting, null);
  const count = lookedOver(data.total, data.items, sitting).length;
  const passed = data.total - left;
  const facts = [
    ['pictures', format.count(count)],
    ['time', format.duration(Math.round(seconds))],
    ['each', format.duration(Math.round(seconds / Math.max(1, count)))],
    ['added', format.count(Math.max(0, tally.added))],
    ['removed', format.count(Math.max(0, tally.removed))],
  ] as const;
  return (
    <Stack className="look-over-summary" gap="md">
      <Group gap="xs">
        <IconCircleCheck size={26} color="var(--mantine-color-teal-6)" aria-hidden />
        <Title order={1} size="h3">
          {left + passed === 0 ? t('lookOver.done') : t('lookOver.soFar')}
        </Title>
      </Group>
      <div className="metric-tiles">
        {facts
          .filter(([name]) => name !== 'removed' || tally.removed > 0)
          .filter(([name]) => name !== 'each' || count > 0)
          .map(([name, value]) => (
            <div key={name} className="metric-tile" data-primary={name === 'pictures' || undefined}>
              <Text className="metric-value">{value}</Text>
              <Text size="xs" c="dimmed">
                {t(`lookOver.facts.${name}`)}
              </Text>
            </div>
          ))}
      </div>
      <Fate tally={tally} />
      <Text size="sm" c="dimmed">
        {left > 0 && `${t('lookOver.left', { count: left, shown: format.count(left) })}. `}
        {passed > 0 && t('lookOver.passed', { count: passed, shown: format.count(passed) })}
      </Text>
      <Group gap="xs">
        {left > 0 && (
          <LinkButton
            leftSection={<IconPlayerPlay size={14} />}
            to="/datasets/$datasetId/look-over"
            params={params}
            search={{ q, begin: '1' }}
          >
            {t('lookOver.goOn')}
          </LinkButton>
        )}
        {left === 0 && passed > 0 && (
          <LinkButton
            leftSection={<IconPlayerPlay size={14} />}
            to="/datasets/$datasetId/look-over"
            params={params}
            search={{ q, begin: 'anew' }}
          >
            {t('lookOver.passedAgain')}
          </LinkButton>
        )}
        <LinkButton
          variant={left + passed > 0 ? 'default' : 'filled'}
          leftSection={<IconRefresh size={14} />}
          to="/datasets/$datasetId/runs"
          params={params}
        >
          {t('lookOver.retrain')}
        </LinkButton>
        <LinkButton
          variant="default"
          leftSection={<IconLayoutGrid size={14} />}
          to="/datasets/$datasetId/images"
          params={params}
          search={{ q }}
        >
          {t('lookOver.toPictures')}
        </LinkButton>
      </Group>
    </Stack>
  );
}

const fates = [
  ['accepted', 'var(--mantine-color-teal-6)'],
  ['corrected', 'var(--mantine-color-yellow-5)'],
  ['rejected', 'var(--mantine-color-red-6)'],
] as const;

/** Of the proposals, as one bar: how many were right, nearly right, wrong. */
function Fate({ tally }: { tally: Tally }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = fates.map(([fate, color]) => ({
    label: t(`lookOver.fates.${fate}`),
    count: Math.max(0, tally[fate]),
    color,
  }));
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  return (
    <Paper withBorder p="sm">
      <Text size="sm" fw={600} component="h2" mb={6}>
        {t('lookOver.fate', { count: total, shown: format.count(total) })}
      </Text>
      <ShareBar parts={parts} />
    </Paper>
  );
}
