// Embeddings of as many pictures as a large dataset has: the most alike to one, the neighbours of all, and the map. Vectors lie
// around random centres, as those of pictures do.

import {
  layOut,
  type NeighbourGraph,
  nearest,
  neighbourGraph,
  rowOf,
  type Vectors,
} from '@migaki/embeddings';
import { clusters, finished } from '../packages/embeddings/src/testing/clusters.ts';
import type { Bench, Figure } from './harness/bench.ts';
import { median } from './harness/measure.ts';

const dimensions = 256;
const clusterCount = 200;
const queries = 30;
/** Of which it is measured how many of the true neighbours were found. */
const judged = 100;

export const embeddings: Bench = {
  name: 'embeddings',
  title: 'embeddings of 100,000 pictures: similar ones, neighbours of all, the map',
  long: true,
  async *run({ options }): AsyncIterable<Figure> {
    const { images = 100_000 } = options;
    const vectors = clusters(images, dimensions, clusterCount);
    const times = Array.from({ length: queries }, (_, i) => {
      const row = Math.floor((i * images) / queries);
      return timed(() => nearest(vectors, rowOf(vectors, row), 100)).milliseconds;
    });
    yield {
      figure: `100 most alike of ${images}, exact`,
      value: median(times),
      unit: 'ms',
      better: 'lower',
      target: { valueAtMost: 50 },
    };
    const graph = timed(() => finished(neighbourGraph(vectors)));
    yield {
      figure: 'neighbours of all',
      value: graph.milliseconds / 1000,
      unit: 's',
      better: 'lower',
    };
    yield {
      figure: 'of the true neighbours found',
      value: recallOf(vectors, graph.result),
      unit: '',
      better: 'higher',
      target: { valueAtLeast: 0.9 },
    };
    const map = timed(() => finished(layOut(vectors, graph.result)));
    yield {
      figure: 'map, with neighbours',
      value: (graph.milliseconds + map.milliseconds) / 1000,
      unit: 's',
      better: 'lower',
      target: { valueAtMost: 60 },
    };
  },
};

function timed<Result>(work: () => Result): { result: Result; milliseconds: number } {
  const began = performance.now();
  const result = work();
  return { result, milliseconds: performance.now() - began };
}

function recallOf(vectors: Vectors, { neighbours, neighbourCount }: NeighbourGraph): number {
  let found = 0;
  for (let i = 0; i < judged; i++) {
    const row = Math.floor((i * vectors.count) / judged);
    const near = new Set(neighbours.subarray(row * neighbourCount, (row + 1) * neighbourCount));
    const { rows } = nearest(vectors, rowOf(vectors, row), neighbourCount + 1);
    found += rows.filter((other) => other !== row && near.has(other)).length;
  }
  return found / (judged * neighbourCount);
}
