// The nearest neighbours of every vector: all pairs where they are few; else candidates by principal components from the
// cells nearby, then the neighbours of neighbours. All cosines are exact; that a neighbour is missing is possible.

import { bestFew } from './best-few.ts';
import { cellsOf, nearestCells } from './cells.ts';
import { principalComponents } from './principal-components.ts';
import { dot, products, rowOf, type Vectors, vectorsOf } from './vectors.ts';

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
const probedCells = 4;
/** Candidates for each neighbour. */
const candidates = 2;
/** Passes over neighbours of neighbours. */
const passes = 3;
/** Vectors between two yields. */
const stretch = 256;

/**
 * Yields how much of it is done, 0 to 1, so that whoever computes can do other things between.
 *
 * @param vectors of length 1
 */
export function* neighbourGraph(
  vectors: Vectors,
  { neighbourCount: wanted = 15, seed = 1 }: NeighbourGraphOptions = {},
): Generator<number, NeighbourGraph> {
  const { count } = vectors;
  const neighbourCount = Math.max(0, Math.min(wanted, count - 1));
  const lists = neighbourLists(vectors, neighbourCount);
  if (count <= mostOfAllPairs) yield* everyPair(vectors, lists);
  else {
    const share = 1 / (passes + 1);
    for (const done of someCells(vectors, lists, seed)) yield done * share;
    for (let pass = 1; pass <= passes; pass++) {
      for (const done of neighboursOfNeighbours(lists)) yield (pass + done) * share;
    }
  }
  const { neighbours, cosines } = lists;
  return { count, neighbourCount, neighbours, cosines };
}

type Lists = ReturnType<typeof neighbourLists>;

/** The best neighbours so far of every vector, kept in order. */
function neighbourLists({ count, dimensions, values }: Vectors, length: number) {
  const neighbours = new Int32Array(count * length).fill(-1);
  const cosines = new Float32Array(count * length).fill(-Infinity);
  /** Whether an entry came since the last pass began. */
  const isNew = new Uint8Array(count * length);
  const insert = (row: number, other: number, cosine: number): void => {
    const start = row * length;
    const end = start + length;
    if (length === 0 || !(cosine > cosines[end - 1])) return;
    for (let at = start; at < end; at++) if (neighbours[at] === other) return;
    let at = end - 1;
    for (; at > start && cosines[at - 1] < cosine; at--) {
      cosines[at] = cosines[at - 1];
      neighbours[at] = neighbours[at - 1];
      isNew[at] = isNew[at - 1];
    }
    cosines[at] = cosine;
    neighbours[at] = other;
    isNew[at] = 1;
  };
  return {
    count,
    length,
    neighbours,
    cosines,
    isNew,
    insert,
    /** Compares two, to the good of both. */
    compare(row: number, other: number): void {
      const cosine = dot(values, row * dimensions, values, other * dimensions, dimensions);
      insert(row, other, cosine);
      insert(other, row, cosine);
    },
  };
}

function* everyPair(vectors: Vectors, { insert }: Lists): Generator<number> {
  const { count } = vectors;
  const found = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    products(vectors, Float64Array.from(rowOf(vectors, row)), 0, count, found);
    for (let other = 0; other < count; other++) if (other !== row) insert(row, other, found[other]);
    if (row % stretch === 0) yield row / count;
  }
}

/** Candidates by principal components, in the cells that are the nearest. */
function* someCells(vectors: Vectors, { length, compare }: Lists, seed: number): Generator<number> {
  const reduced = principalComponents(vectors, reducedDimensions, seed);
  const { count, dimensions } = reduced;
  const cells = cellsOf(reduced, Math.round(Math.sqrt(count)), seed);
  // Cell by cell, so that what is looked at together lies together.
  const { rows, starts } = cells;
  const sorted = vectorsOf(new Float32Array(reduced.values.length), dimensions);
  const halfSquares = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const at = i * dimensions;
    sorted.values.set(rowOf(reduced, rows[i]), at);
    halfSquares[i] = dot(sorted.values, at, sorted.values, at, dimensions) / 2;
  }
  const probed = bestFew(probedCells);
  const best = bestFew(candidates * length + 1);
  const found = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const query = Float64Array.from(rowOf(sorted, i));
    probed.clear();
    nearestCells(cells, query, probed);
    best.clear();
    for (const cell of probed.rows) {
      const [from, to] = [starts[cell], starts[cell + 1]];
      products(sorted, query, from, to, found);
      for (let j = from; j < to; j++) best.offer(rows[j], found[j - from] - halfSquares[j]);
    }
    for (const other of best.rows.subarray(0, best.count)) {
      if (other !== rows[i]) compare(rows[i], other);
    }
    if (i % stretch === 0) yield i / count;
  }
}

/**
 * What is alike to what is alike is often alike: every pass compares each vector with the neighbours of its neighbours, where one of
 * the two steps is new (NN-descent, Dong et al. 2011).
 */
function* neighboursOfNeighbours({
  count,
  length,
  neighbours,
  isNew,
  compare,
}: Lists): Generator<number> {
  const wasNew = isNew.slice();
  const before = neighbours.slice();
  isNew.fill(0);
  /** By which vector each was last compared. */
  const comparedBy = new Int32Array(count).fill(-1);
  for (let row = 0; row < count; row++) {
    comparedBy[row] = row;
    const start = row * length;
    for (let k = start; k < start + length; k++) if (before[k] >= 0) comparedBy[before[k]] = row;
    for (let k = start; k < start + length; k++) {
      const between = before[k];
      if (between < 0) continue;
      for (let l = between * length; l < (between + 1) * length; l++) {
        const other = before[l];
        if (other < 0 || comparedBy[other] === row || wasNew[k] + wasNew[l] === 0) continue;
        comparedBy[other] = row;
        compare(row, other);
      }
    }
    if (row % stretch === 0) yield row / count;
  }
}
