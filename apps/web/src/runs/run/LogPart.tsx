import type { RunDetail } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { JobLog } from '../../jobs/JobLog.tsx';
import { jobQuery } from '../../server/queries.ts';

/** The log of the job that trains; once that is forgotten there is none. */
export function LogPart({ run }: { run: RunDetail }) {
  const { t } = useTranslation();
  const { data: job } = useQuery({
    ...jobQuery(run.jobId ?? ''),
    enabled: run.jobId !== null,
  });
  if (run.jobId === null) return <p className="run-nothing">{t('runs.noLog')}</p>;
  return job === undefined ? null : <JobLog job={job} />;
}
