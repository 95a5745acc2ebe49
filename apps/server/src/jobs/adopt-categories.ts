// A dataset without categories gets those of what is to propose for it: there is nothing yet that they could contradict.

import {
  addCategories,
  type Category,
  type ChangeContext,
  listCategories,
  type Store,
  type StoreErrorCode,
} from '@migaki/store';
import type { ModelCard } from '@migaki/train';
import { checkClasses } from './match-classes.ts';

export type AdoptedClass = Pick<ModelCard['classes'][number], 'name'> &
  Partial<Pick<ModelCard['classes'][number], 'keypoints' | 'skeleton'>>;

/** One that there is, or one that there would be. */
export type KnownCategory = Pick<Category, 'categoryId'> & { coco: AdoptedClass };

export interface Adoption {
  /** Of what is to propose. */
  classes: readonly AdoptedClass[];
  /** What classes are to be called here, where not as they are called there. */
  map: Readonly<Record<string, string>>;
}

/** As they are added. */
export const categoriesOf = (classes: readonly AdoptedClass[]) =>
  classes.map(({ name, keypoints = [], skeleton = [] }) => ({
    name,
    ...(keypoints.length > 0 && { keypoints, skeleton }),
  }));

/**
 * Settles something by the categories of a dataset. Where it has none, that is done twice: with those that it would get, so that what
 * is refused has changed nothing, and with them.
 *
 * @param settle throws what is refused
 * @returns what was settled, and the names of the new categories; none where the dataset has some
 * @throws StoreError of the code for a name in the map that is no class
 */
export async function adoptCategories<Settled>(
  store: Store,
  datasetId: number,
  { classes, map }: Adoption,
  { code, ...context }: ChangeContext & { code: StoreErrorCode },
  settle: (categories: readonly KnownCategory[]) => Settled,
): Promise<{ settled: Settled; categoriesAdded: string[] }> {
  const own = await listCategories(store, datasetId);
  if (own.length > 0 || classes.length === 0) return { settled: settle(own), categoriesAdded: [] };
  const names = classes.map(({ name }) => name);
  checkClasses(Object.keys(map), names, 'map', code);
  // Several classes may be one category.
  const byName = new Map(classes.map((one) => [map[one.name] ?? one.name, one]));
  const adopted = categoriesOf([...byName].map(([name, one]) => ({ ...one, name })));
  settle(adopted.map((one, i) => ({ categoryId: i + 1, coco: one })));
  await addCategories(store, datasetId, adopted, context);
  const settled = settle(await listCategories(store, datasetId));
  return { settled, categoriesAdded: [...byName.keys()] };
}
