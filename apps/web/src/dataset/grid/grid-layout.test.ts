import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { gap, gridLayout, movedFocus, windowsFor } from './grid-layout.ts';

test('tiles fill the width and never overflow it', () => {
  const sizes = fc.integer({ min: 100, max: 5000 });
  fc.assert(
    fc.property(
      sizes,
      fc.integer({ min: 60, max: 600 }),
      fc.nat(10_000),
      (width, wanted, total) => {
        const { columns, tileWidth, rowCount } = gridLayout(width, wanted, total);
        assert.ok(columns * tileWidth + (columns - 1) * gap <= width);
        assert.ok(rowCount * columns >= total && (rowCount - 1) * columns < total);
      },
    ),
  );
});

test('arrows move by one and by rows, and stop at the ends', () => {
  const grid = { columns: 4, total: 10, rowsPerPage: 2 };
  assert.equal(movedFocus('ArrowRight', 9, grid), 9);
  assert.equal(movedFocus('ArrowDown', 1, grid), 5);
  assert.equal(movedFocus('ArrowUp', 1, grid), 1);
  assert.equal(movedFocus('PageDown', 1, grid), 9);
  assert.equal(movedFocus('End', 0, grid), 9);
  assert.equal(movedFocus('x', 0, grid), null);
});

test('windows are fetched ahead of the scrolling, the seen ones first', () => {
  const range = { first: 250, last: 310 };
  assert.deepEqual(windowsFor(range, 1, 100, 1000), { seen: [2, 3], ahead: [4, 5, 1] });
  assert.deepEqual(windowsFor(range, -1, 100, 1000), { seen: [2, 3], ahead: [1, 0, 4] });
  assert.deepEqual(windowsFor({ first: 0, last: 40 }, 1, 100, undefined), { seen: [0], ahead: [] });
});
