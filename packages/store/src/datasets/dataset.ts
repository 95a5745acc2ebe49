// Datasets: made, listed, described, put into the trash and taken out.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import { datasetNotFound } from './revise.ts';

export interface Dataset {
  id: number;
  name: string;
  description: string;
  revision: number;
  imageCount: number;
  /** Objects that are not rejected. */
  annotationCount: number;
  categoryCount: number;
  /** The picture to show for it: the chosen one, else the first that is there. */
  cover: { imageId: number; sha256: string } | null;
  createdAt: Date;
  /** When it last changed. */
  changedAt: Date;
  deletedAt: Date | null;
}

const NAME_LIMIT = 200;

/**
 * Makes an empty dataset.
 *
 * @throws StoreError `bad-name`, `name-taken`
 */
export async function createDataset(
  store: Store,
  { name, description = '' }: { name: string; description?: string },
): Promise<Dataset> {
  const row = await naming(name, (checked) =>
    databaseOf(store)
      .insertInto('dataset')
      .values({ name: checked, description, sections: '{}' })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return getDataset(store, row.id);
}

/** All datasets, the latest changed first; or those in the trash. */
export async function listDatasets(
  store: Store,
  { deleted = false }: { deleted?: boolean } = {},
): Promise<Dataset[]> {
  return datasetsWhere(store, sql`d.deleted_at is ${deleted ? sql`not null` : sql`null`}`);
}

/** @throws StoreError `dataset-not-found` */
export async function getDataset(store: Store, datasetId: number): Promise<Dataset> {
  const [dataset] = await datasetsWhere(store, sql`d.id = ${datasetId} and d.deleted_at is null`);
  if (dataset === undefined) throw await datasetNotFound(databaseOf(store), datasetId);
  return dataset;
}

/**
 * The revision of a dataset, from its one row: `getDataset` counts every image for its answer.
 *
 * @throws StoreError `dataset-not-found`, also for one in the trash
 */
export async function datasetRevision(store: Store, datasetId: number): Promise<number> {
  const row = await databaseOf(store)
    .selectFrom('dataset')
    .select('revision')
    .where('id', '=', datasetId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) throw await datasetNotFound(databaseOf(store), datasetId);
  return row.revision;
}

/** The dataset of this name, or null. */
export async function findDataset(store: Store, name: string): Promise<Dataset | null> {
  const [dataset] = await datasetsWhere(store, sql`d.name = ${name} and d.deleted_at is null`);
  return dataset ?? null;
}

/** @throws StoreError `dataset-not-found`, `bad-name`, `name-taken`, `image-not-found` for the cover */
export async function updateDataset(
  store: Store,
  datasetId: number,
  changes: { name?: string; description?: string; coverImageId?: number },
): Promise<Dataset> {
  const db = databaseOf(store);
  const { name, description, coverImageId } = changes;
  await getDataset(store, datasetId);
  if (coverImageId !== undefined) {
    const image = await db
      .selectFrom('image')
      .select('image_id')
      .where('dataset_id', '=', datasetId)
      .where('image_id', '=', coverImageId)
      .where('is_deleted', '=', false)
      .executeTakeFirst();
    if (image === undefined) {
      throw new StoreError('image-not-found', {
        expected: phrase`an image of the dataset`,
        found: String(coverImageId),
      });
    }
  }
  const set = {
    ...(description !== undefined && { description }),
    ...(coverImageId !== undefined && { cover_image_id: coverImageId }),
  };
  const update = (values: typeof set & { name?: string }) =>
    Object.keys(values).length === 0
      ? Promise.resolve([])
      : db.updateTable('dataset').set(values).where('id', '=', datasetId).execute();
  if (name === undefined) await update(set);
  else await naming(name, (checked) => update({ ...set, name: checked }));
  return getDataset(store, datasetId);
}

/** Puts a dataset into the trash; its name is free again. */
export async function deleteDataset(store: Store, datasetId: number): Promise<void> {
  const { numUpdatedRows } = await databaseOf(store)
    .updateTable('dataset')
    .set({ deleted_at: sql<Date>`now()` })
    .where('id', '=', datasetId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw await datasetNotFound(databaseOf(store), datasetId);
}

/** Takes a dataset out of the trash. @throws StoreError `dataset-not-found`, `name-taken` */
export async function undeleteDataset(store: Store, datasetId: number): Promise<Dataset> {
  const db = databaseOf(store);
  const row = await db
    .selectFrom('dataset')
    .select('name')
    .where('id', '=', datasetId)
    .executeTakeFirst();
  if (row === undefined) throw await datasetNotFound(databaseOf(store), datasetId);
  await naming(row.name, () =>
    db.updateTable('dataset').set({ deleted_at: null }).where('id', '=', datasetId).execute(),
  );
  return getDataset(store, datasetId);
}

/** Deletes what is in the trash for good, with its whole history. Its pictures go when no dataset names them. */
export async function purgeDataset(store: Store, datasetId: number): Promise<void> {
  const { numDeletedRows } = await databaseOf(store)
    .deleteFrom('dataset')
    .where('id', '=', datasetId)
    .where('deleted_at', 'is not', null)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw await datasetNotFound(databaseOf(store), datasetId);
}

async function datasetsWhere(store: Store, condition: ReturnType<typeof sql>): Promise<Dataset[]> {
  const { rows } = await sql<Omit<Dataset, 'cover'> & { coverId: number; coverSha: Buffer }>`
    select d.id, d.name, d.description, d.revision,
      counted.images as "imageCount", counted.objects as "annotationCount",
      (select count(*) from category c where c.dataset_id = d.id and c.retired is null)
        as "categoryCount",
      cover.image_id as "coverId", cover.sha256 as "coverSha",
      d.created_at as "createdAt", coalesce(latest.at, d.created_at) as "changedAt",
      d.deleted_at as "deletedAt"
    from dataset d
      cross join lateral (
        select count(*) as images, coalesce(sum(object_count), 0)::bigint as objects
        from image where dataset_id = d.id and not is_deleted
      ) as counted
      left join revision latest on latest.dataset_id = d.id and latest.revision = d.revision
      left join lateral (
        select image_id, sha256 from image
        where dataset_id = d.id and not is_deleted and sha256 is not null
        order by (image_id = d.cover_image_id) desc nulls last, row_id limit 1
      ) as cover on true
    where ${condition}
    order by "changedAt" desc, d.id desc`.execute(databaseOf(store));
  return rows.map(({ coverId, coverSha, ...dataset }) => ({
    ...dataset,
    cover: coverSha === null ? null : { imageId: coverId, sha256: coverSha.toString('hex') },
  }));
}

/** Runs a statement that gives a dataset its name, and tells what is wrong with the name. */
async function naming<Result>(
  name: string,
  run: (checked: string) => Promise<Result>,
): Promise<Result> {
  const checked = name.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (checked === '' || checked.length > NAME_LIMIT || /[\u0000-\u001f]/.test(checked)) {
    throw new StoreError('bad-name', {
      expected: phrase`a name of 1 to ${NAME_LIMIT} characters without control characters`,
      found: checked === '' ? phrase`an empty name` : JSON.stringify(checked.slice(0, 60)),
    });
  }
  try {
    return await run(checked);
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'dataset_name') throw error;
    throw new StoreError('name-taken', {
      expected: phrase`a name that is free`,
      found: phrase`a dataset ${JSON.stringify(checked)}`,
      advice: phrase`Choose another name, or rename or delete that dataset.`,
    });
  }
}
