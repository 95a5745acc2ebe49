// What the tests of jobs share.

import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { phrase } from '@migaki/coco';
import type { Store } from '../database/store.ts';
import type { Job } from './job.ts';
import { type Jobs, openJobs } from './jobs.ts';

export const somebody = { params: {}, title: phrase`A job`, createdBy: 'aiko' };

export async function openTestJobs(t: TestContext, store: Store): Promise<Jobs> {
  const jobs = await openJobs(store);
  t.after(() => jobs.stop());
  return jobs;
}

export async function until<Result>(
  look: () => Promise<Result | false | undefined>,
): Promise<Result> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await sleep(20);
  }
}

export const untilState = (jobs: Jobs, id: string, ...states: Job['state'][]): Promise<Job> =>
  until(async () => {
    const job = await jobs.get(id);
    return states.includes(job.state) && job;
  });

export const untilFinished = (jobs: Jobs, id: string) =>
  untilState(jobs, id, 'succeeded', 'failed', 'cancelled');

/** Rejects with the reason of the signal when that is aborted. */
export const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    signal.throwIfAborted();
  });
