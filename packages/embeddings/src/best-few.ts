// The greatest few of many values, kept while they go by.

export interface BestFew {
  /** Rows, the best first. */
  readonly rows: Int32Array;
  /** Their values, descending. */
  readonly values: Float32Array;
  /** How many there are so far. */
  readonly count: number;
  /** What a value must exceed to be kept; `-Infinity` while there is room. */
  readonly least: number;
  /** Of equals the one that came first stays first. */
  offer(row: number, value: number): void;
  clear(): void;
}

/** Sorted by insertion: of n values in random order only about k·ln(n/k) are ever kept. */
export function bestFew(most: number): BestFew {
  const rows = new Int32Array(most);
  const values = new Float32Array(most);
  let count = 0;
  let least = most === 0 ? Infinity : -Infinity;
  return {
    rows,
    values,
    get count() {
      return count;
    },
    get least() {
      return least;
    },
    offer(row, exact) {
      // As it is kept, or equals would not be seen to be.
      const value = Math.fround(exact);
      if (!(value > least)) return;
      let at = count < most ? count++ : most - 1;
      for (; at > 0 && values[at - 1] < value; at--) {
        values[at] = values[at - 1];
        rows[at] = rows[at - 1];
      }
      values[at] = value;
      rows[at] = row;
      if (count === most) least = values[most - 1];
    },
    clear() {
      count = 0;
      least = most === 0 ? Infinity : -Infinity;
    },
  };
}
