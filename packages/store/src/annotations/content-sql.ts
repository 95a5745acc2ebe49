// SQL over the content of annotation rows: the columns that two equal annotations have in common.

import { type RawBuilder, sql } from 'kysely';
import { contentColumns } from './annotation-record.ts';

/** The content columns of a table, to be put into a select or insert list. */
export function contentOf(alias?: string): RawBuilder<unknown> {
  return sql.join(
    contentColumns.map((column) => sql.ref(alias === undefined ? column : `${alias}.${column}`)),
  );
}

/**
 * A digest of the content of a row of `alias`, equal where the annotations say the same.
 *
 * @param categoryId SQL in place of the row's own category, where that is still the file's
 * @param extra SQL in place of the row's own
 */
export function contentDigest(
  alias: string,
  categoryId: RawBuilder<unknown> = sql.ref(`${alias}.category_id`),
  extra: RawBuilder<unknown> = sql.ref(`${alias}.extra`),
): RawBuilder<string> {
  const parts = contentColumns.map((column) => {
    if (column === 'category_id') return categoryId;
    // An id in `extra` is what the file called it, not what it says.
    if (column === 'extra') return sql`nullif(${extra} - 'id', '{}')`;
    const value = sql.ref(`${alias}.${column}`);
    return column === 'segmentation' ? sql`${value}::text` : value;
  });
  return sql<string>`md5(row(${sql.join(parts)}, ${sql.ref(`${alias}.section`)})::text)`;
}
