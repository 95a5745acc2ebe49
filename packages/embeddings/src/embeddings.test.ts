import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layOut } from './lay-out.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { nearest } from './nearest.ts';
import { neighbourGraph } from './neighbour-graph.ts';
import { outlierScoresByGroup } from './outlier-of-group.ts';
import { outlierScores } from './outlier-scores.ts';
import { clusters, finished } from './testing/clusters.ts';
import { normalised, rowOf, type Vectors, vectorsOf } from './vectors.ts';

test('vectors are seen from their mean, each of length 1, and the mean itself is like none', () => {
  const { values } = normalised(vectorsOf(Float32Array.of(9, 5, 1, 5, 5, 5), 2));
  assert.deepEqual([...values], [1, 0, -1, 0, 0, 0]);
});

test('the nearest are those with the largest cosines, itself first', () => {
  const vectors = clusters(300, 17, 5);
  const query = rowOf(vectors, 42);
  const { rows, cosines } = nearest(vectors, query, 10);
  const all = Array.from({ length: 300 }, (_, row) =>
    rowOf(vectors, row).reduce((sum, value, d) => sum + value * query[d], 0),
  );
  const expected = all
    .map((cosine, row) => ({ cosine, row }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, 10);
  assert.equal(rows[0], 42);
  assert.deepEqual(
    [...rows],
    expected.map(({ row }) => row),
  );
  assert.ok(expected.every(({ cosine }, i) => Math.abs(cosine - cosines[i]) < 1e-5));
});

test('more than there are gives all, and none where there are none', () => {
  assert.equal(nearest(clusters(3, 4, 2), Float32Array.of(1, 0, 0, 0), 9).rows.length, 3);
  const none = vectorsOf(new Float32Array(0), 4);
  assert.equal(nearest(none, new Float32Array(4), 9).rows.length, 0);
  const graph = finished(neighbourGraph(none));
  assert.deepEqual([graph.count, graph.neighbourCount], [0, 0]);
  assert.equal(finished(layOut(none, graph)).length, 0);
});

/** How many of the true neighbours were found. */
function recallOf(vectors: Vectors, sampled: number): number {
  const { neighbours, neighbourCount } = finished(neighbourGraph(vectors));
  let found = 0;
  for (let i = 0; i < sampled; i++) {
    const row = Math.floor((i * vectors.count) / sampled);
    const near = new Set(neighbours.subarray(row * neighbourCount, (row + 1) * neighbourCount));
    const { rows } = nearest(vectors, rowOf(vectors, row), neighbourCount + 1);
    found += rows.filter((other) => other !== row && near.has(other)).length;
  }
  return found / (sampled * neighbourCount);
}

test('neighbours of few vectors are exact, of many nearly so', () => {
  assert.equal(recallOf(clusters(500, 24, 6), 100), 1);
  assert.ok(recallOf(clusters(4000, 48, 40), 100) > 0.9);
});

test('near-duplicates are grouped, also through one another, and what has none is in no group', () => {
  const { values } = clusters(40, 24, 40);
  // 3, 11 and 30 are nearly the same.
  for (const row of [11, 30]) {
    values.copyWithin(row * 24, 3 * 24, 4 * 24);
    values[row * 24] += row / 3000;
  }
  const graph = finished(neighbourGraph(normalised(vectorsOf(values, 24))));
  const groups = nearDuplicates(graph, 0.98);
  assert.deepEqual(
    [...groups.entries()].filter(([, group]) => group !== -1),
    [
      [3, 3],
      [11, 3],
      [30, 3],
    ],
  );
});

test('what is like no other stands out', () => {
  const { values } = clusters(200, 24, 3);
  for (let d = 0; d < 24; d++) values[77 * 24 + d] = d % 2 === 0 ? 0.2 : -0.2;
  const scores = outlierScores(finished(neighbourGraph(normalised(vectorsOf(values, 24)))));
  assert.equal(scores.indexOf(Math.max(...scores)), 77);
});

test('one that lies among those of another group stands out in its own', () => {
  const vectors = normalised(clusters(300, 24, 2));
  const { neighbours, neighbourCount } = finished(neighbourGraph(vectors));
  // Groups as they lie, but for one.
  const isNearFirst = new Set([0]);
  for (const row of isNearFirst) {
    for (let k = 0; k < neighbourCount; k++) isNearFirst.add(neighbours[row * neighbourCount + k]);
  }
  const groups = Array.from({ length: 300 }, (_, row) => (isNearFirst.has(row) ? 'a' : 'b'));
  assert.ok(groups.includes('b'));
  groups[0] = 'b';
  const scores = finished(outlierScoresByGroup(vectors, groups));
  assert.equal(scores.indexOf(Math.max(...scores)), 0);
  assert.deepEqual(
    [...finished(outlierScoresByGroup(vectors, [...groups.keys()]))],
    Array(300).fill(0),
  );
});

test('a map has what is alike together, within its square, the same for a seed', () => {
  const vectors = clusters(400, 24, 4);
  const graph = finished(neighbourGraph(vectors));
  const places = finished(layOut(vectors, graph, { epochs: 200 }));
  assert.deepEqual(places, finished(layOut(vectors, graph, { epochs: 200 })));
  assert.ok(places.every((place) => place >= 0 && place <= 1));
  // The nearest on the map is of the same cluster.
  const own = Array.from({ length: 400 }, (_, row) => {
    let [least, nearestRow] = [Infinity, -1];
    for (let other = 0; other < 400; other++) {
      const distance = Math.hypot(
        places[2 * row] - places[2 * other],
        places[2 * row + 1] - places[2 * other + 1],
      );
      if (other !== row && distance < least) [least, nearestRow] = [distance, other];
    }
    return nearestRow % 4 === row % 4;
  });
  assert.ok(own.filter(Boolean).length > 390, `${own.filter(Boolean).length} of 400`);
});
