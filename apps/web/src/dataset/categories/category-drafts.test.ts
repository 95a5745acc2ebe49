import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftOf, dropDraft, keepDraft, newCategory } from './category-drafts.ts';

test('what was changed of a category stays while others are changed, until it is saved or discarded', () => {
  keepDraft(1, 7, { name: 'cell' });
  keepDraft(1, newCategory, { name: 'animal' });
  keepDraft(1, 7, { color: '#ff0000' });
  assert.deepEqual(draftOf(1, 7), { name: 'cell', color: '#ff0000' });
  assert.deepEqual(draftOf(1, newCategory), { name: 'animal' });
  assert.equal(draftOf(2, 7), undefined);
  dropDraft(1, 7);
  assert.equal(draftOf(1, 7), undefined);
  assert.deepEqual(draftOf(1, newCategory), { name: 'animal' });
});
