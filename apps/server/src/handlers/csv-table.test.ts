import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvTable } from './csv-table.ts';

test('a table has names first, and quotes what has commas, quotes or line breaks', () => {
  const rows = [{ name: 'a, "b"', count: -3, note: null }];
  assert.equal(csvTable(rows, ['x']), 'name,count,note\r\n"a, ""b""",-3,\r\n');
  assert.equal(csvTable([], ['x', 'y']), 'x,y\r\n');
});

test('no text is taken for a formula', () => {
  const texts = ['=1+1.jpg', '@SUM(A1)', '+x', '-x', 'a=b'];
  const rows = texts.map((name) => ({ name }));
  assert.deepEqual(csvTable(rows, []).split('\r\n').slice(1, -1), [
    "'=1+1.jpg",
    "'@SUM(A1)",
    "'+x",
    "'-x",
    'a=b',
  ]);
});
