// Saved views: a query and an order under a name.

import { phrase } from '@migaki/coco';
import { databaseOf, type Store } from '../database/store.ts';
import { parse } from '../query/parse.ts';
import { checkedSort } from '../query/sort.ts';
import { StoreError } from '../store-error.ts';

export interface SavedView {
  name: string;
  query: string;
  sort: string;
  author: string;
}

/** By name. */
export async function listSavedViews(store: Store, datasetId: number): Promise<SavedView[]> {
  return databaseOf(store)
    .selectFrom('saved_view')
    .select(['name', 'query', 'sort', 'author'])
    .where('dataset_id', '=', datasetId)
    .orderBy('name')
    .execute();
}

/** Saves a view, in place of one of the same name. @throws StoreError `bad-query`, `bad-name` */
export async function saveView(store: Store, datasetId: number, view: SavedView): Promise<void> {
  const name = view.name.trim();
  if (name === '' || name.length > 100) {
    throw new StoreError('bad-name', {
      expected: phrase`a name of 1 to 100 characters`,
      found: name === '' ? phrase`an empty name` : phrase`${name.length} characters`,
    });
  }
  parse(view.query);
  const row = { ...view, name, sort: checkedSort(view.sort), dataset_id: datasetId };
  await databaseOf(store)
    .insertInto('saved_view')
    .values(row)
    .onConflict((conflict) => conflict.columns(['dataset_id', 'name']).doUpdateSet(row))
    .execute();
}

/** @throws StoreError `saved-view-not-found` */
export async function deleteSavedView(
  store: Store,
  datasetId: number,
  name: string,
): Promise<void> {
  const { numDeletedRows } = await databaseOf(store)
    .deleteFrom('saved_view')
    .where('dataset_id', '=', datasetId)
    .where('name', '=', name)
    .executeTakeFirst();
  if (numDeletedRows > 0n) return;
  throw new StoreError('saved-view-not-found', {
    expected: phrase`the name of a saved view`,
    found: JSON.stringify(name),
  });
}
