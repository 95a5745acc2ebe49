import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeCategory } from '../datasets/category.ts';
import { createVersion } from '../datasets/version.ts';
import { exportedDataset } from '../testing/export-text.ts';
import { bloodCellStore, bloodCells } from '../testing/sample.ts';

const author = 'ada';

test('some categories are exported with their objects alone, and with all pictures', async () => {
  const { store, datasetId } = await bloodCellStore();
  const whole = await exportedDataset(store, datasetId);
  const some = await exportedDataset(store, datasetId, { categories: ['WBC'] });
  const chosen = bloodCells.categories.find(({ name }) => name === 'WBC')!;
  assert.deepEqual(some.images, whole.images);
  assert.deepEqual(
    some.categories!.map(({ name }) => name),
    ['WBC'],
  );
  const expected = whole.annotations.filter((each) => each.category_id === chosen.id);
  assert.ok(expected.length > 0 && expected.length < whole.annotations.length);
  assert.deepEqual(some.annotations, expected);
});

test('categories are those of the version that is exported', async () => {
  const { store, datasetId } = await bloodCellStore();
  await createVersion(store, datasetId, { name: 'v1', author });
  const { id } = bloodCells.categories.find(({ name }) => name === 'WBC')!;
  await changeCategory(store, datasetId, id, { name: 'leukocyte' }, { author });
  const before = await exportedDataset(store, datasetId, { at: 'v1', categories: ['WBC'] });
  const now = await exportedDataset(store, datasetId, { categories: ['leukocyte'] });
  assert.deepEqual(before.annotations, now.annotations);
  await assert.rejects(exportedDataset(store, datasetId, { categories: ['WBC'] }), {
    code: 'category-not-found',
    message: /leukocyte.*found WBC/,
  });
});
