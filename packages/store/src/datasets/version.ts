// Versions: revisions with a name. They cost nothing and cannot change, since rows are only added and retired.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { takeSlippedBack } from '../controls/slipped-mistakes.ts';
import { databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import { revisionOf, visibleAt } from './visibility.ts';

export interface Version {
  name: string;
  revision: number;
  note: string;
  author: string;
  createdAt: Date;
  imageCount: number;
  /** Accepted ones. */
  annotationCount: number;
}

/**
 * Names the dataset as it is now, or as a revision left it. Mistakes that were slipped in as controls are in no version of now.
 *
 * @throws StoreError `name-taken`, `bad-name`, `revision-not-found`, `dataset-not-found`
 */
export async function createVersion(
  store: Store,
  datasetId: number,
  {
    name,
    note = '',
    author,
    revision,
  }: { name: string; note?: string; author: string; revision?: number },
): Promise<Version> {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._+ -]{0,99}$/u.test(name) || name.endsWith(' ')) {
    throw new StoreError('bad-name', {
      expected: phrase`up to 100 letters, digits, spaces and . _ + -, a letter or digit first`,
      found: JSON.stringify(name.slice(0, 120)),
    });
  }
  if (revision === undefined) await takeSlippedBack(store, datasetId, author);
  return databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      // Waits for a change that is being made, so that "now" means after it.
      const dataset = await transaction
        .selectFrom('dataset')
        .select('revision')
        .where('id', '=', datasetId)
        .forShare()
        .executeTakeFirst();
      const at = await revisionOf(transaction, datasetId, revision ?? dataset?.revision ?? 0);
      const { rows } = await sql<Version>`
        insert into version (dataset_id, name, revision, note, author, image_count, annotation_count)
        select ${datasetId}, ${name}, ${at}, ${note}, ${author},
          (select count(*) from image_life l where dataset_id = ${datasetId} and ${visibleAt('l', at)}),
          (select count(*) from annotation a
            where dataset_id = ${datasetId} and state = 'accepted' and ${visibleAt('a', at)})
        on conflict do nothing
        returning ${versionColumns}`.execute(transaction);
      if (rows.length > 0) return rows[0];
      throw new StoreError('name-taken', {
        expected: phrase`a name that no version has`,
        found: JSON.stringify(name),
        advice: phrase`Versions cannot be changed. Choose another name.`,
      });
    });
}

const versionColumns = sql`name, revision, note, author, created_at as "createdAt",
  image_count as "imageCount", annotation_count as "annotationCount"`;

/** The versions, the latest revision first. */
export async function listVersions(store: Store, datasetId: number): Promise<Version[]> {
  const { rows } = await sql<Version>`
    select ${versionColumns} from version where dataset_id = ${datasetId}
    order by revision desc, created_at desc`.execute(databaseOf(store));
  return rows;
}
