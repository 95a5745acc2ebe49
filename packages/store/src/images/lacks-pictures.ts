import { sql } from 'kysely';
import type { BlobStore } from '../blobs/blob-store.ts';
import { databaseOf, type Store } from '../database/store.ts';

const sampleSize = 20;

/** Whether none of some pictures that the database speaks of is there: the blobs are those of another database. */
export async function lacksPictures(store: Store, blobs: BlobStore): Promise<boolean> {
  const { rows } = await sql<{ sha256: string }>`
    select encode(sha256, 'hex') as sha256 from blob order by sha256 limit ${sampleSize}`.execute(
    databaseOf(store),
  );
  if (rows.length === 0) return false;
  const found = await Promise.all(rows.map(({ sha256 }) => blobs.has(sha256)));
  return !found.includes(true);
}
