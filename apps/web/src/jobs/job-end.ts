import type { Job } from '@migaki/api';
import { QueryObserver } from '@tanstack/react-query';
import { queryClient } from '../server/client.ts';
import { jobQuery } from '../server/queries.ts';
import { isActive } from './job-state.ts';

/** Resolves with a job once it has ended, whatever page is open by then. */
export function jobEnd(jobId: string): Promise<Job> {
  return new Promise((resolve) => {
    const observer = new QueryObserver(queryClient, jobQuery(jobId));
    const look = (job: Job | undefined) => {
      if (job === undefined || isActive(job)) return;
      leave();
      resolve(job);
    };
    const leave = observer.subscribe(({ data }) => look(data));
    look(observer.getCurrentResult().data);
  });
}
