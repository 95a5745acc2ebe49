// The way of every command to datasets: over the API of the workbench that has the workspace open, else of one that is
// started for the command alone and stopped after it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient, type Routes, routes } from '@migaki/api';
import { findWorkspaceHolder, readLocalToken } from '@migaki/server/running-workbench';
import { CliError } from '../cli-error.ts';
import { otherWorkbench } from './other-workbench.ts';
import { usualPort } from './serve-workbench.ts';
import { untilSignal } from './until-signal.ts';
import { workspaceFolder } from './workspace-folder.ts';

export interface OpenWorkbench {
  client: Client<Routes>;
  /** Aborted by Ctrl-C; what waits should then end. */
  signal: AbortSignal;
  /** How a command ends that did so after the signal was aborted. */
  interruptedExit(): Promise<'interrupted' | 'terminated'>;
}

export interface WorkbenchNeeds {
  /** `--data` */
  data: string | undefined;
  /** Whether the command makes jobs, which need someone to run them. */
  runsJobs: boolean;
  /** Hears that a workspace is made. Without it none is: a command that only reads would find nothing in a new one. */
  noteNew?: (text: string) => void;
}

/** A workbench takes the workspace some moments before it says where it answers. */
const announcementMillis = 10_000;

/** @throws StoreError, ApiError; CliError `interrupted`, and `service` where there is no workspace and none is to be made */
export async function withWorkbench<Result>(
  needs: WorkbenchNeeds,
  use: (workbench: OpenWorkbench) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupted = untilSignal().then((name) => {
    interruption.abort();
    return name;
  });
  const interruptedExit = async () =>
    (await interrupted) === 'SIGINT' ? 'interrupted' : 'terminated';
  const { client, stop } = await reach(workspaceFolder(needs.data), needs);
  try {
    return await use({ client, signal, interruptedExit });
  } catch (error) {
    if (!signal.aborted) throw error;
    const told = error instanceof CliError && error.exit === 'interrupted';
    throw new CliError(await interruptedExit(), told ? error.message : 'Stopped.');
  } finally {
    await stop();
  }
}

async function reach(
  workspaceDir: string,
  { runsJobs, noteNew }: WorkbenchNeeds,
): Promise<{ client: Client<Routes>; stop: () => Promise<void> }> {
  if (!isWorkspace(workspaceDir)) await beforeNew(workspaceDir, noteNew);
  const started = Date.now();
  while (existsSync(workspaceDir)) {
    const holder = findWorkspaceHolder(workspaceDir);
    if (holder === null) break;
    if (holder.address !== null) {
      const { origin } = new URL(holder.address);
      return { client: await ownerClient(workspaceDir, origin), stop: async () => {} };
    }
    if (Date.now() - started > announcementMillis) {
      throw new CliError(
        'service',
        `Process ${holder.pid} on ${holder.host} has the workspace ${workspaceDir} open and does not answer.`,
      );
    }
    await sleep(100);
  }
  const { startWorkbench } = await import('@migaki/server');
  const workbench = await startWorkbench({
    workspaceDir,
    workerCount: runsJobs ? 1 : 0,
  });
  const { address, stop } = workbench;
  return { client: await ownerClient(workspaceDir, address), stop };
}

/** Whether anything was ever kept there. A database of its own is somewhere else, and is looked into. */
const isWorkspace = (folder: string): boolean =>
  !!process.env.DATABASE_URL ||
  ['postgres', 'blobs'].some((name) => existsSync(join(folder, name)));

/** @throws CliError `service` where none is to be made */
async function beforeNew(workspaceDir: string, noteNew: WorkbenchNeeds['noteNew']): Promise<void> {
  const other = await otherWorkbench(usualPort);
  const hint =
    other === null
      ? ''
      : ` A workbench answers at ${other}, with another one, which it named when it started.`;
  if (noteNew === undefined) {
    throw new CliError(
      'service',
      `Expected a workspace in ${workspaceDir}, found none.${hint} Name the one that you mean with --data or MIGAKI_HOME; ` +
        'migaki up and migaki import make a new one.',
    );
  }
  noteNew(
    `a new workspace is made in ${workspaceDir}.${hint} --data or MIGAKI_HOME names another.`,
  );
}

/** Calls as the workspace's owner on this machine: the paths of a command are those that its user may read. */
export async function ownerClient(workspaceDir: string, baseUrl: string): Promise<Client<Routes>> {
  const token = (await readLocalToken(workspaceDir)) ?? undefined;
  return createClient(routes, { baseUrl, token });
}
