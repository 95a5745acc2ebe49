// Starts a PostgreSQL program on a cluster folder, as another user where need be, in a session of
// its own: the Ctrl-C of the terminal must reach the workbench alone, which then stops the server.

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import type { ServerUser } from './server-user.ts';

export interface Program {
  file: string;
  /** `folder` is the cluster folder by the name that the program can reach it under. */
  args(folder: string): string[];
  user: ServerUser | null;
  /** A file descriptor for what it writes, or a pipe to read it from. */
  output: number | 'pipe';
}

/** The descriptor right after stdin, stdout and stderr. */
const FOLDER_DESCRIPTOR = 3;

/**
 * Another user may be unable to walk to a workspace below root's home folder (0700). On Linux the
 * program therefore gets the open folder itself, not its path, and so can go nowhere else either.
 */
export function spawnProgram(clusterFolder: string, program: Program): ChildProcess {
  const { file, args, user, output } = program;
  const options = {
    cwd: path.parse(clusterFolder).root,
    detached: true,
    windowsHide: true,
    env: cleanEnvironment(),
    ...(user ?? {}),
  };
  if (user === null || process.platform !== 'linux') {
    return spawn(file, args(clusterFolder), { ...options, stdio: ['ignore', output, output] });
  }
  const folder = openSync(clusterFolder, 'r');
  try {
    return spawn(file, args(`/proc/self/fd/${FOLDER_DESCRIPTOR}`), {
      ...options,
      stdio: ['ignore', output, output, folder],
    });
  } finally {
    closeSync(folder);
  }
}

/** Neither the PG… variables nor the language of the person may change what the server does. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return { PATH, SystemRoot, TEMP, TMP, LC_ALL: 'C', TZ: 'UTC' };
}
