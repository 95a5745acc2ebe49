import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Job, Routes } from '@migaki/api';
import { inEnglish } from '@migaki/coco';

/** Waits until a job has come to something; one that fails before is an error. */
export async function untilJob(
  client: Client<Routes>,
  { id }: Job,
  isReached: (job: Job) => boolean,
): Promise<Job> {
  for (;;) {
    const job = await client.getJob({ params: { jobId: id } });
    if (isReached(job)) return job;
    if (job.state === 'failed' || job.state === 'cancelled') {
      const why = inEnglish(job.error?.message ?? 'for no reason given');
      throw new Error(`The job ${inEnglish(job.title)} ${job.state}: ${why}`);
    }
    await sleep(10);
  }
}

export const untilSucceeded = (client: Client<Routes>, job: Job): Promise<Job> =>
  untilJob(client, job, ({ state }) => state === 'succeeded');
