import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { applyEdits } from '../annotations/apply-edits.ts';
import { createVersion } from '../datasets/version.ts';
import { exportedDataset } from '../testing/export-text.ts';
import { bloodCellStore, bloodCells } from '../testing/sample.ts';
import { addWorkTime } from '../work-time/add-work-time.ts';
import { exportCoco, type LeftBehind } from './export-coco.ts';

const author = 'ada';
const at = '$time';

/** Times are when they are: they are compared by their being there. */
const timeless = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, each) => (key === 'at' ? at : each));

async function reviewedStore() {
  const { store, datasetId } = await bloodCellStore();
  await createVersion(store, datasetId, { name: 'v0', author });
  await applyEdits(
    store,
    datasetId,
    [
      { do: 'review', annotationId: 4, isReviewed: true },
      { do: 'tag', imageId: 2, add: ['night'] },
      { do: 'review-image', imageId: 3, isReviewed: true },
      { do: 'add', imageId: 4, fields: { category_id: 1, bbox: [1, 2, 3, 4] } },
      { do: 'add', imageId: 4, fields: {}, origin: 'model m@1', state: 'proposed' },
      {
        do: 'reject-image',
        imageId: 1,
        comment: { commentId: randomUUID(), text: 'Two cells?', at: [4, 5], annotationId: 3 },
      },
    ],
    { author },
  );
  const objects = [{ annotationId: 3, millis: 1500 }];
  const stretches = [{ counter: 0, at: new Date(), imageId: 1, millis: 2000, objects }];
  await addWorkTime(store, datasetId, { sessionId: randomUUID(), author, stretches });
  return { store, datasetId };
}

test('an export carries what COCO has no fields for where it is asked to, and nothing where nothing is known', async () => {
  const { store, datasetId } = await reviewedStore();
  const { images, annotations } = await exportedDataset(store, datasetId, { withReview: true });
  const field = (records: Record<string, unknown>[], id: number) =>
    timeless(records.find((record) => record.id === id)!.migaki ?? null);
  const comment = {
    text: 'Two cells?',
    author,
    at,
    place: [4, 5],
    annotation_id: 3,
    resolved: false,
    reply: false,
  };
  assert.deepEqual(field(images, 1), {
    status: 'in_progress',
    comments: [comment],
    work_seconds: 2,
  });
  assert.deepEqual(field(images, 2), { tags: ['night'] });
  assert.deepEqual(field(images, 3), { reviewed: { by: author, at } });
  assert.deepEqual(field(annotations, 3), { work_seconds: 1.5 });
  assert.deepEqual(field(annotations, 4), { reviewed: { by: author, at } });
  assert.deepEqual(field(annotations, 1), null);
  assert.deepEqual(field(annotations, 8), {
    origin: 'human',
    author,
    reviewed: { by: author, at },
  });
  const then = await exportedDataset(store, datasetId, { withReview: true, at: 'v0' });
  const { annotations: told, images: shown } = bloodCells;
  assert.deepEqual(
    then.annotations.filter(({ id }) => id !== 3),
    told!.filter(({ id }) => id !== 3),
  );
  assert.deepEqual(then.images.slice(1), shown.slice(1), 'of then nobody had looked or spoken');
});

test('what an export leaves out is counted, as of the version that it is of', async () => {
  const { store, datasetId } = await reviewedStore();
  const leftOf = (options: object) =>
    exportCoco(store, datasetId, options, async (_, left): Promise<LeftBehind> => left);
  const sample = 'day1/a.jpg';
  assert.deepEqual(await leftOf({}), { reviewCount: 4, reviewSample: sample, proposalCount: 1 });
  assert.deepEqual(await leftOf({ withReview: true }), {
    reviewCount: 0,
    reviewSample: '',
    proposalCount: 1,
  });
  assert.deepEqual(await leftOf({ query: 'name:*day2*', states: ['accepted', 'proposed'] }), {
    reviewCount: 2,
    reviewSample: 'day2/A.jpg',
    proposalCount: 0,
  });
  // Work time has no versions: it is told of the image that took it.
  assert.deepEqual(await leftOf({ at: 'v0' }), {
    reviewCount: 1,
    reviewSample: sample,
    proposalCount: 0,
  });
});
