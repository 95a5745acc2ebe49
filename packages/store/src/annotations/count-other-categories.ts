// What a change of the category would do to a target, before anybody makes it.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { getDataset } from '../datasets/dataset.ts';
import { objectsOf, ofOtherCategory, type Target } from './apply-bulk-edit.ts';

export interface CategoryCount {
  /** Null of objects without one. */
  categoryId: number | null;
  objectCount: number;
  imageCount: number;
}

export interface OtherCategories {
  objectCount: number;
  imageCount: number;
  /** Those of most objects first. */
  categories: CategoryCount[];
}

/**
 * @returns what of the target has another category than `to`
 * @throws StoreError `bad-query`, `bad-edit`, `dataset-not-found`
 */
export async function countOtherCategories(
  store: Store,
  datasetId: number,
  target: Target,
  to: number,
): Promise<OtherCategories> {
  await getDataset(store, datasetId);
  return databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      const condition = await objectsOf({ transaction, datasetId }, target, ofOtherCategory(to));
      const { rows } = await sql<CategoryCount & { isTotal: boolean }>`
      select a.category_id as "categoryId", count(*)::int as "objectCount",
        count(distinct a.image_id)::int as "imageCount", grouping(a.category_id) = 1 as "isTotal"
      from annotation a
      where a.dataset_id = ${datasetId} and a.retired is null and ${condition}
      group by grouping sets ((), (a.category_id))
      order by "objectCount" desc, a.category_id`.execute(transaction);
      const { objectCount, imageCount } = rows.find(({ isTotal }) => isTotal)!;
      const categories = rows.flatMap(({ isTotal, ...category }) => (isTotal ? [] : [category]));
      return { objectCount, imageCount, categories };
    });
}
