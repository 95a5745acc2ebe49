// A job in the dialog that started it: how far it is, what came of it, and what to do then.

import { Button, Group, Stack, Text } from '@mantine/core';
import type { Job } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { jobQuery } from '../server/queries.ts';
import { CancelJob } from './CancelJob.tsx';
import { JobOutcome } from './JobOutcome.tsx';
import { JobProgress } from './JobProgress.tsx';
import { isActive } from './job-state.ts';

interface FollowedJobProps {
  jobId: string;
  /** Said while it goes on. */
  hint: string;
  /** What came of it in words of its own, beside what any job says of itself. */
  outcome?: (job: Job) => ReactNode;
  /** What can be done with what came of it. */
  next: (job: Job) => ReactNode;
  onClose: () => void;
}

export function FollowedJob({ jobId, hint, outcome, next, onClose }: FollowedJobProps) {
  const { t } = useTranslation();
  const { data: job } = useQuery(jobQuery(jobId));
  if (job === undefined) return null;
  return (
    <Stack>
      <JobProgress job={job} />
      <JobOutcome job={job} />
      {outcome?.(job)}
      {isActive(job) && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      <Group justify="flex-end">
        <CancelJob job={job} label={t('jobs.cancel')} />
        <Button variant="default" onClick={onClose}>
          {t('close')}
        </Button>
        {next(job)}
      </Group>
    </Stack>
  );
}
