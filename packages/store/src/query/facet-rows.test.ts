import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type FacetCount, FacetRows } from './facet-rows.ts';

const values = ['1', '2', '3', '4', '5'];
/** What an image has: so many objects of some categories. */
const row = fc.dictionary(fc.constantFrom(...values), fc.integer({ min: 0, max: 9 }));
const imageIds = fc.integer({ min: 1, max: 8 });

function summed(rows: Iterable<Record<string, number>>): FacetCount[] {
  const counts = new Map<string, FacetCount>();
  for (const row of rows) {
    for (const [value, more] of Object.entries(row)) {
      const { images, objects } = counts.get(value) ?? { images: 0, objects: 0 };
      counts.set(value, {
        facet: 'category',
        value,
        images: images + 1,
        objects: objects + more,
      });
    }
  }
  return inOrder([...counts.values()]);
}

const inOrder = (counts: FacetCount[]) => counts.sort((a, b) => Number(a.value) - Number(b.value));

test('however often rows are replaced and deleted, sums are those of the rows that are there', () => {
  const changes = fc.array(fc.tuple(imageIds, fc.option(row)), { maxLength: 1000, size: 'max' });
  fc.assert(
    fc.property(changes, fc.uniqueArray(imageIds), (changes, asked) => {
      const rows = new FacetRows();
      const expected = new Map<number, Record<string, number>>();
      for (const [imageId, row] of changes) {
        if (row === null) {
          rows.delete(imageId);
          expected.delete(imageId);
        } else {
          const cells = Object.entries(row).flatMap(([value, objects]) => [
            rows.keyOf('category', value),
            objects,
          ]);
          rows.set(imageId, cells);
          expected.set(imageId, row);
        }
      }
      assert.deepEqual(inOrder(rows.sumOfAll()), summed(expected.values()));
      const some = asked.map((imageId) => expected.get(imageId) ?? {});
      assert.deepEqual(inOrder(rows.sumOf(asked)), summed(some));
      // Room is made for what is there, not for what was.
      assert.ok(rows.byteLength < 100_000);
    }),
    { numRuns: 50 },
  );
});

test('a sum is of its own: what comes after does not change it', () => {
  const rows = new FacetRows();
  const key = rows.keyOf('tag', 'night');
  rows.set(1, [key, 0]);
  const before = rows.sumOfAll();
  rows.set(2, [key, 0]);
  assert.deepEqual(before, [{ facet: 'tag', value: 'night', images: 1, objects: 0 }]);
});
