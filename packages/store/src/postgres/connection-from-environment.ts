// Which database to use: the one that DATABASE_URL names, else the embedded one.

import { type RunningDatabase, startDatabase } from './start-database.ts';
import type { DatabaseEvent } from './supervise.ts';

/**
 * With `DATABASE_URL` nothing is started and nothing is locked: several servers may share it.
 *
 * @example
 * const database = await connectionFromEnvironment({ workspaceDir });
 */
export async function connectionFromEnvironment(options: {
  workspaceDir: string;
  onEvent?: (event: DatabaseEvent) => void;
  environment?: NodeJS.ProcessEnv;
}): Promise<RunningDatabase> {
  const url = (options.environment ?? process.env).DATABASE_URL;
  if (url === undefined || url === '') return startDatabase(options);
  return {
    connectionString: url,
    isExclusive: false,
    announce() {},
    async stop() {},
  };
}
