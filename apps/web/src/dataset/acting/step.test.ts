import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inReadingOrder, nextAfter, nextDoubtful, type Steppable, stepFrom } from './step.ts';

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

test('doubt leads from the proposal of no score, or of the least, to the one of the most', () => {
  assert.deepEqual(
    ids([
      nextDoubtful(objects, null),
      nextDoubtful(objects, 3),
      nextDoubtful(objects, 5),
      nextDoubtful(objects, 1),
      nextDoubtful(objects, 2),
      nextDoubtful([...objects, object(9, [0, 0], proposed(null))], null),
      nextDoubtful([object(1, [0, 0])], null),
    ]),
    [3, 5, 1, null, 3, 9, null],
  );
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

test('by doubt, the next is the one that is next in doubt, and at the end one that was passed over', () => {
  const after = (id: number) => nextAfter(objects, { id, state: 'proposed' }, 'doubt');
  assert.deepEqual(ids([after(3), after(5), after(1)]), [5, 1, 3]);
  const last = [object(1, [0, 0], proposed(0.5)), object(2, [0, 0])];
  assert.equal(nextAfter(last, last[0], 'doubt'), null);
});
