// A workbench that runs while a test goes on, as `migaki up` starts it.

import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunResult, runMigaki } from './run-migaki.ts';

export interface RunningWorkbench {
  process: ChildProcess;
  /** Where it answers. */
  address: string;
  /** What came of it once it has ended. */
  ended: Promise<RunResult>;
}

/** @param words after `up` */
export async function runWorkbench(
  workspaceDir: string,
  words: readonly string[] = [],
): Promise<RunningWorkbench> {
  let child: ChildProcess | undefined;
  const ended = runMigaki(['up', '--port', '0', '--data', workspaceDir, ...words], {
    onStart: (started) => {
      child = started;
    },
  });
  return { address: await holderAddress(workspaceDir), process: child!, ended };
}

/** Waits until a workbench says where it answers. The pages may have to be built first. */
async function holderAddress(workspaceDir: string): Promise<string> {
  for (;;) {
    try {
      const { address } = JSON.parse(readFileSync(join(workspaceDir, 'workbench.json'), 'utf8'));
      if (address !== null) return address;
    } catch {
      // Not there yet.
    }
    await sleep(50);
  }
}
