import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import type { Progress, StartProgress } from '../terminal/progress.ts';
import type { OpenWorkbench } from './with-workbench.ts';

const pollMillis = 150;

/**
 * Waits until a job has ended and shows how far it is. Ctrl-C cancels the job.
 *
 * @returns the job that succeeded
 * @throws CliError `service` for one that failed or was cancelled by somebody else
 */
export async function followJob(
  { client, signal }: OpenWorkbench,
  { id }: Job,
  startProgress: StartProgress,
): Promise<Job> {
  const params = { jobId: id };
  let bar: Progress | null = null;
  let shown = 0;
  try {
    for (;;) {
      const job = await client.getJob({ params });
      if (job.state === 'succeeded') return job;
      if (job.state === 'failed' || job.state === 'cancelled') throw ended(job);
      if (job.total !== null && job.unit === 'pictures') {
        bar ??= startProgress(job.title, job.total, 'pictures');
        bar.advance(job.done - shown);
        shown = job.done;
      }
      await sleep(pollMillis, null, { signal });
    }
  } catch (error) {
    if (signal.aborted) await client.cancelJob({ params });
    throw error;
  } finally {
    bar?.done();
  }
}

function ended({ title, state, error }: Job): CliError {
  const reason = state === 'cancelled' ? 'It was cancelled.' : (error?.message ?? 'It failed.');
  return new CliError('service', `${title}: ${reason}`);
}
