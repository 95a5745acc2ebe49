// Marks objects and pictures as looked at, or not, in place: what is said of them is not what they are. Whoever changes
// them afterwards makes other rows, of which it is not said.

import { type RawBuilder, sql } from 'kysely';
import type { Work } from '../datasets/revise.ts';
import { changeImages } from '../images/change-images.ts';
import { isReviewedImage } from '../query/fields.ts';
import { reviewColumns } from './review.ts';

type Change = Pick<Work<never>, 'transaction' | 'datasetId' | 'revision' | 'author'>;

/** SQL of the columns that say that the author of a change has looked at something, just now. */
export const lookedAt = ({ author, revision }: Pick<Change, 'author' | 'revision'>) => ({
  reviewed_by: sql`${author}::text`,
  reviewed_at: sql`now()`,
  reviewed_revision: sql`${revision}::bigint`,
});

const notLookedAt = {
  reviewed_by: sql`null::text`,
  reviewed_at: sql`null::timestamptz`,
  reviewed_revision: sql`null::bigint`,
};

/**
 * Marks the live rows of `a` that match. Proposals are passed over: whoever has looked at one accepts or rejects it.
 * Answers how many were not so before.
 */
export async function reviewObjects(
  change: Change,
  condition: RawBuilder<boolean>,
  isReviewed: boolean,
): Promise<number> {
  const isOtherwise = isReviewed
    ? sql`a.reviewed_by is distinct from ${change.author} and a.state <> 'proposed'`
    : sql`a.reviewed_by is not null`;
  return mark(change, isReviewed ? lookedAt(change) : notLookedAt, {
    where: sql<boolean>`${isOtherwise} and ${condition}`,
  });
}

/**
 * Makes what is said of objects what it was before a revision that is taken back.
 *
 * @param condition on the live rows `a`
 */
export async function takeReviewsBack(
  change: Change,
  undone: number,
  condition: RawBuilder<boolean>,
): Promise<number> {
  const before = (column: string) => sql`${sql.ref(`past.${column}`)}`;
  return mark(
    change,
    Object.fromEntries(reviewColumns.map((column) => [column, before(column)])) as Marks,
    {
      joined: sql`
        join review_history h on h.dataset_id = a.dataset_id and h.annotation_id = a.annotation_id
          and h.revision = ${undone}
        cross join lateral jsonb_to_record(coalesce(h.before, '{}'))
          as past (reviewed_by text, reviewed_at timestamptz, reviewed_revision bigint)`,
      where: sql<boolean>`a.reviewed_revision is distinct from past.reviewed_revision and ${condition}`,
    },
  );
}

/**
 * Marks objects that nobody has looked at here as those that `joined` gives for them as `source`. Answers how many.
 *
 * @param joined SQL that follows `from annotation a`
 */
export async function carryMarks(change: Change, joined: RawBuilder<unknown>): Promise<number> {
  return mark(
    change,
    {
      reviewed_by: sql`source.reviewed_by`,
      reviewed_at: sql`source.reviewed_at`,
      reviewed_revision: sql`${change.revision}::bigint`,
    },
    {
      joined,
      where: sql<boolean>`a.reviewed_by is null and source.reviewed_by is not null`,
    },
  );
}

type Marks = Record<(typeof reviewColumns)[number], RawBuilder<unknown>>;

/**
 * Gives live rows of `a` other marks, and keeps what they had. Answers how many. Of rows that this very revision made nothing
 * is kept: what was there before it are the rows that they took the place of.
 */
async function mark(
  { transaction, datasetId, revision }: Change,
  marks: Marks,
  { joined = sql``, where }: { joined?: RawBuilder<unknown>; where: RawBuilder<boolean> },
): Promise<number> {
  const now = sql.join(
    reviewColumns.map((column) => sql`${sql.lit(column)}, ${sql.ref(`a.${column}`)}`),
  );
  const next = (column: string) => sql.ref(`next_${column}`);
  const { numAffectedRows } = await sql`
    with meant as materialized (
      select a.row_id, a.annotation_id, a.image_id, a.born,
        case when a.reviewed_by is not null then jsonb_build_object(${now}) end as before,
        ${sql.join(reviewColumns.map((column) => sql`${marks[column]} as ${next(column)}`))}
      from annotation a ${joined}
      where a.dataset_id = ${datasetId} and a.retired is null and ${where}
    ), kept as (
      insert into review_history (dataset_id, revision, annotation_id, image_id, before, is_reviewed)
      select ${datasetId}, ${revision}, annotation_id, image_id, before, ${next('reviewed_by')} is not null
      from meant where born < ${revision}
      -- Of several marks under one revision, the first found what was there before it.
      on conflict (dataset_id, revision, annotation_id) do update set is_reviewed = excluded.is_reviewed
    )
    update annotation a set ${sql.join(
      reviewColumns.map((column) => sql`${sql.ref(column)} = meant.${next(column)}`),
    )}
    from meant where a.row_id = meant.row_id`.execute(transaction);
  return Number(numAffectedRows);
}

/**
 * Marks pictures, and with them the objects that are on them. Answers how many of each were not so before.
 *
 * @param where a condition on `image`
 */
export async function reviewImages(
  change: Change,
  where: RawBuilder<boolean>,
  isReviewed: boolean,
): Promise<{ imageCount: number; annotationCount: number }> {
  const { transaction, datasetId, author } = change;
  const unseen = sql`
    select a.image_id from annotation a
    where a.dataset_id = ${datasetId} and a.image_id = image.image_id and a.retired is null
      and a.state = 'accepted' and a.reviewed_by is null`;
  const isOtherwise = isReviewed
    ? sql`(image.reviewed_by is distinct from ${author} or exists (${unseen}))`
    : sql`image.reviewed_by is not null`;
  await sql`
    create temporary table reviewed_image on commit drop as
    select image_id from image
    where image.dataset_id = ${datasetId} and ${where} and ${isOtherwise}`.execute(transaction);
  const meant = sql`select image_id from reviewed_image`;
  const imageCount = await changeImages(change, isReviewed ? lookedAt(change) : notLookedAt, {
    where: sql<boolean>`image.image_id in (${meant})`,
  });
  // Not that a picture is to be looked at again says nothing of its objects.
  const annotationCount = isReviewed
    ? await reviewObjects(
        change,
        sql<boolean>`a.image_id in (${meant}) and a.state = 'accepted' and a.reviewed_by is null`,
        true,
      )
    : 0;
  await sql`drop table reviewed_image`.execute(transaction);
  return { imageCount, annotationCount };
}

/** @param where a condition on `image`, whose objects are counted (`recount`) */
export async function countReviewed(
  { transaction, datasetId }: Change,
  where: RawBuilder<boolean>,
): Promise<{ reviewedImages: number; openImages: number }> {
  const hasProposals = sql`exists (
    select 1 from annotation a where a.dataset_id = image.dataset_id
      and a.image_id = image.image_id and a.retired is null and a.state = 'proposed')`;
  const { rows } = await sql<{ reviewedImages: number; openImages: number }>`
    select (count(*) filter (where ${isReviewedImage}))::int as "reviewedImages",
      (count(*) filter (where ${hasProposals}))::int as "openImages"
    from image where image.dataset_id = ${datasetId} and ${where}`.execute(transaction);
  return rows[0];
}

/** SQL: the images whose objects a revision marked. */
export const markedImages = ({
  datasetId,
  revision,
}: Pick<Change, 'datasetId' | 'revision'>) => sql`
  select image_id from review_history where dataset_id = ${datasetId} and revision = ${revision}`;
