// Files that belong to a run: checkpoints, plots, whatever another program leaves with it. Their content is a blob.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import { getRun } from './run.ts';

export interface RunFile {
  /** With `/` between folders. */
  path: string;
  sha256: string;
  byteSize: number;
  mediaType: string;
  createdAt: Date;
}

const columns = ['path', 'sha256', 'byte_size', 'media_type', 'created_at'] as const;

/**
 * Names a blob as a file of a run, in the place of one of the same path.
 *
 * @throws StoreError `run-not-found`
 */
export async function putRunFile(
  store: Store,
  runId: number,
  file: Omit<RunFile, 'createdAt'>,
): Promise<RunFile> {
  await getRun(store, runId);
  const row = await insertRunFile(databaseOf(store), runId, file);
  await sql`update run set changed_at = clock_timestamp() where id = ${runId}`.execute(
    databaseOf(store),
  );
  return row;
}

/** As `putRunFile`, of a run that is there. */
export async function insertRunFile(
  db: Database,
  runId: number,
  { path, sha256, byteSize, mediaType }: Omit<RunFile, 'createdAt'>,
): Promise<RunFile> {
  const content = {
    sha256: Buffer.from(sha256, 'hex'),
    byte_size: byteSize,
    media_type: mediaType,
    created_at: new Date(),
  };
  const row = await db
    .insertInto('run_file')
    .values({ run_id: runId, path, ...content })
    .onConflict((conflict) => conflict.columns(['run_id', 'path']).doUpdateSet(content))
    .returning(columns)
    .executeTakeFirstOrThrow();
  return fileFrom(row);
}

/** By path. */
export async function listRunFiles(store: Store, runId: number): Promise<RunFile[]> {
  const rows = await databaseOf(store)
    .selectFrom('run_file')
    .select(columns)
    .where('run_id', '=', runId)
    .orderBy('path')
    .execute();
  return rows.map(fileFrom);
}

/** @throws StoreError `run-not-found`, `run-file-not-found` */
export async function getRunFile(store: Store, runId: number, path: string): Promise<RunFile> {
  await getRun(store, runId);
  const files = await listRunFiles(store, runId);
  const found = files.find((file) => file.path === path);
  if (found !== undefined) return found;
  throw new StoreError('run-file-not-found', {
    expected: phrase`the path of a file of the run`,
    found: path.slice(0, 200),
  });
}

interface FileRow {
  path: string;
  sha256: Buffer;
  byte_size: number;
  media_type: string;
  created_at: Date;
}

const fileFrom = ({ path, sha256, byte_size, media_type, created_at }: FileRow): RunFile => ({
  path,
  sha256: sha256.toString('hex'),
  byteSize: byte_size,
  mediaType: media_type,
  createdAt: created_at,
});
