import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CocoFile, validateCoco } from '@migaki/coco';
import type { Store } from '../database/store.ts';
import { changeCategory, deleteCategory, mergeCategories } from '../datasets/category.ts';
import { undoRevision } from '../datasets/undo-revision.ts';
import { exportedDataset } from '../testing/export-text.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { applyBulkEdit } from './apply-bulk-edit.ts';
import { applyEdits } from './apply-edits.ts';

const author = 'ada';
const pose = [1, 2, 2, 3, 4, 1, 5, 6, 2];
const carried = [3, 4, 1, 0, 0, 0, 1, 2, 2, 0, 0, 0];

/** Objects 1 to 3 are poses of category 1; category 2 has other keypoints, 3 has none. */
async function posedStore() {
  const { store, datasetId } = await bloodCellStore();
  const names = [
    ['nose', 'eye', 'wrist'],
    ['eye', 'tail', 'nose', 'paw'],
  ];
  for (const [index, keypoints] of names.entries()) {
    await changeCategory(store, datasetId, index + 1, { keypoints, skeleton: [] }, { author });
  }
  const fields = { keypoints: pose, num_keypoints: 3 };
  const edits = [1, 2, 3].map((annotationId) => ({ do: 'change', annotationId, fields }) as const);
  await applyEdits(store, datasetId, edits, { author });
  return { store, datasetId };
}

/** Category and points of an object, in a file in which no keypoint is wrong. */
async function exported(store: Store, datasetId: number, id: number) {
  const file = await exportedDataset(store, datasetId);
  const coco = { kind: 'instances', dataset: file, oddities: [] } as unknown as CocoFile;
  assert.deepEqual(validateCoco(coco).problems, []);
  const { category_id, keypoints, num_keypoints, bbox } = file.annotations.find(
    (each) => each.id === id,
  )!;
  return { category_id, keypoints, num_keypoints, bbox };
}

test('an object takes its keypoints along to another category by their names, there and back', async () => {
  const { store, datasetId } = await posedStore();
  const before = await exported(store, datasetId, 1);
  const change = (category_id: number) => {
    const edit = { do: 'change', annotationId: 1, fields: { category_id } } as const;
    return applyEdits(store, datasetId, [edit], { author });
  };
  const { revision } = await change(2);
  const { bbox } = before;
  const asOther = { category_id: 2, keypoints: carried, num_keypoints: 2, bbox };
  assert.deepEqual(await exported(store, datasetId, 1), asOther);
  await undoRevision(store, datasetId, revision, { author });
  assert.deepEqual(await exported(store, datasetId, 1), before);

  await change(2);
  await change(1);
  const back = { category_id: 1, keypoints: [1, 2, 2, 3, 4, 1, 0, 0, 0], num_keypoints: 2, bbox };
  assert.deepEqual(await exported(store, datasetId, 1), back);
  // The box stays where the category has no keypoints.
  await change(3);
  const bare = { category_id: 3, keypoints: undefined, num_keypoints: undefined, bbox };
  assert.deepEqual(await exported(store, datasetId, 1), bare);
});

test('who says which keypoints an object has in its new category has them', async () => {
  const { store, datasetId } = await posedStore();
  const keypoints = [9, 9, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const fields = { category_id: 2, keypoints, num_keypoints: 1 };
  await applyEdits(store, datasetId, [{ do: 'change', annotationId: 1, fields }], { author });
  const { bbox, ...now } = await exported(store, datasetId, 1);
  assert.deepEqual(now, fields);
});

test('a bulk change takes keypoints along, names those that are lost, and is taken back', async () => {
  const { store, datasetId } = await posedStore();
  // What has nothing but its points stays where it was.
  const fields = { bbox: null, area: 50, keypoints: [7, 8, 2, 0, 0, 0, 0, 0, 0], num_keypoints: 1 };
  await applyEdits(store, datasetId, [{ do: 'change', annotationId: 3, fields }], { author });
  const before = await exportedDataset(store, datasetId);
  const set = (categoryId: number) =>
    applyBulkEdit(
      store,
      datasetId,
      { imageIds: [1] },
      { do: 'set-category', categoryId },
      { author },
    );
  const { revision, annotationCount, lostKeypoints } = await set(2);
  assert.deepEqual([annotationCount, lostKeypoints], [3, ['wrist']]);
  const { keypoints, num_keypoints } = await exported(store, datasetId, 2);
  assert.deepEqual([keypoints, num_keypoints], [carried, 2]);
  await undoRevision(store, datasetId, revision, { author });
  assert.deepEqual(await exportedDataset(store, datasetId), before);

  const none = await set(3);
  assert.deepEqual([none.annotationCount, none.lostKeypoints], [4, ['nose', 'eye', 'wrist']]);
  const { bbox, ...bare } = await exported(store, datasetId, 3);
  assert.deepEqual([bare.keypoints, bbox], [undefined, [6, 7, 1, 1]]);
  const without = await set(1);
  assert.equal(without.lostKeypoints, undefined);
});

test('objects of a category that is merged or deleted take their keypoints along', async () => {
  for (const toOther of [
    (store: Store, id: number) => mergeCategories(store, id, { into: 2, from: [1] }, { author }),
    (store: Store, id: number) => deleteCategory(store, id, 1, { author, objects: 2 }),
  ]) {
    const { store, datasetId } = await posedStore();
    const { revision } = await toOther(store, datasetId);
    assert.deepEqual((await exported(store, datasetId, 1)).keypoints, carried);
    await undoRevision(store, datasetId, revision, { author });
    assert.deepEqual((await exported(store, datasetId, 1)).keypoints, pose);
  }
});
