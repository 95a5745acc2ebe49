// The one status that goes on by itself: new images on which a person has worked are in progress. Nothing else changes a
// status but who says so, and nothing but an undo of that very work leads back.

import { type RawBuilder, sql } from 'kysely';
import type { Work } from '../datasets/revise.ts';
import { laterThan, type Undoing } from '../datasets/undo-checks.ts';

type Change = Pick<Work<never>, 'transaction' | 'datasetId' | 'revision'>;

/** @param images SQL of a list of image ids, without brackets: a sub-select */
export async function beginWork(change: Change, images: RawBuilder<unknown>): Promise<void> {
  await move(
    change,
    sql`select image_id, status as now, 'in_progress' as next from image
      where dataset_id = ${change.datasetId} and status = 'new' and not is_deleted
        and image_id in (${images})`,
  );
}

/** Takes back what `beginWork` did under a revision, where nothing else was done to the images since. */
export async function takeBeginningsBack(change: Change, undoing: Undoing): Promise<void> {
  const { datasetId, revision } = change;
  const isLater = (column: string) =>
    sql`(${laterThan(undoing, sql.ref(column))} is not null and ${sql.ref(column)} <> ${revision})`;
  await move(
    change,
    sql`select image.image_id, image.status as now, begun.before ->> 'status' as next
      from image_history begun
        join image on image.dataset_id = begun.dataset_id and image.image_id = begun.image_id
      where begun.dataset_id = ${datasetId} and begun.revision = ${undoing.undone} and begun.is_begun
        and image.status <> begun.before ->> 'status' and image.status in ('new', 'in_progress')
        and not exists (
          select 1 from image_history h
          where h.dataset_id = ${datasetId} and h.image_id = image.image_id
            and h.before ? 'status' and ${isLater('h.revision')})
        and not exists (
          select 1 from annotation a
          where a.dataset_id = ${datasetId} and a.image_id = image.image_id
            and (${isLater('a.born')} or ${isLater('a.retired')}))`,
  );
}

/** @param wanted SQL of `(image_id, now, next)` */
async function move(
  { transaction, datasetId, revision }: Change,
  wanted: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    with wanted as materialized (${wanted}), moved as (
      update image set status = wanted.next from wanted
      where image.dataset_id = ${datasetId} and image.image_id = wanted.image_id
    )
    insert into image_history (dataset_id, revision, image_id, before, is_begun)
    select ${datasetId}, ${revision}, image_id, jsonb_build_object('status', now), true from wanted
    on conflict (dataset_id, revision, image_id)
      do update set before = excluded.before || image_history.before, is_begun = true`.execute(
    transaction,
  );
}
