import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Job, Routes } from '@migaki/api';
import { inEnglish } from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import { exitOfStatus } from '../exit-codes.ts';
import type { Progress, ProgressUnit, StartProgress } from '../terminal/progress.ts';
import { stillGoing, throughOutage } from './still-going.ts';
import type { OpenWorkbench } from './with-workbench.ts';

const pollMillis = 150;
/** What is cancelled may have something to take back, which is waited for so long; it goes on without us. */
const farewellMillis = 60_000;
/** Units of jobs that are worth a bar, where their total is known. */
const shownUnits: ReadonlySet<string> = new Set<ProgressUnit>(['pictures', 'rows', 'files']);

/**
 * Waits until a job has ended and shows how far it is. Ctrl-C cancels the job.
 *
 * @returns the job that succeeded
 * @throws CliError `input` for one that failed because of what it was given; `service` for one that failed otherwise or
 *   was cancelled by somebody else
 */
export async function followJob(
  workbench: OpenWorkbench,
  job: Job,
  startProgress: StartProgress,
): Promise<Job> {
  let bar: Progress | null = null;
  let shown = { unit: '', done: 0 };
  try {
    return await watchJob(workbench, job, ({ title, unit, done, total }) => {
      // A job may have parts, each with a unit of its own.
      if (unit !== shown.unit) {
        bar?.done();
        bar = null;
        shown = { unit, done: 0 };
      }
      if (total === null || !shownUnits.has(unit)) return;
      bar ??= startProgress(`${inEnglish(title)}: ${unit}`, total, unit as ProgressUnit);
      bar.advance(done - shown.done);
      shown.done = done;
    });
  } finally {
    (bar as Progress | null)?.done();
  }
}

/** The same, shown by whoever asks. */
export async function watchJob(
  { client, signal }: Pick<OpenWorkbench, 'client' | 'signal'>,
  { id }: Job,
  show: (job: Job) => unknown,
): Promise<Job> {
  const params = { jobId: id };
  try {
    for (;;) {
      const job = await throughOutage(() => client.getJob({ params }), signal);
      if (job.state === 'succeeded') return job;
      if (job.state === 'failed' || job.state === 'cancelled') throw ended(job);
      await show(job);
      await sleep(pollMillis, null, { signal });
    }
  } catch (error) {
    if (signal.aborted) await cancel(client, params);
    throw stillGoing(error, 'job');
  }
}

/** @throws CliError `interrupted` with what becomes of what an import has brought in; others say what they last did */
async function cancel(client: Client<Routes>, params: { jobId: string }): Promise<void> {
  let job = await throughOutage(() => client.cancelJob({ params }));
  const last = Date.now() + farewellMillis;
  while (job.state === 'running' && Date.now() < last) {
    await sleep(pollMillis);
    job = await throughOutage(() => client.getJob({ params }));
  }
  const words = inEnglish(job.message);
  if (job.kind === 'import' && job.state === 'cancelled' && words !== '') {
    throw new CliError('interrupted', `Stopped. ${words}.`);
  }
}

function ended({ title, state, error }: Job): CliError {
  const reason = state === 'cancelled' ? 'It was cancelled.' : (error?.message ?? 'It failed.');
  const exit = error === null ? 'service' : exitOfStatus(error.status);
  return new CliError(exit, `${inEnglish(title)}: ${reason}`);
}
