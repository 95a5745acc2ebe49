// Which tab has what: a lock is free again when its tab has gone, in whatever way.

export interface Lock {
  release(): void;
}

export async function isLockTaken(name: string): Promise<boolean> {
  if (navigator.locks === undefined) return false;
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === name);
}

/** Whether somebody waits for whoever has it to let go of it. */
export async function isLockAwaited(name: string): Promise<boolean> {
  if (navigator.locks === undefined) return false;
  const { pending = [] } = await navigator.locks.query();
  return pending.some((lock) => lock.name === name);
}

/**
 * @param patience for how long a lock that another tab has is waited for; without it, not at all
 * @returns null where another tab has it. Without locks, on a page without HTTPS, everybody gets it.
 */
export function takeLock(name: string, patience?: AbortSignal): Promise<Lock | null> {
  if (navigator.locks === undefined) return Promise.resolve({ release() {} });
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, patience ? { signal: patience } : { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(null);
          return;
        }
        const { promise, resolve: release } = Promise.withResolvers<void>();
        resolve({ release });
        return promise;
      })
      .catch((error: unknown) => (patience?.aborted ? resolve(null) : reject(error)));
  });
}
