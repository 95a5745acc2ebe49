import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyPlanes, fillLevel, type Planes, type Raster } from '../pictures/raster.ts';
import { identity, inOrder, scaling, translation } from './affine.ts';
import { sameColours, saturation } from './colour.ts';
import { warp } from './warp.ts';

/** Red tells the column, green the row, blue is 200. */
function ramp(width: number, height: number): Raster {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([10 * x, 10 * y, 200], 3 * (y * width + x));
  }
  return { width, height, data };
}
const at = ({ width, height, data }: Planes, x: number, y: number) =>
  [0, 1, 2].map((plane) => data[plane * width * height + y * width + x]);

test('an unchanged picture is copied, plane by plane', () => {
  const planes = emptyPlanes(6, 4);
  warp(ramp(6, 4), planes, identity, sameColours);
  for (let y = 0; y < 4; y++) {
    for (let x = 0; x < 6; x++) assert.deepEqual(at(planes, x, y), [10 * x, 10 * y, 200]);
  }
});

test('a mirrored picture ends where it began', () => {
  const planes = emptyPlanes(6, 4);
  warp(ramp(6, 4), planes, inOrder(scaling(-1, 1), translation(6, 0)), sameColours);
  assert.deepEqual(at(planes, 0, 2), [50, 20, 200]);
  assert.deepEqual(at(planes, 5, 2), [0, 20, 200]);
});

test('pixels have their middles at halves: twice as large, they are a quarter off the old ones', () => {
  const planes = emptyPlanes(12, 8);
  warp(ramp(6, 4), planes, scaling(2), sameColours);
  assert.deepEqual(
    [0, 1, 2, 3, 4, 11].map((x) => at(planes, x, 0)[0]),
    [0, 3, 8, 13, 18, 50],
  );
});

test('what is not covered, or lies outside of the clip, stays grey', () => {
  const planes = emptyPlanes(8, 4);
  warp(ramp(6, 4), planes, translation(2, 0), sameColours, {
    left: 0,
    top: 1,
    right: 5,
    bottom: 3,
  });
  assert.deepEqual(at(planes, 1, 1), [fillLevel, fillLevel, fillLevel]);
  assert.deepEqual(at(planes, 2, 1), [0, 10, 200]);
  assert.deepEqual(at(planes, 5, 1), [fillLevel, fillLevel, fillLevel]);
  assert.deepEqual(at(planes, 3, 0), [fillLevel, fillLevel, fillLevel]);
});

test('colours change on the way', () => {
  const planes = emptyPlanes(2, 1);
  warp(
    { width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 100, 100, 100) },
    planes,
    identity,
    saturation(0),
  );
  assert.deepEqual(at(planes, 0, 0), [76, 76, 76]);
  assert.deepEqual(at(planes, 1, 0), [100, 100, 100]);
});
