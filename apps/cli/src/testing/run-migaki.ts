// Runs the real command in a process of its own, as a person would, and brings back what came of it.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export const cliFolder = join(import.meta.dirname, '..', '..');
export const migakiPath = join(cliFolder, 'bin', 'migaki.mjs');

export interface RunResult {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Called once the process runs, to send it signals. */
  onStart?: (child: ChildProcess) => void;
}

/**
 * @example
 * const { exitCode, stdout } = await runMigaki(["stats", "gt.json"], { cwd: folder });
 */
export function runMigaki(words: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return runCommand(process.execPath, [migakiPath, ...words], options);
}

export async function runCommand(
  command: string,
  words: readonly string[],
  { cwd, env, onStart }: RunOptions = {},
): Promise<RunResult> {
  const child = spawn(command, words, {
    cwd,
    env: { ...environment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  child.on('spawn', () => onStart?.(child));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, ...output }));
  });
}

/** The environment of a plain terminal, whatever the tests themselves run in. */
function environment(): NodeJS.ProcessEnv {
  const { NO_COLOR, FORCE_COLOR, COLUMNS, NODE_OPTIONS, NODE_TEST_CONTEXT, ...rest } = process.env;
  return { ...rest, XDG_CACHE_HOME: join(tmpdir(), 'migaki-tests') };
}

/** An empty folder that goes away with the test. */
export function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'migaki-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * A new workspace with an empty database that was made before, where there is one: it takes no second then. Tests of many
 * files name it, see `scripts/check.ts`.
 */
export function makeWorkspace(path: string): string {
  const { MIGAKI_TEST_DATABASE } = process.env;
  if (MIGAKI_TEST_DATABASE !== undefined) {
    mkdirSync(path);
    // Node's own copy would give the database to another owner.
    spawnSync('cp', ['-a', MIGAKI_TEST_DATABASE, path]);
  }
  return path;
}
