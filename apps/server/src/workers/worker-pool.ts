// Child processes that run jobs: a picture that brings a library down ends a worker and not the server. A worker that
// ends is started again; what it was doing is told, to be given back to the queue.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerMessage, WorkerSettings } from './worker.ts';

export interface WorkerPool {
  /** Process ids of the workers that run now. */
  pids(): number[];
  /** Lets them give their jobs back, then ends them. */
  stop(): Promise<void>;
}

export interface WorkerPoolOptions {
  count: number;
  settings: Omit<WorkerSettings, 'trains'>;
  /** Told of each worker that ended by itself, with the jobs that it was at. */
  onEnd?: (how: string, jobIds: readonly string[]) => void;
}

const RESTART_PAUSES_MILLIS = [0, 500, 2_000, 10_000];
/** A worker that ran this long had a good start. */
const STEADY_MILLIS = 30_000;
const STOP_LIMIT_MILLIS = 12_000;
/** Node's own limit is 4 GB at most: half of the machine is for large exports, which are written from memory. */
const HEAP_MEGABYTES = Math.floor(
  Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2 / 2 ** 20,
);

export function startWorkers({ count, settings, onEnd = () => {} }: WorkerPoolOptions): WorkerPool {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = new Set<ChildProcess>();

  const keepRunning = async (_: unknown, index: number) => {
    for (let failures = 0; !signal.aborted; ) {
      const startedAt = Date.now();
      const child = fork(new URL('./worker.ts', import.meta.url), {
        stdio: 'inherit',
        execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`, ...process.execArgv],
      });
      running.add(child);
      const jobIds = new Set<string>();
      child.on('message', ({ jobId, isRunning }: WorkerMessage) => {
        if (isRunning) jobIds.add(jobId);
        else jobIds.delete(jobId);
      });
      child.on('error', () => {}); // the end says it all
      child.send({ ...settings, trains: index === 0 } satisfies WorkerSettings);
      const [code, endedBy] = (await once(child, 'exit')) as [number | null, string | null];
      running.delete(child);
      if (child.connected) await once(child, 'disconnect'); // its last messages come before that
      if (signal.aborted) return;
      onEnd(endedBy === null ? `exit code ${code}` : endedBy, [...jobIds]);
      failures = Date.now() - startedAt > STEADY_MILLIS ? 0 : failures + 1;
      const pause = RESTART_PAUSES_MILLIS[Math.min(failures, RESTART_PAUSES_MILLIS.length) - 1];
      await sleep(pause ?? 0, null, { signal }).catch(() => {});
    }
  };

  const kept = Array.from({ length: count }, keepRunning);
  return {
    pids: () => [...running].flatMap(({ pid }) => pid ?? []),
    async stop() {
      stopping.abort();
      for (const child of running) child.kill('SIGTERM');
      const limit = new AbortController();
      const kill = sleep(STOP_LIMIT_MILLIS, null, { signal: limit.signal }).then(
        () => {
          for (const child of running) child.kill('SIGKILL');
        },
        () => {},
      );
      await Promise.all(kept);
      limit.abort();
      await kill;
    },
  };
}
