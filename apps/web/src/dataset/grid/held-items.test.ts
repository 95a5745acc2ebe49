import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  gridPosition,
  type Held,
  heldOf,
  listPosition,
  listRange,
  withHeld,
} from './held-items.ts';

/** A grid of letters, of which some have left the list. */
const grids = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 30 })
  .map((areHeld) => areHeld.map((isHeld, position) => ({ item: `tile ${position}`, isHeld })));

const heldTiles = (grid: { item: string; isHeld: boolean }[]): Held<string>[] =>
  grid.flatMap(({ item, isHeld }, position) => (isHeld ? { position, item } : []));

test('what left the list stays where it was, and everything else with it', () => {
  fc.assert(
    fc.property(grids, (grid) => {
      const held = heldTiles(grid);
      const list = grid.flatMap(({ item, isHeld }) => (isHeld ? [] : item));
      for (const [position, { item, isHeld }] of grid.entries()) {
        const at = listPosition(held, position);
        assert.equal(at === null, isHeld);
        if (at === null) continue;
        assert.equal(list[at], item);
        assert.equal(gridPosition(held, at), position);
      }
    }),
  );
});

test('a range of the grid is a range of the list with what is held between', () => {
  fc.assert(
    fc.property(grids, fc.nat(29), fc.nat(29), (grid, a, b) => {
      const [first, last] = [a, b].map((end) => end % grid.length).sort((x, y) => x - y);
      const held = heldTiles(grid);
      const list = grid.flatMap(({ item, isHeld }) => (isHeld ? [] : item));
      const range = listRange(held, first, last);
      const items = range === null ? [] : list.slice(range.first, range.last + 1);
      assert.deepEqual(
        withHeld(
          held.filter(({ position }) => position <= last),
          first,
          items,
        ),
        grid.slice(first, last + 1).map(({ item }) => item),
      );
    }),
  );
});

test('of what was acted on, that is held which left the list or went elsewhere in it', () => {
  fc.assert(
    fc.property(grids, (grid) => {
      const list = grid.flatMap(({ item, isHeld }) => (isHeld ? [] : item));
      const acted = new Map(grid.map(({ item }, position) => [position, { position, item }]));
      const held = heldOf(acted, (id, position) => list[position] === grid[id].item);
      assert.deepEqual(held, heldTiles(grid));
    }),
  );
  const moved = new Map([[7, { position: 1, item: 'b' }]]);
  assert.deepEqual(
    heldOf(moved, (id, position) => ['a', 'c', 'b'][position] === moved.get(id)!.item),
    [{ position: 1, item: 'b' }],
  );
});
