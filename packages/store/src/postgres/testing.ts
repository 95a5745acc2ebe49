// A workbench in a process of its own, for tests that kill it.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, rmdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { startDatabase } from './start-database.ts';

/** A folder that is gone after the test. */
export async function makeWorkspace(t: TestContext, ...below: string[]): Promise<string> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'migaki-test-'));
  t.after(() => rm(root, { recursive: true, force: true, maxRetries: 10 }));
  return path.join(root, ...below);
}

let template: Promise<string> | undefined;

/** As `makeWorkspace`, with a database that was made before and stopped in order: a copy, which takes no second. */
export async function makeFilledWorkspace(t: TestContext): Promise<string> {
  const workspaceDir = await makeWorkspace(t, 'workspace');
  if (process.platform === 'win32') return workspaceDir;
  template ??= makeTemplate();
  // Node's own copy would give the cluster to another owner.
  const { status, stderr } = spawnSync('cp', ['-a', await template, workspaceDir]);
  if (status !== 0) throw new Error(`cp failed: ${stderr}`);
  return workspaceDir;
}

async function makeTemplate(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'migaki-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const workspaceDir = path.join(folder, 'workspace');
  const database = await startDatabase({ workspaceDir });
  await database.stop();
  return workspaceDir;
}

/** A file system of its own in memory, or null where the test may not mount one. */
export async function mountSmallDisk(t: TestContext, mebibytes: number): Promise<string | null> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'migaki-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder]);
  t.after(async () => {
    if (mounted.status === 0) spawnSync('umount', ['--lazy', folder]);
    await rmdir(folder);
  });
  return mounted.status === 0 ? folder : null;
}

export interface TestWorkbench {
  process: ChildProcess;
  connectionString: string;
  /** Kills the process and nothing else, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Resolves when the database of the workbench is up; rejects when the process ends before. */
export async function startWorkbench(t: TestContext, workspaceDir: string): Promise<TestWorkbench> {
  const child = spawnWorkbench(t, workspaceDir);
  const firstLine = await Promise.race([
    once(createInterface(child.stdout!), 'line').then(([line]) => line as string),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`ended with ${code}`))),
  ]);
  return {
    process: child,
    connectionString: firstLine,
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** The process alone, at whatever it is doing. */
export function spawnWorkbench(t: TestContext, workspaceDir: string): ChildProcess {
  const entry = new URL('./testing-workbench.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [entry, workspaceDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  return child;
}
