// A process that trains and nothing else: the folder of the run comes as its first message, events and the result go out as
// messages. The runtime computes in it without a pause, so it answers nobody while a step lasts.

import { once } from 'node:events';
import type { TrainEvent } from '../loop/events.ts';
import { type ToldError, toldError } from '../told-error.ts';
import { lockFolder } from './lock-folder.ts';
import { type RunResult, runTraining } from './run-training.ts';

export type TrainerMessage =
  | { readonly type: 'event'; readonly event: TrainEvent }
  | { readonly type: 'result'; readonly result: RunResult }
  | ({ readonly type: 'error' } & ToldError);

const startedAt = performance.now();
const ending = new AbortController();
process.on('SIGINT', () => {}); // whoever started this says when it is our turn
process.once('SIGTERM', () => ending.abort());
// Nobody is left to hear of a result; what was learned is in the last checkpoint.
process.once('disconnect', () => process.exit(1));

const [folder] = (await once(process, 'message')) as [string];
process.on('message', (message) => {
  if (message === 'end') ending.abort();
});
try {
  await lockFolder(folder);
  const onEvent = (event: TrainEvent) => tell({ type: 'event', event });
  await tell({
    type: 'result',
    result: await runTraining(folder, onEvent, ending.signal, { startedAt }),
  });
} catch (error) {
  await tell({ type: 'error', ...toldError(error) });
}
process.exit(0);

function tell(message: TrainerMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, () => resolve());
    else resolve();
  });
}
