// What people did on images goes along when the images go to another dataset: who has looked at what, comments, work time.

import { type RawBuilder, sql } from 'kysely';
import { contentDigest } from '../annotations/content-sql.ts';
import { databaseOf, type Store } from '../database/store.ts';
import { type ChangeContext, type Revised, revise, type Work } from '../datasets/revise.ts';
import { changeImages } from '../images/change-images.ts';
import { recount } from '../images/tally.ts';
import { copiedColumns } from './change-comments.ts';
import { carryMarks, markedImages } from './mark-reviewed.ts';

export interface CarryRoute {
  from: number;
  to: number;
  /** An image there for each image here. */
  images: readonly { source: number; target: number }[];
}

export interface CarryResult extends Revised {
  /** Images and objects that are marked as looked at. */
  reviewedCount: number;
  commentCount: number;
}

type Effect = Omit<CarryResult, keyof Revised>;

/**
 * Carries what is not there yet; done again, it changes nothing. An object is the same over there where it says the same,
 * as often as it does.
 *
 * @throws StoreError `dataset-not-found`
 */
export async function carryReview(
  store: Store,
  route: CarryRoute,
  context: ChangeContext,
): Promise<CarryResult> {
  const result = await revise<Effect>(store, route.to, 'review', context, async (work) => {
    const objectCount = await carryMarks(
      work,
      sql`join ${carriedObjects(route)} on carried_object.target_id = a.annotation_id
        join annotation source on source.row_id = carried_object.source_row`,
    );
    if (objectCount > 0) await recount(work.transaction, route.to, markedImages(work));
    const imageCount = await carryImageMarks(work, route);
    const commentCount = await carryComments(work, route);
    const effect = { reviewedCount: objectCount + imageCount, commentCount };
    return effect.reviewedCount + commentCount > 0 ? effect : work.unchanged(effect);
  });
  await carryWorkTime(store, route);
  return result;
}

/** SQL of the table `carried_image (source_id, target_id)`. */
const carriedImages = ({ images }: CarryRoute): RawBuilder<unknown> => sql`
  unnest(${images.map(({ source }) => source)}::bigint[], ${images.map(({ target }) => target)}::bigint[])
    as carried_image (source_id, target_id)`;

/** SQL of the table `carried_object (source_row, source_id, target_id)`. */
function carriedObjects(route: CarryRoute): RawBuilder<unknown> {
  const { from, to } = route;
  // Categories are the same by their names.
  const categoryThere = sql`(
    select there.category_id from category here
      join category there on there.dataset_id = ${to} and there.name = here.name and there.retired is null
    where here.dataset_id = ${from} and here.category_id = a.category_id and here.retired is null
    limit 1)`;
  const side = (
    datasetId: number,
    imageId: RawBuilder<unknown>,
    digest: RawBuilder<unknown>,
  ) => sql`
    select row_id, annotation_id, target_id, digest,
      row_number() over (partition by target_id, digest order by annotation_id) as nth
    from (
      select a.row_id, a.annotation_id, carried_image.target_id, ${digest} as digest
      from annotation a join ${carriedImages(route)} on a.image_id = ${imageId}
      where a.dataset_id = ${datasetId} and a.retired is null
    ) as digested`;
  return sql`(
    select here.row_id, here.annotation_id, there.annotation_id
    from (${side(from, sql`carried_image.source_id`, contentDigest('a', categoryThere))}) as here
      join (${side(to, sql`carried_image.target_id`, contentDigest('a'))}) as there
        using (target_id, digest, nth)
  ) as carried_object (source_row, source_id, target_id)`;
}

function carryImageMarks(work: Work<Effect>, route: CarryRoute): Promise<number> {
  return changeImages(
    work,
    {
      reviewed_by: sql`source.reviewed_by`,
      reviewed_at: sql`source.reviewed_at`,
      reviewed_revision: sql`${work.revision}::bigint`,
    },
    {
      joined: sql`join ${carriedImages(route)} on carried_image.target_id = image.image_id
        join image source on source.dataset_id = ${route.from}
          and source.image_id = carried_image.source_id`,
      where: sql<boolean>`image.reviewed_by is null and source.reviewed_by is not null`,
    },
  );
}

async function carryComments(
  { transaction, revision }: Work<Effect>,
  route: CarryRoute,
): Promise<number> {
  const { from, to } = route;
  const own = { dataset_id: sql`${to}::int`, image_id: sql`carried_image.target_id` };
  const values = copiedColumns.map((column) => {
    if (column === 'annotation_id') return sql`carried_object.target_id`;
    return own[column as keyof typeof own] ?? sql.ref(`source.${column}`);
  });
  const { numAffectedRows } = await sql`
    insert into comment (${sql.join(copiedColumns.map((column) => sql.ref(column)))}, born)
    select ${sql.join(values)}, ${revision}::bigint
    from comment source join ${carriedImages(route)} on carried_image.source_id = source.image_id
      left join ${carriedObjects(route)} on carried_object.source_id = source.annotation_id
    where source.dataset_id = ${from} and source.retired is null
      -- What was deleted over there stays so; what went because its coming was taken back may come again.
      and not exists (
        select 1 from comment known
        where known.dataset_id = ${to} and known.comment_id = source.comment_id
          and not exists (
            select 1 from revision r where r.dataset_id = known.dataset_id
              and r.revision = known.retired and r.kind = 'undo'
              and (r.result ->> 'undone')::bigint = known.born))
    order by source.row_id`.execute(transaction);
  return Number(numAffectedRows);
}

/** No change of the dataset, and so beside its revision. */
async function carryWorkTime(store: Store, route: CarryRoute): Promise<void> {
  const { from, to } = route;
  await sql`
    with carried as (
      insert into work_time (dataset_id, session_id, counter, image_id, author, at, millis)
      select ${to}::int, session_id, counter, carried_image.target_id, author, at, millis
      from work_time w join ${carriedImages(route)} on carried_image.source_id = w.image_id
      where w.dataset_id = ${from}
      on conflict do nothing
      returning session_id, counter
    )
    insert into work_time_object (dataset_id, session_id, counter, annotation_id, millis)
    select ${to}::int, session_id, counter, carried_object.target_id, millis
    from work_time_object w join carried using (session_id, counter)
      join ${carriedObjects(route)} on carried_object.source_id = w.annotation_id
    where w.dataset_id = ${from}`.execute(databaseOf(store));
}
