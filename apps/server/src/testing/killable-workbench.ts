// A workbench in a process of its own that can be killed with everything that belongs to it, as a power failure does.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient, type Routes, routes } from '@migaki/api';

export interface KillableWorkbench {
  client: Client<Routes>;
  loginToken: string;
  /** Kills the server and nothing else. */
  kill(): Promise<void>;
  /** Kills server, workers and every process of the database, and waits until they are gone. Linux only. */
  killEverything(): Promise<void>;
}

/** @param folder from which may be imported */
export async function spawnWorkbench(
  workspaceDir: string,
  folder: string,
): Promise<KillableWorkbench> {
  const script = new URL('./run-workbench.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, workspaceDir, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(([code]) => Promise.reject(new Error(`the workbench ended with ${code}`))),
  ])) as [string];
  const { address, loginToken } = JSON.parse(line);
  const dataFolder = join(workspaceDir, 'postgres', 'cluster', 'data');
  return {
    client: createClient(routes, { baseUrl: address, token: loginToken }),
    loginToken,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async killEverything() {
      // The server's own list first: a worker loses its parent, and so its mark, when that is gone.
      for (const pid of [child.pid!, ...childrenOf(child.pid!)]) killIfRunning(pid);
      while (processesIn(dataFolder).filter(killIfRunning).length > 0) await sleep(5);
      await exited;
    },
  };
}

/** Fields 2 to 4 of `/proc/<pid>/stat`: the name in parentheses, the state, the parent. */
const statOf = (pid: number): string[] => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
  } catch {
    return []; // gone in between
  }
};

const allPids = (): number[] =>
  readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? Number(name) : []));

const childrenOf = (parent: number): number[] =>
  allPids().filter((pid) => Number(statOf(pid)[1]) === parent);

/** Every process of a PostgreSQL works in its data folder. */
const processesIn = (folder: string): number[] =>
  allPids().filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false; // gone in between, or somebody else's
    }
  });

/** @returns whether it was there to be killed */
function killIfRunning(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
