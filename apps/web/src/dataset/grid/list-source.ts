import type { RefObject } from 'react';
import type { WindowQuery } from '../../server/queries.ts';

/** The tile of the keys. */
export interface GridFocus {
  /** Its position. */
  focused: () => number;
  /** Another position for it, without scrolling. */
  move: (position: number) => void;
}

/** A long list of the server's. */
export interface ListSource<Item> {
  datasetId: number;
  /** Must keep its identity until the list changes. */
  windowQuery: (window: number) => WindowQuery<Item>;
  idOf: (item: Item) => number;
  /** Which of some items the list still has. */
  findMatching: (ids: number[]) => Promise<number[]>;
  /** Where the list is shown, if its tiles have keys. */
  grid?: RefObject<GridFocus | null>;
}
