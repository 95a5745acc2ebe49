import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimDrafts, draftOf, dropDraft, keepDraft, newCategory } from './category-drafts.ts';

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

test('what was changed of a dataset is not taken for another one that has its id on another day', () => {
  claimDrafts({ id: 3, createdAt: '2026-01-01' });
  claimDrafts({ id: 33, createdAt: '2026-01-01' });
  keepDraft(3, 7, { name: 'cell' });
  keepDraft(33, 7, { name: 'leaf' });
  claimDrafts({ id: 3, createdAt: '2026-01-01' });
  assert.deepEqual(draftOf(3, 7), { name: 'cell' });
  claimDrafts({ id: 3, createdAt: '2026-02-02' });
  assert.equal(draftOf(3, 7), undefined);
  assert.deepEqual(draftOf(33, 7), { name: 'leaf' });
});
