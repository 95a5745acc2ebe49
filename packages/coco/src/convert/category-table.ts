// Category names to ids, for formats that know categories by name alone.

import type { CocoCategory } from '../types.ts';

/**
 * Ids are counted from 1 in the order in which names are first met. Readers walk files in the order of
 * `SourceTree.paths`, so the same files always give the same ids.
 */
export class CategoryTable {
  readonly categories: CocoCategory[] = [];
  readonly #byName = new Map<string, CocoCategory>();

  /** The category of that name, added to the end if it is new. Its fields may be filled in by the caller. */
  named(name: string): CocoCategory {
    let category = this.#byName.get(name);
    if (category === undefined) {
      category = { id: this.categories.length + 1, name };
      this.#byName.set(name, category);
      this.categories.push(category);
    }
    return category;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }
}
