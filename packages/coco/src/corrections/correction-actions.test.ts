import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bbox } from '../types.ts';
import { type CorrectableObject, correctionActions, countActions } from './correction-actions.ts';

const [cat, dog] = [1, 2];
const here: Bbox = [0, 0, 100, 100];
const there: Bbox = [300, 0, 100, 100];
const one = (bbox: Bbox, categoryId = cat): CorrectableObject => ({ categoryId, bbox });
const tell = (proposals: CorrectableObject[], wanted: CorrectableObject[]) =>
  correctionActions(proposals, wanted).map(
    ({ kind, proposal, wanted: at }) => `${kind} ${proposal ?? '-'} ${at ?? '-'}`,
  );

test('what is right is accepted, what is missing drawn, what is too much rejected', () => {
  assert.deepEqual(tell([one(here)], [one(here)]), ['accept 0 0']);
  assert.deepEqual(tell([], [one(here), one(there)]), ['draw - 0', 'draw - 1']);
  assert.deepEqual(tell([one(here)], []), ['reject 0 -']);
  assert.deepEqual(tell([], []), []);
});

test('a box that is off is moved, one that is far off rejected and drawn anew', () => {
  assert.deepEqual(tell([one([0, 0, 100, 76])], [one(here)]), ['accept 0 0']);
  assert.deepEqual(tell([one([0, 0, 100, 74])], [one(here)]), ['nudge 0 0']);
  assert.deepEqual(tell([one([0, 0, 100, 49])], [one(here)]), ['reject 0 -', 'draw - 0']);
});

test('another category is set, and moves too where the box is off', () => {
  assert.deepEqual(tell([one(here, dog)], [one(here)]), ['reclass 0 0']);
  assert.deepEqual(tell([one([0, 0, 100, 60], dog)], [one(here)]), ['reclass 0 0', 'nudge 0 0']);
});

test('of two at one place the one that is right stays, though the other overlaps more', () => {
  assert.deepEqual(tell([one(here, dog), one([0, 0, 100, 80])], [one(here)]), [
    'reject 0 -',
    'accept 1 0',
  ]);
  assert.deepEqual(tell([one(here, dog), one([0, 0, 100, 60])], [one(here)]), [
    'reclass 0 0',
    'reject 1 -',
  ]);
});

test('one proposal stands for one object', () => {
  assert.deepEqual(tell([one(here)], [one(here), one([0, 0, 100, 90])]), [
    'accept 0 0',
    'draw - 1',
  ]);
  assert.deepEqual(tell([one(here), one(here)], [one(here)]), ['accept 0 0', 'reject 1 -']);
});

test('the bounds are given as overlaps', () => {
  const [proposals, wanted] = [[one([0, 0, 100, 60])], [one(here)]];
  assert.equal(correctionActions(proposals, wanted, { acceptIou: 0.6 })[0].kind, 'accept');
  assert.equal(correctionActions(proposals, wanted, { nudgeIou: 0.7 })[0].kind, 'reject');
});

test('every proposal is decided on, and everything that is wanted is there in the end, once', () => {
  const proposals = [one(here, dog), one([310, 0, 60, 100]), one([0, 300, 50, 50])];
  const wanted = [one(there), one(here), one([600, 600, 50, 50], dog)];
  const corrections = correctionActions(proposals, wanted);
  assert.deepEqual(
    corrections.map(({ kind }) => kind),
    ['reclass', 'nudge', 'reject', 'draw'],
  );
  assert.deepEqual(
    corrections.flatMap(({ wanted: at }) => at ?? []),
    [1, 0, 2],
  );
});

test('all that is right on a picture is accepted by one key; a drawing takes a stroke and a key', () => {
  const right = correctionActions([one(here), one(there)], [one(here), one(there)]);
  assert.deepEqual(countActions([right, right]), {
    corrections: { accept: 4, reclass: 0, nudge: 0, reject: 0, draw: 0 },
    actions: 2,
    actionsFromScratch: 8,
  });
  const mixed = correctionActions(
    [one([0, 0, 100, 60], dog), one(there), one([600, 0, 9, 9])],
    [one(here), one(there), one([0, 600, 9, 9])],
  );
  assert.deepEqual(countActions([mixed]), {
    corrections: { accept: 1, reclass: 1, nudge: 1, reject: 1, draw: 1 },
    actions: 1 + 1 + 1 + 1 + 2,
    actionsFromScratch: 6,
  });
  assert.deepEqual(countActions([]).actions, 0);
});
