// Which database to use: the one that DATABASE_URL names, else the embedded one.

import { type ClaimEvent, claimDatabase } from './database-claim.ts';
import { type RunningDatabase, startDatabase } from './start-database.ts';
import type { DatabaseEvent } from './supervise.ts';
import { lockWorkspace } from './workspace-lock.ts';

/**
 * With `DATABASE_URL` nothing is started: the workspace and the database are taken for this process, as the embedded
 * one is, so that two workbenches share neither.
 *
 * @throws StoreError `workspace-in-use`, `database-…`, `disk-full`
 * @example
 * const database = await connectionFromEnvironment({ workspaceDir });
 */
export async function connectionFromEnvironment(options: {
  workspaceDir: string;
  onEvent?: (event: DatabaseEvent | ClaimEvent) => void;
  environment?: NodeJS.ProcessEnv;
}): Promise<RunningDatabase> {
  const url = (options.environment ?? process.env).DATABASE_URL;
  if (url === undefined || url === '') return startDatabase(options);
  const lock = lockWorkspace(options.workspaceDir);
  try {
    const claim = await claimDatabase(url, options.onEvent ?? (() => {}));
    return {
      connectionString: url,
      announce: lock.announce,
      async stop() {
        await claim.release();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
