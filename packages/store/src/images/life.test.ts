import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyBulkEdit } from '../annotations/apply-bulk-edit.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { imagePage } from '../query/image-page.ts';
import { bloodCellStore, bloodCells } from '../testing/sample.ts';

const context = { author: 'ada' };

test('an image leaves the trash only where its name is free, also among those that leave with it', async () => {
  const { store, datasetId } = await bloodCellStore();
  const images = async (ids: number[], what: 'delete-images' | 'restore-images') =>
    applyBulkEdit(store, datasetId, { imageIds: ids }, { do: what }, context);
  await images([1, 2], 'delete-images');
  await importCoco(
    store,
    datasetId,
    batchesOf({ images: [bloodCells.images[0]], annotations: [], categories: [] }),
    context,
  );
  const { images: live } = await imagePage(store, datasetId, { query: 'name:day1/a.jpg' });
  const [{ imageId: second }] = live;
  assert.notEqual(second, 1);

  const taken = { code: 'name-taken', message: /"day1\/a\.jpg"/ };
  await assert.rejects(images([1, 2], 'restore-images'), taken);
  await images([second], 'delete-images');
  await assert.rejects(images([1, 2, second], 'restore-images'), taken);
  assert.equal((await images([1, 2], 'restore-images')).imageCount, 2);
});
