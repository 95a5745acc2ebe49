// Categories: listed with their counts, added, changed, ordered, merged and deleted, each under a revision.

import { type CocoCategory, phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { encodeJson } from '../database/json-codec.ts';
import { type DatabaseTransaction, databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import {
  countObjects,
  type KeypointSources,
  moveObjects,
  remapKeypoints,
} from './category-objects.ts';
import {
  type CategoryContent,
  type CategoryFields,
  categoryFromCoco,
  cocoFromCategory,
} from './category-record.ts';
import { type ChangeContext, type Revised, revise, type Work } from './revise.ts';
import { revisionOf, visibleAt } from './visibility.ts';

export interface Category {
  categoryId: number;
  coco: CocoCategory;
  /** Null: the app chooses one by the id. */
  color: string | null;
  /** Live now, whatever the revision asked for. */
  imageCount: number;
  annotationCount: number;
}

interface CategoryRow extends CategoryContent {
  category_id: number;
  image_count: number;
  annotation_count: number;
}

const columns = sql`category.category_id, name, supercategory, color, keypoints, skeleton, extra`;

/** The categories in their order. @param at a version's name or a revision; default now */
export async function listCategories(
  store: Store,
  datasetId: number,
  { at }: { at?: string | number } = {},
): Promise<Category[]> {
  const db = databaseOf(store);
  const revision = at === undefined ? null : await revisionOf(db, datasetId, at);
  const { rows } = await sql<CategoryRow>`
    select ${columns}, coalesce(counted.images, 0) as image_count,
      coalesce(counted.objects, 0)::bigint as annotation_count
    from category left join (
      select category_id, count(*) as images, sum(count) as objects from image_category
      where dataset_id = ${datasetId} group by category_id
    ) as counted using (category_id)
    where category.dataset_id = ${datasetId} and ${visibleAt('category', revision)}
    order by position, row_id`.execute(db);
  return rows.map((row) => ({
    categoryId: row.category_id,
    coco: cocoFromCategory(row.category_id, row),
    color: row.color,
    imageCount: row.image_count,
    annotationCount: row.annotation_count,
  }));
}

/** @throws StoreError `bad-name`, `name-taken`, `dataset-not-found` */
export async function addCategory(
  store: Store,
  datasetId: number,
  fields: CategoryFields,
  context: ChangeContext,
): Promise<{ categoryId: number } & Revised> {
  const { categoryIds, ...revised } = await addCategories(store, datasetId, [fields], context);
  return { ...revised, categoryId: categoryIds[0] };
}

/**
 * Some at once, in one revision.
 *
 * @throws StoreError `bad-name`, `name-taken`, `dataset-not-found`; then there is none of them
 */
export async function addCategories(
  store: Store,
  datasetId: number,
  categories: readonly CategoryFields[],
  context: ChangeContext,
): Promise<{ categoryIds: number[] } & Revised> {
  const contents = categories.map(checkedContent);
  return revise(store, datasetId, 'category', context, async (work) => {
    const categoryIds: number[] = [];
    for (const content of contents) {
      await checkNameIsFree(work, content.name);
      const { id, position } = await work.transaction
        .updateTable('dataset')
        .set({ next_category_id: sql<number>`next_category_id + 1` })
        .where('id', '=', datasetId)
        .returning([
          sql<number>`next_category_id - 1`.as('id'),
          sql<number>`(select coalesce(max(position), -1) + 1 from category
            where dataset_id = dataset.id and retired is null)`.as('position'),
        ])
        .executeTakeFirstOrThrow();
      await insertCategory(work, id, content, position);
      categoryIds.push(id);
    }
    return { categoryIds };
  });
}

/**
 * Gives fields another value; null takes a field away.
 *
 * @param context.keypointSources where each of the new keypoints was before; needed where objects have keypoints and
 *   their number changes, since objects list theirs in the order of the category
 * @throws StoreError as `addCategory`, `category-not-found`, `bad-edit`
 */
export async function changeCategory(
  store: Store,
  datasetId: number,
  categoryId: number,
  fields: CategoryFields,
  context: ChangeContext & { keypointSources?: KeypointSources },
): Promise<Revised> {
  return revise(store, datasetId, 'category', context, async (work) => {
    const { content, position } = await retireCategory(work, categoryId);
    const merged = { ...cocoFromCategory(categoryId, content), ...fields };
    const kept = Object.entries(merged).filter(
      ([field, value]) => !(Object.hasOwn(fields, field) && value === null),
    );
    const changed = checkedContent(Object.fromEntries(kept));
    if (changed.name !== content.name) await checkNameIsFree(work, changed.name);
    await insertCategory(work, categoryId, changed, position);
    await remapKeypoints(work, categoryId, {
      before: content.keypoints ?? [],
      after: changed.keypoints ?? [],
      sources: context.keypointSources,
    });
    return {};
  });
}

/** Puts the categories into this order; those that are not named keep theirs, after them. */
export async function orderCategories(
  store: Store,
  datasetId: number,
  categoryIds: readonly number[],
  context: ChangeContext,
): Promise<Revised> {
  return revise<object>(store, datasetId, 'category', context, async (work) => {
    const { numAffectedRows } = await sql`
      with ranked as (
        select row_id, row_number() over (
            order by array_position(${[...categoryIds]}::bigint[], category_id) nulls last, position) - 1
          as place
        from category where dataset_id = ${datasetId} and retired is null
      ), moved as (
        update category set retired = ${work.revision} from ranked
        where category.row_id = ranked.row_id and category.position <> ranked.place
        returning category.*, ranked.place
      )
      insert into category (dataset_id, category_id, name, supercategory, color, keypoints, skeleton,
        extra, position, born)
      select dataset_id, category_id, name, supercategory, color, keypoints, skeleton, extra, place,
        ${work.revision}
      from moved`.execute(work.transaction);
    return numAffectedRows === 0n ? work.unchanged({}) : {};
  });
}

/**
 * Deletes a category. Objects that have it stand in the way, unless it is said what becomes of them.
 *
 * @param objects another category's id, or `remove`
 * @throws StoreError `category-in-use`, `category-not-found`
 */
export async function deleteCategory(
  store: Store,
  datasetId: number,
  categoryId: number,
  context: ChangeContext & { objects?: number | 'remove' },
): Promise<{ annotationCount: number } & Revised> {
  return revise(store, datasetId, 'category', context, async (work) => {
    const { content } = await retireCategory(work, categoryId);
    const { objects } = context;
    if (typeof objects === 'number') await checkCategoryIsThere(work, objects);
    if (objects !== undefined) {
      return { annotationCount: await moveObjects(work, [categoryId], objects) };
    }
    const count = await countObjects(work, categoryId);
    if (count === 0) return { annotationCount: 0 };
    throw new StoreError('category-in-use', {
      expected: phrase`a category without objects`,
      found: phrase`${count} of ${content.name}`,
      advice: phrase`Say which category they become, or that they are removed.`,
    });
  });
}

/**
 * Makes several categories one: their objects become those of `into`, which stays as it is, and they are deleted.
 *
 * @throws StoreError `category-not-found`
 * @example
 * await mergeCategories(store, 1, { into: 3, from: [7, 9] }, { author: 'ada' });
 */
export async function mergeCategories(
  store: Store,
  datasetId: number,
  { into, from }: { into: number; from: readonly number[] },
  context: ChangeContext,
): Promise<{ annotationCount: number } & Revised> {
  return revise(store, datasetId, 'category', context, async (work) => {
    const merged = [...new Set(from)].filter((categoryId) => categoryId !== into);
    await checkCategoryIsThere(work, into);
    for (const categoryId of merged) await retireCategory(work, categoryId);
    return { annotationCount: await moveObjects(work, merged, into) };
  });
}

async function insertCategory(
  { transaction, datasetId, revision }: Pick<Work<never>, 'transaction' | 'datasetId' | 'revision'>,
  categoryId: number,
  content: CategoryContent,
  position: number,
): Promise<void> {
  await transaction
    .insertInto('category')
    .values({
      ...content,
      skeleton: content.skeleton === null ? null : encodeJson(content.skeleton),
      extra: encodeJson(content.extra),
      dataset_id: datasetId,
      category_id: categoryId,
      position,
      born: revision,
    })
    .execute();
}

async function retireCategory(
  { transaction, datasetId, revision }: Pick<Work<never>, 'transaction' | 'datasetId' | 'revision'>,
  categoryId: number,
): Promise<{ content: CategoryContent; position: number }> {
  const { rows } = await sql<CategoryContent & { category_id: number; position: number }>`
    update category set retired = ${revision}
    where dataset_id = ${datasetId} and category_id = ${categoryId} and retired is null
    returning ${columns}, position`.execute(transaction);
  if (rows.length === 0) throw categoryNotFound(categoryId);
  const [{ position, category_id: _, ...content }] = rows;
  return { content, position };
}

async function checkCategoryIsThere(
  { transaction, datasetId }: { transaction: DatabaseTransaction; datasetId: number },
  categoryId: number,
): Promise<void> {
  const found = await transaction
    .selectFrom('category')
    .select('category_id')
    .where('dataset_id', '=', datasetId)
    .where('category_id', '=', categoryId)
    .where('retired', 'is', null)
    .executeTakeFirst();
  if (found === undefined) throw categoryNotFound(categoryId);
}

export function categoryNotFound(categoryId: number): StoreError {
  return new StoreError('category-not-found', {
    expected: phrase`the id of a category of the dataset`,
    found: String(categoryId),
  });
}

async function checkNameIsFree(
  { transaction, datasetId }: { transaction: DatabaseTransaction; datasetId: number },
  name: string,
): Promise<void> {
  const taken = await transaction
    .selectFrom('category')
    .select('category_id')
    .where('dataset_id', '=', datasetId)
    .where('name', '=', name)
    .where('retired', 'is', null)
    .executeTakeFirst();
  if (taken === undefined) return;
  throw new StoreError('name-taken', {
    expected: phrase`a name that no category has`,
    found: JSON.stringify(name),
    advice: phrase`Choose another name, or merge the two categories.`,
  });
}

function checkedContent(fields: CategoryFields): CategoryContent {
  const content = categoryFromCoco(fields);
  if (content !== null && content.name.trim() !== '') return content;
  throw new StoreError('bad-name', {
    expected: phrase`a category with a name`,
    found: JSON.stringify(fields.name) ?? phrase`none`,
  });
}
