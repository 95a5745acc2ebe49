import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contain, crop, filling, skeletonLines } from './geometry.ts';

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

test('a crop at the border is moved so that the picture fills the tile, where it is large enough', () => {
  const [picture, tile] = [
    { width: 100, height: 20 },
    { width: 50, height: 50 },
  ];
  const moved = (x: number) => filling(crop(picture, [x, 0, 10, 10], tile, 2), tile);
  assert.equal(moved(0).x, 0);
  assert.equal(moved(90).x + moved(90).width, 50);
  assert.equal(moved(45).x, crop(picture, [45, 0, 10, 10], tile, 2).x);
  assert.equal(moved(0).y, 0);
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
});
