import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../annotations/apply-edits.ts';
import { replaceProposals } from '../annotations/replace-proposals.ts';
import { undoRevision } from '../datasets/undo-revision.ts';
import { countImages, imagePage } from '../query/image-page.ts';
import { bloodCellStore } from '../testing/sample.ts';

const context = { author: 'ada' };
const found = (x: number, score: number) => ({
  category_id: 1,
  bbox: [x, 300, 40, 40],
  score,
});

test('the most doubtful picture comes first, and the order follows what is decided and taken back', async () => {
  const { store, datasetId } = await bloodCellStore();
  const propose = (imageId: number, ...scores: number[]) =>
    replaceProposals(
      store,
      datasetId,
      { name: 'cells', version: 1 },
      [{ imageId, found: scores.map((score, i) => found(100 * i, score)) }],
      context,
    );
  /** From the first page, and from the list that is kept up. */
  const order = async () => {
    const byPlace = await imagePage(store, datasetId, { sort: '-doubt' });
    const kept = await imagePage(store, datasetId, { sort: '-doubt', position: 0 });
    const ids = byPlace.images.map(({ imageId }) => imageId);
    assert.deepEqual(
      kept.images.map(({ imageId }) => imageId),
      ids,
    );
    return ids.filter((id) => proposed.includes(id));
  };
  const proposed = [1, 2, 3];
  await propose(1, 0.9);
  await propose(2, 0.5, 0.9);
  await propose(3, 0.7);
  assert.deepEqual(await order(), [2, 3, 1]);
  const { images } = await imagePage(store, datasetId, { sort: '-doubt' });
  assert.equal(images.at(-1)!.imageId, 4, 'nothing is proposed there');

  await propose(1, 0.3);
  assert.deepEqual(await order(), [1, 2, 3]);
  const [doubtful] = images;
  assert.equal(doubtful.imageId, 2);
  const proposal = (await objectsOf(1))!;
  const accepted = await applyEdits(
    store,
    datasetId,
    [{ do: 'accept', annotationId: proposal }],
    context,
  );
  assert.deepEqual(await order(), [2, 3, 1]);
  await undoRevision(store, datasetId, accepted.revision, context);
  assert.deepEqual(await order(), [1, 2, 3]);
  assert.equal(await countImages(store, datasetId, { query: 'proposals>0', sort: '-doubt' }), 3);

  async function objectsOf(imageId: number) {
    const { annotationsOfImages } = await import('../annotations/live-annotation.ts');
    const objects = await annotationsOfImages(store, datasetId, [imageId], {
      states: ['proposed'],
    });
    return objects[0]?.annotationId;
  }
});

test('two who ask at once both get an answer', async () => {
  const { store, datasetId } = await bloodCellStore();
  const pages = await Promise.all(
    Array.from({ length: 4 }, () => imagePage(store, datasetId, { sort: '-doubt', position: 0 })),
  );
  for (const { images } of pages) assert.equal(images.length, 4);
});
