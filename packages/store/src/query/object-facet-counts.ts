// How many of the objects that match a query have each value, counted in the database: what is kept of each image says how
// many of its objects have one value, and not how many have two.

import { type RawBuilder, sql } from 'kysely';
import { hasShape, shapeNames } from '../annotations/shapes.ts';
import type { Database } from '../database/store.ts';
import { scoreBin } from '../images/tally.ts';
import { asksForState, compileObjects } from './compile.ts';
import type { FacetCount, FacetName } from './facet-rows.ts';
import { objectBucket, widthBucket } from './facet-rows-of.ts';

/**
 * The images are those that the objects are on. Rejected objects are counted as such alone, unless the query asks for them.
 *
 * @throws StoreError `bad-query`
 */
export async function objectFacetCounts(
  database: Database,
  datasetId: number,
  query: string,
): Promise<FacetCount[]> {
  const shapes = shapeNames.map((name, nth) => ({ name, column: sql.ref(`shape_${nth}`) }));
  const values = {
    category_id: sql`a.category_id`,
    origin: sql`a.origin`,
    state: sql`a.state`,
    is_unreviewed: sql`a.reviewed_revision is null`,
    bin: scoreBin,
  };
  const shapesOf = shapes.map(({ name, column }) => sql`${hasShape('a', name)} as ${column}`);
  const isMeant = asksForState(query) ? sql`true` : sql`state <> 'rejected'`;
  const { rows } = await sql<FacetCount>`
    with found as materialized (
      select a.image_id, ${sql.join([
        ...Object.entries(values).map(([name, value]) => sql`${value} as ${sql.ref(name)}`),
        ...shapesOf,
      ])}
      from annotation a
        join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
      where ${await compileObjects(database, datasetId, query, { withRejected: true })}
    ), meant as (
      select * from found where ${isMeant}
    ), pictured as materialized (
      select image.*, on_image.objects
      from (select image_id, count(*) as objects from meant group by image_id) as on_image
        join image using (image_id)
      where image.dataset_id = ${datasetId}
    )
    ${sql.join(
      [
        ofObjects('category', sql`category_id`),
        ofObjects('origin', sql`origin`),
        ofObjects('state', sql`state`, sql`found`),
        ofObjects('score', sql`bin`),
        ofObjects('unreviewed', sql`nullif(is_unreviewed, false)`),
        ...shapes.map(({ name, column }) =>
          ofObjects('shape', sql`case when ${column} then ${sql.lit(name)} end`),
        ),
        ofImages('status', sql`status`),
        ofImages('missing', sql`sha256 is null`),
        ofImages('objects', sql`object_count`),
        ofImages('width', sql`nullif(width, 0)`),
        ofImages('tag', sql`tag`, sql`cross join unnest(tags) as tag`),
        ofImages(
          'comment',
          sql`thread`,
          sql`cross join lateral (
            select distinct case when c.resolved_at is null then 'open' else 'resolved' end as thread
            from comment c
            where c.dataset_id = ${datasetId} and c.image_id = pictured.image_id
              and c.retired is null and c.reply_to is null) as talked`,
        ),
      ],
      sql` union all `,
    )}`.execute(database);
  return inBuckets(rows);
}

const ofObjects = (facet: FacetName, value: RawBuilder<unknown>, table = sql`meant`) => sql`
  select ${sql.lit(facet)} as facet, (${value})::text as value, count(distinct image_id) as images,
    count(*) as objects
  from ${table} where ${value} is not null group by 2`;

const ofImages = (facet: FacetName, value: RawBuilder<unknown>, joined = sql``) => sql`
  select ${sql.lit(facet)} as facet, (${value})::text as value, count(*) as images,
    sum(objects)::bigint as objects
  from pictured ${joined} where ${value} is not null group by 2`;

const bucketOf: Partial<Record<FacetName, (value: number) => string>> = {
  objects: objectBucket,
  width: widthBucket,
};

/** Sizes and numbers of objects by the bucket that they are counted in. */
function inBuckets(rows: readonly FacetCount[]): FacetCount[] {
  const counts = new Map<string, FacetCount>();
  for (const row of rows) {
    const value = bucketOf[row.facet]?.(Number(row.value)) ?? row.value;
    const key = `${row.facet} ${value}`;
    const { images, objects } = counts.get(key) ?? { images: 0, objects: 0 };
    counts.set(key, {
      facet: row.facet,
      value,
      images: images + row.images,
      objects: objects + row.objects,
    });
  }
  return [...counts.values()];
}
