import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { MistakeKind } from '@migaki/coco';
import { applyEdits } from '../annotations/apply-edits.ts';
import type { Edit } from '../annotations/edit.ts';
import type { Store } from '../database/store.ts';
import { getDataset } from '../datasets/dataset.ts';
import { undoRevision } from '../datasets/undo-revision.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { dismissSuspicions, listSuspicions } from './label-suspicion.ts';
import { type NewSuspicion, replaceSuspicions, settleSuspicions } from './replace-suspicions.ts';

const [rbc, wbc] = [1, 2];
const overlooked: NewSuspicion = {
  kind: 'overlooked',
  doubt: 0.8,
  annotationId: null,
  opinion: { category_id: rbc, bbox: [200, 200, 20, 20] },
  score: 0.8,
  ownScore: 0,
};
const swapped: NewSuspicion = {
  kind: 'swapped',
  doubt: 0.9,
  annotationId: 1,
  opinion: { category_id: wbc, bbox: [0, 0, 10, 11] },
  score: 0.9,
  ownScore: 0,
};
const misplaced: NewSuspicion = {
  kind: 'misplaced',
  doubt: 0.4,
  annotationId: 2,
  opinion: { category_id: rbc, bbox: [25, 0, 10, 20] },
  score: 0.6,
  ownScore: 0.3,
};

const searched = (store: Store, datasetId: number, found: NewSuspicion[], isSettled = true) =>
  replaceSuspicions(store, datasetId, { model: 'cells@1', jobId: randomUUID(), isSettled }, [
    { imageId: 1, isLearned: false, found },
  ]);
const told = async (store: Store, datasetId: number, kind?: MistakeKind) => {
  const { suspicions } = await listSuspicions(store, datasetId, { kind }, { from: 0, limit: 10 });
  return suspicions.map((one) => one.kind);
};
const edited = (store: Store, datasetId: number, edit: Edit) =>
  applyEdits(store, datasetId, [edit], { author: 'ada' });

test('suspicions come with their picture and label, the most doubtful first, and take no revision', async () => {
  const { store, datasetId } = await bloodCellStore();
  await searched(store, datasetId, [misplaced, overlooked, swapped]);
  const { counts, suspicions } = await listSuspicions(store, datasetId, {}, { from: 0, limit: 10 });
  assert.deepEqual(counts, { overlooked: 1, misplaced: 1, swapped: 1 });
  assert.deepEqual(
    suspicions.map(({ kind, label, image, opinion }) => [
      kind,
      label?.annotationId ?? null,
      image.fileName,
      opinion.category_id,
    ]),
    [
      ['swapped', 1, 'day1/a.jpg', wbc],
      ['overlooked', null, 'day1/a.jpg', rbc],
      ['misplaced', 2, 'day1/a.jpg', rbc],
    ],
  );
  assert.deepEqual(await told(store, datasetId, 'misplaced'), ['misplaced']);
  const none = await listSuspicions(
    store,
    datasetId,
    { query: 'name:b.jpg' },
    { from: 0, limit: 10 },
  );
  assert.deepEqual(none.counts, { overlooked: 0, misplaced: 0, swapped: 0 });
  assert.equal((await getDataset(store, datasetId)).revision, 1);
});

test('a suspicion goes when its label is corrected, and comes back when that is undone', async () => {
  const { store, datasetId } = await bloodCellStore();
  await searched(store, datasetId, [swapped, misplaced, overlooked]);
  const { revision } = await edited(store, datasetId, {
    do: 'change',
    annotationId: 1,
    fields: { category_id: wbc },
  });
  assert.deepEqual(await told(store, datasetId), ['overlooked', 'misplaced']);
  await edited(store, datasetId, { do: 'remove', annotationId: 2 });
  assert.deepEqual(await told(store, datasetId), ['overlooked']);
  const bbox = [202, 199, 20, 20];
  await edited(store, datasetId, { do: 'add', imageId: 1, fields: { category_id: wbc, bbox } });
  assert.deepEqual(await told(store, datasetId), []);
  await undoRevision(store, datasetId, revision, { author: 'ada' });
  assert.deepEqual(await told(store, datasetId), ['swapped']);
});

test('what was dismissed is not told again, by whichever search, unless the label has become another', async () => {
  const { store, datasetId } = await bloodCellStore();
  await searched(store, datasetId, [swapped, misplaced, overlooked]);
  const { suspicions } = await listSuspicions(store, datasetId, {}, { from: 0, limit: 10 });
  const ids = suspicions.map(({ id }) => id);
  const as = { author: 'ada', isDismissed: true };
  assert.equal(await dismissSuspicions(store, datasetId, ids, as), 3);
  assert.equal(await dismissSuspicions(store, datasetId, ids, as), 0, 'they are so already');
  assert.deepEqual(await told(store, datasetId), []);
  const near = { ...overlooked, opinion: { category_id: wbc, bbox: [201, 201, 20, 20] } };
  assert.deepEqual(await searched(store, datasetId, [swapped, misplaced, near]), {
    addedCount: 0,
    dismissedCount: 3,
  });
  await edited(store, datasetId, {
    do: 'change',
    annotationId: 2,
    fields: { bbox: [30, 0, 10, 20] },
  });
  await searched(store, datasetId, [swapped, misplaced, overlooked]);
  assert.deepEqual(await told(store, datasetId), ['misplaced']);
  await dismissSuspicions(store, datasetId, ids, { author: 'ada', isDismissed: false });
  assert.deepEqual(await told(store, datasetId), ['swapped', 'overlooked', 'misplaced']);
});

test('a search replaces what the one before it said of the same pictures, and leaves out labels that are gone', async () => {
  const { store, datasetId } = await bloodCellStore();
  await searched(store, datasetId, [swapped, misplaced]);
  await edited(store, datasetId, { do: 'remove', annotationId: 1 });
  await searched(store, datasetId, [swapped, overlooked]);
  assert.deepEqual(await told(store, datasetId), ['overlooked']);
  await replaceSuspicions(
    store,
    datasetId,
    { model: 'cells@2', jobId: randomUUID(), isSettled: true },
    [{ imageId: 2, isLearned: true, found: [] }],
  );
  assert.deepEqual(await told(store, datasetId), ['overlooked'], 'of another picture');
});

test('what is not settled is not shown, until all pictures were seen', async () => {
  const { store, datasetId } = await bloodCellStore();
  const jobId = randomUUID();
  const more = { ...swapped, annotationId: 3, score: 0.5 };
  await replaceSuspicions(store, datasetId, { model: 'cells@1', jobId, isSettled: false }, [
    { imageId: 1, isLearned: false, found: [swapped, more] },
  ]);
  assert.deepEqual(await told(store, datasetId), []);
  assert.equal(await settleSuspicions(store, jobId, ({ score }) => score > 0.7), 1);
  assert.deepEqual(await told(store, datasetId), ['swapped']);
});
