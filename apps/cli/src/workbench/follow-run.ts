import { setTimeout as sleep } from 'node:timers/promises';
import type { RunDetail } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { exitOfStatus } from '../exit-codes.ts';
import { liveText, validationText } from '../reports/run-text.ts';
import type { LiveLine } from '../terminal/progress.ts';
import { stillGoing, throughOutage } from './still-going.ts';
import type { OpenWorkbench } from './with-workbench.ts';

const pollMillis = 400;

/**
 * Waits until a training has ended and shows how it goes. Ctrl-C ends it early, with what it has learned, for which this
 * waits as well.
 *
 * @throws CliError for a run that failed: `input` where that is because of what it was given
 */
export async function followRun(
  { client, signal }: OpenWorkbench,
  runId: number,
  line: LiveLine,
): Promise<RunDetail> {
  const params = { runId };
  let isCancelled = false;
  let toldStep = -1;
  let best: number | undefined;
  try {
    for (;;) {
      const run = await throughOutage(() => client.getRun({ params }));
      const validated = run.primaryMetric === null ? undefined : run.latest[run.primaryMetric];
      const curve = run.step ?? 0;
      if (validated !== undefined && run.state === 'running' && curve > toldStep) {
        const told = await lastValidation(client, run);
        if (told !== null && told.step > toldStep) {
          const reached = run.metrics[run.primaryMetric!];
          line.keep(validationText(run, told.epoch, reached !== best));
          best = reached;
          toldStep = told.step;
        }
      }
      if (run.state === 'failed') throw await failure(client, run);
      if (run.state === 'succeeded' || run.state === 'cancelled') return run;
      line.show(isCancelled ? 'Ending early, with what was learned …' : liveText(run));
      if (signal.aborted && !isCancelled) {
        isCancelled = true;
        await throughOutage(() => client.cancelRun({ params }));
        continue;
      }
      // The signal ends a pause; once it is aborted there is nothing more to hear of it.
      const pause = isCancelled ? undefined : signal;
      await sleep(pollMillis, null, { signal: pause }).catch(() => {});
    }
  } catch (error) {
    throw stillGoing(error, 'training');
  } finally {
    line.done();
  }
}

type Client = OpenWorkbench['client'];

/** Where the last validation was. */
async function lastValidation(
  client: Client,
  { id, primaryMetric }: RunDetail,
): Promise<{ step: number; epoch: number | null } | null> {
  const query = { runs: String(id), names: primaryMetric!, points: 5_000 };
  const { curves } = await throughOutage(() => client.getCurves({ query }));
  return curves[0]?.points.at(-1) ?? null;
}

async function failure(client: Client, { jobId, error, name }: RunDetail): Promise<CliError> {
  const job = jobId === null ? null : await client.getJob({ params: { jobId } }).catch(() => null);
  const exit = exitOfStatus(job?.error?.status ?? 500);
  return new CliError(exit, `${name}: ${error?.message ?? 'It failed.'}`);
}
