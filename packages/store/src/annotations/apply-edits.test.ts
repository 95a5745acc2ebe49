import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { deleteCategory } from '../datasets/category.ts';
import { getDataset } from '../datasets/dataset.ts';
import { listRevisions } from '../datasets/list-revisions.ts';
import { checkCounts } from '../testing/check-counts.ts';
import { exportedDataset } from '../testing/export-text.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { annotationHistory } from './annotation-history.ts';
import { applyBulkEdit } from './apply-bulk-edit.ts';
import { applyEdits } from './apply-edits.ts';
import { annotationsOfImages } from './live-annotation.ts';
import { removedAnnotations } from './trash.ts';

const author = 'ada';

test('the same change sent twice under one key is made once and answered alike', async () => {
  const { store, datasetId } = await bloodCellStore();
  const key = randomUUID();
  const send = () =>
    applyEdits(store, datasetId, [{ do: 'add', imageId: 4, fields: { category_id: 1 } }], {
      author,
      key,
    });
  const answers = await Promise.all([send(), send(), send()]);
  assert.deepEqual(answers, [answers[0], answers[0], answers[0]]);
  assert.deepEqual(answers[0].addedIds, [8]);
  assert.equal((await annotationsOfImages(store, datasetId, [4])).length, 1);
  assert.equal((await getDataset(store, datasetId)).revision, 2);
});

test('edits sent at the same time become revisions one after another, and none is lost', async () => {
  const { store, datasetId } = await bloodCellStore();
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      applyEdits(store, datasetId, [{ do: 'add', imageId: 1 + (n % 4), fields: {} }], { author }),
    ),
  );
  const revisions = answers.map(({ revision }) => revision).sort((a, b) => a - b);
  assert.deepEqual(
    revisions,
    Array.from({ length: 12 }, (_, n) => n + 2),
  );
  assert.equal(new Set(answers.flatMap(({ addedIds }) => addedIds)).size, 12);
  await checkCounts(store, datasetId);
});

test('who edits what someone else has changed meanwhile is told so, and nothing is applied', async () => {
  const { store, datasetId } = await bloodCellStore();
  const change = { do: 'change', annotationId: 1, fields: { area: 5 }, seenBorn: 1 } as const;
  await applyEdits(store, datasetId, [change], { author: 'grace' });
  await assert.rejects(
    applyEdits(store, datasetId, [{ do: 'remove', annotationId: 2 }, change], { author }),
    {
      code: 'changed-meanwhile',
      message:
        /^edits\[1\]: expected annotation 1 as revision 1 made it, found a change by grace in revision 2/,
    },
  );
  assert.equal((await annotationsOfImages(store, datasetId, [1])).length, 4);
});

test('what was removed comes back under its id, with whose work it was and what is changed of it', async () => {
  const { store, datasetId } = await bloodCellStore();
  const proposal = {
    do: 'add',
    imageId: 4,
    fields: { category_id: 1, bbox: [1, 2, 3, 4], score: 0.4, area: 12 },
    origin: 'model cells@3',
    state: 'proposed',
  } as const;
  const { addedIds } = await applyEdits(store, datasetId, [proposal], { author });
  const [annotationId] = addedIds;
  const restore = { do: 'restore', annotationId, fields: { area: null } } as const;
  await assert.rejects(applyEdits(store, datasetId, [restore], { author }), {
    code: 'annotation-not-found',
    message:
      /^edits\[0\]: expected the id of an annotation that was removed, found 8, which is there/,
  });
  await applyEdits(store, datasetId, [{ do: 'remove', annotationId }], { author });
  await applyEdits(store, datasetId, [restore], { author });
  const [back] = await annotationsOfImages(store, datasetId, [4]);
  const { area: _, ...fields } = proposal.fields;
  assert.deepEqual(back.coco, { id: annotationId, image_id: 4, ...fields });
  assert.deepEqual([back.origin, back.state], ['model cells@3', 'proposed']);
  await checkCounts(store, datasetId);
});

test('an annotation that is changed, removed and brought back says in the file what it said before, and no more', async () => {
  const { store, datasetId } = await bloodCellStore();
  const objects = async () =>
    (await exportedDataset(store, datasetId)).annotations.toSorted(
      (a, b) => Number(a.id) - Number(b.id),
    );
  const before = await objects();
  const annotationId = Number(before[0].id);
  const context = { author };
  await applyEdits(store, datasetId, [{ do: 'remove', annotationId }], context);
  // As an editor has it, to which a missing field is an empty one.
  const unsaid = { segmentation: null, keypoints: null, num_keypoints: null, score: null };
  const { id: _, image_id: __, ...said } = before[0];
  const fields = { ...unsaid, iscrowd: 0, attributes: {}, caption: null, ...said };
  await applyEdits(store, datasetId, [{ do: 'restore', annotationId, fields }], context);
  await applyEdits(store, datasetId, [{ do: 'change', annotationId, fields }], context);
  assert.deepEqual(await objects(), before);
});

