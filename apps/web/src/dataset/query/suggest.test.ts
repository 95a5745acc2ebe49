import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggest } from './suggest.ts';

const known = { category: ['RBC', 'WBC', 'White cell'], status: ['new', 'review'] };
const textsFor = (text: string) => suggest(text, text.length, known).map((each) => each.text);

test('fields are offered by their beginning, at the cursor', () => {
  assert.deepEqual(textsFor('tag:x cat'), ['tag:x category:']);
  assert.deepEqual(textsFor('-stat'), ['-status:', '-state:']);
  const [inside] = suggest('cat width>5', 3, known);
  assert.deepEqual([inside.text, inside.cursor], ['category: width>5', 9]);
});

test('values are offered after a field, quoted where they must be', () => {
  assert.deepEqual(textsFor('category:w'), ['category:WBC', 'category:"White cell"']);
  assert.deepEqual(textsFor('category:RBC,"Wh'), ['category:RBC,"White cell"']);
  assert.deepEqual(textsFor('status:'), ['status:new', 'status:review']);
});

test('count takes a category in its brackets', () => {
  assert.deepEqual(textsFor('count(R'), ['count(RBC)>']);
});

test('a value that is typed whole is not offered again', () => {
  assert.deepEqual(textsFor('status:review'), []);
});
