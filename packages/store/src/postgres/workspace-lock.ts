// One workbench per workspace. The lock is the kernel's own lock on a file, taken through SQLite
// because Node offers no other way to it: it ends with the process that holds it, however that
// ends, so there is no stale lock to recognise and no process id to mistake. A file beside it says
// who holds it; it is only read, never trusted.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { phrase } from '@migaki/coco';
import { StoreError } from '../store-error.ts';

export interface WorkspaceHolder {
  pid: number;
  host: string;
  /** ISO 8601. */
  since: string;
  /** Where the workbench answers, once it does. */
  address: string | null;
}

export interface WorkspaceLock {
  /** Tells others, through `findWorkspaceHolder`, where this workbench answers. */
  announce(address: string): void;
  release(): void;
}

/** A look at the lock holds it for a moment; whoever wants it in that moment waits this long. */
const GLANCE_MILLIS = 300;

const SQLITE_BUSY = 5;

/**
 * Takes the workspace for this process until `release` or its end.
 *
 * @throws StoreError `workspace-in-use`, naming the holder
 * @example
 * const lock = lockWorkspace('/data/workspace');
 * lock.announce('http://127.0.0.1:8080');
 */
export function lockWorkspace(workspaceDir: string): WorkspaceLock {
  mkdirSync(workspaceDir, { recursive: true });
  const unlock = tryLock(workspaceDir);
  if (unlock === null) throw inUse(workspaceDir, readHolder(workspaceDir));
  const holder: WorkspaceHolder = {
    pid: process.pid,
    host: os.hostname(),
    since: new Date().toISOString(),
    address: null,
  };
  try {
    writeHolder(workspaceDir, holder);
  } catch (error) {
    unlock();
    throw error;
  }
  let released = false;
  return {
    announce(address) {
      holder.address = address;
      writeHolder(workspaceDir, holder);
    },
    release() {
      if (released) return;
      released = true;
      rmSync(holderFile(workspaceDir), { force: true });
      unlock();
    },
  };
}

/** Who has the workspace open now, or null. */
export function findWorkspaceHolder(workspaceDir: string): WorkspaceHolder | null {
  const unlock = tryLock(workspaceDir);
  if (unlock === null) return readHolder(workspaceDir);
  unlock();
  return null;
}

function tryLock(workspaceDir: string): (() => void) | null {
  const lock = new DatabaseSync(path.join(workspaceDir, 'workbench.lock'), {
    timeout: GLANCE_MILLIS,
  });
  try {
    lock.exec('BEGIN IMMEDIATE');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
  return () => lock.close();
}

const holderFile = (workspaceDir: string) => path.join(workspaceDir, 'workbench.json');

function writeHolder(workspaceDir: string, holder: WorkspaceHolder): void {
  const unfinished = `${holderFile(workspaceDir)}.tmp`;
  // Only for the owner: the address may carry the login token.
  writeFileSync(unfinished, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  renameSync(unfinished, holderFile(workspaceDir));
}

/** A process that has the lock but has not yet said who it is shows as pid 0. */
function readHolder(workspaceDir: string): WorkspaceHolder {
  try {
    return JSON.parse(readFileSync(holderFile(workspaceDir), 'utf8'));
  } catch {
    return { pid: 0, host: os.hostname(), since: new Date().toISOString(), address: null };
  }
}

function inUse(workspaceDir: string, { pid, host, since, address }: WorkspaceHolder): StoreError {
  const who = pid === 0 ? 'a process that is just starting' : `process ${pid} on ${host}`;
  const where = address === null ? '' : `, which answers at ${address}`;
  return new StoreError('workspace-in-use', {
    where: workspaceDir,
    expected: phrase`a workspace that no other workbench has open`,
    found: phrase`one held by ${who} since ${since}${where}`,
    advice: phrase`Use that workbench, stop it, or name another workspace.`,
  });
}
