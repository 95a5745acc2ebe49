import type { WindowQuery } from '../../server/queries.ts';

/** A long list of the server's. */
export interface ListSource<Item> {
  datasetId: number;
  /** Must keep its identity until the list changes. */
  windowQuery: (window: number) => WindowQuery<Item>;
  idOf: (item: Item) => number;
  /** Which of some items the list still has. */
  findMatching: (ids: number[]) => Promise<number[]>;
}
