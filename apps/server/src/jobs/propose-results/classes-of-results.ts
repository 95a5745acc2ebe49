// What becomes of each class that results speak of: which category it is, and from which score on it is proposed.

import type { KnownCategory } from '../adopt-categories.ts';
import { checkClasses, matchClasses } from '../match-classes.ts';
import type { ProposedClass } from '../preannotate/proposals-of.ts';
import type { ResultsFile } from './read-results.ts';

interface Asked {
  readonly threshold: number;
  /** By name or id of a class. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** From names or ids of classes to the dataset's names. */
  readonly map: Readonly<Record<string, string>>;
}

interface ClassesOfResults {
  /** By the file's ids. */
  classes: Map<number, ProposedClass>;
  /** Classes with results that are no category. */
  passedOver: { name: string; resultCount: number }[];
}

/**
 * Ids in place of names are taken for the names.
 *
 * @param names by ids, as texts
 */
export function byName<Value>(
  names: ReadonlyMap<string, string>,
  given: Readonly<Record<string, Value>>,
): Record<string, Value> {
  const known = new Set(names.values());
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      known.has(name) ? name : (names.get(name) ?? name),
      value,
    ]),
  );
}

/**
 * A class is called as the file's own list says, else as the dataset's category of that id is, else by its id.
 *
 * @throws StoreError `bad-preannotation` where a name is none, or no class is a category
 */
export function classesOfResults(
  { categoryCounts, categoryNames }: Pick<ResultsFile, 'categoryCounts' | 'categoryNames'>,
  categories: readonly KnownCategory[],
  { threshold, thresholds, map }: Asked,
): ClassesOfResults {
  const own = new Map(categories.map(({ categoryId, coco }) => [categoryId, coco.name]));
  const called = (id: number): string => (categoryNames ?? own).get(id) ?? String(id);
  const ids = new Set([...categoryCounts.keys(), ...(categoryNames?.keys() ?? [])]);
  const names = new Map([...ids].map((id) => [String(id), called(id)]));
  const classNames = [...new Set(names.values())];
  if (categoryCounts.size === 0) return { classes: new Map(), passedOver: [] };
  const scores = byName(names, thresholds);
  checkClasses(Object.keys(scores), classNames, 'threshold', 'bad-preannotation');
  const named = categories.map(({ categoryId, coco }) => ({ id: categoryId, name: coco.name }));
  const matches = matchClasses(classNames, named, byName(names, map), 'bad-preannotation');
  const categoryOf = new Map(matches.map(({ name, categoryId }) => [name, categoryId]));
  const classes: ClassesOfResults['classes'] = new Map();
  const passedOver: ClassesOfResults['passedOver'] = [];
  for (const [id, resultCount] of categoryCounts) {
    const name = called(id);
    const categoryId = categoryOf.get(name);
    if (categoryId === undefined) passedOver.push({ name, resultCount });
    else classes.set(id, { categoryId, threshold: scores[name] ?? threshold });
  }
  return { classes, passedOver };
}
