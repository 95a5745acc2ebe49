import assert from 'node:assert/strict';
import { test } from 'node:test';
import { undoRevision } from '../datasets/undo-revision.ts';
import { imagePage } from '../query/image-page.ts';
import { objectPage } from '../query/object-page.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { applyBulkEdit, type Target } from './apply-bulk-edit.ts';
import { countOtherCategories } from './count-other-categories.ts';

test('what a change of the category would do is what it then does, of one category alone too', async () => {
  const { store, datasetId } = await bloodCellStore();
  const author = 'ada';
  const { images } = await imagePage(store, datasetId, { query: '' });
  const imageIds = images.map(({ imageId }) => imageId);
  const { objects } = await objectPage(store, datasetId, { query: `id:${imageIds}`, limit: 500 });
  const to = 3;
  const others = objects.filter(({ coco }) => coco.category_id !== to);
  const ofCategory = Map.groupBy(others, ({ coco }) => Number(coco.category_id));
  const imagesOf = (of: typeof others) => new Set(of.map(({ imageId }) => imageId)).size;

  const targets: Target[] = [{ imageIds }, { query: `id:${imageIds}` }];
  for (const target of targets) {
    const found = await countOtherCategories(store, datasetId, target, to);
    assert.equal(found.objectCount, others.length);
    assert.equal(found.imageCount, imagesOf(others));
    assert.ok(found.categories.length > 1);
    assert.deepEqual(
      new Map(found.categories.map(({ categoryId, ...counts }) => [categoryId, counts])),
      new Map(
        [...ofCategory].map(([id, of]) => [
          id,
          { objectCount: of.length, imageCount: imagesOf(of) },
        ]),
      ),
    );
    const [{ categoryId, objectCount }] = found.categories;
    const edit = { do: 'set-category', categoryId: to, from: categoryId! } as const;
    const done = await applyBulkEdit(store, datasetId, target, edit, { author });
    assert.equal(done.annotationCount, objectCount);
    const left = await countOtherCategories(store, datasetId, target, to);
    assert.deepEqual(left.categories, found.categories.slice(1));
    await undoRevision(store, datasetId, done.revision, { author });
  }
  const unknown = countOtherCategories(store, 999, { imageIds }, to);
  await assert.rejects(unknown, { code: 'dataset-not-found' });
});
