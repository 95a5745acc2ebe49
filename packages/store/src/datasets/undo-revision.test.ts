import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyBulkEdit } from '../annotations/apply-bulk-edit.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { getImage, getImages } from '../images/image.ts';
import { StoreError } from '../store-error.ts';
import { checkCounts } from '../testing/check-counts.ts';
import { exportedDataset } from '../testing/export-text.ts';
import { bloodCellStore, bloodCells } from '../testing/sample.ts';
import {
  addCategory,
  changeCategory,
  deleteCategory,
  listCategories,
  mergeCategories,
} from './category.ts';
import { undoRevision } from './undo-revision.ts';

const author = 'ada';
const isCode = (code: string) => (error: unknown) =>
  error instanceof StoreError && error.code === code;

async function contents(...[store, datasetId]: Parameters<typeof exportedDataset>) {
  const { images, annotations, categories } = await exportedDataset(store, datasetId);
  const byId = (a: Record<string, unknown>, b: Record<string, unknown>) =>
    (a.id as number) - (b.id as number);
  return { images, annotations: annotations.toSorted(byId), categories };
}

test('takes back additions, changes and removals of annotations, and can itself be taken back', async () => {
  const { store, datasetId } = await bloodCellStore();
  const before = await contents(store, datasetId);
  const edited = await applyEdits(
    store,
    datasetId,
    [
      { do: 'add', imageId: 4, fields: { category_id: 1, bbox: [1, 2, 3, 4] } },
      { do: 'change', annotationId: 2, fields: { category_id: 2 } },
      { do: 'remove', annotationId: 3 },
    ],
    { author },
  );
  const after = await contents(store, datasetId);
  const undone = await undoRevision(store, datasetId, edited.revision, { author });
  assert.equal(undone.changed, 3);
  assert.deepEqual(await contents(store, datasetId), before);
  await checkCounts(store, datasetId);
  await undoRevision(store, datasetId, undone.revision, { author });
  assert.deepEqual(await contents(store, datasetId), after);
  await checkCounts(store, datasetId);
});

test('takes back a deletion of images, with their annotations', async () => {
  const { store, datasetId } = await bloodCellStore();
  const before = await contents(store, datasetId);
  const target = { imageIds: [1, 3] };
  const deleted = await applyBulkEdit(
    store,
    datasetId,
    target,
    { do: 'delete-images' },
    { author },
  );
  await undoRevision(store, datasetId, deleted.revision, { author });
  assert.deepEqual(await contents(store, datasetId), before);
  await checkCounts(store, datasetId);
});

test('an import that nothing was built on can be taken back whole', async () => {
  const { store, datasetId } = await bloodCellStore();
  const { changed } = await undoRevision(store, datasetId, 1, { author });
  assert.equal(changed, 4 + 7 + 3);
  assert.deepEqual(await contents(store, datasetId), {
    images: [],
    annotations: [],
    categories: [],
  });
  await checkCounts(store, datasetId);
});

test('refuses where a later revision touched the same things or what they need', async () => {
  const { store, datasetId } = await bloodCellStore();
  const edit = { do: 'change' as const, annotationId: 2, fields: { category_id: 2 } };
  const first = await applyEdits(store, datasetId, [edit], { author });
  await applyEdits(store, datasetId, [{ do: 'remove', annotationId: 2 }], { author });
  await assert.rejects(
    undoRevision(store, datasetId, first.revision, { author }),
    isCode('changed-meanwhile'),
  );

  const removed = await applyEdits(store, datasetId, [{ do: 'remove', annotationId: 7 }], {
    author,
  });
  const image3 = { imageIds: [3] };
  await applyBulkEdit(store, datasetId, image3, { do: 'delete-images' }, { author });
  await assert.rejects(
    undoRevision(store, datasetId, removed.revision, { author }),
    isCode('changed-meanwhile'),
  );

  const added = await addCategory(store, datasetId, { name: 'blast' }, { author });
  const fields = { category_id: added.categoryId, bbox: [1, 1, 2, 2] };
  await applyEdits(store, datasetId, [{ do: 'add', imageId: 1, fields }], { author });
  await assert.rejects(
    undoRevision(store, datasetId, added.revision, { author }),
    isCode('changed-meanwhile'),
  );
});

