import { Badge, Progress, Stack, Text } from '@mantine/core';
import type { Run } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { JobStateBadge } from '../jobs/JobProgress.tsx';

export const isActive = ({ state }: Pick<Run, 'state'>): boolean =>
  state === 'queued' || state === 'running';

/** What a run is doing, in one cell: its state, and how far it is while it goes on. */
export function RunStateCell({ run }: { run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (run.state !== 'running' || run.kind === 'external') {
    return (
      <>
        <JobStateBadge state={run.state} />
        {run.kind === 'external' && (
          <Badge size="xs" variant="outline" color="gray" ml={4}>
            {t('runs.external')}
          </Badge>
        )}
      </>
    );
  }
  return (
    <Stack gap={2} w={110}>
      <Progress value={run.progress * 100} size="md" animated aria-label={run.name} />
      <Text size="xs" c="dimmed">
        {run.secondsLeft === null
          ? t('jobs.states.running')
          : t('jobs.left', { time: format.duration(run.secondsLeft) })}
      </Text>
    </Stack>
  );
}
