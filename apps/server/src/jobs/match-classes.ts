// Which of a dataset's categories the classes of a model are.

import { phrase } from '@migaki/coco';
import { StoreError, type StoreErrorCode } from '@migaki/store';

export interface ClassMatch {
  /** Of the class, as the model calls it. */
  readonly name: string;
  readonly categoryId: number;
}

interface Category {
  readonly id: number;
  readonly name: string;
}

/**
 * By name, whatever the case, unless `map` says otherwise. Classes that the dataset has no category for are passed over.
 *
 * @param map from the model's names to the dataset's
 * @throws StoreError of the code for a name that is none, or where no class has a category
 */
export function matchClasses(
  classes: readonly string[],
  categories: readonly Category[],
  map: Readonly<Record<string, string>>,
  code: StoreErrorCode,
): ClassMatch[] {
  const called = (name: string) =>
    categories.find((category) => category.name === name) ??
    categories.find((category) => category.name.toLowerCase() === name.toLowerCase());
  for (const [from, to] of Object.entries(map)) {
    if (!classes.includes(from)) throw noSuch(code, phrase`a class of the model`, from, classes);
    if (called(to) === undefined) {
      throw noSuch(
        code,
        phrase`a category of the dataset`,
        to,
        categories.map(({ name }) => name),
      );
    }
  }
  const matches = classes.flatMap((name): ClassMatch[] => {
    const category = called(map[name] ?? name);
    return category === undefined ? [] : [{ name, categoryId: category.id }];
  });
  if (matches.length > 0) return matches;
  throw new StoreError(code, {
    expected: phrase`a model with classes called as the dataset's categories are: ${listed(categories.map(({ name }) => name))}`,
    found: listed(classes),
    advice: phrase`Say which class is which category (--map class=category), or add the categories.`,
  });
}

const mostListed = 10;

const listed = (names: readonly string[]): string =>
  names.length === 0
    ? '–'
    : names.slice(0, mostListed).join(', ') + (names.length > mostListed ? ', …' : '');

const noSuch = (
  code: StoreErrorCode,
  expected: ReturnType<typeof phrase>,
  found: string,
  names: readonly string[],
): StoreError =>
  new StoreError(code, {
    where: 'map',
    expected: phrase`${expected} (${listed(names)})`,
    found: JSON.stringify(found),
  });