test('a category comes back with its objects, and with its name', async () => {
  const { store, datasetId } = await bloodCellStore();
  const before = await contents(store, datasetId);
  const deleted = await deleteCategory(store, datasetId, 2, { author, objects: 'remove' });
  await undoRevision(store, datasetId, deleted.revision, { author });
  assert.deepEqual(await contents(store, datasetId), before);
  const renamed = await changeCategory(store, datasetId, 1, { name: 'red' }, { author });
  await undoRevision(store, datasetId, renamed.revision, { author });
  assert.deepEqual(await contents(store, datasetId), before);
});

test('says so where a revision changed nothing that has a history, or never was', async () => {
  const { store, datasetId } = await bloodCellStore();
  const licensed = batchesOf({ ...bloodCells, licenses: [{ id: 1, name: 'CC0' }] });
  const { revision } = await importCoco(store, datasetId, licensed, { author });
  await assert.rejects(undoRevision(store, datasetId, revision, { author }), isCode('bad-edit'));
  await assert.rejects(
    undoRevision(store, datasetId, 99, { author }),
    isCode('revision-not-found'),
  );
});

test('takes back the status and tags of many images, each to what it had', async () => {
  const { store, datasetId } = await bloodCellStore();
  const labels = async () =>
    (await getImages(store, datasetId, [1, 2, 3, 4])).map(({ status, tags }) => ({ status, tags }));
  const edits = [
    { do: 'set-status', imageId: 1, status: 'done' },
    { do: 'tag', imageId: 2, add: ['night'] },
  ] as const;
  await applyEdits(store, datasetId, edits, { author });
  const before = await labels();
  const all = { query: '' };
  const tag = { do: 'tag', add: ['cold'], remove: ['night'] } as const;
  const status = { do: 'set-status', status: 'review' } as const;
  const tagged = await applyBulkEdit(store, datasetId, all, tag, { author });
  const reviewed = await applyBulkEdit(store, datasetId, all, status, { author });
  const after = await labels();

  // Each is taken back by itself: what came later changed something else of the same images.
  await undoRevision(store, datasetId, tagged.revision, { author });
  const undone = await undoRevision(store, datasetId, reviewed.revision, { author });
  assert.equal(undone.changed, 4);
  assert.deepEqual(await labels(), before);
  await assert.rejects(
    undoRevision(store, datasetId, reviewed.revision, { author }),
    isCode('changed-meanwhile'),
  );
  await undoRevision(store, datasetId, undone.revision, { author });
  assert.deepEqual(
    (await labels()).map((image) => image.status),
    after.map((image) => image.status),
  );
});

test('refuses where the status was set again, or the image is in the trash or was worked on', async () => {
  const { store, datasetId } = await bloodCellStore();
  const setStatus = (imageId: number, status: 'review' | 'done') =>
    applyEdits(store, datasetId, [{ do: 'set-status', imageId, status }], { author });
  const refused = (revision: number) =>
    assert.rejects(
      undoRevision(store, datasetId, revision, { author }),
      isCode('changed-meanwhile'),
    );

  const first = await setStatus(1, 'review');
  await refused(1);
  const second = await setStatus(1, 'done');
  await refused(first.revision);
  const target = { imageIds: [1] };
  await applyBulkEdit(store, datasetId, target, { do: 'delete-images' }, { author });
  await refused(second.revision);
  await applyBulkEdit(store, datasetId, target, { do: 'restore-images' }, { author });
  await undoRevision(store, datasetId, second.revision, { author });
  assert.equal((await getImage(store, datasetId, 1)).status, 'review');
});

test('several categories become one in one revision, which can be taken back', async () => {
  const { store, datasetId } = await bloodCellStore();
  const before = await contents(store, datasetId);
  const merged = await mergeCategories(store, datasetId, { into: 3, from: [1, 2] }, { author });
  assert.equal(merged.annotationCount, 7);
  assert.deepEqual(
    (await listCategories(store, datasetId)).map(({ coco, annotationCount }) => [
      coco.name,
      annotationCount,
    ]),
    [['Platelets', 7]],
  );
  await checkCounts(store, datasetId);
  await undoRevision(store, datasetId, merged.revision, { author });
  assert.deepEqual(await contents(store, datasetId), before);
  await checkCounts(store, datasetId);
  const missing = mergeCategories(store, datasetId, { into: 1, from: [9] }, { author });
  await assert.rejects(missing, isCode('category-not-found'));
  assert.deepEqual(await contents(store, datasetId), before);
});

