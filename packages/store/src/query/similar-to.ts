// The pictures and objects that are the most alike to those that a query names: looked for in memory, before there is any SQL.

import { phrase } from '@migaki/coco';
import type { Database } from '../database/store.ts';
import { keepDoubts } from '../doubt/keep-doubts.ts';
import { type ComparedKind, similarIn } from '../embeddings/similar.ts';
import { mentions, type Query, type Term } from './ast.ts';
import { onlyEquality } from './comparisons.ts';
import { type ObjectSort, objectSortOf } from './object-sort.ts';
import { badQuery, parseOrEverything } from './parse.ts';
import { asksDoubts, type Sort, sortOf } from './sort.ts';

/** Besides the one itself. */
const mostSimilar = 100;

/** The field that asks for what is alike. */
const fieldOf = { images: 'similar', objects: 'similarobject' } as const satisfies Record<
  ComparedKind,
  string
>;
const idOf = {
  images: phrase`the id of a picture after similar`,
  objects: phrase`the id of an annotation after similarobject`,
} as const satisfies Record<ComparedKind, unknown>;

/**
 * By each id that stands after `similar`, or `similarobject`.
 *
 * @throws StoreError `bad-query`
 */
export async function similarTo(
  database: Database,
  kind: ComparedKind,
  datasetId: number,
  query: Query,
): Promise<Map<string, number[]>> {
  const terms: Term[] = [];
  mentions(query, (term) => {
    if (term.field === fieldOf[kind]) terms.push(term);
    return false;
  });
  const found = new Map<string, number[]>();
  for (const term of terms) {
    onlyEquality(term);
    for (const value of term.values) {
      if (!/^\d+$/.test(value)) {
        throw badQuery(term.position, idOf[kind], JSON.stringify(value));
      }
      const similar = await similarIn(database, kind, datasetId, Number(value), mostSimilar);
      found.set(
        value,
        similar.map(({ id }) => id),
      );
    }
  }
  return found;
}

/** The order of a view: some depend on its query. @throws StoreError `bad-query` */
export async function sortOfView(
  database: Database,
  datasetId: number,
  { query = '', sort }: { query?: string; sort?: string },
): Promise<Sort> {
  if (asksDoubts(sort)) await keepDoubts(database, datasetId);
  if (sort?.replace('-', '') !== 'similar') return sortOf(sort);
  const similar = await similarTo(database, 'images', datasetId, parseOrEverything(query));
  return sortOf(sort, [...similar.values()].flat());
}

/** As `sortOfView`, of objects. @throws StoreError `bad-query` */
export async function objectSortOfView(
  database: Database,
  datasetId: number,
  { query = '', sort }: { query?: string; sort?: string },
): Promise<ObjectSort> {
  if (sort?.replace('-', '') !== 'similar') return objectSortOf(sort);
  const similar = await similarTo(database, 'objects', datasetId, parseOrEverything(query));
  return objectSortOf(sort, [...similar.values()].flat());
}
