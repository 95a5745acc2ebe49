import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inReadingOrder, mostDoubtful, nextAfter, type Steppable, stepFrom } from './step.ts';

const object = (
  id: number,
  [x, y]: [number, number],
  more: Partial<Steppable> = {},
): Steppable => ({
  id,
  bbox: [x, y, 10, 10],
  keypoints: null,
  state: 'accepted',
  score: null,
  ...more,
});
const proposed = (score: number | null) => ({ state: 'proposed', score }) as const;

const objects = inReadingOrder(
  [
    object(1, [400, 300], proposed(0.9)),
    object(2, [10, 12]),
    object(3, [200, 2], proposed(0.4)),
    { ...object(4, [0, 0]), bbox: null },
    object(5, [90, 290], proposed(0.6)),
  ],
  480,
);
const ids = (list: readonly (Steppable | null)[]) => list.map((each) => each?.id ?? null);

test('objects are stepped through as one reads a page, those without a place last', () => {
  assert.deepEqual(ids(objects), [2, 3, 5, 1, 4]);
});

test('a step goes on, back, in from either end, and out at the end', () => {
  assert.deepEqual(
    ids([
      stepFrom(objects, null, 1),
      stepFrom(objects, null, -1),
      stepFrom(objects, 3, 1),
      stepFrom(objects, 3, -1),
      stepFrom(objects, 4, 1),
      stepFrom([], null, 1),
    ]),
    [2, 4, 5, 2, null, null],
  );
});

test('the most doubtful is the proposal of the least score, or of none', () => {
  assert.equal(mostDoubtful(objects, null)?.id, 3);
  assert.equal(mostDoubtful(objects, 3)?.id, 5);
  assert.equal(mostDoubtful([...objects, object(9, [0, 0], proposed(null))], null)?.id, 9);
  assert.equal(mostDoubtful([object(1, [0, 0])], null), null);
});

test('after a proposal comes the next proposal, after anything else the next object', () => {
  assert.deepEqual(
    ids([
      nextAfter(objects, { id: 3, state: 'proposed' }),
      nextAfter(objects, { id: 1, state: 'proposed' }),
      nextAfter(objects, { id: 1, state: 'accepted' }),
      nextAfter(objects, { id: 4, state: 'accepted' }),
    ]),
    [5, null, 4, null],
  );
});
