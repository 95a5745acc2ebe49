// The pictures that are the most alike to those that a query names: looked for in memory, before there is any SQL.

import { phrase } from '@migaki/coco';
import type { Database } from '../database/store.ts';
import { keepDoubts } from '../doubt/keep-doubts.ts';
import { similarIn } from '../embeddings/similar-images.ts';
import { mentions, type Query, type Term } from './ast.ts';
import { onlyEquality } from './comparisons.ts';
import { badQuery, parseOrEverything } from './parse.ts';
import { asksDoubts, type Sort, sortOf } from './sort.ts';

/** Besides the picture itself. */
const mostSimilar = 100;

/**
 * By each id that stands after `similar`.
 *
 * @throws StoreError `bad-query`
 */
export async function similarTo(
  database: Database,
  datasetId: number,
  query: Query,
): Promise<Map<string, number[]>> {
  const terms: Term[] = [];
  mentions(query, (term) => {
    if (term.field === 'similar') terms.push(term);
    return false;
  });
  const found = new Map<string, number[]>();
  for (const term of terms) {
    onlyEquality(term);
    for (const value of term.values) {
      if (!/^\d+$/.test(value)) {
        throw badQuery(
          term.position,
          phrase`the id of a picture after similar`,
          JSON.stringify(value),
        );
      }
      const images = await similarIn(database, datasetId, Number(value), mostSimilar);
      found.set(
        value,
        images.map(({ imageId }) => imageId),
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
  const similar = await similarTo(database, datasetId, parseOrEverything(query));
  return sortOf(sort, [...similar.values()].flat());
}
