// Servers that a killed workbench left running. One is stopped and started anew rather than
// adopted: a start takes a fraction of a second, and then every server is a child of ours, with
// today's settings, whose end we hear of.

import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.ts';

const POLL_MILLIS = 20;
const STEPS: [signal: NodeJS.Signals, patienceMillis: number][] = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];

/**
 * Ends every server process that still works on `dataFolder` and clears what it left behind.
 * The workspace lock must be held: then a server found here has no workbench any more.
 *
 * @returns the ids of the processes that had to be ended
 */
export async function stopLeftovers(
  dataFolder: string,
  binaries: PostgresBinaries,
): Promise<number[]> {
  const pidFile = path.join(dataFolder, 'postmaster.pid');
  const postmaster = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (process.platform === 'win32') {
    if (postmaster > 0) {
      await promisify(execFile)(binaries.pgCtl, ['stop', '-D', dataFolder, '-m', 'fast']).catch(
        () => {},
      );
    }
    return [];
  }

  const found = await findServerProcesses(dataFolder);
  for (const [signal, patienceMillis] of STEPS) {
    const running = await findServerProcesses(dataFolder);
    if (running.length === 0) break;
    const isOrderly = signal === 'SIGINT';
    // Only the postmaster shuts down in order, and takes its children along. A checkpointer without one would note that
    // the server was shut down, and the next start would not look for what others still wrote after that.
    if (isOrderly && !running.includes(postmaster)) continue;
    for (const pid of isOrderly ? [postmaster] : running) signalIfRunning(pid, signal);
    const deadline = Date.now() + patienceMillis;
    while (Date.now() < deadline && (await findServerProcesses(dataFolder)).length > 0) {
      await sleep(POLL_MILLIS);
    }
  }

  // The server trusts a live process id in this file. After a restart of the machine the id may
  // belong to any program; ours is not among the living.
  if (postmaster > 0) await rm(pidFile, { force: true });
  return found;
}

async function findServerProcesses(dataFolder: string): Promise<number[]> {
  return process.platform === 'linux'
    ? findByWorkingFolder(dataFolder)
    : findByCommandLine(dataFolder);
}

/** Every process of a server works in its data folder, by whatever path it came there. */
async function findByWorkingFolder(dataFolder: string): Promise<number[]> {
  const wanted = await stat(dataFolder).catch(() => null);
  if (wanted === null) return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const matches = await Promise.all(
    pids.map(async (pid) => {
      const program = await readlink(`/proc/${pid}/exe`).catch(() => '');
      if (!path.basename(program).startsWith('postgres')) return false;
      const folder = await stat(`/proc/${pid}/cwd`).catch(() => null);
      return folder?.ino === wanted.ino && folder.dev === wanted.dev;
    }),
  );
  return pids.filter((_, index) => matches[index]).map(Number);
}

/** Elsewhere only the postmaster can be told by its command line; its children end with it. */
async function findByCommandLine(dataFolder: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,command=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes(`postgres -D ${dataFolder} `))
    .map((line) => Number.parseInt(line, 10));
}

function signalIfRunning(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
