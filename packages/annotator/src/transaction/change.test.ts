import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleFromBbox } from '@migaki/coco';
import fc from 'fast-check';
import { arbitraryEdits, documentAfter } from '../testing/arbitrary-edits.ts';
import { boxObject, sessionId, smallDocument } from '../testing/documents.ts';
import { applyChanges, areEqual, changeOf, fits, invertChanges } from './change.ts';
import { keyAt, printTransaction, touchedIds } from './transaction.ts';

test('a change names just the fields that differ', () => {
  const object = boxObject(1, [1, 2, 3, 4]);
  assert.deepEqual(changeOf(object, { categoryId: 2, bbox: [1, 2, 3, 4] }), {
    type: 'change',
    id: 1,
    before: { categoryId: 1 },
    after: { categoryId: 2 },
  });
  assert.equal(changeOf(object, { bbox: [1, 2, 3, 4] }), null);
});

test('changes and their inverse cancel, whatever they are', () => {
  fc.assert(
    fc.property(arbitraryEdits, (edits) => {
      const { start, end, history } = documentAfter(edits);
      const changes = history.done.flatMap((transaction) => transaction.changes);
      const back = applyChanges(end, invertChanges(changes));
      assert.deepEqual([...back.objects], [...start.objects]);
      assert.deepEqual(invertChanges(invertChanges(changes)), changes);
    }),
  );
});

test('a change fits only what it was made for', () => {
  const object = boxObject(1, [1, 2, 3, 4]);
  const add = { type: 'add', object } as const;
  const there = applyChanges(smallDocument, [add]);
  assert.equal(fits(smallDocument, add), true);
  assert.equal(fits(there, add), false);
  assert.equal(fits(there, { type: 'delete', object: { ...object } }), true);
  assert.equal(fits(there, { type: 'delete', object: { ...object, categoryId: 2 } }), false);
  assert.equal(fits(there, { type: 'status', before: 'done', after: 'new' }), false);
});

test('masks are equal when their runs are', () => {
  const mask = () => ({ type: 'mask', rle: rleFromBbox([1, 1, 5, 5], 20, 20) });
  const other = { type: 'mask', rle: rleFromBbox([1, 1, 5, 6], 20, 20) };
  assert.equal(areEqual(mask(), mask()), true);
  assert.equal(areEqual(mask(), other), false);
});

test('keys are UUIDs, one for each number', () => {
  const keys = [0, 1, 255, 2 ** 40].map((counter) => keyAt(sessionId, counter));
  for (const key of keys) {
    assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  assert.equal(new Set(keys).size, 4);
});

test('transactions print readably', () => {
  const object = boxObject(-1, [1, 2, 3, 4]);
  const changes = [
    { type: 'add', object } as const,
    changeOf(object, { categoryId: 2 })!,
    { type: 'status', before: 'new', after: 'done' } as const,
  ];
  assert.equal(
    printTransaction({ label: 'draw', changes }),
    'draw: add -1; change -1 categoryId; status new → done',
  );
  assert.deepEqual(touchedIds({ changes }), new Set([-1]));
});
