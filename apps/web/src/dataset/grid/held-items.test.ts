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

/** A list that changes from one order of letters to another, of which some were acted on. */
function renewed(before: string, after: string, acted: string): string {
  const idOf = (letter: string) => letter.charCodeAt(0);
  const tiles = new Map(
    [...acted].map((letter) => [idOf(letter), { position: before.indexOf(letter), item: letter }]),
  );
  const held = heldOf(tiles, {
    idAt: (position) => (before[position] === undefined ? undefined : idOf(before[position])),
    indexOf: (id) => {
      const index = after.indexOf(String.fromCharCode(id));
      return index === -1 ? undefined : index;
    },
    isMatching: (id) => after.includes(String.fromCharCode(id)),
    total: after.length,
  });
  return withHeld(held, 0, [...after]).join('');
}

test('of what was acted on, that is held which left the list or went elsewhere in it', () => {
  assert.equal(renewed('abcdef', 'acdf', 'be'), 'abcdef');
  assert.equal(renewed('abcdef', 'def', 'abc'), 'abcdef');
  assert.equal(renewed('abcdef', 'abc', 'def'), 'abcdef');
  assert.equal(renewed('abcdef', 'abcdef', 'be'), 'abcdef', 'nothing left');
  assert.equal(
    renewed('abcdef', 'acdefb', 'b'),
    'abcdefb',
    'it went to the end, and is seen here too',
  );
});

test('what others take away or bring moves the held tiles along with their neighbours', () => {
  assert.equal(renewed('abcdef', 'bde', 'c'), 'bcde');
  assert.equal(renewed('abcdef', 'xyabdef', 'c'), 'xyabcdef');
  assert.equal(renewed('abcdef', 'ef', 'cd'), 'cdef');
  assert.equal(renewed('abcdef', '', 'cd'), 'cd');
});
