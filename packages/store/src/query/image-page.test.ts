import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyBulkEdit } from '../annotations/apply-bulk-edit.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { createDataset } from '../datasets/dataset.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { testStore } from '../testing/test-store.ts';
import { facets } from './facets.ts';
import { countImages, imageNeighbours, imagePage } from './image-page.ts';
import { countObjects, objectPage } from './object-page.ts';
import { sortKeys } from './sort.ts';
import { statistics } from './statistics.ts';

const author = 'ada';

async function preparedStore() {
  const { store, datasetId } = await bloodCellStore();
  const proposal = { do: 'add', imageId: 3, origin: 'model yolo@3', state: 'proposed' } as const;
  await applyEdits(
    store,
    datasetId,
    [
      { do: 'set-status', imageId: 1, status: 'review' },
      { do: 'tag', imageId: 1, add: ['night', 'late dusk'] },
      { do: 'tag', imageId: 2, add: ['night'] },
      { ...proposal, fields: { category_id: 1, bbox: [5, 5, 8, 8], score: 0.3 } },
      { ...proposal, fields: { category_id: 2, bbox: [9, 5, 8, 8], score: 0.95 } },
      {
        do: 'add',
        imageId: 4,
        fields: { category_id: 3, bbox: [1, 1, 2, 2], score: 0.05 },
        state: 'rejected',
      },
    ],
    { author },
  );
  return { store, datasetId };
}

/** [query, the ids of the images that match] */
const matching: [string, number[]][] = [
  ['', [1, 2, 3, 4]],
  ['category:RBC', [1, 2, 3]],
  ['category:rbc,platelets', [1, 2, 3]],
  ['category:*BC -category:RBC', []],
  ['count(RBC)>1', [1]],
  ['count(RBC)>=1', [1, 2, 3]],
  ['count(RBC)<2', [2, 3, 4]],
  ['count(RBC):0', [4]],
  ['count(RBC):1..3', [1, 2, 3]],
  ['count(*BC)>3', [1]],
  ['count(*BC)<=2', [2, 4]],
  ['count>2', [1, 3]],
  ['count:0', [4]],
  ['status:review', [1]],
  ['status:new,review', [1, 2, 3]],
  ['-status:review', [2, 3, 4]],
  ['origin:model', [3]],
  ['origin:yolo@3', [3]],
  ['origin:yolo*', [3]],
  ['origin:import', [1, 2, 3]],
  ['score<0.5', [1, 3]],
  ['category:WBC score<0.35', [3]],
  ['object(category:WBC score<0.35)', []],
  ['object(category:WBC score<0.5)', [1]],
  ['object(score>=0.8 score<=0.9)', [2]],
  ['score<0.1', []],
  ['object(state:rejected score<0.1)', [4]],
  ['-score<0.35', [1, 2, 4]],
  ['state:proposed', [3]],
  ['state:rejected', [4]],
  ['tag:night', [1, 2]],
  ['tag:"late dusk"', [1]],
  ['tag:*dusk', [1]],
  ['width>1000', [3, 4]],
  ['width:640 height:480', [1, 2]],
  ['name:*day2*', [3, 4]],
  ['name:a.jpg', [1]],
  ['name:DAY2/*', [3, 4]],
  ['100%', [4]],
  ['name:*_100%*', [4]],
  ['captured:2024-05-31', [1]],
  ['captured>2024-05-31', [2]],
  ['captured<=2024-06', [1, 2]],
  ['-captured:2024', [3, 4]],
  ['split:train,val', [1, 2]],
  ['meta.gain>10', [3]],
  ['attribute.occluded:true', [1]],
  ['area>3000 or tag:"late dusk"', [1, 2, 3]],
  ['(tag:night or width>1000) -category:RBC', [4]],
  ['crowd:1', [3]],
  ['crowd:yes', [3]],
  ['has:crowd', [3]],
  ['object(crowd:no category:WBC)', [1, 2, 3]],
  ['has:box', [1, 2, 3]],
  ['has:mask,polygon,keypoints,rotated,label,caption', []],
  ['object(has:box score:0.3)', [3]],
  ['proposals>1', [3]],
  ['reviewed:yes', []],
  ['-reviewed:no', []],
  ['object(state:rejected reviewed:yes)', [4]],
  ['comments:none', [1, 2, 3, 4]],
  ['worktime>0', []],
  ['is:missing', [1, 2, 3, 4]],
  ['is:unlabelled', [4]],
  ['id:2..3', [2, 3]],
];

