import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { noWorkTime, type WorkTime, worked, workedOn } from './work-time.ts';

const after = (times: readonly number[]): WorkTime =>
  times.reduce((time, at) => worked(time, at, 1000), noWorkTime);

test('breaks do not count', () => {
  assert.equal(after([0, 400, 900, 60_000, 60_500]).pictureMillis, 1400);
});

test('a gap as long as the limit still counts, a millisecond more does not', () => {
  assert.equal(after([0, 1000]).pictureMillis, 1000);
  assert.equal(after([0, 1001]).pictureMillis, 0);
});

test('events out of order count nothing and take nothing back', () => {
  assert.equal(after([0, 500, 300, 600]).pictureMillis, 600);
});

test('objects share the work that led to their edit, and all of it is the picture’s', () => {
  const drawn = workedOn(after([0, 500, 900]), new Set([-1]));
  const moved = workedOn(worked(drawn, 1100, 1000), new Set([-1, 4]));
  assert.deepEqual(
    [...moved.objectMillis],
    [
      [4, 100],
      [-1, 1000],
    ],
  );
  assert.equal(moved.pictureMillis, 1100);
});

test('never more than the time that passed', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1 }), (times) => {
      const { pictureMillis } = after(times);
      assert.ok(pictureMillis >= 0 && pictureMillis <= Math.max(...times) - Math.min(times[0]));
    }),
  );
});
