import { Group, Loader, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CancelJob } from '../jobs/CancelJob.tsx';
import { JobOutcome } from '../jobs/JobOutcome.tsx';
import { JobProgress } from '../jobs/JobProgress.tsx';
import { jobQuery } from '../server/queries.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LinkButton } from '../shell/links.tsx';
import { closeImport } from './import-dialog-state.ts';

export function ImportingStep({ datasetId, jobId }: { datasetId: number; jobId: string }) {
  const { t } = useTranslation();
  const { data: job, error, refetch } = useQuery(jobQuery(jobId));
  if (error !== null) return <ErrorView error={error} onRetry={refetch} />;
  if (job === undefined) return <Loader m="auto" />;
  return (
    <Stack>
      <JobProgress job={job} />
      <JobOutcome job={job} />
      <Group justify="flex-end">
        <CancelJob job={job} label={t('import.cancel')} />
        <LinkButton variant="default" to="/jobs" search={{ job: jobId }} onClick={closeImport}>
          {t('jobs.log')}
        </LinkButton>
        {/* A new dataset of which nothing came in is gone. */}
        {job.datasetId !== null && (
          <LinkButton
            to="/datasets/$datasetId/images"
            params={{ datasetId: String(datasetId) }}
            onClick={closeImport}
            data-autofocus
          >
            {t('import.openDataset')}
          </LinkButton>
        )}
      </Group>
    </Stack>
  );
}
