// A dataset without categories gets those of what is to propose for it: there is nothing yet that they could contradict.

import {
  addCategories,
  type ChangeContext,
  listCategories,
  type Store,
  type StoreErrorCode,
} from '@migaki/store';
import type { ModelCard } from '@migaki/train';
import { checkClasses } from '../jobs/match-classes.ts';

type AdoptedClass = Pick<ModelCard['classes'][number], 'name'> &
  Partial<Pick<ModelCard['classes'][number], 'keypoints' | 'skeleton'>>;

/**
 * @param map what classes are to be called here, where not as the model calls them
 * @returns the names of the new categories; none where the dataset has some
 * @throws StoreError of the code for a name in the map that is no class
 */
export async function adoptCategories(
  store: Store,
  datasetId: number,
  classes: readonly AdoptedClass[],
  map: Readonly<Record<string, string>>,
  { code, ...context }: ChangeContext & { code: StoreErrorCode },
): Promise<string[]> {
  if (classes.length === 0 || (await listCategories(store, datasetId)).length > 0) return [];
  const own = classes.map(({ name }) => name);
  checkClasses(Object.keys(map), own, 'map', code);
  // Several classes may be one category.
  const byName = new Map(classes.map((one) => [map[one.name] ?? one.name, one]));
  const categories = [...byName].map(([name, { keypoints = [], skeleton = [] }]) => ({
    name,
    ...(keypoints.length > 0 && { keypoints, skeleton }),
  }));
  await addCategories(store, datasetId, categories, context);
  return [...byName.keys()];
}
