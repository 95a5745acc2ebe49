import { type JobHooks, runHooks } from '@migaki/store';
import { newDatasetHooks } from './import/new-dataset.ts';

/** What happens besides when a job ends without success, or is queued again. */
export const jobHooks: JobHooks = {
  async unsuccessful(job, sql) {
    await newDatasetHooks.unsuccessful?.(job, sql);
    await runHooks.unsuccessful?.(job, sql);
  },
  async retried(job, sql) {
    await runHooks.retried?.(job, sql);
    return (await newDatasetHooks.retried?.(job, sql)) ?? job.datasetId;
  },
};