test('an undone change gives an object back to the model that proposed it', async () => {
  const { store, datasetId } = await bloodCellStore();
  const { addedIds } = await applyEdits(
    store,
    datasetId,
    [{ do: 'add', imageId: 4, fields: { score: 0.4 }, origin: 'model a@1', state: 'proposed' }],
    { author },
  );
  const [annotationId] = addedIds;
  const change = { do: 'change', annotationId } as const;
  const seen = async () => (await annotationsOfImages(store, datasetId, [4]))[0];
  await applyEdits(store, datasetId, [{ ...change, fields: { area: 5 } }], { author });
  const mine = await seen();
  assert.deepEqual([mine.origin, mine.state, mine.coco.score], ['human', 'accepted', undefined]);
  const undo = {
    fields: { area: null, score: 0.4 },
    origin: 'model a@1',
    state: 'proposed',
  } as const;
  await applyEdits(store, datasetId, [{ ...change, ...undo }], { author });
  const theirs = await seen();
  assert.deepEqual(
    [theirs.origin, theirs.state, theirs.coco.score],
    ['model a@1', 'proposed', 0.4],
  );
});

test('a caption without a category is a caption in the file, not an object', async () => {
  const { store, datasetId } = await bloodCellStore();
  const caption = { do: 'add', imageId: 4, fields: { caption: 'A smear.' } } as const;
  const { addedIds } = await applyEdits(store, datasetId, [caption], { author });
  const { captions } = await exportedDataset(store, datasetId);
  assert.deepEqual(captions, [{ id: addedIds[0], image_id: 4, caption: 'A smear.' }]);
});

test('an edit of what is not there names the edit and changes nothing', async () => {
  const { store, datasetId } = await bloodCellStore();
  const mistakes = [
    [{ do: 'remove', annotationId: 99 }, 'annotation-not-found'],
    [{ do: 'add', imageId: 99, fields: {} }, 'image-not-found'],
    [{ do: 'add', imageId: 1, fields: { category_id: 99 } }, 'category-not-found'],
    [{ do: 'add', imageId: 1, fields: {}, origin: 'yolo' }, 'bad-edit'],
    [{ do: 'set-status', imageId: 1, status: 'lost' as 'new' }, 'bad-edit'],
    [{ do: 'tag', imageId: 99, add: ['x'] }, 'image-not-found'],
  ] as const;
  for (const [edit, code] of mistakes) {
    await assert.rejects(
      applyEdits(store, datasetId, [{ do: 'remove', annotationId: 1 }, edit], { author }),
      { code, message: /^edits\[1\]: / },
    );
  }
  assert.equal((await getDataset(store, datasetId)).revision, 1);
  await assert.rejects(applyEdits(store, 99, [], { author }), { code: 'dataset-not-found' });
});

test("a model's proposal that a person corrects becomes the person's; an accepted one stays the model's", async () => {
  const { store, datasetId } = await bloodCellStore();
  const proposal = { do: 'add', imageId: 4, origin: 'model m@1', state: 'proposed' } as const;
  const { addedIds } = await applyEdits(
    store,
    datasetId,
    [0.3, 0.6, 0.9].map((score) => ({ ...proposal, fields: { category_id: 1, score, note: 'x' } })),
    { author: 'model m@1' },
  );
  const [corrected, accepted, rejected] = addedIds;
  await applyEdits(
    store,
    datasetId,
    [
      { do: 'change', annotationId: corrected, fields: { bbox: [1, 2, 3, 4], note: null } },
      { do: 'accept', annotationId: accepted },
      { do: 'reject', annotationId: rejected },
    ],
    { author },
  );
  const shown = await annotationsOfImages(store, datasetId, [4]);
  assert.deepEqual(
    shown.map(({ annotationId, origin, state, coco }) => ({
      annotationId,
      origin,
      state,
      score: coco.score,
    })),
    [
      { annotationId: corrected, origin: 'human', state: 'accepted', score: undefined },
      { annotationId: accepted, origin: 'model m@1', state: 'accepted', score: 0.6 },
    ],
  );
  assert.deepEqual(shown[0].coco, {
    id: corrected,
    image_id: 4,
    category_id: 1,
    bbox: [1, 2, 3, 4],
  });
  await applyEdits(store, datasetId, [{ do: 'remove', annotationId: corrected }], {
    author: 'grace',
  });
  const history = await annotationHistory(store, datasetId, corrected);
  assert.deepEqual(
    history.map(({ revision, author: by, change, before, after }) => [
      revision,
      by,
      change,
      before?.state,
      after?.origin,
    ]),
    [
      [4, 'grace', 'removed', 'accepted', undefined],
      [3, author, 'changed', 'proposed', 'human'],
      [2, 'model m@1', 'added', undefined, 'model m@1'],
    ],
  );
  await assert.rejects(annotationHistory(store, datasetId, 99), { code: 'annotation-not-found' });
  await checkCounts(store, datasetId);
});

