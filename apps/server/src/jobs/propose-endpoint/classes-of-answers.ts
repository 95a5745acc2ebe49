// Which category the classes of an endpoint are. What it has is known only from what somebody said of it, or answer by answer.

import type { AdoptedClass, KnownCategory } from '../adopt-categories.ts';
import { categoryCalled, checkCategories, checkClasses, matchClasses } from '../match-classes.ts';
import type { ProposedClass } from '../preannotate/proposals-of.ts';
import type { Results } from './answerer.ts';

export interface AskedOfClasses {
  readonly threshold: number;
  /** By name or id of a class. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** From names or ids of classes to the dataset's names. */
  readonly map: Readonly<Record<string, string>>;
  /** What the endpoint's ids mean, where somebody says it. */
  readonly classNames: Readonly<Record<string, string>>;
  /** The dataset has no category: it gets those that answers name. Jobs of before do not. */
  readonly adopts?: boolean;
}

export interface ClassesOfAnswers {
  /** What a class is called, and what becomes of it; null for one that is no category. */
  classOf(
    id: number,
    listed: ReadonlyMap<number, string> | null,
  ): { name: string; proposed: ProposedClass | null };
  /** @throws StoreError `bad-preannotation` where there have been classes, and none of them is a category */
  checkAny(): void;
  /** Classes that an answer lists and that are no category, as they are to be called here. */
  strangersIn(answer: Pick<Results, 'classNames' | 'classes'>): AdoptedClass[];
  /** There are other categories now. */
  know(categories: readonly KnownCategory[]): void;
  /** Names that were said of classes and that none had so far. */
  unmet(): string[];
}

const namedOf = (categories: readonly KnownCategory[]) =>
  categories.map(({ categoryId, coco }) => ({ id: categoryId, name: coco.name }));

/**
 * @param areOwnIds whether ids that nobody has named are those of the dataset's categories
 * @throws StoreError `bad-preannotation` for a name that is no category, or no class where all are known
 */
export function classesOfAnswers(
  categories: readonly KnownCategory[],
  { threshold, thresholds, map, classNames, adopts = false }: AskedOfClasses,
  areOwnIds: boolean,
): ClassesOfAnswers {
  let named = namedOf(categories);
  const own = new Map(named.map(({ id, name }) => [id, name]));
  // Where it gets categories, a name in the map becomes one.
  if (!adopts) checkCategories(Object.values(map), named, 'bad-preannotation');
  const said = Object.values(classNames);
  for (const [where, given] of Object.entries({ map, threshold: thresholds })) {
    const names = Object.keys(given).map((name) => classNames[name] ?? name);
    if (said.length > 0) checkClasses(names, said, where, 'bad-preannotation');
  }
  const known = new Map<string, number | null>();
  const met = new Set<string>();

  const calledHere = (id: number | string, name: string) => map[name] ?? map[id] ?? name;
  const learn = (id: number | string, name: string): number | null => {
    met.add(name).add(String(id));
    const categoryId = categoryCalled(named, calledHere(id, name))?.id ?? null;
    known.set(name, categoryId);
    return categoryId;
  };
  for (const [id, name] of Object.entries(classNames)) learn(id, name);

  return {
    classOf(id, listed) {
      for (const [each, name] of listed ?? []) if (!known.has(name)) learn(each, name);
      const name =
        classNames[id] ?? listed?.get(id) ?? (areOwnIds ? own.get(id) : undefined) ?? String(id);
      const categoryId = learn(id, name);
      const from = thresholds[name] ?? thresholds[id] ?? threshold;
      return { name, proposed: categoryId === null ? null : { categoryId, threshold: from } };
    },
    checkAny() {
      if (known.size === 0 || [...known.values()].some((categoryId) => categoryId !== null)) return;
      matchClasses([...known.keys()], named, {}, 'bad-preannotation');
    },
    strangersIn: ({ classNames: listed, classes = [] }) =>
      [...(listed ?? [])].flatMap(([id, name]) => {
        const called = calledHere(id, name);
        if (categoryCalled(named, called) !== undefined) return [];
        return [{ ...classes.find((one) => one.name === name), name: called }];
      }),
    know(more) {
      named = namedOf(more);
    },
    unmet: () => [...Object.keys(map), ...Object.keys(thresholds)].filter((name) => !met.has(name)),
  };
}
