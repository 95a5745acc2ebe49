import { Text } from '@mantine/core';
import type { Run } from '@migaki/api';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { PinnedLink } from '../PinnedLink.tsx';
import { RunStateCell } from '../RunStateBadge.tsx';
import { type FixedColumn, isFixed, partsOf, type RunColumn, settingOf } from '../run-columns.ts';
import { useRunWords } from '../use-run-words.ts';

/** What a run has in a column. */
export function RunCell({ run, column }: { run: Run; column: RunColumn }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRunWords();
  const fixed: Record<FixedColumn, () => ReactNode> = {
    state: () => <RunStateCell run={run} />,
    task: () => (run.task === null ? '–' : t(`runs.tasks.${run.task}.name`)),
    score: () => <Score run={run} />,
    dataset: () => (run.dataset === null ? '–' : <PinnedLink dataset={run.dataset} />),
    seconds: () =>
      run.elapsedSeconds === null ? '–' : format.duration(Math.round(run.elapsedSeconds)),
    createdAt: () => (
      <Text span inherit c="dimmed" title={format.time(run.createdAt)}>
        {format.ago(run.createdAt)}
      </Text>
    ),
  };
  if (isFixed(column)) return fixed[column]();
  const [kind, name] = partsOf(column);
  if (kind === 'setting') return words.value(name, settingOf(run, name));
  const value = run.metrics[name];
  return (
    <Text span inherit fw={run.primaryMetric === name ? 600 : 400} className="digits">
      {value === undefined ? '–' : words.score(name, value)}
    </Text>
  );
}

/** What a run is measured by, whichever that is: runs of other tasks have another one. */
function Score({ run: { primaryMetric, metrics } }: { run: Run }) {
  const words = useRunWords();
  const value = primaryMetric === null ? undefined : metrics[primaryMetric];
  if (primaryMetric === null || value === undefined) return '–';
  return (
    <>
      <Text span size="xs" c="dimmed" mr={6}>
        {words.metric(primaryMetric)}
      </Text>
      <Text span inherit fw={600} className="digits" title={words.metricHelp(primaryMetric)}>
        {words.score(primaryMetric, value)}
      </Text>
    </>
  );
}
