// Everything this package offers, one block per folder.

// postgres/
export { connectionFromEnvironment } from './postgres/connection-from-environment.ts';
export {
  type DatabaseEvent,
  type RunningDatabase,
  startDatabase,
} from './postgres/start-database.ts';
export { findWorkspaceHolder, type WorkspaceHolder } from './postgres/workspace-lock.ts';