test('each filter finds its images, in the page, the count, the facets and the neighbours', async () => {
  const { store, datasetId } = await preparedStore();
  for (const [query, ids] of matching) {
    const { images } = await imagePage(store, datasetId, { query });
    assert.deepEqual(
      images.map(({ imageId }) => imageId),
      ids,
      query,
    );
    assert.equal(await countImages(store, datasetId, { query }), ids.length, query);
    assert.equal((await facets(store, datasetId, { query })).imageCount, ids.length, query);
    for (const imageId of [1, 2, 3, 4]) {
      assert.deepEqual(await imageNeighbours(store, datasetId, imageId, { query }), {
        previousId: ids.findLast((id) => id < imageId) ?? null,
        nextId: ids.find((id) => id > imageId) ?? null,
        position: ids.filter((id) => id < imageId).length,
        total: ids.length,
      });
    }
  }
});

/** [query, the ids of the annotations that match] */
const matchingObjects: [string, number[]][] = [
  ['', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['category:RBC', [1, 2, 3, 5, 8]],
  ['category:RBC score<0.5', [8]],
  ['object(category:RBC score<0.5)', [8]],
  ['tag:night area<150', [1, 5]],
  ['-category:RBC', [4, 6, 7, 9]],
  ['-score<0.5', [1, 2, 3, 5, 6, 7, 9]],
  ['state:rejected', [10]],
  ['count(RBC)>2 boxwidth>25', [3, 4]],
];

test('of the object view, filters of objects hold for each object shown', async () => {
  const { store, datasetId } = await preparedStore();
  for (const [query, ids] of matchingObjects) {
    const { objects } = await objectPage(store, datasetId, { query });
    assert.deepEqual(
      objects.map(({ annotationId }) => annotationId),
      ids,
      query,
    );
    assert.equal(await countObjects(store, datasetId, { query }), ids.length, query);
    assert.equal((await statistics(store, datasetId, { query })).objectCount, ids.length, query);
    for (const sort of ['added', 'score', '-score', 'area', '-area']) {
      const all = await objectPage(store, datasetId, { query, sort });
      const seen: number[] = [];
      let after: string | undefined;
      do {
        const page = await objectPage(store, datasetId, { query, sort, limit: 2, after });
        seen.push(...page.objects.map(({ annotationId }) => annotationId));
        after = page.next ?? undefined;
      } while (after !== undefined);
      assert.deepEqual(
        seen,
        all.objects.map(({ annotationId }) => annotationId),
        `${query} ${sort}`,
      );
    }
  }
});

test('a query that makes no sense is refused with the way out', async () => {
  const { store, datasetId } = await preparedStore();
  const mistakes: [string, RegExp][] = [
    [
      'colour:red',
      /^Character 1: expected one of the filters name, id, .*found "colour"\..*quotation/,
    ],
    [
      'tag:a category:XYZ',
      /^Character 7: expected a category such as RBC, WBC, Platelets, found "XYZ"/,
    ],
    ['count(XYZ)>1', /expected a category such as RBC/],
    ['status:lost', /expected status:new, status:in_progress.*found "lost"/],
    ['width>wide', /expected a number after width, found "wide"/],
    ['tag>5', /expected ":" after tag, which has no order, found ">"/],
    ['width(5)>3', /which width does not take/],
    ['captured>yesterday', /a day such as 2024-05-31 after captured/],
    ['object(tag:night)', /only filters of objects inside object/],
  ];
  for (const [query, message] of mistakes) {
    await assert.rejects(imagePage(store, datasetId, { query }), { code: 'bad-query', message });
  }
  await assert.rejects(imagePage(store, datasetId, { sort: 'size' }), { code: 'bad-query' });
  await assert.rejects(imagePage(store, datasetId, { after: 'x' }), { code: 'bad-query' });
});

test('facets count what matches', async () => {
  const { store, datasetId } = await preparedStore();
  const all = await facets(store, datasetId);
  assert.deepEqual(all.categories, [
    { categoryId: 1, name: 'RBC', imageCount: 3, objectCount: 5 },
    { categoryId: 2, name: 'WBC', imageCount: 3, objectCount: 4 },
  ]);
  assert.deepEqual(
    Object.entries(all.statuses).map(([status, { imageCount }]) => [status, imageCount]),
    [
      ['new', 2],
      ['in_progress', 1],
      ['review', 1],
      ['done', 0],
    ],
  );
  assert.deepEqual(
    all.tags.map(({ tag, imageCount }) => [tag, imageCount]),
    [
      ['night', 2],
      ['late dusk', 1],
    ],
  );
  assert.deepEqual(all.origins, [
    { origin: 'import', imageCount: 3, objectCount: 7 },
    { origin: 'model yolo@3', imageCount: 1, objectCount: 2 },
  ]);
  assert.deepEqual(
    all.scores.filter(({ objectCount }) => objectCount > 0).map(({ from }) => from),
    [0.3, 0.4, 0.8, 0.9, 0.95],
  );
  assert.deepEqual(all.objectsPerImage, [
    { from: 0, to: 0, imageCount: 1, objectCount: 0 },
    { from: 2, to: 2, imageCount: 1, objectCount: 2 },
    { from: 3, to: 4, imageCount: 2, objectCount: 7 },
  ]);
  const night = await facets(store, datasetId, { query: 'tag:night' });
  assert.deepEqual(night.widths, [{ from: 512, to: 725, imageCount: 2, objectCount: 6 }]);
  assert.deepEqual(
    night.categories.map(({ objectCount }) => objectCount),
    [4, 2],
  );
});

test('pages hang together in every order, forwards, backwards and from any position', async () => {
  const store = await testStore();
  const { id } = await createDataset(store, { name: 'many' });
  // Ties and absent values in every key.
  const count = 2300;
  const images = Array.from({ length: count }, (_, n) => ({
    id: count - n,
    file_name: `${(n * 7919) % count}.jpg`,
    width: 10,
    height: 10,
    ...(n % 3 > 0 && { date_captured: `2024-01-${String(1 + (n % 28)).padStart(2, '0')}` }),
  }));
  const annotations = images
    .filter((image) => image.id % 4 > 0)
    .flatMap((image) => [
      { id: 2 * image.id, image_id: image.id, category_id: 1, score: (image.id % 10) / 10 },
      { id: 2 * image.id + 1, image_id: image.id, category_id: 1 + (image.id % 2) },
    ]);
  const categories = [
    { id: 1, name: 'a' },
    { id: 2, name: 'b' },
  ];
  await importCoco(store, id, batchesOf({ images, annotations, categories }), { author });
  for (const key of Object.keys(sortKeys)) {
    for (const sort of [key, `-${key}`]) {
      for (const query of ['', 'category:b']) {
        const options = { sort, query };
        const ids: number[] = [];
        let page = await imagePage(store, id, { ...options, limit: 700 });
        assert.equal(page.previous, null);
        for (;;) {
          ids.push(...page.images.map(({ imageId }) => imageId));
          if (page.next === null) break;
          page = await imagePage(store, id, { ...options, limit: 700, after: page.next });
        }
        assert.equal(new Set(ids).size, ids.length);
        assert.equal(ids.length, await countImages(store, id, options));
        const backwards: number[] = [...page.images.map(({ imageId }) => imageId)];
        while (page.previous !== null) {
          page = await imagePage(store, id, { ...options, limit: 700, before: page.previous });
          backwards.unshift(...page.images.map(({ imageId }) => imageId));
        }
        assert.deepEqual(backwards, ids, `${sort} backwards`);
        for (const position of [0, 1, 576, 999, ids.length - 1]) {
          if (position >= ids.length) continue;
          const at = await imagePage(store, id, { ...options, position, limit: 3 });
          assert.deepEqual(
            at.images.map(({ imageId }) => imageId),
            ids.slice(position, position + 3),
          );
          assert.deepEqual(await imageNeighbours(store, id, ids[position], options), {
            previousId: ids[position - 1] ?? null,
            nextId: ids[position + 1] ?? null,
            position,
            total: ids.length,
          });
        }
      }
    }
  }
  const scores = (await imagePage(store, id, { sort: '-score', limit: 1000 })).images;
  assert.equal(scores[0].leastScore, 0.9);
  const byName = (await imagePage(store, id, { sort: 'name', limit: 3 })).images;
  assert.deepEqual(
    byName.map(({ fileName }) => fileName),
    ['0.jpg', '1.jpg', '10.jpg'],
  );
});

test('the trash is a list of images like any other', async () => {
  const { store, datasetId } = await preparedStore();
  await applyBulkEdit(
    store,
    datasetId,
    { query: 'tag:night' },
    { do: 'delete-images' },
    { author },
  );
  const ids = async (deleted: boolean) =>
    (await imagePage(store, datasetId, { deleted })).images.map(({ imageId }) => imageId);
  assert.deepEqual(await ids(false), [3, 4]);
  assert.deepEqual(await ids(true), [1, 2]);
  assert.equal(await countImages(store, datasetId, { deleted: true }), 2);
});
