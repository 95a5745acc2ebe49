// Where a revision leaves its traces in images and what is on them: a row that was born or retired in it, or one of a history.

import { type RawBuilder, sql } from 'kysely';

export const touchedTables = [
  ['annotation', 'born'],
  ['annotation', 'retired'],
  ['review_history', 'revision'],
  ['image_life', 'born'],
  ['image_life', 'retired'],
  ['image_history', 'revision'],
  ['comment', 'born'],
  ['comment', 'retired'],
] as const;

const ofObjects: ReadonlySet<string> = new Set(['annotation', 'review_history']);

/**
 * SQL: the rows `(image_id, annotation_id, nth)` that a revision touched; `annotation_id` is null of what is no object.
 *
 * @param limit of rows per table
 */
export function touchedIn(
  datasetId: number,
  revision: RawBuilder<unknown>,
  limit: number | null,
): RawBuilder<unknown> {
  // Said twice, "=" and as a range: that many rows have a column's one value, or that a partial index has few rows, is what
  // the planner may believe of "=" or of a range alone; of both it takes the index that begins with them.
  const touched = touchedTables.map(([table, column]) => {
    const object = ofObjects.has(table) ? sql.ref('annotation_id') : sql`null::bigint`;
    return sql`
      (select image_id, ${object} as annotation_id, row_number() over () as nth
        from ${sql.table(table)}
        where dataset_id = ${datasetId} and ${sql.ref(column)} = ${revision}
          and ${sql.ref(column)} between ${revision} and ${revision}
        limit ${limit})`;
  });
  return sql.join(touched, sql` union all `);
}
