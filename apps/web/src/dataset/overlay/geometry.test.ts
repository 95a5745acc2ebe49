import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contain, crop, labelledKeypoints, skeletonLines } from './geometry.ts';

test('a contained picture is centred on its tile', () => {
  const tile = { width: 100, height: 100 };
  assert.deepEqual(contain({ width: 200, height: 100 }, tile), {
    scale: 0.5,
    width: 100,
    height: 50,
    x: 0,
    y: 25,
  });
  assert.deepEqual(contain({ width: 50, height: 100 }, tile).x, 25);
});

test('a crop puts the middle of the box in the middle of the tile', () => {
  const tile = { width: 120, height: 90 };
  const { scale, x, y } = crop({ width: 640, height: 480 }, [100, 50, 40, 30], tile, 1);
  assert.equal(scale, 3);
  assert.equal(x + 120 * scale, 60);
  assert.equal(y + 65 * scale, 45);
});

test('a box without area still has a finite crop', () => {
  const { scale, x } = crop({ width: 10, height: 10 }, [5, 5, 0, 0], { width: 100, height: 100 });
  assert.ok(Number.isFinite(scale) && Number.isFinite(x));
});

test('a skeleton has lines only between labelled points', () => {
  const keypoints = [1, 2, 2, 3, 4, 1, 0, 0, 0];
  assert.deepEqual(
    skeletonLines(keypoints, [
      [1, 2],
      [2, 3],
    ]),
    [[1, 2, 3, 4]],
  );
  assert.deepEqual(labelledKeypoints(keypoints), [
    { x: 1, y: 2, isVisible: true },
    { x: 3, y: 4, isVisible: false },
  ]);
});
