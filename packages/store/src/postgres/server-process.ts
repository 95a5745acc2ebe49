// One run of the server: start it and wait until it takes connections; stop it and wait until it
// is gone.

import { type ChildProcess, execFile } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { phrase } from '@migaki/coco';
import { StoreError } from '../store-error.ts';
import type { PostgresBinaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { failureFromLog, readLogFrom, rotateLog } from './server-log.ts';
import { serverSettings } from './server-settings.ts';
import type { ServerUser } from './server-user.ts';
import { spawnProgram } from './spawn-program.ts';

export interface ServerProcess {
  /** Settles when the server has ended, with how. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

export interface ServerLaunch {
  cluster: Cluster;
  binaries: PostgresBinaries;
  user: ServerUser | null;
  port: number;
  logFile: string;
}

/** Thrown by `launchServer` when the port was taken since it was chosen; another one will do. */
export class PortTakenError extends Error {}

const READY_POLL_MILLIS = 10;
/** Recovery after a crash reads up to `max_wal_size` of log, on a slow disk. */
const LONGEST_START_MILLIS = 10 * 60_000;
const FAST_SHUTDOWN_MILLIS = 30_000;
const IMMEDIATE_SHUTDOWN_MILLIS = 5_000;

/** @throws StoreError, PortTakenError */
export async function launchServer(launch: ServerLaunch): Promise<ServerProcess> {
  const { cluster, binaries, user, logFile } = launch;
  const logStart = await rotateLog(logFile);
  const log = await open(logFile, 'a', 0o600);
  let child: ChildProcess;
  let ended: Promise<string>;
  let isRunning = true;
  try {
    child = spawnProgram(cluster.folder, {
      file: binaries.postgres,
      user,
      output: log.fd,
      args: (folder) => ['-D', `${folder}/data`, ...settingArguments(launch)],
    });
    // At once: one that finds its folder damaged has ended before the log is closed here, and says so but once.
    ended = howItEnds(child);
    ended.then(() => {
      isRunning = false;
    });
  } finally {
    await log.close();
  }
  // A workbench that ends without stopping the server leaves it to the next start.
  child.unref();

  const deadline = Date.now() + LONGEST_START_MILLIS;
  while (isRunning && !(await isReady(cluster.dataFolder, child.pid))) {
    if (Date.now() > deadline) {
      await stopServer(child, binaries, ended);
      throw new StoreError('database-start-failed', {
        where: logFile,
        expected: phrase`a database that is ready within ${LONGEST_START_MILLIS / 60_000} minutes`,
        found: phrase`one that is still starting`,
        advice: phrase`Its log says more.`,
      });
    }
    await sleep(READY_POLL_MILLIS);
  }
  if (!isRunning) {
    const said = await readLogFrom(logFile, logStart);
    if (/Address already in use|could not create any TCP\/IP sockets/.test(said)) {
      throw new PortTakenError(said);
    }
    throw failureFromLog(said === '' ? `error: ${await ended}` : said, logFile);
  }
  return { ended, stop: () => stopServer(child, binaries, ended) };
}

function settingArguments({ port }: ServerLaunch): string[] {
  const settings = {
    ...serverSettings(),
    listen_addresses: '127.0.0.1',
    port: String(port),
    // A socket measured no faster, and its path would limit how long a workspace's may be.
    unix_socket_directories: '',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** `postmaster.pid` holds the process id in its first line and the state in its eighth. */
async function isReady(dataFolder: string, pid: number | undefined): Promise<boolean> {
  const text = await readFile(path.join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

function howItEnds(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `exit code ${code}` : `signal ${signal}`),
    );
  });
}

/** Fast shutdown (disconnects everyone, writes everything), then immediate, then by force. */
async function stopServer(
  child: ChildProcess,
  binaries: PostgresBinaries,
  ended: Promise<string>,
): Promise<void> {
  child.ref();
  for (const [signal, patienceMillis] of [
    ['SIGINT', FAST_SHUTDOWN_MILLIS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MILLIS],
  ] as const) {
    await signalServer(child, signal, binaries);
    const hasEnded = await Promise.race([
      ended.then(() => true),
      sleep(patienceMillis, false, { ref: false }),
    ]);
    if (hasEnded) return;
  }
  child.kill('SIGKILL');
  await ended;
}

async function signalServer(
  child: ChildProcess,
  signal: 'SIGINT' | 'SIGQUIT',
  binaries: PostgresBinaries,
): Promise<void> {
  if (process.platform !== 'win32') {
    child.kill(signal);
    return;
  }
  // Windows has no such signals; the server listens for them on a pipe that pg_ctl knows.
  const name = signal.slice('SIG'.length);
  await promisify(execFile)(binaries.pgCtl, ['kill', name, String(child.pid)]).catch(() => {});
}
