import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CocoImage } from '@migaki/coco';
import fc from 'fast-check';
import { applyBulkEdit } from '../annotations/apply-bulk-edit.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import type { Edit } from '../annotations/edit.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { databaseOf, openStore, type Store } from '../database/store.ts';
import { changeCategory } from '../datasets/category.ts';
import { createDataset } from '../datasets/dataset.ts';
import { testStore } from '../testing/test-store.ts';
import { imageNeighbours } from './image-page.ts';
import { matchesOf, placeIn } from './matches.ts';
import { objectMatchesOf } from './object-matches.ts';
import { sortKeys, sortOf } from './sort.ts';

const author = 'ada';
const imageCount = 40;
const queries = [
  '',
  'category:a',
  'count(a)>1 -tag:night',
  'status:done or score<0.5',
  'is:unlabelled',
];
const sorts = Object.keys(sortKeys).flatMap((key) => [key, `-${key}`]);
const views = queries.flatMap((query) => sorts.map((sort) => ({ query, sort })));

async function storeOfImages(): Promise<{ store: Store; id: number }> {
  const store = await testStore();
  const { id } = await createDataset(store, { name: 'many' });
  const images: CocoImage[] = Array.from({ length: imageCount }, (_, n) => ({
    id: n + 1,
    file_name: `${(n * 17) % imageCount}.jpg`,
    width: 10,
    height: 10,
    ...(n % 3 > 0 && { date_captured: `2024-01-0${1 + (n % 5)}` }),
  }));
  const annotations = images.flatMap(({ id }) => [
    { id: 2 * id, image_id: id, category_id: 1 + (id % 2), score: (id % 10) / 10 },
  ]);
  const categories = ['a', 'b'].map((name, index) => ({ id: index + 1, name }));
  await importCoco(store, id, batchesOf({ images, annotations, categories }), { author });
  return { store, id };
}

const objectViews = queries.flatMap((query) =>
  ['added', '-added', 'score', '-score', 'area', '-area'].map((sort) => ({ query, sort })),
);

const lists = (store: Store, id: number) =>
  Promise.all([
    ...views.map(async (view) => [...(await matchesOf(store, id, view))]),
    ...objectViews.map(async (view) => [...(await objectMatchesOf(store, id, view))]),
  ]);

const anImage = fc.integer({ min: 1, max: imageCount - 10 });
/** Others, since what is in the trash cannot be edited. */
const aTrashable = fc.integer({ min: imageCount - 9, max: imageCount });
const aScore = fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10);
const anEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    do: fc.constant('add' as const),
    imageId: anImage,
    fields: fc.record({ category_id: fc.constantFrom(1, 2), score: aScore, area: fc.nat(9) }),
  }),
  fc.record({
    do: fc.constant('change' as const),
    annotationId: anImage.map((id) => 2 * id),
    fields: fc.record({ area: fc.nat(9) }),
  }),
  fc.record({
    do: fc.constant('set-status' as const),
    imageId: anImage,
    status: fc.constantFrom('new' as const, 'done' as const),
  }),
  fc.record({ do: fc.constant('tag' as const), imageId: anImage, add: fc.constant(['night']) }),
  fc.record({ do: fc.constant('tag' as const), imageId: anImage, remove: fc.constant(['night']) }),
);
const aChange = fc.oneof(
  { weight: 5, arbitrary: fc.array(anEdit, { minLength: 1, maxLength: 12 }) },
  fc.record({ deleted: aTrashable }),
  fc.record({ restored: aTrashable }),
);

test('a list that was kept up is the list that a new pass makes, of images and objects in every order', async () => {
  const { store, id } = await storeOfImages();
  await lists(store, id);
  await fc.assert(
    fc.asyncProperty(fc.array(aChange, { minLength: 1, maxLength: 3 }), async (changes) => {
      for (const change of changes) {
        if (Array.isArray(change)) await applyEdits(store, id, change, { author });
        else {
          const [what, query] =
            'deleted' in change
              ? (['delete-images', `id:${change.deleted}`] as const)
              : (['restore-images', `id:${change.restored}`] as const);
          await applyBulkEdit(store, id, { query }, { do: what }, { author });
        }
      }
      assert.deepEqual(await lists(store, id), await lists(openStore(store), id));
    }),
    { numRuns: 25 },
  );
});

test('a category that changes its name changes which queries mean it', async () => {
  const { store, id } = await storeOfImages();
  const query = 'category:a*';
  assert.equal((await matchesOf(store, id, { query })).length, imageCount / 2);
  await changeCategory(store, id, 2, { name: 'ab' }, { author });
  assert.equal((await matchesOf(store, id, { query })).length, imageCount);
});

test('an image stands among the matches where it would stand if it matched', async () => {
  const { store, id } = await storeOfImages();
  for (const sort of sorts) {
    const all = [...(await matchesOf(store, id, { sort }))];
    const some = Float64Array.from(all.filter((_, position) => position % 3 === 0));
    for (const [position, imageId] of all.entries()) {
      const expected = Math.ceil(position / 3);
      for (const formerPlace of [-1, 0, expected, expected + 1, some.length]) {
        const view = { datasetId: id, sort: sortOf(sort) };
        const place = await placeIn(databaseOf(store), view, some, imageId, formerPlace);
        assert.equal(place, expected, `${imageId} by ${sort}, formerly at ${formerPlace}`);
      }
    }
  }
});

test('who has finished a picture goes on from where it stood', async () => {
  const { store, id } = await storeOfImages();
  const options = { query: 'status:new', sort: 'name' };
  const { previousId, nextId, position } = await imageNeighbours(store, id, 7, options);
  await applyEdits(store, id, [{ do: 'set-status', imageId: 7, status: 'done' }], { author });
  assert.deepEqual(await imageNeighbours(store, id, 7, options), {
    previousId,
    nextId,
    position,
    total: imageCount - 1,
  });
});
