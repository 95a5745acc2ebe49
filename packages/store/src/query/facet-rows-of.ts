// The rows of a dataset, from what is counted of its images: read in one pass, and from then on those of images that changed.

import { sql } from 'kysely';
import { shapeNames } from '../annotations/shapes.ts';
import type { Database, Store } from '../database/store.ts';
import { annotationStates } from '../database/tables.ts';
import { changedImages } from './changed-images.ts';
import { type FacetName, FacetRows } from './facet-rows.ts';
import { isReviewedImage } from './fields.ts';
import { keptUp } from './kept.ts';
import { type Stamp, stampOf } from './stamp.ts';

/** The same rows from the first pass on, with the state of the dataset that they are of. */
interface KeptRows extends Stamp {
  rows: FacetRows;
}

/** After a change of more images than this all are read anew. */
const MAX_CHANGED = 20_000;

/**
 * What every image of a dataset that is not deleted counts for, as it is now. For a moment: what is asked for next renews it.
 *
 * @example
 * const all = (await facetRowsOf(store, 1)).sumOfAll();
 */
export async function facetRowsOf(store: Store, datasetId: number): Promise<FacetRows> {
  return (await keptRowsOf(store, { datasetId })).rows;
}

const keptRowsOf = keptUp<{ datasetId: number }, KeptRows>({
  keyOf: ({ datasetId }) => String(datasetId),
  bytesOf: ({ rows }) => rows.byteLength,
  make: (database, { datasetId }) =>
    // So that all pieces are of one state.
    database
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (transaction) => {
        const rows = new FacetRows();
        const stamp = await stampOf(transaction, datasetId);
        let next = pieceAfter(transaction, datasetId, -1);
        for (;;) {
          const { lines, last } = await next;
          if (last === null) return { ...stamp, rows };
          // The database works on the next one while this one is read.
          next = pieceAfter(transaction, datasetId, last);
          setRows(rows, lines);
        }
      }),
  async withChanges(database, { datasetId }, { rows, revision }) {
    const { stamp, imageIds, changed } = await changedImages<{ changed: string | null }>(
      database,
      datasetId,
      { since: revision, limit: MAX_CHANGED },
      sql`(select ${lines} ${images(datasetId)} and image.image_id = any(changed.ids)) as changed`,
    );
    if (imageIds === null) return null;
    for (const imageId of imageIds) rows.delete(imageId);
    setRows(rows, changed);
    return { ...stamp, rows };
  },
});

/** What a line says of an image, in this order, separated by tabs. Lists of texts are JSON, in which no tab stands. */
const columns = [
  sql`image.image_id`,
  sql`image.status`,
  sql`(image.sha256 is null)::text`,
  sql`${isReviewedImage}::text`,
  sql`image.object_count`,
  sql`coalesce(image.width, 0)`,
  sql`coalesce(to_json(nullif(image.tags, '{}'))::text, '')`,
  sql`coalesce(commented.is_open, false)::text`,
  sql`coalesce(commented.is_resolved, false)::text`,
  // The rest is missing where there are no objects.
  sql`array_to_string(tally.category_ids, ' ')`,
  sql`array_to_string(tally.category_counts, ' ')`,
  sql`to_json(tally.origins)`,
  sql`array_to_string(tally.origin_counts, ' ')`,
  sql`array_to_string(tally.score_bins, ' ')`,
  sql`array_to_string(tally.score_counts, ' ')`,
  sql`array_to_string(tally.state_counts, ' ')`,
  sql`array_to_string(tally.shape_counts, ' ')`,
  sql`tally.unreviewed_count`,
];

/** SQL: a line for each image in one text; with a row for each the driver takes several times as long. */
const lines = sql`string_agg(concat_ws(E'\t', ${sql.join(columns)}), E'\n')`;

/** SQL: the images of a dataset with what `columns` asks for. */
const images = (datasetId: number) => sql`
  from image
    left join image_tally tally using (dataset_id, image_id)
    left join (
      select image_id, bool_or(resolved_at is null) as is_open,
        bool_or(resolved_at is not null) as is_resolved
      from comment
      where dataset_id = ${datasetId} and retired is null and reply_to is null
      group by image_id
    ) as commented using (image_id)
  where image.dataset_id = ${datasetId} and not image.is_deleted`;

/** Images that are read at once: about three megabytes of text. */
const PIECE = 20_000;

/** The lines of the images that come after one by their ids, and the last of these; null where there are none. */
async function pieceAfter(
  database: Database,
  datasetId: number,
  imageId: number,
): Promise<{ lines: string | null; last: number | null }> {
  const { rows } = await sql<{ lines: string | null; last: number | null }>`
    with piece as materialized (
      select image_id from image
      where dataset_id = ${datasetId} and not is_deleted and image_id > ${imageId}
      order by image_id limit ${PIECE}
    )
    select (select max(image_id) from piece) as last, (
      select ${lines} ${images(datasetId)}
        and image.image_id > ${imageId} and image.image_id <= (select max(image_id) from piece)
    ) as lines`.execute(database);
  return rows[0];
}

/** Reads lines into rows. */
function setRows(rows: FacetRows, lines: string | null): void {
  for (const line of split(lines ?? '', '\n')) {
    const row: number[] = [];
    const add = (facet: FacetName, value: string, objects: number) => {
      row.push(rows.keyOf(facet, value), objects);
    };
    const addCounts = (facet: FacetName, values: readonly string[], counts: string) => {
      for (const [nth, count] of split(counts, ' ').entries()) {
        if (count !== '0') add(facet, values[nth], Number(count));
      }
    };
    const [
      imageId,
      status,
      isMissing,
      isReviewed,
      objectCount,
      width,
      tags,
      isOpen,
      isResolved,
      ...tally
    ] = line.split('\t');
    const objects = Number(objectCount);
    add('status', status, objects);
    add('missing', isMissing, objects);
    add('reviewed', isReviewed, objects);
    add('objects', objectBucket(objects), objects);
    if (width !== '0') add('width', widthBucket(Number(width)), objects);
    if (tags !== '') for (const tag of JSON.parse(tags) as string[]) add('tag', tag, objects);
    if (isOpen === 'true') add('comment', 'open', objects);
    if (isResolved === 'true') add('comment', 'resolved', objects);
    if (tally.length > 0) {
      const [
        categories,
        ofCategories,
        origins,
        ofOrigins,
        bins,
        ofBins,
        states,
        shapes,
        unreviewed,
      ] = tally;
      addCounts('category', split(categories, ' '), ofCategories);
      addCounts('origin', JSON.parse(origins) as string[], ofOrigins);
      addCounts('score', split(bins, ' '), ofBins);
      addCounts('state', annotationStates, states);
      addCounts('shape', shapeNames, shapes);
      addCounts('unreviewed', ['true'], unreviewed);
    }
    rows.set(Number(imageId), row);
  }
}

/** 0 for none, 1 for 1, 2 for 2, 3 for 3–4, 4 for 5–8, … */
export const objectBucket = (objects: number): string =>
  String(objects === 0 ? 0 : Math.ceil(Math.log2(objects)) + 1);

/** Pixels in half octaves. */
export const widthBucket = (width: number): string => String(Math.floor(2 * Math.log2(width)));

const split = (text: string, by: string) => (text === '' ? [] : text.split(by));
