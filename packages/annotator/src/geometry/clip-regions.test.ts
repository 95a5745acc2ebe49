import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clipRegions, regionsInPicture } from './clip-regions.ts';
import { type Region, regionsArea } from './region.ts';
import type { Ring } from './ring.ts';

const whole = (outer: Ring): Region[] => [{ outer, holes: [] }];
/** Square pixels. */
const areaOf = (regions: readonly Region[]): number => Number(regionsArea(regions).toFixed(1));

test('a way along a level line there and back encloses nothing, wherever the ring begins', () => {
  // Without its spikes: (0, 3) (6, 1) (9, 1), of which the picture ends at 8 to either side.
  const spiked = [9, 1, 0, 3, 6, 1, 0, 1, -3, 1];
  const mirrored = spiked.map((value, i) => (i % 2 === 0 ? 8 - value : value));
  for (const ring of [spiked, mirrored]) {
    for (let first = 0; first < ring.length; first += 2) {
      const turned = whole([...ring.slice(first), ...ring.slice(0, first)]);
      assert.equal(areaOf(clipRegions('union', [turned])), 3);
      assert.equal(areaOf(regionsInPicture(turned, { width: 8, height: 4 })), 2.9);
    }
  }
});

test('what encloses nothing is nothing', () => {
  for (const ring of [[], [3, 3], [3, 3, 9, 3], [3, 3, 9, 3, 5, 3], [3, 3, 3, 3, 3, 3]]) {
    assert.deepEqual(clipRegions('union', [whole(ring)]), []);
    assert.deepEqual(regionsInPicture(whole(ring), { width: 5, height: 2 }), []);
  }
});

test('whatever rings there are, an end is come to, and no more is left than there was', () => {
  const level = fc.constantFrom(0, 0.01, 5, 5.01, 10);
  const points = fc.array(fc.tuple(fc.integer({ min: -5, max: 15 }), level), { maxLength: 14 });
  const ring = points.map((all) => all.flat());
  fc.assert(
    fc.property(fc.array(ring, { minLength: 1, maxLength: 4 }), (rings) => {
      const shapes = rings.map(whole);
      const area = (how: 'union' | 'intersection' | 'difference') =>
        regionsArea(clipRegions(how, shapes));
      const rounding = 0.5;
      assert.ok(area('intersection') <= area('union') + rounding);
      assert.ok(area('difference') <= area('union') + rounding);
      regionsInPicture(shapes.flat(), { width: 10, height: 10 });
    }),
    { numRuns: 2000 },
  );
});
