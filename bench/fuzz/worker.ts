// Fuzzes one target in a thread of its own, so that an endless loop can be seen and stopped from outside.

import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { fuzzTargetOf } from './targets.ts';

export interface FuzzJob {
  target: string;
  seed: number;
  /** Where to begin, as fast-check tells it of a failure. */
  path: string | undefined;
  millis: number;
  /** One number: how many cases have begun. Written here, watched from outside. */
  begun: Int32Array;
}

export interface FuzzOutcome {
  /** Cases that ran to their end. */
  cases: number;
  failure: { path: string; input: string; error: string } | null;
}

const { target: name, seed, path, millis, begun } = workerData as FuzzJob;
const target = fuzzTargetOf(name);
const property = fc.asyncProperty(target.inputs, async (input) => {
  Atomics.add(begun, 0, 1);
  await target.check(input);
});
const details = await fc.check(property, {
  seed,
  ...(path !== undefined && { path }),
  numRuns: path === undefined ? Number.MAX_SAFE_INTEGER : 1,
  interruptAfterTimeLimit: millis,
  markInterruptAsFailure: false,
});
const outcome: FuzzOutcome = {
  cases: details.numRuns,
  failure: details.failed
    ? {
        // What follows the first number is the way of the shrinking, which is found again.
        path: details.counterexamplePath?.split(':')[0] ?? '',
        input: fc.stringify(details.counterexample?.[0]),
        error: String((details.errorInstance as Error | null)?.stack ?? details.errorInstance),
      }
    : null,
};
parentPort!.postMessage(outcome);
