// Brings the doubts of a dataset up to date: by what changed since the last time, or all of them where that was much. Edits
// do not wait for it; whoever wants the pictures in this order does.

import { sql } from 'kysely';
import type { AnnotationFields } from '../annotations/annotation-record.ts';
import { isFinished } from '../controls/is-control.ts';
import { encodeJson } from '../database/json-codec.ts';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { changedImages } from '../query/changed-images.ts';
import { type DoubtedObject, doubtOf, pictureDoubts } from './picture-doubt.ts';
import { type UsualCount, usualCountOf } from './usual-counts.ts';

/** Where so many changed, or one in twenty, what is usual may have changed with them. */
const mostChanged = 5_000;
const shareChanged = 0.05;
const imagesPerStatement = 2_000;

interface Kept {
  revision: number;
  number: number;
  usual: UsualCount[];
}

/** @returns another number whenever all doubts may have changed */
export async function keepDoubts(database: Database, datasetId: number): Promise<number> {
  const known = await keptOf(database, datasetId);
  const now = await revisionOf(database, datasetId);
  if (now === null) return 0;
  if (known !== null && known.revision === now) return known.number;
  return database.isTransaction
    ? (known?.number ?? 0)
    : database.transaction().execute((transaction) => bringUp(transaction, datasetId));
}

/** What is usual in a dataset; nothing before the order `doubt` was asked for. */
export async function usualCountsOf(store: Store, datasetId: number): Promise<UsualCount[]> {
  return (await keptOf(databaseOf(store), datasetId))?.usual ?? [];
}

async function keptOf(database: Database, datasetId: number): Promise<Kept | null> {
  const { rows } = await sql<Kept>`
    select revision, number, usual_counts as usual from dataset_doubt
    where dataset_id = ${datasetId}`.execute(database);
  return rows[0] ?? null;
}

async function revisionOf(database: Database, datasetId: number): Promise<number | null> {
  const { rows } = await sql<{ revision: number }>`
    select revision from dataset where id = ${datasetId}`.execute(database);
  return rows[0]?.revision ?? null;
}

/** One at a time: the row is locked. What is changed meanwhile may be in already, and is worked out once more next time. */
async function bringUp(transaction: Database, datasetId: number): Promise<number> {
  await sql`
    insert into dataset_doubt (dataset_id) select id from dataset where id = ${datasetId}
    on conflict do nothing`.execute(transaction);
  const { rows } = await sql<Kept>`
    select revision, number, usual_counts as usual from dataset_doubt
    where dataset_id = ${datasetId} for update`.execute(transaction);
  const [kept] = rows;
  if (kept === undefined) return 0;
  const isNew = kept.number === 0;
  const { stamp, imageIds } = isNew
    ? { stamp: { revision: (await revisionOf(transaction, datasetId)) ?? 0 }, imageIds: null }
    : await changedImages(transaction, datasetId, { since: kept.revision, limit: mostChanged });
  if (imageIds?.length === 0 && kept.revision === stamp.revision) return kept.number;
  const isPartly =
    imageIds !== null &&
    imageIds.length <= shareChanged * (await imageCount(transaction, datasetId));
  const usual = isPartly ? kept.usual : await countUsual(transaction, datasetId);
  const changed = isPartly ? imageIds : await imagesWithProposals(transaction, datasetId);
  await sql`
    delete from image_doubt where dataset_id = ${datasetId}
      and (${isPartly ? sql`image_id = any(${changed}::bigint[])` : sql`true`})`.execute(
    transaction,
  );
  for (let from = 0; from < changed.length; from += imagesPerStatement) {
    await writeDoubts(
      transaction,
      datasetId,
      changed.slice(from, from + imagesPerStatement),
      usual,
    );
  }
  await writeControlDoubts(transaction, datasetId, usual);
  const number = isPartly ? kept.number : kept.number + 1;
  await sql`
    update dataset_doubt set revision = ${stamp.revision}, number = ${number},
      usual_counts = ${encodeJson(usual)}::jsonb
    where dataset_id = ${datasetId}`.execute(transaction);
  return number;
}

