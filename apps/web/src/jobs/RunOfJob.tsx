import type { Job } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { runsQuery } from '../server/run-queries.ts';
import { LinkButton } from '../shell/links.tsx';
import { runIdOf } from './job-state.ts';

/** Leads from the job of a training to its run: the job says which once it has ended, before that the run says it. */
export function RunOfJob({ job }: { job: Job }) {
  const { t } = useTranslation();
  const told = runIdOf(job);
  const { data } = useQuery({ ...runsQuery({ limit: 100 }), enabled: told === null });
  const runId = told ?? data?.items.find(({ jobId }) => jobId === job.id)?.id;
  if (runId === undefined) return null;
  return (
    <LinkButton to="/runs/$runId" params={{ runId: String(runId) }}>
      {t('jobs.openRun')}
    </LinkButton>
  );
}
