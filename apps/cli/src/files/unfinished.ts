// Output is written beside its place under another name and renamed when it is whole. What is
// unfinished is removed when the work fails or is interrupted; after `kill -9` it stays, hidden, and
// the next run to the same place says so.

import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const unfinished = new Set<string>();

/** `out/yolo` → `out/.yolo.migaki-4711` */
export function unfinishedNameFor(target: string): string {
  const absolute = resolve(target);
  return join(dirname(absolute), `${prefixFor(absolute)}${process.pid}`);
}

/**
 * Runs `work`, which writes to `path`; whatever goes wrong, `path` is gone afterwards. Renaming it to
 * its final name is the end of the work.
 */
export async function withUnfinished<T>(path: string, work: () => Promise<T>): Promise<T> {
  if (unfinished.size === 0) for (const signal of signals) process.on(signal, removeAndExit);
  unfinished.add(path);
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
    unfinished.delete(path);
    // Without a listener Ctrl-C ends the process at once, also in the middle of a long computation.
    if (unfinished.size === 0) for (const signal of signals) process.off(signal, removeAndExit);
  }
}

function removeAndExit(signal: (typeof signals)[number]): never {
  for (const path of unfinished) rmSync(path, { recursive: true, force: true });
  process.exit(128 + constants.signals[signal]);
}

/** What killed runs left beside `target`. */
export async function leftoversOf(target: string): Promise<string[]> {
  const absolute = resolve(target);
  const names = await readdir(dirname(absolute)).catch(() => []);
  return names
    .filter((name) => name.startsWith(prefixFor(absolute)))
    .map((name) => join(dirname(absolute), name));
}

function prefixFor(absolute: string): string {
  return `.${basename(absolute)}.migaki-`;
}
