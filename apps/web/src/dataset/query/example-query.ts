// What an empty query bar shows that one can ask, in words of the dataset itself: an example that finds nothing teaches little.

import { quoteValue } from './query-text.ts';

interface ExampleWords {
  categories: readonly { name: string; objectCount: number }[];
  /** The most used first. */
  tags: readonly string[];
}

/** @example exampleQuery({ categories: [{ name: 'RBC', objectCount: 9 }], tags: [] }) // 'category:RBC count(RBC)>3 status:review' */
export function exampleQuery({ categories, tags }: ExampleWords): string {
  const [category] = categories.toSorted((a, b) => b.objectCount - a.objectCount);
  const name = category && quoteValue(category.name);
  const parts = name === undefined ? [] : [`category:${name}`, `count(${name})>3`];
  const isTagged = tags.slice(0, 1).map((tag) => `-tag:${quoteValue(tag)}`);
  // Every picture has these, whatever else there is.
  const others = name === undefined ? ['name:*.jpg', 'width>1000'] : [];
  return [...parts, ...others, 'status:review', ...isTagged].join(' ');
}