test('what happens alongside an edit happens only with it', async () => {
  const { store, datasetId } = await bloodCellStore();
  await store.pool.query('create table enqueued (revision bigint)');
  const alongside = async (
    sql: { executeSql(text: string, values?: unknown[]): Promise<unknown> },
    revision: number,
  ) => {
    await sql.executeSql('insert into enqueued values ($1)', [revision]);
    if (revision === 3) throw new Error('the queue refuses');
  };
  const edit = { do: 'set-status', imageId: 1 } as const;
  await applyEdits(store, datasetId, [{ ...edit, status: 'review' }], { author, alongside });
  await assert.rejects(
    applyEdits(store, datasetId, [{ ...edit, status: 'done' }], { author, alongside }),
    /refuses/,
  );
  const { rows } = await store.pool.query('select revision::int from enqueued');
  assert.deepEqual(rows, [{ revision: 2 }]);
  assert.equal((await getDataset(store, datasetId)).revision, 2);
});

test('removed annotations lie in the trash until they are restored', async () => {
  const { store, datasetId } = await bloodCellStore();
  const query = 'category:RBC area<300';
  const removed = await applyBulkEdit(
    store,
    datasetId,
    { query },
    { do: 'remove-annotations' },
    { author },
  );
  assert.equal(removed.annotationCount, 3);
  // What went with its image comes back with its image.
  await applyBulkEdit(store, datasetId, { imageIds: [3] }, { do: 'delete-images' }, { author });
  const first = await removedAnnotations(store, datasetId, { limit: 2 });
  const { retired, annotationId } = first[1];
  const rest = await removedAnnotations(store, datasetId, {
    before: { retired: retired as number, annotationId },
  });
  assert.deepEqual(
    [...first, ...rest].map(({ annotationId: id }) => id),
    [5, 2, 1],
  );
  const back = { annotationIds: [1, 5, 7] };
  const restored = await applyBulkEdit(
    store,
    datasetId,
    back,
    { do: 'restore-annotations' },
    { author },
  );
  assert.equal(restored.annotationCount, 2);
  assert.deepEqual(
    (await removedAnnotations(store, datasetId)).map(({ annotationId: id }) => id),
    [2],
  );
  await checkCounts(store, datasetId);
});

test('an image comes back without the annotations whose category was deleted meanwhile', async () => {
  const { store, datasetId } = await bloodCellStore();
  const target = { imageIds: [1] };
  const categoriesOf = async () =>
    new Set((await annotationsOfImages(store, datasetId, [1])).map(({ coco }) => coco.category_id));
  const before = await categoriesOf();
  assert.ok(before.has(1) && before.size > 1);
  await applyBulkEdit(store, datasetId, target, { do: 'delete-images' }, { author });
  await deleteCategory(store, datasetId, 1, { author, objects: 'remove' });
  await applyBulkEdit(store, datasetId, target, { do: 'restore-images' }, { author });
  before.delete(1);
  assert.deepEqual(await categoriesOf(), before);
  await checkCounts(store, datasetId);
});

test('a change that changes nothing takes no revision', async () => {
  const { store, datasetId } = await bloodCellStore();
  for (const edit of [
    { do: 'set-status', status: 'new' },
    { do: 'tag', remove: ['x'] },
    { do: 'accept' },
    { do: 'restore-images' },
  ] as const) {
    const answer = await applyBulkEdit(store, datasetId, { query: '' }, edit, { author });
    assert.equal(answer.isUnchanged, true, edit.do);
  }
  const same = [
    { do: 'set-status', imageId: 1, status: 'new' },
    { do: 'tag', imageId: 2, remove: ['x'] },
  ] as const;
  assert.equal((await applyEdits(store, datasetId, same, { author })).isUnchanged, true);
  assert.deepEqual(
    (await listRevisions(store, datasetId)).map(({ kind }) => kind),
    ['import'],
  );
});
