// Which calls the server has not answered yet, so that a page can say that something is being done.

import { useEffect, useState, useSyncExternalStore } from 'react';

/** Less is no wait. */
const patienceMillis = 700;

/** When each of them began, the first one first; milliseconds as of `performance.now`. */
let begun: readonly number[] = [];
const listeners = new Set<() => void>();

function put(next: readonly number[]): void {
  begun = next;
  for (const listener of listeners) listener();
}

/** `fetch` that is watched until the answer begins. */
export async function watchedFetch(...args: Parameters<typeof fetch>): Promise<Response> {
  const since = performance.now();
  put([...begun, since]);
  try {
    return await fetch(...args);
  } finally {
    const at = begun.indexOf(since);
    put(begun.toSpliced(at, 1));
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** For how many seconds the longest call has been under way; null when none lasts long enough to tell. */
export function useLongCall(): number | null {
  const since = useSyncExternalStore(subscribe, () => begun[0]);
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    setSeconds(null);
    if (since === undefined) return;
    const tell = () => setSeconds(Math.floor((performance.now() - since) / 1000));
    let timer = setTimeout(
      () => {
        tell();
        timer = setInterval(tell, 1000);
      },
      Math.max(0, since + patienceMillis - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [since]);
  return seconds;
}
