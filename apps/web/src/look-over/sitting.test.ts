import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  firstUnseen,
  leftOf,
  lookedOver,
  newSitting,
  paceMillis,
  type Sitting,
  seenBeside,
  visitsBeside,
  withVisit,
} from './sitting.ts';
import { nothingDone } from './tally.ts';

const visit = (imageId: number, millis = 1000, openCount = 0, isPaused = false) => ({
  imageId,
  millis,
  openCount,
  isPaused,
  tally: { ...nothingDone, accepted: 1 },
});
const after = (...visits: ReturnType<typeof visit>[]) =>
  visits.reduce(withVisit, newSitting('', '2026-01-01T00:00:00Z'));

test('one goes back through what was seen, and forward again to where one was', () => {
  const sitting = after(visit(5), visit(9), visit(7));
  assert.deepEqual(visitsBeside(sitting, 9), { at: 1, previous: 5, next: 7 });
  assert.deepEqual(visitsBeside(sitting, 5), { at: 0, previous: null, next: 9 });
  assert.deepEqual(visitsBeside(sitting, 3), { at: 3, previous: 7, next: null });
});

test('a picture that is seen again keeps its place, and its time adds up', () => {
  const { visits } = after(visit(5), visit(9), visit(5, 500, 2));
  assert.deepEqual(
    visits.map(({ imageId, millis, openCount, tally }) => [
      imageId,
      millis,
      openCount,
      tally.accepted,
    ]),
    [
      [5, 1500, 2, 2],
      [9, 1000, 0, 1],
    ],
  );
});

test('the pace leaves out a phone call, and says nothing of two pictures', () => {
  assert.equal(paceMillis([visit(1), visit(2)]), null);
  const usual = Array.from({ length: 9 }, (_, i) => visit(i, 4000));
  assert.equal(paceMillis([...usual, visit(99, 900_000)]), 4000);
  const quicker = Array.from({ length: 30 }, (_, i) => visit(100 + i, 2000));
  assert.equal(paceMillis([...usual, ...quicker]), 2000, 'only the last thirty count');
});

test('a picture that was decided on counts also while one is back at it', () => {
  const whole = (items: readonly { id: number }[], sitting: Sitting, shownId: number) =>
    seenBeside(items.length, items, sitting, shownId) +
    leftOf(items.length, items, sitting, shownId);
  const open = (from: number) =>
    Array.from({ length: 10 - from + 1 }, (_, i) => ({ id: from + i }));
  // Of ten pictures 1 and 2 are decided on, 3 was gone back from.
  const sitting = after(visit(1), visit(2));
  assert.equal(whole(open(3), sitting, 3), 10);
  const back = withVisit(sitting, visit(3, 1000, 2, true));
  assert.equal(whole(open(3), back, 2), 10);
  assert.equal(whole(open(3), withVisit(back, visit(2, 1000, 0, true)), 1), 10);
  // Undone there, it is among those that are left again.
  assert.equal(whole([{ id: 2 }, ...open(3)], back, 2), 10);
});

test('what is left is what was neither decided nor passed over, though the server counts it still', () => {
  const sitting = after(visit(1), visit(2, 1000, 3));
  const items = [1, 2, 3, 4].map((id) => ({ id }));
  // 1 was decided on just now and is not saved yet, 2 was passed over, 3 is shown.
  assert.equal(leftOf(4, items, sitting, 3), 2);
  assert.equal(leftOf(3, items.slice(1), sitting, 3), 2);
  assert.equal(firstUnseen(items, sitting, 3)?.id, 4);
  assert.equal(firstUnseen(items.slice(0, 3), sitting, 3), undefined);
  assert.equal(leftOf(1, items.slice(1, 2), sitting, null), 0);
});

test('one goes on where one stopped', () => {
  const sitting = after(visit(1), visit(2, 1000, 3, true));
  const items = [2, 3].map((id) => ({ id }));
  assert.equal(leftOf(2, items, sitting, null), 2);
  assert.equal(firstUnseen(items, sitting)?.id, 2);
  assert.equal(firstUnseen(items, withVisit(sitting, visit(2, 1000, 3)))?.id, 3);
});

test('what was gone back from is still left, and what was passed over was not looked over', () => {
  // Back from 2 to 1, where the decisions were taken back.
  const back = after(visit(1), visit(2, 1000, 3, true));
  assert.equal(
    leftOf(
      4,
      [1, 2, 3, 4].map((id) => ({ id })),
      back,
      1,
    ),
    4,
  );
  assert.equal(
    leftOf(
      3,
      [2, 3, 4].map((id) => ({ id })),
      back,
      1,
    ),
    3,
  );

  const passed = after(visit(1), visit(2, 1000, 3), visit(3, 1000, 1));
  const ids = (items: readonly number[], total = items.length) =>
    lookedOver(
      total,
      items.map((id) => ({ id })),
      passed,
    ).map(({ imageId }) => imageId);
  assert.deepEqual(ids([2, 3, 4]), [1]);
  // Not known at the workbench yet.
  assert.deepEqual(ids([1, 2, 3, 4]), [1]);
  // Decided on elsewhere since; where the list is cut, nobody knows.
  assert.deepEqual(ids([3, 4]), [1, 2]);
  assert.deepEqual(ids([3, 4], 9), [1]);
  assert.equal(leftOf(2, [{ id: 3 }, { id: 4 }], passed, null), 1);
});
