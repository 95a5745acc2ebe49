import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareMembers } from './compare-members.ts';

test('tags come and go', () => {
  assert.deepEqual(compareMembers(['night', 'wet'], ['cold', 'wet']), {
    added: ['cold'],
    removed: ['night'],
    changed: [],
  });
});

test('members of a record come, go and get other values, deep inside too', () => {
  const before = { iso: 100, lens: { name: 'a' }, gone: 1, same: [1] };
  const after = { iso: 100, lens: { name: 'b' }, come: null, same: [1] };
  assert.deepEqual(compareMembers(before, after), {
    added: ['come'],
    removed: ['gone'],
    changed: ['lens'],
  });
});

test('what was not known has no members', () => {
  assert.deepEqual(compareMembers(null, { video: 'a.mp4' }).added, ['video']);
});
