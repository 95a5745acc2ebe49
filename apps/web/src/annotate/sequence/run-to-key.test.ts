import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyBeside } from './run-to-key.ts';

test('an object is filled in up to the next key frame, and from the last one back to the one before', () => {
  assert.deepEqual(keyBeside([4, 7, 9], 4), { direction: 'following', imageId: 7 });
  assert.deepEqual(keyBeside([4, 7, 9], 7), { direction: 'following', imageId: 9 });
  assert.deepEqual(keyBeside([4, 7, 9], 9), { direction: 'preceding', imageId: 7 });
  assert.equal(keyBeside([9], 9), null);
  assert.equal(keyBeside([], 9), null);
});
