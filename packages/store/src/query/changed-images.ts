import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/store.ts';
import { touchedTables } from '../datasets/touched-tables.ts';
import type { Stamp } from './stamp.ts';

interface ChangedImages {
  /** The state of the dataset in which it is these. */
  stamp: Stamp;
  /** Null where there are more than asked for. */
  imageIds: number[] | null;
  /** Whether categories changed, too: what a query says by their names may hold for any image then. */
  areCategoriesChanged: boolean;
}

/**
 * The images of which anything changed after a revision: themselves, their fields, objects, comments.
 *
 * @param limit more than these are not told
 * @param more further columns that are asked for in the same statement, so of the same state: SQL over `changed.ids`, a bigint[]
 * @example
 * const { imageIds } = await changedImages(database, 1, { since: 17, limit: 1000 });
 */
export async function changedImages<More = unknown>(
  database: Database,
  datasetId: number,
  { since, limit }: { since: number; limit: number },
  more?: RawBuilder<unknown>,
): Promise<ChangedImages & More> {
  const touched = touchedTables.map(
    ([table, column]) => sql`
      select image_id from ${sql.table(table)}
      where dataset_id = ${datasetId} and ${sql.ref(column)} > ${since}`,
  );
  const { rows } = await sql<Stamp & { ids: string | null; areCategoriesChanged: boolean } & More>`
    with changed as materialized (
      select array_agg(image_id) as ids from (
        ${sql.join(touched, sql` union `)}
        limit ${limit + 1}
      ) as touched
    )
    select revision, tableoid as table,
      exists (
        select 1 from category
        where dataset_id = ${datasetId} and (born > ${since} or retired > ${since})
      ) as "areCategoriesChanged",
      array_to_string(changed.ids, ' ') as ids ${more === undefined ? sql`` : sql`, ${more}`}
    from dataset, changed where id = ${datasetId}`.execute(database);
  const [{ ids, revision, table, ...others }] = rows;
  const imageIds = ids?.split(' ').map(Number) ?? [];
  return {
    ...(others as { areCategoriesChanged: boolean } & More),
    stamp: { revision, table },
    imageIds: imageIds.length > limit ? null : imageIds,
  };
}