test('objects keep their points when keypoints are put in another order, added or left out', async () => {
  const { store, datasetId } = await bloodCellStore();
  await changeCategory(store, datasetId, 1, { keypoints: ['nose', 'left', 'right'] }, { author });
  const pose = [1, 2, 2, 3, 4, 1, 5, 6, 0];
  await applyEdits(
    store,
    datasetId,
    [{ do: 'change', annotationId: 1, fields: { keypoints: pose, num_keypoints: 2 } }],
    { author },
  );
  const before = await contents(store, datasetId);
  const poseNow = async () => {
    const { annotations } = await contents(store, datasetId);
    const { keypoints, num_keypoints } = annotations.find(({ id }) => id === 1)!;
    return { keypoints, num_keypoints };
  };

  const keypoints = ['right', 'tail', 'nose'];
  const wrong = { author, keypointSources: [2, null, 2] };
  await assert.rejects(
    changeCategory(store, datasetId, 1, { keypoints }, wrong),
    isCode('bad-edit'),
  );
  await assert.rejects(
    changeCategory(store, datasetId, 1, { keypoints: ['nose'] }, { author }),
    isCode('bad-edit'),
  );
  const context = { author, keypointSources: [2, null, 0] };
  const changed = await changeCategory(store, datasetId, 1, { keypoints }, context);
  assert.deepEqual(await poseNow(), {
    keypoints: [5, 6, 0, 0, 0, 0, 1, 2, 2],
    num_keypoints: 1,
  });
  await undoRevision(store, datasetId, changed.revision, { author });
  assert.deepEqual(await contents(store, datasetId), before);

  const without = { author, keypointSources: [] };
  await changeCategory(store, datasetId, 1, { keypoints: null }, without);
  assert.deepEqual(await poseNow(), { keypoints: undefined, num_keypoints: undefined });
});

test('several changes of the same things are taken back one after the other, to what was before each', async () => {
  const { store, datasetId } = await bloodCellStore();
  const target = { imageIds: [1, 2] };
  const bulk = (action: Parameters<typeof applyBulkEdit>[3]) =>
    applyBulkEdit(store, datasetId, target, action, { author });
  const change = (fields: object) => changeCategory(store, datasetId, 1, fields, { author });
  const steps: (() => Promise<{ revision: number }>)[] = [
    () => change({ name: 'red' }),
    () => bulk({ do: 'set-category', categoryId: 2 }),
    () => bulk({ do: 'set-status', status: 'review' }),
    () => change({ name: 'dark red', color: '#400' }),
    () => bulk({ do: 'set-category', categoryId: 3 }),
    () => bulk({ do: 'delete-images' }),
    () => mergeCategories(store, datasetId, { into: 1, from: [2, 3] }, { author }),
    () => change({ name: 'cell' }),
  ];
  const states = [await contents(store, datasetId)];
  const revisions: number[] = [];
  for (const step of steps) {
    revisions.push((await step()).revision);
    states.push(await contents(store, datasetId));
  }
  // One of them back and forth in between.
  const back = await undoRevision(store, datasetId, revisions.at(-1)!, { author });
  await undoRevision(store, datasetId, back.revision, { author });
  assert.deepEqual(await contents(store, datasetId), states.at(-1));
  const first = undoRevision(store, datasetId, revisions[0], { author });
  await assert.rejects(first, isCode('changed-meanwhile'), 'what came later still holds');

  await undoRevision(store, datasetId, back.revision + 1, { author });
  for (const [at, revision] of [...revisions.entries()].slice(0, -1).reverse()) {
    await undoRevision(store, datasetId, revision, { author });
    assert.deepEqual(await contents(store, datasetId), states[at], `before step ${at}`);
    await checkCounts(store, datasetId);
  }
});
