import { type RawBuilder, sql } from 'kysely';
import { reviewColumns } from './review.ts';

/**
 * SQL: the `reviewColumns` of the row `a` of `annotation` as they were at a revision, as jsonb. What the first mark after it found is
 * what was said then.
 */
export function markAt(revision: RawBuilder<unknown>): RawBuilder<unknown> {
  const now = sql.join(
    reviewColumns.map((column) => sql`${sql.lit(column)}, ${sql.ref(`a.${column}`)}`),
  );
  return sql`coalesce((
      select coalesce(h.before, '{}') from review_history h
      where h.dataset_id = a.dataset_id and h.annotation_id = a.annotation_id
        and h.revision > ${revision} and (a.retired is null or h.revision <= a.retired)
      order by h.revision limit 1),
    jsonb_build_object(${now}))`;
}
