// SQL of what lies between two revisions of a dataset, as common tables that comparisons share.

import { type RawBuilder, sql } from 'kysely';
import { contentDigest } from '../annotations/content-sql.ts';
import { visibleAt } from './visibility.ts';

export interface Span {
  datasetId: number;
  from: number;
  to: number;
}

const ofImages = (column: string, imageIds: readonly number[] | undefined): RawBuilder<unknown> =>
  imageIds === undefined ? sql`` : sql`and ${sql.ref(column)} = any(${[...imageIds]}::bigint[])`;

const between = (column: string, { from, to }: Span): RawBuilder<boolean> => {
  const [low, high] = from < to ? [from, to] : [to, from];
  return sql<boolean>`${sql.ref(column)} > ${low} and ${sql.ref(column)} <= ${high}`;
};

/**
 * `change (image_id, annotation_id, category_id, kind, before_row, after_row)`. Only rows that were born or retired in
 * between can differ, and those are found by index; rejected ones are as good as absent. What an object says is looked at
 * only where it is there both times.
 */
export function changes(span: Span, imageIds?: readonly number[]): RawBuilder<unknown> {
  const { datasetId, from, to } = span;
  const rows = sql`
    select row_id, annotation_id, image_id, category_id, state, born, retired from annotation a
    where a.dataset_id = ${datasetId} and a.state <> 'rejected' ${ofImages('a.image_id', imageIds)}`;
  const side = (revision: number) => sql`
    select a.* from touched a where ${visibleAt('a', revision)}`;
  // Live rows and those of the past have indexes of their own.
  return sql`
    touched as materialized (
      ${rows} and a.retired is null and ${between('a.born', span)}
      union all
      ${rows} and a.retired is not null and (${between('a.born', span)} or ${between('a.retired', span)})
    ), change as materialized (
      select coalesce(b.image_id, a.image_id) as image_id,
        coalesce(b.annotation_id, a.annotation_id) as annotation_id,
        coalesce(b.category_id, a.category_id) as category_id,
        case when a.row_id is null then 'added' when b.row_id is null then 'removed'
          else 'changed' end as kind,
        a.row_id as before_row, b.row_id as after_row
      from (${side(from)}) a full join (${side(to)}) b on a.annotation_id = b.annotation_id
        left join annotation before on b.row_id is not null and before.row_id = a.row_id
        left join annotation after on a.row_id is not null and after.row_id = b.row_id
      where a.row_id is null or b.row_id is null
        or (a.state, a.image_id) is distinct from (b.state, b.image_id)
        or ${contentDigest('before')} <> ${contentDigest('after')}
    )`;
}

/** `image_change (image_id, kind)`. */
export function imageChanges(span: Span, imageIds?: readonly number[]): RawBuilder<unknown> {
  const { datasetId, from, to } = span;
  return sql`
    image_change as (
      select image_id,
        case when bool_or(${visibleAt('l', to)}) then 'added' else 'removed' end as kind
      from image_life l
      where dataset_id = ${datasetId} and ((${between('born', span)}) or (${between('retired', span)}))
        ${ofImages('image_id', imageIds)}
      group by image_id
      having bool_or(${visibleAt('l', from)}) <> bool_or(${visibleAt('l', to)})
    )`;
}
