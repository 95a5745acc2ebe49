// Which of a dataset's categories the classes of a model are.

import { phrase } from '@migaki/coco';
import { StoreError, type StoreErrorCode } from '@migaki/store';

export interface ClassMatch {
  /** Of the class, as the model calls it. */
  readonly name: string;
  readonly categoryId: number;
}

export interface NamedCategory {
  readonly id: number;
  readonly name: string;
}

/** The category of the name, else one that differs in its case alone. */
export const categoryCalled = (
  categories: readonly NamedCategory[],
  name: string,
): NamedCategory | undefined =>
  categories.find((category) => category.name === name) ??
  categories.find((category) => category.name.toLowerCase() === name.toLowerCase());

/**
 * By name, whatever the case, unless `map` says otherwise. Classes that the dataset has no category for are passed over.
 *
 * @param map from the model's names to the dataset's
 * @throws StoreError of the code for a name that is none, or where no class has a category
 */
export function matchClasses(
  classes: readonly string[],
  categories: readonly NamedCategory[],
  map: Readonly<Record<string, string>>,
  code: StoreErrorCode,
): ClassMatch[] {
  checkClasses(Object.keys(map), classes, 'map', code);
  checkCategories(Object.values(map), categories, code);
  const matches = classes.flatMap((name): ClassMatch[] => {
    const category = categoryCalled(categories, map[name] ?? name);
    return category === undefined ? [] : [{ name, categoryId: category.id }];
  });
  if (matches.length > 0) return matches;
  if (categories.length === 0) throw noCategories(code, classes);
  throw new StoreError(code, {
    expected: phrase`a model with classes called as the dataset's categories are: ${listed(categories.map(({ name }) => name))}`,
    found: listed(classes),
    advice: phrase`Say which class is which category (--map class=category), or add the categories.`,
  });
}

const mostListed = 10;

const listed = (names: readonly string[]): string =>
  names.slice(0, mostListed).join(', ') + (names.length > mostListed ? ', …' : '');

const noCategories = (code: StoreErrorCode, classes: readonly string[]): StoreError =>
  new StoreError(code, {
    expected: phrase`a dataset with categories, or classes with names that could become some`,
    found: phrase`no category, and the classes ${listed(classes)}`,
    advice: phrase`Add the categories, or say what the ids of the classes mean (--labels).`,
  });

/** @throws StoreError of the code for a name that no class has, telling those that there are */
export function checkClasses(
  names: readonly string[],
  classes: readonly string[],
  where: string,
  code: StoreErrorCode,
): void {
  const stranger = names.find((name) => !classes.includes(name));
  if (stranger === undefined) return;
  throw noSuch(code, where, phrase`a class of the model`, stranger, classes);
}

/** @throws StoreError of the code for a name that no category has, telling those that there are */
export function checkCategories(
  names: readonly string[],
  categories: readonly NamedCategory[],
  code: StoreErrorCode,
): void {
  const stranger = names.find((name) => categoryCalled(categories, name) === undefined);
  if (stranger === undefined) return;
  const own = categories.map(({ name }) => name);
  throw noSuch(code, 'map', phrase`a category of the dataset`, stranger, own);
}

const noSuch = (
  code: StoreErrorCode,
  where: string,
  expected: ReturnType<typeof phrase>,
  found: string,
  names: readonly string[],
): StoreError =>
  new StoreError(code, {
    where,
    expected:
      names.length === 0
        ? phrase`${expected} (there is none)`
        : phrase`${expected} (${listed(names)})`,
    found: JSON.stringify(found),
  });
