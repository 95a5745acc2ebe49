// The orders in which images can be seen. Each of a fixed name has an index, and `row_id` decides among equals.

import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import { StoreError } from '../store-error.ts';

export interface Sort {
  /** As in a URL: `name`, or `-name` for descending. */
  text: string;
  /** SQL of the key, never null; exactly as in the index. */
  key: RawBuilder<unknown>;
  /** What a key given as text must be cast to. */
  type: RawBuilder<unknown>;
  isDescending: boolean;
  /** Whether an image keeps its place for good. */
  isFixed: boolean;
}

interface Key {
  help: string;
  /** Of pictures that are to be alike the most alike come first: as the query says. */
  key: RawBuilder<unknown> | ((similarIds: readonly number[]) => RawBuilder<unknown>);
  /** Where nulls are to come last in both directions. */
  descendingKey?: RawBuilder<unknown>;
  type: RawBuilder<unknown>;
  asksEmbeddings?: true;
}

/** SQL: what is known of an image by its embedding. */
function embedded(column: 'outlier' | 'duplicate_group', otherwise: RawBuilder<unknown>) {
  return sql`coalesce((
    select e.${sql.ref(column)} from image_embedding e
    where e.dataset_id = image.dataset_id and e.image_id = image.image_id), ${otherwise})`;
}

/** SQL: see `doubt/keep-doubts.ts`, which must have been asked before. */
const doubt = sql`(
  select d.doubt from image_doubt d
  where d.dataset_id = image.dataset_id and d.image_id = image.image_id)`;

/** SQL: the place of an image among those that are worth labelling next. */
function nextPosition(otherwise: RawBuilder<unknown>) {
  return sql`coalesce((
    select n.position from next_to_label n
    where n.dataset_id = image.dataset_id and n.image_id = image.image_id), ${otherwise})`;
}

/** `added` is the order in which images came. */
export const sortKeys: Readonly<Record<string, Key>> = {
  added: { help: 'order of adding', key: sql`image.row_id`, type: sql`bigint` },
  name: { help: 'file name', key: sql`image.file_name`, type: sql`text` },
  captured: {
    help: 'when it was taken; without a date last',
    key: sql`coalesce(image.captured_at, 'infinity')`,
    descendingKey: sql`coalesce(image.captured_at, '-infinity')`,
    type: sql`timestamptz`,
  },
  objects: { help: 'number of objects', key: sql`image.object_count`, type: sql`int` },
  score: {
    help: 'least score of its objects, so the most doubtful first; without a score last',
    key: sql`coalesce(image.least_score, 'infinity')`,
    descendingKey: sql`coalesce(image.least_score, '-infinity')`,
    type: sql`float8`,
  },
  doubt: {
    help: 'how doubtful what is proposed on it is, for any of five reasons; -doubt has the most doubtful first, what nothing is proposed on last',
    key: sql`coalesce(${doubt}, 'infinity')`,
    descendingKey: sql`coalesce(${doubt}, '-infinity')`,
    type: sql`float8`,
  },
  area: {
    help: 'area of its smallest object, descending of its largest; without objects last',
    key: sql`coalesce(image.least_area, 'infinity')`,
    descendingKey: sql`coalesce(image.greatest_area, '-infinity')`,
    type: sql`float8`,
  },
  similar: {
    help: 'the most alike first to the picture that the filter names as in similar:7; as added where none is',
    key: (similarIds) =>
      sql`coalesce(array_position(${[...similarIds]}::bigint[], image.image_id), 2147483647)`,
    type: sql`int`,
    asksEmbeddings: true,
  },
  outlier: {
    help: 'how unlike all others it is; what no model has seen last',
    key: embedded('outlier', sql`'infinity'`),
    descendingKey: embedded('outlier', sql`'-infinity'`),
    type: sql`float4`,
    asksEmbeddings: true,
  },
  duplicates: {
    help: 'near-duplicates side by side; what has none last',
    key: embedded('duplicate_group', sql`9007199254740991`),
    descendingKey: embedded('duplicate_group', sql`-1`),
    type: sql`bigint`,
    asksEmbeddings: true,
  },
  next: {
    help: 'what is worth labelling next first; what was not chosen last',
    key: nextPosition(sql`2147483647`),
    descendingKey: nextPosition(sql`0`),
    type: sql`int`,
  },
};

/** How wrong a model was on each image; images that it was not measured on come last. It has no index: few look like that. */
const wrongness = (evaluation: string): Key => {
  const of = sql`(select w.wrongness from evaluation_image w join evaluation e on e.id = w.evaluation_id
    where e.id = ${Number(evaluation)} and e.dataset_id = image.dataset_id and w.image_id = image.image_id)`;
  return {
    help: 'how wrong a model was on it in an evaluation',
    key: sql`coalesce(${of}, 'infinity')`,
    descendingKey: sql`coalesce(${of}, '-infinity')`,
    type: sql`float8`,
  };
};

/** Whether an order asks of what models see in the pictures, which changes without a revision. */
export const asksEmbeddings = (text = 'added'): boolean =>
  sortKeys[text.replace(/^-/, '')]?.asksEmbeddings === true;

/** Whether an order goes by what is worked out from the proposals, and brought up to date when it is asked for. */
export const asksDoubts = (text = 'added'): boolean => /^-?doubt$/.test(text);

/** Whether an order asks of what was chosen to be labelled next, which changes without a revision. */
export const asksNext = (text = 'added'): boolean => text.replace(/^-/, '') === 'next';

/**
 * @param similarIds see `similarTo`
 * @throws StoreError `bad-query` for an order that is not there
 */
export function sortOf(text = 'added', similarIds: readonly number[] = []): Sort {
  const isDescending = text.startsWith('-');
  const name = isDescending ? text.slice(1) : text;
  const evaluation = /^wrong\(([1-9]\d{0,8})\)$/.exec(name)?.[1];
  if (evaluation === undefined && !Object.hasOwn(sortKeys, name)) {
    throw new StoreError('bad-query', {
      expected: phrase`one of the orders ${Object.keys(sortKeys).join(', ')}, wrong(12) for an evaluation, with - for descending`,
      found: JSON.stringify(text),
    });
  }
  const { key: made, descendingKey, type } = sortKeys[name] ?? wrongness(evaluation!);
  const key = typeof made === 'function' ? made(similarIds) : made;
  return {
    text,
    key: isDescending ? (descendingKey ?? key) : key,
    type,
    isDescending,
    isFixed: name === 'added',
  };
}

/** @throws StoreError `bad-query` */
export function checkedSort(text: string): string {
  return sortOf(text).text;
}

/** Where an image stands in an order. */
export interface Place {
  key: string;
  rowId: number;
}

/** SQL: images after, or before, a place; `orEqual` includes the one that stands there. */
export function beyond(
  { key, type, isDescending }: Sort,
  place: Place,
  direction: 'after' | 'before',
  orEqual = false,
): RawBuilder<boolean> {
  const isGreater = (direction === 'after') !== isDescending;
  const operator = sql.raw((isGreater ? '>' : '<') + (orEqual ? '=' : ''));
  return sql<boolean>`(${key}, image.row_id) ${operator} (${place.key}::${type}, ${place.rowId}::bigint)`;
}

/** SQL: `order by` of an order, or of the reverse. */
export function orderBy({ key, isDescending }: Sort, isReverse = false): RawBuilder<unknown> {
  const direction = sql.raw(isDescending !== isReverse ? 'desc' : 'asc');
  return sql`${key} ${direction}, image.row_id ${direction}`;
}
