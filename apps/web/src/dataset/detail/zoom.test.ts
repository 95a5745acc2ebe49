import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scaleLimits, zoomedAt } from './zoom.ts';

const picture = { width: 100, height: 50 };
const placement = { scale: 1, x: 10, y: 20, width: 100, height: 50 };

test('the pixel under the cursor stays there', () => {
  const point = { x: 40, y: 30 };
  const zoomed = zoomedAt(placement, picture, 3, point);
  assert.equal((point.x - zoomed.x) / zoomed.scale, (point.x - placement.x) / placement.scale);
  assert.equal((point.y - zoomed.y) / zoomed.scale, (point.y - placement.y) / placement.scale);
  assert.equal(zoomed.width, 300);
});

test('zooming ends at its limits', () => {
  assert.equal(zoomedAt(placement, picture, 1e9, { x: 0, y: 0 }).scale, scaleLimits.max);
  assert.equal(zoomedAt(placement, picture, 1e-9, { x: 0, y: 0 }).scale, scaleLimits.min);
});
