// Keeps the server running: whenever it ends by itself, it is started again at the same address.

import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError, type StoreErrorCode } from '../store-error.ts';
import { stopLeftovers } from './leftovers.ts';
import { launchServer, type ServerLaunch, type ServerProcess } from './server-process.ts';

/** What befell the database while it was ours; for the log and the status line. */
export type DatabaseEvent =
  | { kind: 'leftovers-stopped'; pids: number[] }
  | { kind: 'crashed'; how: string }
  | { kind: 'restarted' }
  /** It cannot start while the disk is full; that is tried until it can. */
  | { kind: 'waiting-for-space'; error: unknown }
  /** It does not stay up; nothing more is tried until the next start of the workbench. */
  | { kind: 'gave-up'; error: unknown };

/** Pauses before one restart after another; a run of `STEADY_MILLIS` starts over. */
const RESTART_PAUSES_MILLIS = [0, 1_000, 2_000, 4_000, 8_000];
const STEADY_MILLIS = 60_000;
/** A person frees the space, sooner or later. */
const SPACE_PAUSE_MILLIS = 3_000;

/** @returns a way to stop both the server and the keeping of it */
export function supervise(
  first: ServerProcess,
  launch: ServerLaunch,
  onEvent: (event: DatabaseEvent) => void,
): { stop(): Promise<void> } {
  let server = first;
  const stopping = new AbortController();
  const { signal } = stopping;

  const watch = async () => {
    let attempts = 0;
    for (;;) {
      const startedAt = Date.now();
      let error: unknown = new Error(await server.ended);
      if (signal.aborted) return;
      onEvent({ kind: 'crashed', how: (error as Error).message });
      if (Date.now() - startedAt > STEADY_MILLIS) attempts = 0;
      let isWaiting = false;
      for (let isUp = false; !isUp; ) {
        const isFull = hasCode(error, 'disk-full');
        if (isFull && !isWaiting) onEvent({ kind: 'waiting-for-space', error });
        isWaiting ||= isFull;
        const isTooOften = !isFull && attempts === RESTART_PAUSES_MILLIS.length;
        if (isTooOften || hasCode(error, 'database-damaged')) {
          onEvent({ kind: 'gave-up', error });
          return;
        }
        const pause = isFull ? SPACE_PAUSE_MILLIS : RESTART_PAUSES_MILLIS[attempts++];
        await sleep(pause, null, { signal }).catch(() => {});
        if (signal.aborted) return;
        try {
          // Backends that have not noticed the end of the postmaster would keep it from starting.
          await stopLeftovers(launch.cluster.dataFolder, launch.binaries);
          server = await launchServer(launch);
          isUp = true;
        } catch (failure) {
          error = failure;
        }
      }
      if (signal.aborted) return server.stop();
      onEvent({ kind: 'restarted' });
    }
  };

  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await server.stop();
      await watching;
    },
  };
}

const hasCode = (error: unknown, code: StoreErrorCode): boolean =>
  error instanceof StoreError && error.code === code;
