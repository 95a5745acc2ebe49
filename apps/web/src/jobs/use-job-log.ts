// The log of a job, fetched from where the last fetch ended.

import type { Job } from '@migaki/api';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../server/client.ts';
import { isActive } from './job-state.ts';

type LogLine = Awaited<ReturnType<typeof client.getJobLog>>['lines'][number];

const pollMillis = 1000;

export function useJobLog(job: Job): readonly LogLine[] {
  const queries = useQueryClient();
  const queryKey = ['jobs', 'log', job.id, job.attempt];
  const { data = [] } = useQuery({
    // The state is part of the key's life: the last lines come with the end of the job.
    queryKey: [...queryKey, isActive(job)],
    queryFn: async ({ signal }) => {
      const known = queries.getQueryData<LogLine[]>(queryKey) ?? [];
      const afterSeq = known.at(-1)?.seq ?? 0;
      const { lines } = await client.getJobLog(
        { params: { jobId: job.id }, query: { afterSeq } },
        { signal },
      );
      const all = [...known, ...lines];
      queries.setQueryData(queryKey, all);
      return all;
    },
    refetchInterval: isActive(job) ? pollMillis : false,
    placeholderData: (before) => before,
    staleTime: 0,
  });
  return data;
}
