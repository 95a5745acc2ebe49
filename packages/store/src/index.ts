// Everything this package offers, one block per folder.

// blobs/
export type {
  BlobSource,
  BlobStore,
  ByteRange,
  DerivedFiles,
  ListedBlob,
  StoredBlob,
} from './blobs/blob-store.ts';
export { openFolderBlobs } from './blobs/folder-blobs.ts';
// postgres/
export { connectionFromEnvironment } from './postgres/connection-from-environment.ts';
export { type RunningDatabase, startDatabase } from './postgres/start-database.ts';
export type { DatabaseEvent } from './postgres/supervise.ts';
export { findWorkspaceHolder, type WorkspaceHolder } from './postgres/workspace-lock.ts';
