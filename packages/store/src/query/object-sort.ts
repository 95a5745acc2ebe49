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

interface Key {
  /** Of objects that are to be alike the most alike come first: as the query says. */
  key: RawBuilder<unknown> | ((similarIds: readonly number[]) => RawBuilder<unknown>);
  type: RawBuilder<unknown>;
}

const keys: Readonly<Record<string, Key>> = {
  added: { key: sql`a.annotation_id`, type: sql`bigint` },
  score: { key: sql`a.score`, type: sql`float8` },
  area: { key: objectArea, type: sql`float8` },
  similar: {
    key: (similarIds) => sql`array_position(${[...similarIds]}::bigint[], a.annotation_id)::float8`,
    type: sql`float8`,
  },
  outlier: {
    key: sql`(
      select e.outlier from object_embedding e
      where e.dataset_id = a.dataset_id and e.annotation_id = a.annotation_id)`,
    type: sql`float8`,
  },
};

/**
 * @param similarIds see `similarTo`
 * @throws StoreError `bad-query` for an order that is not there
 */
export function objectSortOf(text = 'added', similarIds: readonly number[] = []): ObjectSort {
  const isDescending = text.startsWith('-');
  const name = isDescending ? text.slice(1) : text;
  if (!Object.hasOwn(keys, name)) {
    throw new StoreError('bad-query', {
      expected: phrase`one of the orders ${Object.keys(keys).join(', ')}, with - for descending`,
      found: JSON.stringify(text),
    });
  }
  const { key: made, type } = keys[name];
  const key = typeof made === 'function' ? made(similarIds) : made;
  const isById = name === 'added';
  const none = isDescending ? '-infinity' : 'infinity';
  return { text, key: isById ? key : sql`coalesce(${key}, ${none})`, type, isDescending, isById };
}

/** SQL: `order by` of an order. */
export function objectOrderBy({ key, isDescending }: ObjectSort): RawBuilder<unknown> {
  const direction = sql.raw(isDescending ? 'desc' : 'asc');
  return sql`${key} ${direction}, a.annotation_id ${direction}`;
}
