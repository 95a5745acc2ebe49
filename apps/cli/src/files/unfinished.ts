// Output is written beside its place under another name and renamed when it is whole. What is
// unfinished is removed when the work fails or is interrupted. After `kill -9` it stays, hidden, and the
// next run to the same place says so.

import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { ExitName } from '../exit-codes.ts';

const exitOfSignal = {
  SIGINT: 'interrupted',
  SIGTERM: 'terminated',
  SIGHUP: 'terminated',
} as const satisfies Partial<Record<NodeJS.Signals, ExitName>>;

/**
 * Runs `work`, which writes to a path beside `target` and at last renames it to `target`. However it ends, nothing
 * but `target` is left. Ctrl-C aborts `signal`, which the work looks at between its steps; without
 * a listener, as in all other work, Ctrl-C ends the process at once.
 */
export async function withUnfinished<T>(
  target: string,
  work: (unfinished: string, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const path = `${unfinishedPrefix(target)}${process.pid}`;
  const interruption = new AbortController();
  const listeners = Object.entries(exitOfSignal).map(([name, exit]) => {
    // Heard more than once, since both the terminal and a parent process may pass it on.
    const listener = () =>
      interruption.abort(new CliError(exit, `Stopped. ${target} is as it was before.`));
    process.on(name, listener);
    return () => process.off(name, listener);
  });
  try {
    return await work(path, interruption.signal);
  } finally {
    await rm(path, { recursive: true, force: true });
    for (const removeListener of listeners) removeListener();
  }
}

/** What killed runs left beside `target`. */
export async function leftoversOf(target: string): Promise<string[]> {
  const prefix = unfinishedPrefix(target);
  const names = await readdir(dirname(prefix)).catch(() => []);
  return names.map((name) => join(dirname(prefix), name)).filter((path) => path.startsWith(prefix));
}

/** `out/yolo` → `/home/mika/out/.yolo.migaki-`, to be followed by the number of the process */
function unfinishedPrefix(target: string): string {
  const absolute = resolve(target);
  return join(dirname(absolute), `.${basename(absolute)}.migaki-`);
}
