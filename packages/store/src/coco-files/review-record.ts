// What the workbench knows of images and objects beyond what COCO has fields for, as one field `migaki` of each record:
// whose work it is, who has looked at it, what was said of it. Records of which nothing is known besides have none.

import type { CocoAnnotation, CocoImage } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import type { ImageStatus } from '../database/tables.ts';
import { visibleAt } from '../datasets/visibility.ts';
import { markAt } from '../review/mark-at.ts';

interface Reviewed {
  by: string;
  at: string;
}

interface WrittenComment {
  text: string;
  author: string;
  at: string;
  place: [x: number, y: number] | null;
  annotation_id: number | null;
  resolved: boolean;
  reply: boolean;
}

export interface ImageReviewRow {
  status: ImageStatus;
  tags: string[];
  reviewed: Reviewed | null;
  comments: WrittenComment[] | null;
  work_seconds: number | null;
}

export interface AnnotationReviewRow {
  origin: string;
  author: string;
  reviewed: Reviewed | null;
  work_seconds: number | null;
}

/** SQL: null unless somebody had looked at a row of `alias` by a revision; null for now. */
const reviewedBy = (alias: string, revision: number | null): RawBuilder<Reviewed | null> => {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  const isThen =
    revision === null ? sql`true` : sql`${of('reviewed_revision')} <= ${revision}::bigint`;
  return sql`case when ${of('reviewed_by')} is not null and ${isThen}
    then jsonb_build_object('by', ${of('reviewed_by')}, 'at', ${of('reviewed_at')}) end`;
};

/** SQL: who had looked at the row `a` of `annotation` at a revision, whoever has since. */
const reviewedAt = (revision: number): RawBuilder<Reviewed | null> => sql`(
  select case when mark ->> 'reviewed_by' is not null
    then jsonb_build_object('by', mark -> 'reviewed_by', 'at', mark -> 'reviewed_at') end
  from (select ${markAt(sql`${revision}::bigint`)} as mark) as marked)`;

/** SQL of the columns of `ImageReviewRow` from `alias`, a row of `image` as it was at a revision; null for now. */
export function imageReviewColumns(alias: string, revision: number | null): RawBuilder<unknown> {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  return sql`, ${of('status')}, ${of('tags')}, ${reviewedBy(alias, revision)} as reviewed, (
      select jsonb_agg(jsonb_build_object('text', c.text, 'author', c.author, 'at', c.written_at,
          'place', case when c.x is not null then jsonb_build_array(c.x, c.y) end,
          'annotation_id', c.annotation_id, 'resolved', c.resolved_at is not null,
          'reply', c.reply_to is not null)
        order by coalesce(c.reply_to, c.comment_id), c.reply_to is not null, c.written_at)
      from comment c
      where c.dataset_id = ${of('dataset_id')} and c.image_id = ${of('image_id')}
        and ${visibleAt('c', revision)}) as comments, (
      select sum(w.millis) / 1000.0 from work_time w
      where w.dataset_id = ${of('dataset_id')} and w.image_id = ${of('image_id')})::float8
      as work_seconds`;
}

/** SQL of the columns of `AnnotationReviewRow` from the row `a`. */
export const annotationReviewColumns = (revision: number | null): RawBuilder<unknown> => sql`,
  a.origin, a.author, ${revision === null ? reviewedBy('a', null) : reviewedAt(revision)} as reviewed, (
    select sum(w.millis) / 1000.0 from work_time_object w
    where w.dataset_id = a.dataset_id and w.annotation_id = a.annotation_id)::float8 as work_seconds`;

export function withImageReview(image: CocoImage, row: ImageReviewRow): CocoImage {
  const { status, tags, reviewed, comments, work_seconds } = row;
  return withField(image, {
    ...(status !== 'new' && { status }),
    ...(tags.length > 0 && { tags }),
    ...(reviewed !== null && { reviewed }),
    ...(comments !== null && { comments }),
    ...(work_seconds !== null && { work_seconds }),
  });
}

export function withAnnotationReview(
  annotation: CocoAnnotation,
  row: AnnotationReviewRow,
): CocoAnnotation {
  const { origin, author, reviewed, work_seconds } = row;
  return withField(annotation, {
    // What came from a file and nobody has touched is as the file had it.
    ...(origin !== 'import' && { origin, author }),
    ...(reviewed !== null && { reviewed }),
    ...(work_seconds !== null && { work_seconds }),
  });
}

const withField = <Coco extends object>(record: Coco, migaki: object): Coco =>
  Object.keys(migaki).length === 0 ? record : { ...record, migaki };

/**
 * SQL: whether there is anything to say of `alias`, a row of `image` as it was at a revision; null for now.
 */
export function hasReview(alias: string, revision: number | null): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  const isOfImage = (other: string) => sql`
    ${sql.ref(`${other}.dataset_id`)} = ${of('dataset_id')} and ${sql.ref(`${other}.image_id`)} = ${of('image_id')}`;
  const hasObject = (isThere: RawBuilder<unknown>) => sql`exists (
      select 1 from annotation a where ${isOfImage('a')} and ${isThere} and a.state = 'accepted'
        and (a.origin <> 'import' or ${reviewedBy('a', revision)} is not null))`;
  // Those that are there still, and those that went later, because no index holds both. Plus nothing: else, while the planner has
  // not heard how many went, it looks for those of one image among all of them, and does so for each image.
  const areThere =
    revision === null
      ? [sql`a.retired is null`]
      : [
          sql`a.retired is null and a.born <= ${revision}`,
          sql`a.retired is not null and a.retired + 0 > ${revision} and a.born <= ${revision}`,
        ];
  return sql<boolean>`(${of('status')} <> 'new' or ${of('tags')} <> '{}'
    or ${reviewedBy(alias, revision)} is not null
    or exists (select 1 from comment c where ${isOfImage('c')} and ${visibleAt('c', revision)})
    or exists (select 1 from work_time w where ${isOfImage('w')})
    or ${sql.join(areThere.map(hasObject), sql` or `)})`;
}
