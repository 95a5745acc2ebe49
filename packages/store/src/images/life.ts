// Images come and go under revisions, with their annotations.

import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import { retireAnnotations, reviveAnnotations } from '../annotations/successors.ts';
import type { Work } from '../datasets/revise.ts';
import { StoreError } from '../store-error.ts';

type Change = Pick<Work<never>, 'transaction' | 'datasetId' | 'revision' | 'author'>;

/** Puts images into the trash. Answers how many; their counts are left to the caller's `recount`. */
export async function deleteImages(change: Change, ids: RawBuilder<unknown>): Promise<number> {
  const { transaction, datasetId, revision } = change;
  await retireAnnotations(change, sql<boolean>`a.image_id in (${ids})`);
  await sql`
    update image_life set retired = ${revision}
    where dataset_id = ${datasetId} and retired is null and image_id in (${ids})`.execute(
    transaction,
  );
  const { numAffectedRows } = await sql`
    update image set is_deleted = true
    where dataset_id = ${datasetId} and not is_deleted and image_id in (${ids})`.execute(
    transaction,
  );
  return Number(numAffectedRows);
}

/**
 * Takes images out of the trash with the annotations that went with them, but for those of categories that were deleted
 * since.
 *
 * @throws StoreError `name-taken` where another image has the file name meanwhile
 */
export async function restoreImages(
  change: Change,
  ids: RawBuilder<unknown>,
  { withAnnotations }: { withAnnotations: boolean },
): Promise<number> {
  const { transaction, datasetId, revision } = change;
  const { rows: taken } = await sql<{ file_name: string }>`
    with returning_name as materialized (
      select file_name from image
      where dataset_id = ${datasetId} and is_deleted and image_id in (${ids})
    )
    select file_name from returning_name group by file_name having count(*) > 1
    union all
    select file_name from returning_name join image live using (file_name)
    where live.dataset_id = ${datasetId} and not live.is_deleted
    limit 1`.execute(transaction);
  if (taken.length > 0) {
    throw new StoreError('name-taken', {
      expected: phrase`file names that no image of the dataset has`,
      found: JSON.stringify(taken[0].file_name),
      advice: phrase`Delete or rename the image that has it now.`,
    });
  }
  if (withAnnotations) {
    await reviveAnnotations(
      change,
      sql<boolean>`source.image_id in (
          select image_id from image
          where dataset_id = ${datasetId} and is_deleted and image_id in (${ids}))
        and source.retired = (
          select max(life.retired) from image_life life
          where life.dataset_id = ${datasetId} and life.image_id = source.image_id)
        and (source.category_id is null or exists (
          select 1 from category where category.dataset_id = ${datasetId}
            and category.category_id = source.category_id and category.retired is null))`,
    );
  }
  await sql`
    insert into image_life (dataset_id, image_id, born)
    select ${datasetId}, image_id, ${revision} from image
    where dataset_id = ${datasetId} and is_deleted and image_id in (${ids})`.execute(transaction);
  const { numAffectedRows } = await sql`
    update image set is_deleted = false
    where dataset_id = ${datasetId} and is_deleted and image_id in (${ids})`.execute(transaction);
  return Number(numAffectedRows);
}
