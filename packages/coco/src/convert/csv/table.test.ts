import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { separatorOf, tableLine, tableRows } from './table.ts';

const rowsOf = (text: string): string[][] =>
  [...tableRows(text, separatorOf(text), 'a.csv')].map(({ cells }) => cells);

test('quotes, doubled quotes, line breaks in cells and spaces around them', () => {
  const text = 'a,"b, ""c""\n日本", d \r\n"", "  e" ,\n\n  \n"x"y,,z';
  assert.deepEqual(rowsOf(text), [
    ['a', 'b, "c"\n日本', 'd'],
    ['', '  e', ''],
    ['xy', '', 'z'],
  ]);
  const lines = [...tableRows(text, ',', 'a.csv')].map(({ line }) => line);
  assert.deepEqual(lines, [1, 3, 6]);
});

test('the separator is what the first line has most of, outside quotes', () => {
  assert.equal(separatorOf('a,b;c,d'), ',');
  assert.equal(separatorOf('"a,b,c";d;e\n1,2,3,4,5'), ';');
  assert.equal(separatorOf('\n\na\tb\n'), '\t');
  assert.equal(separatorOf('alone'), ',');
  assert.deepEqual(rowsOf('a\tb\n\tc'), [
    ['a', 'b'],
    ['', 'c'],
  ]);
});

test('a quote that is never closed is refused with its line', () => {
  assert.throws(() => rowsOf('a,b\n1,"2\n3,4\n'), /a\.csv:2: expected a closing quote/);
});

test('what is written reads back the same', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', ' ', '日'),
  });
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }),
      (rows) => {
        const text = tableLine(['header', 'of', 'commas']) + rows.map(tableLine).join('');
        assert.deepEqual(rowsOf(text).slice(1), rows);
      },
    ),
    { numRuns: 1000 },
  );
});
