import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish } from '@migaki/coco';
import { proposalOfResult, type ResultPlace } from './proposal-of-result.ts';

const place: ResultPlace = { width: 100, height: 50, categoryId: 7, keypointCount: 2 };
const fieldsOf = (result: Record<string, unknown>) => {
  const read = proposalOfResult({ score: 0.5, ...result }, place);
  assert.ok('fields' in read, JSON.stringify(read));
  return read.fields;
};
const faultOf = (result: Record<string, unknown>, of = place) => {
  const read = proposalOfResult({ score: 0.5, ...result }, of);
  assert.ok('fault' in read, JSON.stringify(read));
  const { where = '', expected, found } = read.fault;
  return `${inEnglish(where)}: ${inEnglish(expected)}; ${inEnglish(found)}`;
};

test('a box is a proposal with its area', () => {
  assert.deepEqual(fieldsOf({ bbox: [1, 2, 30, 4.5] }), {
    category_id: 7,
    score: 0.5,
    bbox: [1, 2, 30, 4.5],
    iscrowd: 0,
    area: 135,
  });
});

test('an outline alone gets the box and the area of its pixels', () => {
  const { bbox, area } = fieldsOf({ segmentation: [[10, 10, 20, 10, 20, 30, 10, 30]] });
  assert.deepEqual([bbox, area], [[10, 10, 10, 20], 200]);
  const size = [50, 100];
  const mask = { size, counts: [0, 5, 50 * 100 - 5] };
  assert.deepEqual(fieldsOf({ segmentation: mask }).bbox, [0, 0, 1, 5]);
});

test('keypoints alone get the box around them, and certainties become visibilities', () => {
  const { bbox, keypoints, num_keypoints } = fieldsOf({ keypoints: [1, 2, 0.9, 11, 22, 0.2] });
  assert.deepEqual([bbox, num_keypoints], [[1, 2, 10, 20], 2]);
  assert.deepEqual(keypoints, [1, 2, 2, 11, 22, 1]);
  assert.deepEqual(fieldsOf({ keypoints: [1, 2, 2, 11, 22, 0] }).keypoints, [1, 2, 2, 11, 22, 0]);
});

test('a result without a shape is a class of the picture', () => {
  assert.deepEqual(fieldsOf({}), { category_id: 7, score: 0.5 });
});

test('what cannot be drawn on the picture is told', () => {
  assert.match(faultOf({ bbox: [1, 2, 0, 4] }), /^bbox: .*above 0; \[1,2,0,4\]/);
  assert.match(faultOf({ bbox: [1, 2, 3] }), /^bbox/);
  assert.match(faultOf({ bbox: [200, 2, 3, 4] }), /100 × 50 pixels; one beside it/);
  assert.match(faultOf({ segmentation: { size: [9, 9], counts: [81] } }), /50 × 100.*; 9 × 9/);
  assert.match(faultOf({ segmentation: { size: [50, 100], counts: [5000] } }), /one of none/);
  assert.match(faultOf({ segmentation: 'outline' }), /^segmentation/);
  assert.match(faultOf({ segmentation: [['a', 2, 3, 4, 5, 6]] }), /polygons of numbers/);
  assert.match(faultOf({ keypoints: [1, 2, 3] }), /each of the 2 keypoints.*; 3 numbers/);
  const unknownSize = { ...place, width: null, height: null };
  assert.match(faultOf({ segmentation: [[1, 1, 5, 1, 5, 5]] }, unknownSize), /an unknown size/);
});
