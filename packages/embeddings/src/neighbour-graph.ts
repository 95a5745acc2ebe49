// The nearest neighbours of every vector: all pairs where they are few; else candidates by principal components from the
// cells nearby, and exact cosines among these.

import { bestFew } from './best-few.ts';
import { cellsOf, nearestCells } from './cells.ts';
import { principalComponents } from './principal-components.ts';
import { dot, type Vectors } from './vectors.ts';

export interface NeighbourGraph {
  readonly count: number;
  /** Of each vector; fewer only where there are not so many others. */
  readonly neighbourCount: number;
  /** [count, neighbourCount], the nearest first. */
  readonly neighbours: Int32Array;
  /** Their cosines, descending. */
  readonly cosines: Float32Array;
}

export interface NeighbourGraphOptions {
  /** Default 15. */
  readonly neighbourCount?: number;
  readonly seed?: number;
}

/** Up to so many all pairs are looked at. */
const mostOfAllPairs = 3000;
const reducedDimensions = 32;
const probedCells = 8;
/** Candidates for each neighbour. */
const candidates = 2;
/** Vectors between two yields. */
const stretch = 512;

/**
 * Yields how much of it is done, 0 to 1, so that whoever computes can do other things between.
 *
 * @param vectors of length 1
 */
export function* neighbourGraph(
  vectors: Vectors,
  { neighbourCount: wanted = 15, seed = 1 }: NeighbourGraphOptions = {},
): Generator<number, NeighbourGraph> {
  const { count, dimensions, values } = vectors;
  const neighbourCount = Math.max(0, Math.min(wanted, count - 1));
  const neighbours = new Int32Array(count * neighbourCount);
  const cosines = new Float32Array(count * neighbourCount);
  const best = bestFew(neighbourCount);
  const offer = (row: number, other: number) => {
    if (other === row) return;
    best.offer(other, dot(values, row * dimensions, values, other * dimensions, dimensions));
  };
  const search = count <= mostOfAllPairs ? everyPair(count) : someCells(vectors, wanted, seed);
  let done = 0;
  for (const { row, others } of search) {
    best.clear();
    for (const other of others) offer(row, other);
    neighbours.set(best.rows, row * neighbourCount);
    cosines.set(best.values, row * neighbourCount);
    if (++done % stretch === 0) yield done / count;
  }
  return { count, neighbourCount, neighbours, cosines };
}

interface Searched {
  readonly row: number;
  /** Among which its neighbours are; itself may be one. Overwritten by the next. */
  readonly others: Int32Array;
}

function* everyPair(count: number): Generator<Searched> {
  const others = Int32Array.from({ length: count }, (_, row) => row);
  for (let row = 0; row < count; row++) yield { row, others };
}

function* someCells(vectors: Vectors, wanted: number, seed: number): Generator<Searched> {
  const reduced = principalComponents(vectors, reducedDimensions, seed);
  const { count, dimensions } = reduced;
  const cells = cellsOf(reduced, Math.round(Math.sqrt(count)), seed);
  // Cell by cell, so that what is looked at together lies together.
  const { rows, starts } = cells;
  const values = new Float32Array(reduced.values.length);
  const halfSquares = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const from = rows[i] * dimensions;
    const at = i * dimensions;
    values.set(reduced.values.subarray(from, from + dimensions), at);
    halfSquares[i] = dot(values, at, values, at, dimensions) / 2;
  }
  const probed = bestFew(probedCells);
  const found = bestFew(candidates * wanted + 1);
  for (let i = 0; i < count; i++) {
    const at = i * dimensions;
    probed.clear();
    nearestCells(cells, values, at, probed);
    found.clear();
    for (const cell of probed.rows) {
      for (let j = starts[cell]; j < starts[cell + 1]; j++) {
        found.offer(rows[j], dot(values, at, values, j * dimensions, dimensions) - halfSquares[j]);
      }
    }
    yield { row: rows[i], others: found.rows.subarray(0, found.count) };
  }
}
