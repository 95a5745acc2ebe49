import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyBulkEdit } from '../annotations/apply-bulk-edit.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { bloodCellStore, bloodCells } from '../testing/sample.ts';
import { changeCategory, mergeCategories } from './category.ts';
import { countTouched } from './count-touched.ts';
import { listRevisions } from './list-revisions.ts';
import { undoRevision } from './undo-revision.ts';

const author = 'ada';
const exactly = (count: number) => ({ count, isMore: false });

test('tells of each revision how many images and objects it touched, the last one first', async () => {
  const { store, datasetId } = await bloodCellStore();
  await applyEdits(
    store,
    datasetId,
    [
      { do: 'change', annotationId: 2, fields: { category_id: 2 } },
      { do: 'remove', annotationId: 3 },
      { do: 'set-status', imageId: 4, status: 'done' },
    ],
    { author, note: 'a close look' },
  );
  await applyBulkEdit(store, datasetId, { imageIds: [1, 3] }, { do: 'delete-images' }, { author });
  await changeCategory(store, datasetId, 1, { name: 'red' }, { author });
  const comment = { commentId: crypto.randomUUID(), text: 'blurred' };
  await applyEdits(store, datasetId, [{ do: 'comment', imageId: 2, comment }], { author });

  const revisions = await listRevisions(store, datasetId);
  assert.deepEqual(
    revisions.map(({ revision, kind, images }) => [revision, kind, images]),
    [
      [5, 'comment', exactly(1)],
      [4, 'category', exactly(0)],
      [3, 'delete', exactly(2)],
      [2, 'edit', exactly(2)],
      [1, 'import', exactly(4)],
    ],
  );
  assert.deepEqual(
    revisions.map(({ objects }) => objects.count),
    [0, 0, 4, 2, 7],
  );
  assert.equal(revisions[3].note, 'a close look');

  const first = await listRevisions(store, datasetId, { limit: 2 });
  const second = await listRevisions(store, datasetId, { before: 4, limit: 2 });
  assert.deepEqual([...first, ...second], revisions.slice(0, 4));
  assert.deepEqual(await listRevisions(store, datasetId, { before: 1 }), []);
});

test('a revision is taken back as long as what took it back holds', async () => {
  const { store, datasetId } = await bloodCellStore();
  const takenBack = async () =>
    (await listRevisions(store, datasetId)).map(({ revision, undone, takenBackBy }) => [
      revision,
      undone,
      takenBackBy,
    ]);
  await mergeCategories(store, datasetId, { into: 1, from: [2] }, { author });
  await undoRevision(store, datasetId, 2, { author });
  assert.deepEqual(await takenBack(), [
    [3, 2, null],
    [2, null, 3],
    [1, null, null],
  ]);
  await undoRevision(store, datasetId, 3, { author });
  assert.deepEqual(await takenBack(), [
    [4, 3, null],
    [3, 2, 4],
    [2, null, null],
    [1, null, null],
  ]);
  // What took it back is on the page before.
  const [merge] = await listRevisions(store, datasetId, { before: 4, limit: 1 });
  assert.equal(merge.takenBackBy, 4);
});

test('who takes back what was done to some objects has not taken the revision back', async () => {
  const { store, datasetId } = await bloodCellStore();
  const removed = await applyEdits(
    store,
    datasetId,
    [
      { do: 'remove', annotationId: 2 },
      { do: 'remove', annotationId: 3 },
    ],
    { author },
  );
  await undoRevision(store, datasetId, removed.revision, { author, annotationIds: [3] });
  const [undo, edit] = await listRevisions(store, datasetId);
  assert.deepEqual([undo.undone, undo.isUndoneInPart, undo.objects], [2, true, exactly(1)]);
  assert.equal(edit.takenBackBy, null);
});

test('counts up to a thousand, and says that there are more', async () => {
  const { store, datasetId } = await bloodCellStore();
  const annotations = Array.from({ length: 1_001 }, (_, n) => ({
    id: 100 + n,
    image_id: 1 + (n % 2),
    category_id: 1,
    bbox: [1, 2, 3, 4] as [number, number, number, number],
  }));
  await importCoco(store, datasetId, batchesOf({ ...bloodCells, annotations }), { author });
  await applyBulkEdit(
    store,
    datasetId,
    { annotationIds: annotations.slice(1).map(({ id }) => id) },
    { do: 'remove-annotations' },
    { author },
  );
  const [removed, added] = await listRevisions(store, datasetId, { limit: 2 });
  assert.deepEqual(added.objects, { count: 1_000, isMore: true });
  // On two images, as far as was looked.
  assert.deepEqual(added.images, { count: 2, isMore: true });
  assert.deepEqual([removed.objects, removed.images], [exactly(1_000), exactly(2)]);
});

test('all that a large revision touched is counted when it is asked for', async () => {
  const { store, datasetId } = await bloodCellStore();
  const images = Array.from({ length: 300 }, (_, n) => ({
    id: 100 + n,
    file_name: `${n}.jpg`,
    width: 64,
    height: 48,
  }));
  const annotations = Array.from({ length: 1_200 }, (_, n) => ({
    id: 100 + n,
    image_id: 100 + Math.floor(n / 5),
    category_id: 1,
    bbox: [1, 2, 3, 4] as [number, number, number, number],
  }));
  const { categories } = bloodCells;
  const batches = batchesOf({ images, annotations, categories });
  const { revision } = await importCoco(store, datasetId, batches, { author });
  const count = () => countTouched(store, datasetId, revision);
  assert.deepEqual(await count(), { imageCount: 300, objectCount: 1_200 });
  // What came later does not count.
  await applyBulkEdit(store, datasetId, { query: '' }, { do: 'delete-images' }, { author });
  assert.deepEqual(await count(), { imageCount: 300, objectCount: 1_200 });
  assert.deepEqual(await countTouched(store, datasetId, revision + 1), {
    imageCount: 304,
    objectCount: 1_207,
  });
  await assert.rejects(countTouched(store, datasetId, revision + 2), {
    code: 'revision-not-found',
  });
});
