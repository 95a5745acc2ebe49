// Fuzzes one target for some seconds from outside: the thread that works is watched, and stopped where one case takes
// too long or too much memory.

import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { fuzzTargetOf } from './targets.ts';
import type { FuzzJob, FuzzOutcome } from './worker.ts';

export interface FuzzRun {
  target: string;
  seed: number;
  seconds: number;
  path?: string | undefined;
}

/** No case should take more than a fraction of a second. */
const HANG_MILLIS = 20_000;
const HEAP_MEGABYTES = 2048;

export function runFuzzTarget({ target, seed, seconds, path }: FuzzRun): Promise<FuzzOutcome> {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const job: FuzzJob = { target, seed, path, millis: seconds * 1000, begun };
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  return new Promise((resolve) => {
    let lastBegun = 0;
    let lastChange = performance.now();
    const finish = (outcome: FuzzOutcome) => {
      clearInterval(watch);
      resolve(outcome);
      void worker.terminate();
    };
    const watch = setInterval(() => {
      const now = performance.now();
      if (begun[0] !== lastBegun) {
        lastBegun = begun[0];
        lastChange = now;
      } else if (now - lastChange > HANG_MILLIS) {
        finish(abandoned(job, `one case ran for more than ${HANG_MILLIS / 1000} s`));
      }
    }, 250);
    worker.on('message', finish);
    worker.on('error', (error: Error) => finish(abandoned(job, error.stack ?? error.message)));
  });
}

/** The case at which the thread was lost. It is made once more, from its number, to be shown. */
function abandoned({ target, seed, path: startedAt, begun }: FuzzJob, error: string): FuzzOutcome {
  const cases = Math.max(0, begun[0] - 1);
  const path = startedAt ?? String(cases);
  const [input] = fc.sample(fuzzTargetOf(target).inputs, { seed, path, numRuns: 1 });
  return { cases, failure: { path, input: fc.stringify(input), error } };
}
