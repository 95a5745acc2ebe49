import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type StandingObject, stands } from './verdict.ts';

const truth = { category_id: 1, bbox: [10, 10, 20, 20], score: 0.9 };
const moved = { ...truth, bbox: [18, 10, 20, 20] };
const object = (fields: Partial<StandingObject> = {}): StandingObject => ({
  annotationId: 7,
  state: 'accepted',
  categoryId: 1,
  bbox: moved.bbox,
  ...fields,
});

test('a moved box stands until it is moved, rejected or deleted, whatever it is called', () => {
  const mistake = { kind: 'misplaced', annotationId: 7, shown: moved, truth } as const;
  assert.ok(stands(mistake, [object()]));
  assert.ok(
    stands(mistake, [object({ categoryId: 2 }), object({ annotationId: 8, bbox: truth.bbox })]),
  );
  assert.ok(!stands(mistake, [object({ bbox: [11, 10, 20, 20] })]));
  assert.ok(!stands(mistake, [object({ state: 'rejected' })]));
  assert.ok(!stands(mistake, []));
});

test('a wrong category stands until it is another one, however the box is moved', () => {
  const shown = { ...truth, category_id: 2 };
  const mistake = { kind: 'swapped', annotationId: 7, shown, truth } as const;
  assert.ok(stands(mistake, [object({ categoryId: 2 })]));
  assert.ok(!stands(mistake, [object({ categoryId: 1 })]));
});

test('what was invented stands where it is accepted, unless it was moved onto something', () => {
  const mistake = { kind: 'invented', annotationId: 7, shown: moved, truth: null } as const;
  assert.ok(stands(mistake, [object({ categoryId: 2 })]));
  assert.ok(!stands(mistake, [object({ bbox: [90, 10, 20, 20] })]));
});

test('what was left out is found by any object at its place', () => {
  const mistake = { kind: 'overlooked', annotationId: null, shown: null, truth } as const;
  assert.ok(stands(mistake, [object({ bbox: [60, 60, 20, 20] })]));
  const there = object({ bbox: [12, 10, 20, 20], categoryId: 2 });
  assert.ok(!stands(mistake, [there]));
  const proposed = { ...there, state: 'proposed' } as const;
  assert.ok(stands(mistake, [proposed]));
  assert.ok(!stands(mistake, [proposed], { deciding: ['accepted', 'proposed'] }));
});
