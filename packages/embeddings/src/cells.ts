// Vectors sorted into cells around centres (k-means), so that the neighbours of one are looked for in a few cells alone: an
// inverted file (Jégou et al. 2011).

import { type BestFew, bestFew } from './best-few.ts';
import { randomOf } from './random.ts';
import { dot, products, rowOf, type Vectors } from './vectors.ts';

export interface Cells {
  readonly centres: Vectors;
  /** Half the square of each centre's length: what a product with it must exceed to be near. */
  readonly halfSquares: Float32Array;
  /** Room for the products with the centres. */
  readonly found: Float32Array;
  /** Rows of the vectors, cell by cell. */
  readonly rows: Int32Array;
  /** Where in `rows` each cell begins, and at the end their number. */
  readonly starts: Int32Array;
}

/** More teach the centres nothing. */
const sampledPerCell = 40;
const rounds = 6;

export function cellsOf(vectors: Vectors, cellCount: number, seed: number): Cells {
  const { count, dimensions, values } = vectors;
  const centres = new Float32Array(cellCount * dimensions);
  const halfSquares = new Float32Array(cellCount);
  const cells = {
    centres: { count: cellCount, dimensions, values: centres },
    halfSquares,
    found: new Float32Array(cellCount),
  };
  const sample = sampleOf(count, cellCount * sampledPerCell, seed);
  for (let cell = 0; cell < cellCount; cell++) {
    const from = sample[cell % sample.length] * dimensions;
    centres.set(values.subarray(from, from + dimensions), cell * dimensions);
  }
  measure(cells);
  const found = bestFew(1);
  const cellOf = (row: number) => {
    found.clear();
    nearestCells(cells, Float64Array.from(rowOf(vectors, row)), found);
    return found.rows[0];
  };
  for (let round = 0; round < rounds; round++) {
    const sums = new Float64Array(centres.length);
    const counts = new Int32Array(cellCount);
    for (const row of sample) {
      const cell = cellOf(row);
      counts[cell]++;
      for (let d = 0; d < dimensions; d++) {
        sums[cell * dimensions + d] += values[row * dimensions + d];
      }
    }
    for (let at = 0; at < centres.length; at++) {
      const members = counts[Math.floor(at / dimensions)];
      if (members > 0) centres[at] = sums[at] / members;
    }
    measure(cells);
  }
  return { ...cells, ...sorted(count, cellCount, cellOf) };
}

type Centres = Pick<Cells, 'centres' | 'halfSquares' | 'found'>;

/** Offers every cell, the greater the nearer. */
export function nearestCells(
  { centres, halfSquares, found }: Centres,
  of: Float64Array,
  best: BestFew,
): void {
  products(centres, of, 0, centres.count, found);
  for (let cell = 0; cell < centres.count; cell++) {
    best.offer(cell, found[cell] - halfSquares[cell]);
  }
}

function measure({ centres, halfSquares }: Pick<Centres, 'centres' | 'halfSquares'>): void {
  const { dimensions, values } = centres;
  for (let cell = 0; cell < halfSquares.length; cell++) {
    const at = cell * dimensions;
    halfSquares[cell] = dot(values, at, values, at, dimensions) / 2;
  }
}

/** Different rows, in random order. */
function sampleOf(count: number, wanted: number, seed: number): Int32Array {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const random = randomOf(seed);
  const length = Math.min(count, wanted);
  for (let i = 0; i < length; i++) {
    const j = i + Math.floor(random() * (count - i));
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  return rows.subarray(0, length);
}

function sorted(
  count: number,
  cellCount: number,
  cellOf: (row: number) => number,
): Pick<Cells, 'rows' | 'starts'> {
  const cells = Int32Array.from({ length: count }, (_, row) => cellOf(row));
  const starts = new Int32Array(cellCount + 1);
  for (const cell of cells) starts[cell + 1]++;
  for (let cell = 0; cell < cellCount; cell++) starts[cell + 1] += starts[cell];
  const next = starts.slice();
  const rows = new Int32Array(count);
  for (let row = 0; row < count; row++) rows[next[cells[row]]++] = row;
  return { rows, starts };
}
