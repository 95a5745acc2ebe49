// Everything this package offers, one block per folder.

// postgres/
export { connectionFromEnvironment } from './postgres/connection-from-environment.ts';
export { type RunningDatabase, startDatabase } from './postgres/start-database.ts';
export type { DatabaseEvent } from './postgres/supervise.ts';
export { findWorkspaceHolder, type WorkspaceHolder } from './postgres/workspace-lock.ts';
