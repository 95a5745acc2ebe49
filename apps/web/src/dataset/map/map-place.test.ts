import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fittedPlace,
  lassoPart,
  type MapPoint,
  mapFromScreen,
  movedPlace,
  nearestPoint,
  zoomedPlace,
} from './map-place.ts';

test('the whole map lies in the middle, and what is under the pointer stays there', () => {
  const place = fittedPlace({ width: 1048, height: 648 });
  assert.deepEqual(place, { side: 600, left: 224, top: 24 });
  const at = { x: 300, y: 100 };
  const larger = zoomedPlace(place, 3, at);
  assert.equal(larger.side, 1800);
  for (const axis of [0, 1]) {
    assert.ok(Math.abs(mapFromScreen(larger, at)[axis] - mapFromScreen(place, at)[axis]) < 1e-9);
  }
  assert.deepEqual(mapFromScreen(movedPlace(place, 60, 0), { x: 284, y: 24 }), [0, 0]);
});

test('the nearest point within reach is meant, and none beyond', () => {
  const points = { x: [0, 5000, 5100], y: [0, 5000, 5000] };
  const place = { side: 1000, left: 0, top: 0 };
  assert.equal(nearestPoint(points, place, { x: 508, y: 501 }, 12), 2);
  assert.equal(nearestPoint(points, place, { x: 540, y: 500 }, 12), -1);
});

test('a lasso is a part of a query with few corners, and a click is none', () => {
  const circle = Array.from({ length: 500 }, (_, i): MapPoint => {
    const angle = (i / 500) * 2 * Math.PI;
    return [0.5 + Math.cos(angle) / 4, 0.5 + Math.sin(angle) / 4];
  });
  const part = lassoPart(circle)!;
  assert.match(part, /^within:"0\.75 0\.5;[-\d. ;]+"$/);
  assert.equal(part.split(';').length, 40);
  assert.equal(lassoPart([[0.1, 0.1]]), null);
  assert.equal(lassoPart(Array(30).fill([0.1, 0.1])), null);
});
