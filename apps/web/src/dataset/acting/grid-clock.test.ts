import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deedDone, type GridClock, moved, stoppedClock } from './grid-clock.ts';

const after = (...times: number[]): GridClock => times.reduce(moved, stoppedClock);

test('a deed takes the time since the one before, as far as somebody was there', () => {
  const first = deedDone(after(1_000, 3_000), 5_000);
  assert.equal(first.millis, 4_000);
  const second = deedDone(first.clock, 7_500);
  assert.equal(second.millis, 2_500);
  // A phone call of an hour, then two seconds.
  const third = deedDone(moved(second.clock, 3_607_500), 3_609_500);
  assert.equal(third.millis, 2_000);
});

test('looking around for long is not work on the picture that something is done to in the end', () => {
  const times = Array.from({ length: 30 }, (_, i) => i * 10_000);
  assert.equal(deedDone(after(...times), 300_000).millis, 60_000);
});

test('the first movement begins, and times that run backwards count nothing', () => {
  assert.equal(deedDone(stoppedClock, 9_000).millis, 0);
  assert.equal(deedDone(after(5_000, 2_000), 6_000).millis, 1_000);
});
