// Everything of the workspace as one file. The way back is a command, which needs the workbench for itself.

import { Button, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { IconDownload, IconPackage } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { JobOutcome } from '../jobs/JobOutcome.tsx';
import { JobProgress } from '../jobs/JobProgress.tsx';
import { isActive } from '../jobs/job-state.ts';
import { madeFileUrl } from '../jobs/made-file.ts';
import { client } from '../server/client.ts';
import { jobQuery } from '../server/queries.ts';
import { notifyError } from '../shell/ErrorView.tsx';

export function Backup() {
  const { t } = useTranslation();
  const [jobId, setJobId] = useState<string | null>(null);
  const { data: job } = useQuery({ ...jobQuery(jobId ?? ''), enabled: jobId !== null });
  const start = useMutation({
    mutationFn: () => client.startBackup({ body: {} }),
    onSuccess: (started) => setJobId(started.job.id),
    onError: notifyError,
  });
  const fileUrl = job === undefined ? null : madeFileUrl(job);
  const isMaking = start.isPending || (job !== undefined && isActive(job));
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Text fw={600} size="sm">
              {t('backup.title')}
            </Text>
            <Text size="xs" c="dimmed">
              {t('backup.explanation')}
            </Text>
            <Text size="xs" c="dimmed">
              <Trans i18nKey="backup.wayBack" components={{ code: <Code fz="xs" /> }} />
            </Text>
          </div>
          <Button
            flex="none"
            variant={fileUrl === null ? 'filled' : 'default'}
            leftSection={<IconPackage size={14} />}
            loading={isMaking}
            onClick={() => start.mutate()}
          >
            {t(fileUrl === null ? 'backup.make' : 'backup.makeAnother')}
          </Button>
        </Group>
        {job !== undefined && (
          <>
            <JobProgress job={job} />
            <JobOutcome job={job} />
          </>
        )}
        {fileUrl !== null && (
          <Button
            component="a"
            href={fileUrl}
            download
            leftSection={<IconDownload size={14} />}
            w="fit-content"
          >
            {t('export.download')}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}
