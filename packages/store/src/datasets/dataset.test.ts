import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotationsOfImages } from '../annotations/live-annotation.ts';
import { checkCounts } from '../testing/check-counts.ts';
import { exportedDataset } from '../testing/export-text.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { testStore } from '../testing/test-store.ts';
import {
  addCategory,
  changeCategory,
  deleteCategory,
  listCategories,
  orderCategories,
} from './category.ts';
import {
  createDataset,
  deleteDataset,
  findDataset,
  getDataset,
  listDatasets,
  purgeDataset,
  undeleteDataset,
  updateDataset,
} from './dataset.ts';
import { listRevisions } from './list-revisions.ts';
import { deleteSavedView, listSavedViews, saveView } from './saved-view.ts';
import { createVersion, listVersions } from './version.ts';

const author = 'ada';

test('datasets have names of their own until they lie in the trash', async () => {
  const store = await testStore();
  const first = await createDataset(store, { name: ' 血液 ', description: 'cells' });
  assert.equal(first.name, '血液');
  await assert.rejects(createDataset(store, { name: '血液' }), { code: 'name-taken' });
  for (const name of ['', '  ', 'a\nb', 'x'.repeat(201)]) {
    await assert.rejects(createDataset(store, { name }), { code: 'bad-name' });
  }
  await deleteDataset(store, first.id);
  await assert.rejects(getDataset(store, first.id), {
    code: 'dataset-not-found',
    message: /found 血液, which was deleted/,
  });
  await assert.rejects(deleteDataset(store, first.id), { code: 'dataset-not-found' });
  const second = await createDataset(store, { name: '血液' });
  await assert.rejects(undeleteDataset(store, first.id), { code: 'name-taken' });
  await updateDataset(store, second.id, { name: 'blood', description: 'x' });
  assert.equal((await undeleteDataset(store, first.id)).description, 'cells');
  assert.deepEqual(
    (await listDatasets(store)).map(({ name }) => name),
    ['blood', '血液'],
  );
  await assert.rejects(updateDataset(store, second.id, { name: '血液' }), { code: 'name-taken' });
  await assert.rejects(updateDataset(store, second.id, { coverImageId: 1 }), {
    code: 'image-not-found',
  });
  assert.equal((await findDataset(store, 'blood'))?.id, second.id);
  await deleteDataset(store, second.id);
  assert.equal((await listDatasets(store, { deleted: true })).length, 1);
  await assert.rejects(purgeDataset(store, first.id), { code: 'dataset-not-found' });
  await purgeDataset(store, second.id);
  assert.deepEqual(await listDatasets(store, { deleted: true }), []);
});

test('a dataset counts what it holds', async () => {
  const { store, datasetId } = await bloodCellStore();
  const { imageCount, annotationCount, categoryCount, revision } = await getDataset(
    store,
    datasetId,
  );
  assert.deepEqual([imageCount, annotationCount, categoryCount, revision], [4, 7, 3, 1]);
});

test('a category in use is deleted only with a word on its objects', async () => {
  const { store, datasetId } = await bloodCellStore();
  await assert.rejects(deleteCategory(store, datasetId, 1, { author }), {
    code: 'category-in-use',
    message: /expected a category without objects, found 4 of RBC/,
  });
  await assert.rejects(deleteCategory(store, datasetId, 1, { author, objects: 9 }), {
    code: 'category-not-found',
  });
  await assert.rejects(deleteCategory(store, datasetId, 1, { author, objects: 1 }), {
    code: 'category-not-found',
  });
  await deleteCategory(store, datasetId, 3, { author });
  const merged = await deleteCategory(store, datasetId, 1, { author, objects: 2 });
  assert.equal(merged.annotationCount, 4);
  assert.deepEqual(
    (await listCategories(store, datasetId)).map(({ coco, annotationCount }) => [
      coco.name,
      annotationCount,
    ]),
    [['WBC', 7]],
  );
  await checkCounts(store, datasetId);
  await deleteCategory(store, datasetId, 2, { author, objects: 'remove' });
  assert.deepEqual(await annotationsOfImages(store, datasetId, [1, 2, 3]), []);
  await checkCounts(store, datasetId);
  assert.equal((await listCategories(store, datasetId, { at: 1 })).length, 3);
});

