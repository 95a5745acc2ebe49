// How good a run is, how its numbers went, and what people noted of it.

import { Stack, Table, Text } from '@mantine/core';
import type { RunDetail } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { client, queryClient } from '../../server/client.ts';
import { NotesField } from '../../shell/NotesField.tsx';
import { RunCurves } from '../curves/RunCurves.tsx';
import { useRunWords } from '../use-run-words.ts';
import { MetricTiles } from './MetricTiles.tsx';

export function OverviewPart({ run }: { run: RunDetail }) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <MetricTiles metrics={run.metrics} primary={run.primaryMetric} />
      <RunCurves run={run} />
      {run.perClass.length > 0 && <PerClass run={run} />}
      <NotesField
        notes={run.notes}
        placeholder={t('runs.notesPlaceholder')}
        onSave={async (notes) => {
          await client.changeRun({ params: { runId: run.id }, body: { notes } });
          await queryClient.invalidateQueries({ queryKey: ['runs'] });
        }}
      />
    </Stack>
  );
}

/** The worst class first: that is where to look. */
function PerClass({ run: { perClass } }: { run: RunDetail }) {
  const { t } = useTranslation();
  const words = useRunWords();
  const names = [...new Set(perClass.flatMap(({ metrics }) => Object.keys(metrics)))];
  const sorted = perClass.toSorted(
    (a, b) => (a.metrics[names[0]] ?? 2) - (b.metrics[names[0]] ?? 2),
  );
  return (
    <section>
      <Text fw={600} size="sm" component="h3">
        {t('runs.perClass')}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {t('runs.perClassHelp')}
      </Text>
      <Table.ScrollContainer minWidth={280} mah={420} className="per-class">
        <Table stickyHeader fz="sm" verticalSpacing={4} withTableBorder>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('filters.category')}</Table.Th>
              {names.map((name) => (
                <Table.Th key={name} ta="right">
                  {words.metric(name)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted.map(({ class: category, metrics }) => (
              <Table.Tr key={category}>
                <Table.Td>{category}</Table.Td>
                {names.map((name) => {
                  const value = metrics[name];
                  return (
                    <Table.Td key={name} ta="right" className="digits">
                      {value === null || value === undefined ? '–' : words.score(name, value)}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
