// One job: how far it is, what came of it, its log as it grows.

import { ActionIcon, Button, Group, Loader, Stack, Text } from '@mantine/core';
import type { Job } from '@migaki/api';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { jobQuery } from '../server/queries.ts';
import { useActions } from '../shell/actions.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LinkButton } from '../shell/links.tsx';
import { JobLog } from './JobLog.tsx';
import { JobOutcome } from './JobOutcome.tsx';
import { JobProgress } from './JobProgress.tsx';
import { madeFileUrl } from './made-file.ts';
import { RunOfJob } from './RunOfJob.tsx';

interface JobDetailsProps {
  jobId: string;
  actions: (job: Job) => ReactNode;
  onClose: () => void;
}

export function JobDetails({ jobId, actions, onClose }: JobDetailsProps) {
  const { t } = useTranslation();
  const { data: job, error, refetch } = useQuery(jobQuery(jobId));
  const fileUrl = job === undefined ? null : madeFileUrl(job);
  useActions([
    { id: 'close', label: t('close'), group: t('jobs.title'), keys: ['Escape'], run: onClose },
  ]);
  return (
    <aside className="job-details" aria-label={t('jobs.details')}>
      <Group justify="space-between" mb="xs">
        <Text fw={600}>{t('jobs.details')}</Text>
        <Group gap={2}>
          {job !== undefined && actions(job)}
          <ActionIcon aria-label={t('close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      </Group>
      {error !== null && job === undefined && <ErrorView error={error} onRetry={refetch} />}
      {job === undefined && error === null && <Loader m="auto" />}
      {job !== undefined && (
        <Stack gap="sm" style={{ minHeight: 0, flex: 1 }}>
          <JobProgress job={job} />
          <JobOutcome job={job} />
          <Group gap="xs">
            {fileUrl !== null && (
              <Button
                component="a"
                href={fileUrl}
                download
                leftSection={<IconDownload size={14} />}
              >
                {t('export.download')}
              </Button>
            )}
            {job.kind === 'train' && <RunOfJob job={job} />}
            {job.datasetId !== null && (
              <LinkButton
                variant="default"
                to="/datasets/$datasetId/images"
                params={{ datasetId: String(job.datasetId) }}
              >
                {t('import.openDataset')}
              </LinkButton>
            )}
          </Group>
          <JobLog job={job} />
        </Stack>
      )}
    </aside>
  );
}
