import { sql } from 'kysely';
import type { BlobStore } from '../blobs/blob-store.ts';
import { databaseOf, type Store } from '../database/store.ts';

/** A look at the disk each. A workspace that lacks one in a hundred is found out nearly always, one that lacks all always. */
const sampleSize = 500;

/**
 * Looks for some of the files that the database speaks of: where many are missing, the blobs are those of another database. Hashes are
 * random, so the first of them are a fair sample.
 *
 * @example
 * const { checked, missing } = await lookForPictures(store, blobs);
 */
export async function lookForPictures(
  store: Store,
  blobs: BlobStore,
): Promise<{ checked: number; missing: number }> {
  const { rows } = await sql<{ sha256: string }>`
    select encode(sha256, 'hex') as sha256 from blob order by sha256 limit ${sampleSize}`.execute(
    databaseOf(store),
  );
  let missing = 0;
  for (const { sha256 } of rows) if (!(await blobs.has(sha256))) missing++;
  return { checked: rows.length, missing };
}
