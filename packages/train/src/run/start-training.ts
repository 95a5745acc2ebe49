// Trains in a process of its own: a step computes without a pause and may need more memory than there is, and neither must
// stop who asked for it.

import { fork } from 'node:child_process';
import { setPriority, totalmem } from 'node:os';
import { phrase } from '@migaki/coco';
import type { TrainEvent } from '../loop/events.ts';
import { errorFrom } from '../told-error.ts';
import { TrainError } from '../train-error.ts';
import type { RunResult } from './run-training.ts';
import type { TrainerMessage } from './trainer-process.ts';

export interface StartTrainingOptions {
  readonly onEvent: (event: TrainEvent) => void;
  /** Ends the run early: it answers with what it has learned. */
  readonly signal?: AbortSignal;
  /** Ends the process at once, as a loss of power would: whoever starts it again goes on from the last checkpoint. */
  readonly abandon?: AbortSignal;
  /** How far it steps back for other processes, from 0 to 19, so that a server beside it still answers at once. */
  readonly niceness?: number;
}

/**
 * Trains what a folder asks for (`writeRunFolder`), or goes on where it was left.
 *
 * @throws TrainError as `runTraining` does, and `out-of-memory` where the process was killed, most likely by the system; the reason of
 *   `abandon` once the process is gone
 *
 * @example
 * await writeRunFolder(folder, { settings: { task: 'detect', minutes: 8 }, runKey: id, origin: {} }, dataset, null);
 * const { modelPath, scores } = await startTraining(folder, { onEvent: console.log });
 */
export function startTraining(
  folder: string,
  { onEvent, signal, abandon, niceness = 0 }: StartTrainingOptions,
): Promise<RunResult> {
  const child = fork(new URL('./trainer-process.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    // glibc gives freed memory back to the system and takes it again at every step unless it is told to keep it.
    env: { ...process.env, MALLOC_TRIM_THRESHOLD_: '-1', MALLOC_MMAP_THRESHOLD_: '4294967296' },
  });
  if (niceness > 0 && child.pid !== undefined) setPriority(child.pid, niceness);
  const end = () => child.connected && child.send('end');
  const kill = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', end);
  abandon?.addEventListener('abort', kill);
  return new Promise<RunResult>((resolve, reject) => {
    child.on('message', (message: TrainerMessage) => {
      if (message.type === 'event') onEvent(message.event);
      else if (message.type === 'result') resolve(message.result);
      else reject(errorFrom(message));
    });
    child.on('error', reject);
    child.on('exit', (code, endedBy) =>
      reject(abandon?.aborted ? abandon.reason : endedEarly(code, endedBy)),
    );
    child.send(folder);
    if (signal?.aborted) end();
    if (abandon?.aborted) kill();
  }).finally(() => {
    signal?.removeEventListener('abort', end);
    abandon?.removeEventListener('abort', kill);
  });
}

function endedEarly(code: number | null, signal: NodeJS.Signals | null): Error {
  if (signal !== 'SIGKILL')
    return new Error(`The trainer ended early (${signal ?? `exit code ${code}`}).`);
  return new TrainError('out-of-memory', {
    where: 'the training process',
    expected: phrase`a process that ends by itself`,
    found: phrase`one that was killed`,
    advice: phrase`If nobody did that, a guess: the system did, for want of memory (${Math.round(totalmem() / 1e9)} GB in all). Then train with a smaller batch, a smaller input or a smaller network. The run can go on from its last checkpoint.`,
  });
}
