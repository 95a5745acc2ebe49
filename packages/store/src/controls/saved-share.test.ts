import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leastTimedPictures, median, savedShare, type TimedPicture } from './saved-share.ts';

/** Pictures of some objects each, at about so many seconds an object. */
const timed = (count: number, seconds: number): TimedPicture[] =>
  Array.from({ length: count }, (_, i) => {
    const objectCount = 3 + (i % 5);
    return { objectCount, millis: objectCount * seconds * 1000 * (0.8 + (i % 3) * 0.2) };
  });

test('the time saved is that per object, with an interval that narrows with the pictures', () => {
  const few = savedShare(timed(9, 4), timed(9, 10))!;
  const many = savedShare(timed(90, 4), timed(90, 10))!;
  for (const { share, low, high } of [few, many]) {
    assert.ok(Math.abs(share - 0.6) < 0.02);
    assert.ok(low < share && share < high);
  }
  assert.ok(many.high - many.low < few.high - few.low);
  assert.deepEqual(savedShare(timed(9, 4), timed(9, 10)), few, 'the same each time');
});

test('proposals that cost time are told to', () => {
  assert.ok(savedShare(timed(30, 12), timed(30, 8))!.share < -0.4);
});

test('of too few pictures, or of none with anything on it, nothing is told', () => {
  assert.equal(savedShare(timed(leastTimedPictures - 1, 4), timed(90, 10)), null);
  const empty = timed(20, 4).map(({ millis }) => ({ millis, objectCount: 0 }));
  assert.equal(savedShare(timed(20, 4), empty), null);
});

test('the median is the middle, or between the two in the middle', () => {
  assert.equal(median([]), null);
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});
