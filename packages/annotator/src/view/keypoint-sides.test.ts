import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edgeSide, keypointSides } from './keypoint-sides.ts';

test('the names of keypoints say their side, in the ways that people write them', () => {
  const keypoints = ['nose', 'left_eye', 'RightEar', 'L ankle', 'knee.r', 'RHip', '左目', 'tail'];
  assert.deepEqual(keypointSides({ keypoints }), [
    ...['middle', 'left', 'right', 'left', 'right', 'right', 'left', 'middle'],
  ]);
  const lookAlike = ['Rear', 'lip', 'collar', 'Lower', 'brow'];
  assert.deepEqual(new Set(keypointSides({ keypoints: lookAlike })), new Set(['middle']));
});

test('a pair is told apart whatever its names are', () => {
  const keypoints = ['a', 'b', 'c', 'wing', 'left wing'];
  const flipIndex = [1, 0, 2, 4, 3];
  assert.deepEqual(keypointSides({ keypoints, flipIndex }), [
    ...['left', 'right', 'middle', 'right', 'left'],
  ]);
});

test('a limb has the side of its ends, and what leads across has none', () => {
  const sides = keypointSides({ keypoints: ['nose', 'left_eye', 'right_eye', 'left_ear'] });
  const edges = [
    [1, 2],
    [3, 1],
    [2, 3],
    [2, 4],
    [9, 2],
  ] as const;
  assert.deepEqual(
    edges.map((edge) => edgeSide(sides, edge)),
    ['left', 'right', 'middle', 'left', 'left'],
  );
});
