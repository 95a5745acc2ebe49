import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bbox } from '../types.ts';
import { carriedPose, type Pose } from './carried-pose.ts';

const person = ['nose', 'left_eye', 'wrist'];
const dog = ['left_eye', 'tail', 'nose', 'paw'];
const keypoints = [10, 11, 2, 20, 21, 1, 30, 31, 2];
const bbox: Bbox = [5, 5, 50, 50];
const pose: Pose = { keypoints, bbox, isOutlined: false };

test('points go to those of the same name, there and back', () => {
  const asDog = carriedPose(pose, person, dog)!;
  assert.deepEqual(asDog, {
    keypoints: [20, 21, 1, 0, 0, 0, 10, 11, 2, 0, 0, 0],
    bbox,
    lost: ['wrist'],
  });
  assert.deepEqual(carriedPose({ ...pose, keypoints: asDog.keypoints! }, dog, person), {
    keypoints: [10, 11, 2, 20, 21, 1, 0, 0, 0],
    bbox,
    lost: [],
  });
});

test('where no name is the same, no point is left, and those that were labelled are named', () => {
  for (const other of [null, undefined, [], ['beak']]) {
    assert.deepEqual(carriedPose(pose, person, other), { keypoints: null, bbox, lost: person });
  }
  const hidden = { ...pose, keypoints: keypoints.with(2, 0) };
  assert.deepEqual(carriedPose(hidden, person, null)!.lost, ['left_eye', 'wrist']);
});

test('what had nothing but its points keeps the box around them', () => {
  const bare = { ...pose, bbox: null };
  assert.deepEqual(carriedPose(bare, person, null)!.bbox, [10, 11, 20, 20]);
  assert.equal(carriedPose(bare, person, dog)!.bbox, null);
  assert.equal(carriedPose({ ...bare, isOutlined: true }, person, null)!.bbox, null);
});

test('the same names leave the pose as it is', () => {
  assert.equal(carriedPose(pose, person, [...person]), null);
  assert.equal(carriedPose(pose, null, []), null);
});

test('points without names stay where there are as many, and are called by number where not', () => {
  assert.equal(carriedPose(pose, null, person), null);
  assert.deepEqual(carriedPose(pose, null, dog)!.lost, ['1', '2', '3']);
});

test('a name that is there twice is used once; a pose that is too short has no points at its end', () => {
  const twice = carriedPose(pose, ['a', 'a', 'b'], ['a', 'b', 'a'])!;
  assert.deepEqual(twice.keypoints, [10, 11, 2, 30, 31, 2, 20, 21, 1]);
  const short = { ...pose, keypoints: [1, 2, 2] };
  assert.deepEqual(carriedPose(short, ['a', 'b'], ['b', 'a'])!.keypoints, [0, 0, 0, 1, 2, 2]);
});
