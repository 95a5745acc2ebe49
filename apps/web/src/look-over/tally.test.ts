import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nothingDone, sumOf, tallyOf } from './tally.ts';

const model = (state: 'proposed' | 'accepted' | 'rejected') =>
  ({ state, origin: 'model cells@1' }) as const;
const own = { state: 'accepted', origin: 'human' } as const;
const imported = { state: 'accepted', origin: 'import' } as const;

test('each proposal is right, corrected or rejected, whatever keys that took; other objects are added or removed', () => {
  const before = new Map([1, 2, 3, 4, 5].map((id) => [id, model('proposed')] as const));
  const after = new Map<number, typeof own | ReturnType<typeof model>>([
    [1, model('accepted')],
    [2, own],
    [3, model('rejected')],
    // 4 was deleted, 5 is still open, -1 is new.
    [5, model('proposed')],
    [-1, own],
  ]);
  const done = { ...nothingDone, accepted: 1, corrected: 1, rejected: 2, added: 1 };
  assert.deepEqual(tallyOf(before, after), done);
  assert.deepEqual(sumOf([done, tallyOf(after, before)]), { ...nothingDone, added: 1, removed: 1 });
  assert.deepEqual(tallyOf(new Map([[1, imported]]), new Map()), { ...nothingDone, removed: 1 });
});

test('what was accepted and is moved later was corrected after all', () => {
  assert.deepEqual(tallyOf(new Map([[1, model('accepted')]]), new Map([[1, own]])), {
    ...nothingDone,
    accepted: -1,
    corrected: 1,
  });
});

test('proposals of an imported file are right where they were accepted as they were, too', () => {
  const open = { state: 'proposed', origin: 'import' } as const;
  const before = new Map([1, 2, 3].map((id) => [id, open] as const));
  const after = new Map([
    [1, imported],
    [2, own],
  ]);
  assert.deepEqual(tallyOf(before, after), {
    ...nothingDone,
    accepted: 1,
    corrected: 1,
    rejected: 1,
  });
});
