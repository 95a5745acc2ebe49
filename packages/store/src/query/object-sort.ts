// The orders in which objects can be seen. Identity decides among equals, so that an object that is changed keeps its place.

import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import { StoreError } from '../store-error.ts';
import { objectArea } from './box-measures.ts';

export interface ObjectSort {
  /** As in a URL: `score`, or `-score` for descending. */
  text: string;
  /** SQL of the key over a row `a` of `annotation`, never null: what has none comes last. */
  key: RawBuilder<unknown>;
  /** What a key given as text must be cast to. */
  type: RawBuilder<unknown>;
  isDescending: boolean;
  /** Whether the key is `annotation_id` itself. */
  isById: boolean;
}

const keys: Readonly<Record<string, { key: RawBuilder<unknown>; type: RawBuilder<unknown> }>> = {
  added: { key: sql`a.annotation_id`, type: sql`bigint` },
  score: { key: sql`a.score`, type: sql`float8` },
  area: { key: objectArea, type: sql`float8` },
};

/** @throws StoreError `bad-query` for an order that is not there */
export function objectSortOf(text = 'added'): ObjectSort {
  const isDescending = text.startsWith('-');
  const name = isDescending ? text.slice(1) : text;
  if (!Object.hasOwn(keys, name)) {
    throw new StoreError('bad-query', {
      expected: phrase`one of the orders ${Object.keys(keys).join(', ')}, with - for descending`,
      found: JSON.stringify(text),
    });
  }
  const { key, type } = keys[name];
  const isById = name === 'added';
  const none = isDescending ? '-infinity' : 'infinity';
  return { text, key: isById ? key : sql`coalesce(${key}, ${none})`, type, isDescending, isById };
}

/** SQL: `order by` of an order. */
export function objectOrderBy({ key, isDescending }: ObjectSort): RawBuilder<unknown> {
  const direction = sql.raw(isDescending ? 'desc' : 'asc');
  return sql`${key} ${direction}, a.annotation_id ${direction}`;
}
