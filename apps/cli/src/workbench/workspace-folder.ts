import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the workspace is: as said on the command line, else by `MIGAKI_HOME`, else `.migaki` in the user's home. */
export function workspaceFolder(given: string | undefined): string {
  return resolve(given ?? (process.env.MIGAKI_HOME || join(homedir(), '.migaki')));
}
