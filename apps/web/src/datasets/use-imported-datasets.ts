import { useInfiniteQuery } from '@tanstack/react-query';
import { isActive } from '../jobs/job-state.ts';
import { jobsQuery } from '../server/queries.ts';

/** The datasets that an import brings something into just now: what is missing there may be on its way. */
export function useImportedDatasets(): ReadonlySet<number> {
  const { data } = useInfiniteQuery(jobsQuery());
  const jobs = (data?.pages ?? []).flatMap(({ items }) => items);
  return new Set(
    jobs.flatMap((job) => (job.kind === 'import' && isActive(job) ? (job.datasetId ?? []) : [])),
  );
}