test('categories are added, changed and ordered, and a version keeps what they were', async () => {
  const { store, datasetId } = await bloodCellStore();
  await createVersion(store, datasetId, { name: 'v1', author });
  const { categoryId } = await addCategory(
    store,
    datasetId,
    { name: 'Parasite', keypoints: ['a'] },
    { author },
  );
  assert.equal(categoryId, 4);
  await assert.rejects(addCategory(store, datasetId, { name: 'RBC' }, { author }), {
    code: 'name-taken',
  });
  await assert.rejects(addCategory(store, datasetId, { name: ' ' }, { author }), {
    code: 'bad-name',
  });
  const changes = { name: 'red', color: '#f00', supercategory: null };
  await changeCategory(store, datasetId, 1, changes, { author });
  await orderCategories(store, datasetId, [4, 2], { author });
  const now = await listCategories(store, datasetId);
  assert.deepEqual(
    now.map(({ coco }) => coco),
    [
      { id: 4, name: 'Parasite', keypoints: ['a'] },
      { id: 2, name: 'WBC', supercategory: 'cell' },
      { id: 1, name: 'red', color: '#f00' },
      { id: 3, name: 'Platelets' },
    ],
  );
  const { categories } = await exportedDataset(store, datasetId, { at: 'v1' });
  assert.deepEqual(
    new Set(categories?.map(({ name }) => name)),
    new Set(['RBC', 'WBC', 'Platelets']),
  );
});

test('versions are named once and for all', async () => {
  const { store, datasetId } = await bloodCellStore();
  const version = await createVersion(store, datasetId, { name: 'v1 – no', author }).catch(
    (error) => error,
  );
  assert.equal(version.code, 'bad-name');
  const v1 = await createVersion(store, datasetId, { name: 'v1', note: 'first', author });
  assert.deepEqual([v1.revision, v1.imageCount, v1.annotationCount], [1, 4, 7]);
  await assert.rejects(createVersion(store, datasetId, { name: 'v1', author }), {
    code: 'name-taken',
  });
  await assert.rejects(createVersion(store, datasetId, { name: 'v9', author, revision: 9 }), {
    code: 'revision-not-found',
    message: /a revision from 0 to 1, found 9/,
  });
  await createVersion(store, datasetId, { name: 'empty', author, revision: 0 });
  assert.deepEqual(
    (await listVersions(store, datasetId)).map(({ name, imageCount }) => [name, imageCount]),
    [
      ['v1', 4],
      ['empty', 0],
    ],
  );
  assert.deepEqual(
    (await listRevisions(store, datasetId)).map(({ versions }) => versions),
    [['v1']],
  );
  await assert.rejects(exportedDataset(store, datasetId, { at: 'v2' }), {
    code: 'version-not-found',
  });
});

test('a filtered export has the images that match with all that is on them', async () => {
  const { store, datasetId } = await bloodCellStore();
  const { images, annotations, categories } = await exportedDataset(store, datasetId, {
    query: 'name:*day2*',
  });
  assert.deepEqual(
    images.map(({ id }) => id),
    [3, 4],
  );
  assert.deepEqual(
    annotations.map(({ id }) => id),
    [7],
  );
  assert.equal(categories?.length, 3);
});

test('saved views keep a query that can be read', async () => {
  const { store, datasetId } = await bloodCellStore();
  const view = { name: 'doubtful', query: 'score<0.5', sort: 'score', author };
  await saveView(store, datasetId, view);
  await saveView(store, datasetId, { ...view, query: 'score<0.6' });
  assert.deepEqual(await listSavedViews(store, datasetId), [{ ...view, query: 'score<0.6' }]);
  await assert.rejects(saveView(store, datasetId, { ...view, query: '(' }), { code: 'bad-query' });
  await assert.rejects(saveView(store, datasetId, { ...view, sort: 'x' }), { code: 'bad-query' });
  await deleteSavedView(store, datasetId, 'doubtful');
  await assert.rejects(deleteSavedView(store, datasetId, 'doubtful'), {
    code: 'saved-view-not-found',
  });
});
