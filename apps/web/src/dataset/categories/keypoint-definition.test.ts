import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addPoint,
  changePoint,
  definitionOf,
  fieldsOf,
  movePoint,
  pairByName,
  removePoint,
  setMirror,
  toggleEdge,
} from './keypoint-definition.ts';

const face = {
  keypoints: ['nose', 'left_eye', 'right_eye'],
  skeleton: [
    [1, 2],
    [1, 3],
  ] as [number, number][],
  flipIndex: [0, 2, 1],
  keypointPositions: [
    [0.5, 0.6],
    [0.3, 0.4],
    [0.7, 0.4],
  ] as [number, number][],
};

test('a definition that nobody changes is written as it was read', () => {
  assert.deepEqual(fieldsOf(definitionOf(face)), { ...face, keypointSources: [0, 1, 2] });
  const none = { keypoints: null, skeleton: null, flipIndex: null, keypointPositions: null };
  assert.deepEqual(fieldsOf(definitionOf(none)), { ...none, keypointSources: [] });
});

test('edges, pairs and sources go with their points', () => {
  let definition = movePoint(definitionOf(face), 'was-0', 5);
  definition = addPoint(definition, 'chin');
  definition = toggleEdge(definition, 'new-1', 'was-0');
  definition = changePoint(definition, 'was-1', { name: 'eye L' });
  const { keypointPositions: _, ...fields } = fieldsOf(definition);
  assert.deepEqual(fields, {
    keypoints: ['eye L', 'right_eye', 'nose', 'chin'],
    skeleton: [
      [3, 1],
      [3, 2],
      [4, 3],
    ],
    flipIndex: [1, 0, 2, 3],
    keypointSources: [1, 2, 0, null],
  });
});

test('each new point lies where it is seen and taken hold of, apart from all others', () => {
  let definition = definitionOf(face);
  for (let count = 0; count < 60; count++) definition = addPoint(definition, `${count}`);
  const { points } = definition;
  const nearest = points.flatMap(({ position: [x, y] }, index) =>
    points.slice(0, index).map((other) => Math.hypot(x - other.position[0], y - other.position[1])),
  );
  assert.ok(Math.min(...nearest) > 0.08, `${Math.min(...nearest)}`);
  assert.ok(points.every(({ position }) => position.every((part) => part >= 0 && part <= 1)));
});

test('a point that goes takes its edges and its pair along', () => {
  const { keypointPositions: _, ...fields } = fieldsOf(removePoint(definitionOf(face), 'was-2'));
  assert.deepEqual(fields, {
    keypoints: ['nose', 'left_eye'],
    skeleton: [[1, 2]],
    flipIndex: null,
    keypointSources: [0, 1],
  });
});

test('an edge is there once, whichever way it was drawn, and none leads back to its point', () => {
  const definition = definitionOf(face);
  assert.deepEqual(fieldsOf(toggleEdge(definition, 'was-1', 'was-0')).skeleton, [[1, 3]]);
  assert.equal(toggleEdge(definition, 'was-1', 'was-1'), definition);
});

test('a point has one partner: who was paired before is alone', () => {
  const { flipIndex } = fieldsOf(setMirror(definitionOf(face), 'was-0', 'was-1'));
  assert.deepEqual(flipIndex, [1, 0, 2]);
});

test('pairs are found by names in English and Japanese', () => {
  const names = ['nose', 'Left Ear', 'right ear', 'l_hip', 'r_hip', '左目', '右目', 'lip'];
  const none = { skeleton: null, flipIndex: null, keypointPositions: null };
  const { flipIndex } = fieldsOf(pairByName(definitionOf({ keypoints: names, ...none })));
  assert.deepEqual(flipIndex, [0, 2, 1, 4, 3, 6, 5, 7]);
});

test('edges to points that are not there are left out, and pairs with them', () => {
  const odd = { ...face, skeleton: [[1, 9]] as [number, number][], flipIndex: [7, 2, 1] };
  const { skeleton, flipIndex } = fieldsOf(definitionOf(odd));
  assert.deepEqual([skeleton, flipIndex], [[], [0, 2, 1]]);
});
