import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  cellsBetween,
  edges,
  gap,
  gridLayout,
  isWithin,
  type Lattice,
  movedFocus,
  positionAt,
  windowsFor,
} from './grid-layout.ts';

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

const lattice: Lattice = { columns: 4, total: 10, pitchX: 108, pitchY: 88 };
const inside = (column: number, row: number) => ({
  x: column * 108 + 50,
  y: edges.top + row * 88 + 40,
});

test('a point belongs to the tile that it lies on, or to the last one before it', () => {
  assert.equal(positionAt(inside(2, 1), lattice), 6);
  assert.equal(positionAt(inside(3, 2), lattice), 9);
  assert.equal(positionAt({ x: -20, y: -20 }, lattice), 0);
  assert.equal(positionAt(inside(0, 0), { ...lattice, total: 0 }), null);
});

test('a rectangle takes the tiles that it touches, drawn in any direction', () => {
  const cells = cellsBetween(inside(2, 1), inside(1, 0), lattice);
  assert.deepEqual(cells, { rows: [0, 1], columns: [1, 2] });
  const taken = Array.from({ length: 10 }, (_, position) => position).filter((position) =>
    isWithin(cells!, position, 4),
  );
  assert.deepEqual(taken, [1, 2, 5, 6]);
  const beyond = cellsBetween(inside(3, 1), { x: 2000, y: 2000 }, lattice);
  assert.deepEqual(beyond, { rows: [1, 2], columns: [3, 3] });
});

test('a rectangle in a gap or behind the last tile takes none', () => {
  const inGap = { x: 108 - gap / 2, y: edges.top + 20 };
  assert.equal(cellsBetween(inGap, { ...inGap, y: inGap.y + 10 }, lattice), null);
  assert.equal(cellsBetween(inside(2, 2), inside(3, 2), lattice), null);
  assert.equal(cellsBetween(inside(0, 5), inside(3, 6), lattice), null);
});