/** Controls come where they would have come with their proposals: nobody should know by the order which pictures are hard. */
async function writeControlDoubts(
  database: Database,
  datasetId: number,
  usual: readonly UsualCount[],
): Promise<void> {
  const { rows } = await sql<{ imageId: number; origin: string; hidden: AnnotationFields[] }>`
    select c.image_id as "imageId", c.origin, c.hidden
    from control_picture c
      join image on image.dataset_id = c.dataset_id and image.image_id = c.image_id
    where c.dataset_id = ${datasetId} and c.role = 'control' and not ${isFinished}`.execute(
    database,
  );
  const doubts = rows.map(({ imageId, origin, hidden }) => ({
    image_id: imageId,
    doubt: doubtOf(
      pictureDoubts(
        hidden.map(({ category_id, bbox, score }) => ({
          categoryId: category_id as number,
          bbox: (bbox as number[] | undefined) ?? null,
          score: score as number,
          origin,
          state: 'proposed' as const,
        })),
        usual,
      ),
    ),
  }));
  await insertDoubts(database, datasetId, doubts);
}

async function insertDoubts(
  database: Database,
  datasetId: number,
  doubts: readonly { image_id: number; doubt: number }[],
): Promise<void> {
  await sql`
    insert into image_doubt (dataset_id, image_id, doubt)
    select ${datasetId}::int, image_id, doubt
    from jsonb_to_recordset(${encodeJson(doubts)}::jsonb) as told (image_id bigint, doubt float8)
    on conflict do nothing`.execute(database);
}

async function imageCount(database: Database, datasetId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from image
    where dataset_id = ${datasetId} and not is_deleted`.execute(database);
  return rows[0].count;
}

async function imagesWithProposals(database: Database, datasetId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct image_id as id from annotation
    where dataset_id = ${datasetId} and retired is null and state = 'proposed'
    order by image_id`.execute(database);
  return rows.map(({ id }) => id);
}

type DoubtedRow = DoubtedObject & { imageId: number };

async function writeDoubts(
  database: Database,
  datasetId: number,
  imageIds: readonly number[],
  usual: readonly UsualCount[],
): Promise<void> {
  const { rows } = await sql<DoubtedRow>`
    select a.image_id as "imageId", a.category_id as "categoryId", a.score, a.origin, a.state,
      case when a.bbox_width is not null
        then array[a.bbox_x, a.bbox_y, a.bbox_width, a.bbox_height] end as bbox
    from annotation a
    where a.dataset_id = ${datasetId} and a.retired is null and a.state <> 'rejected'
      and a.image_id = any(${imageIds}::bigint[])`.execute(database);
  const doubts = [...Map.groupBy(rows, ({ imageId }) => imageId)].flatMap(([imageId, objects]) =>
    objects.some(({ state }) => state === 'proposed')
      ? [{ image_id: imageId, doubt: doubtOf(pictureDoubts(objects, usual)) }]
      : [],
  );
  await insertDoubts(database, datasetId, doubts);
}

/** Over all pictures on which anything is: how many have how many of each category. */
async function countUsual(database: Database, datasetId: number): Promise<UsualCount[]> {
  const { rows } = await sql<{ categoryId: number; count: number; pictures: number }>`
    select category_id as "categoryId", count, count(*) as pictures from image_category
    where dataset_id = ${datasetId} group by category_id, count`.execute(database);
  const counted = await sql<{ count: number }>`
    select count(*) as count from image
    where dataset_id = ${datasetId} and not is_deleted and object_count > 0`.execute(database);
  const labelled = counted.rows[0].count;
  return [...Map.groupBy(rows, ({ categoryId }) => categoryId)].flatMap(([categoryId, some]) => {
    const without = labelled - some.reduce((sum, { pictures }) => sum + pictures, 0);
    const histogram = [...some, { count: 0, pictures: Math.max(0, without) }];
    return usualCountOf(categoryId, histogram) ?? [];
  });
}
