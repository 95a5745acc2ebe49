import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFields, type ObjectFields } from '@migaki/annotator';
import { stepTakenBack } from './step-taken-back.ts';

const drawn: ObjectFields = { ...emptyFields, categoryId: 1, bbox: [1, 1, 5, 5], area: 25 };
const moved: ObjectFields = { ...drawn, bbox: [7, 7, 5, 5] };
const named: ObjectFields = { ...moved, categoryId: 2 };

test('a move is taken back below a change of the category, and the category stays', () => {
  assert.deepEqual(stepTakenBack(drawn, moved, named), { ...drawn, categoryId: 2 });
});

test('a move that was followed by another has nothing left to take back', () => {
  const again = { ...named, bbox: [9, 9, 5, 5] as const };
  assert.equal(stepTakenBack(drawn, moved, { ...again, bbox: [...again.bbox] }), null);
});

test('of a step that changed two things, what was changed again stays', () => {
  const both = { ...drawn, categoryId: 2, attributes: { truncated: true } };
  const later = { ...both, categoryId: 3 };
  assert.deepEqual(stepTakenBack(drawn, both, later), { ...drawn, categoryId: 3 });
});
