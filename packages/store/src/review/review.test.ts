import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotationHistory } from '../annotations/annotation-history.ts';
import { applyBulkEdit } from '../annotations/apply-bulk-edit.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import type { Edit } from '../annotations/edit.ts';
import { annotationsOfImages } from '../annotations/live-annotation.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { deleteCategory } from '../datasets/category.ts';
import { undoRevision } from '../datasets/undo-revision.ts';
import { getImage } from '../images/image.ts';
import { imageHistory } from '../images/image-history.ts';
import { facets } from '../query/facets.ts';
import { imagePage } from '../query/image-page.ts';
import { objectPage } from '../query/object-page.ts';
import { checkCounts } from '../testing/check-counts.ts';
import { bloodCellStore, bloodCells } from '../testing/sample.ts';
import { halfLookedOver } from './half-looked-over.ts';

async function reviewing() {
  const { store, datasetId } = await bloodCellStore();
  const edit = (author: string, ...edits: Edit[]) =>
    applyEdits(store, datasetId, edits, { author });
  const imagesOf = async (query: string) =>
    (await imagePage(store, datasetId, { query })).images.map(({ imageId }) => imageId);
  const objectsOf = async (query: string) =>
    (await objectPage(store, datasetId, { query })).objects.map(({ annotationId }) => annotationId);
  const reviewerOf = async (annotationId: number) =>
    (await objectPage(store, datasetId, { query: `annotation:${annotationId}` })).objects[0]
      .reviewed?.by ?? null;
  const undo = (revision: number) => undoRevision(store, datasetId, revision, { author: 'ada' });
  return { store, datasetId, edit, imagesOf, objectsOf, reviewerOf, undo };
}

test('what a person edits, that person has looked at; what a model or a file says, nobody has', async () => {
  const { store, datasetId, edit, objectsOf, reviewerOf } = await reviewing();
  assert.deepEqual(await objectsOf('reviewed:yes'), []);
  const proposal = { origin: 'model m@1', state: 'proposed' } as const;
  const { addedIds, revision } = await edit(
    'ada',
    { do: 'add', imageId: 4, fields: { category_id: 1 } },
    { do: 'add', imageId: 4, fields: { category_id: 1, score: 0.5 }, ...proposal },
    { do: 'add', imageId: 4, fields: { category_id: 1, score: 0.6 }, ...proposal },
    { do: 'change', annotationId: 1, fields: { area: 5 } },
  );
  const [drawn, first, second] = addedIds;
  assert.deepEqual(await objectsOf('reviewed:yes'), [1, drawn]);
  const { reviewed } = (await annotationsOfImages(store, datasetId, [4]))[0];
  assert.deepEqual([reviewed?.by, reviewed?.revision], ['ada', revision]);
  await edit(
    'grace',
    { do: 'accept', annotationId: first },
    { do: 'reject', annotationId: second },
  );
  assert.deepEqual([await reviewerOf(first), await reviewerOf(drawn)], ['grace', 'ada']);
  assert.deepEqual(await objectsOf('state:rejected reviewer:grace'), [second]);
  // Handed back to the model, as an undo does it: it waits again.
  await edit('grace', { do: 'change', annotationId: first, fields: {}, ...proposal });
  assert.equal(await reviewerOf(first), null);
  // Taking a removal back is not to look at it.
  await edit('ada', { do: 'remove', annotationId: 5 });
  await edit('ada', { do: 'restore', annotationId: 5, fields: {} });
  assert.equal(await reviewerOf(5), null);
  await checkCounts(store, datasetId);
});

test('an object that is marked stays so until it is changed; its history tells, and an undo takes it back', async () => {
  const { store, datasetId, edit, reviewerOf, undo } = await reviewing();
  const mark = (author: string, isReviewed = true) =>
    edit(author, { do: 'review', annotationId: 3, isReviewed });
  await mark('ada');
  assert.equal((await mark('ada')).isUnchanged, true);
  await mark('grace');
  const third = await mark('grace', false);
  assert.equal(await reviewerOf(3), null);
  assert.equal((await undo(third.revision)).changed, 1);
  assert.equal(await reviewerOf(3), 'grace');
  await assert.rejects(undo(2), { code: 'changed-meanwhile' });
  const history = await annotationHistory(store, datasetId, 3);
  assert.deepEqual(
    history.map(({ change, author }) => [change, author]),
    [
      ['reviewed', 'ada'],
      ['unreviewed', 'grace'],
      ['reviewed', 'grace'],
      ['reviewed', 'ada'],
      ['added', 'ada'],
    ],
  );
  // A later import that changes the object: nobody has looked at that.
  const [, , , { ...changed }] = bloodCells.annotations!;
  const file = { ...bloodCells, annotations: [{ ...changed, area: 77 }] };
  const marked = await edit('ada', { do: 'review', annotationId: 4, isReviewed: true });
  await importCoco(store, datasetId, batchesOf(file), { author: 'ada', mode: 'update' });
  assert.equal(await reviewerOf(4), null);
  await assert.rejects(undo(marked.revision), { code: 'changed-meanwhile' });
  await checkCounts(store, datasetId);
});

test('changed and marked under one revision, in either order: counts and an undo go by what was there before it', async () => {
  const { store, datasetId, edit, reviewerOf, undo } = await reviewing();
  const change: Edit = { do: 'change', annotationId: 2, fields: { area: 5 } };
  const unmark: Edit = { do: 'review', annotationId: 2, isReviewed: false };
  const mark: Edit = { ...unmark, isReviewed: true };
  for (const [edits, reviewer] of [
    [[change, unmark], null],
    [[mark, change], 'ada'],
    [[mark, change, unmark], null],
    [[change, unmark, mark], 'ada'],
  ] as const) {
    const { revision } = await edit('ada', ...edits);
    assert.equal(await reviewerOf(2), reviewer);
    await checkCounts(store, datasetId);
    const undone = await undo(revision);
    assert.equal(await reviewerOf(2), null);
    await checkCounts(store, datasetId);
    await undo(undone.revision);
    assert.equal(await reviewerOf(2), reviewer);
    await checkCounts(store, datasetId);
    await undo(undone.revision + 1);
    assert.equal(await reviewerOf(2), null);
  }
});

test('a picture is looked over by half where some of its proposals were accepted, others wait, and nobody drew anything', async () => {
  const { store, datasetId, edit } = await reviewing();
  const propose = (imageId: number): Edit => ({
    do: 'add',
    imageId,
    fields: { category_id: 1, score: 0.5 },
    origin: 'model m@1',
    state: 'proposed',
  });
  // The fourth is empty; on the first are labels from a file.
  const { addedIds } = await edit('ada', ...[4, 4, 1, 1].map(propose));
  const half = async (revision: number) => [...(await halfLookedOver(store, datasetId, revision))];
  const accepted = await edit(
    'ada',
    { do: 'accept', annotationId: addedIds[0] },
    { do: 'accept', annotationId: addedIds[2] },
  );
  assert.deepEqual(await half(accepted.revision), [4]);
  const rest = await edit('ada', { do: 'reject', annotationId: addedIds[1] });
  assert.deepEqual(await half(rest.revision), []);
  // A version from between them is as it was.
  assert.deepEqual(await half(accepted.revision), [4]);
});

test('a change of a category as a whole leaves its objects looked at; a proposal cannot be marked', async () => {
  const { store, datasetId, edit, reviewerOf } = await reviewing();
  await edit('ada', { do: 'review', annotationId: 7, isReviewed: true });
  await deleteCategory(store, datasetId, 2, { author: 'grace', objects: 1 });
  assert.equal(await reviewerOf(7), 'ada');
  const { addedIds } = await edit('ada', {
    do: 'add',
    imageId: 4,
    fields: {},
    origin: 'model m@1',
    state: 'proposed',
  });
  const review = { do: 'review', annotationId: addedIds[0], isReviewed: true } as const;
  await assert.rejects(edit('ada', review), { code: 'bad-edit', message: /Accept or reject it/ });
  await assert.rejects(edit('ada', { ...review, annotationId: 4, seenBorn: 9 }), {
    code: 'changed-meanwhile',
  });
});

test('a picture is reviewed with what is on it, and no longer when something new comes', async () => {
  const { store, datasetId, edit, imagesOf, objectsOf, undo } = await reviewing();
  const { revision } = await edit('ada', { do: 'review-image', imageId: 2, isReviewed: true });
  assert.deepEqual(await imagesOf('reviewed:yes'), [2]);
  assert.deepEqual(await imagesOf('reviewer:ada'), [2]);
  assert.deepEqual(await imagesOf('reviewed:no'), [1, 3, 4]);
  assert.deepEqual(await objectsOf('reviewed:yes'), [5, 6]);
  assert.deepEqual(await imagesOf('object(reviewed:yes category:WBC)'), [2]);
  assert.equal(
    (await edit('ada', { do: 'review-image', imageId: 2, isReviewed: true })).isUnchanged,
    true,
  );
  // A status is never concluded from it.
  assert.equal((await getImage(store, datasetId, 2)).status, 'new');
  const proposal = { origin: 'model m@1', state: 'proposed' } as const;
  const { addedIds } = await edit('m', { do: 'add', imageId: 2, fields: {}, ...proposal });
  assert.deepEqual(await imagesOf('reviewed:yes'), []);
  assert.deepEqual(await imagesOf('proposals>0'), [2]);
  const found = await facets(store, datasetId);
  assert.deepEqual(found.reviewed, { imageCount: 0, unreviewedObjectCount: 6 });
  assert.deepEqual(
    found.states.map(({ state, imageCount, objectCount }) => [state, imageCount, objectCount]),
    [
      ['accepted', 3, 7],
      ['proposed', 1, 1],
    ],
  );
  await edit('grace', { do: 'reject', annotationId: addedIds[0] });
  assert.deepEqual(await imagesOf('reviewed:yes'), [2]);
  await undo(revision);
  assert.deepEqual(await imagesOf('reviewed:yes'), []);
  assert.deepEqual(await objectsOf('reviewed:yes'), []);
  const history = await imageHistory(store, datasetId, 2);
  const { fields, reviewedCount } = history.find((entry) => entry.revision === revision)!;
  assert.deepEqual(fields, [{ field: 'reviewed', before: null, after: 'ada' }]);
  assert.equal(reviewedCount, 2);
  await checkCounts(store, datasetId);
});

test('many are marked at once, objects of images or images themselves, and pass over proposals', async () => {
  const { store, datasetId, imagesOf, objectsOf, undo } = await reviewing();
  const bulk = (...[target, change]: [Parameters<typeof applyBulkEdit>[2], boolean, string?]) =>
    applyBulkEdit(
      store,
      datasetId,
      target,
      { do: 'review-images', isReviewed: change },
      { author: 'ada' },
    );
  const all = await bulk({ query: '' }, true);
  assert.deepEqual([all.imageCount, all.annotationCount], [4, 7]);
  assert.deepEqual(await imagesOf('reviewed:yes'), [1, 2, 3, 4]);
  await bulk({ imageIds: [1] }, false);
  assert.deepEqual(await imagesOf('reviewed:yes'), [2, 3, 4]);
  const unmarked = await applyBulkEdit(
    store,
    datasetId,
    { query: 'category:WBC' },
    { do: 'review-annotations', isReviewed: false },
    { author: 'ada' },
  );
  assert.equal(unmarked.annotationCount, 3);
  assert.deepEqual(await objectsOf('reviewed:no'), [4, 6, 7]);
  assert.deepEqual(await imagesOf('reviewed:yes'), [4]);
  await undo(unmarked.revision);
  assert.deepEqual(await imagesOf('reviewed:yes'), [2, 3, 4]);
  await checkCounts(store, datasetId);
});

test('images are counted as reviewed only where no proposal is open, and those where one is are counted, too', async () => {
  const { store, datasetId, imagesOf } = await reviewing();
  const fields = { category_id: 1, bbox: [1, 1, 5, 5] };
  const proposal = {
    do: 'add',
    imageId: 2,
    fields,
    origin: 'model cells@1',
    state: 'proposed',
  } as const;
  const { addedIds } = await applyEdits(store, datasetId, [proposal], { author: 'ada' });
  const mark = async (isReviewed: boolean) => {
    const edit = { do: 'review-images', isReviewed } as const;
    // The query itself is about what is changed.
    return (
      await applyBulkEdit(store, datasetId, { query: 'reviewed:no' }, edit, { author: 'ada' })
    ).review;
  };
  assert.deepEqual(await mark(true), { reviewedImages: 3, openImages: 1 });
  assert.deepEqual(await imagesOf('reviewed:yes'), [1, 3, 4]);
  assert.deepEqual(await mark(true), { reviewedImages: 0, openImages: 1 });
  const accept = { do: 'accept', annotationId: addedIds[0] } as const;
  await applyEdits(store, datasetId, [accept], { author: 'ada' });
  assert.deepEqual(await imagesOf('reviewed:yes'), [1, 2, 3, 4]);
});

test('work on a new image begins with the first edit of a person, and with nothing else', async () => {
  const { store, datasetId, edit, undo } = await reviewing();
  const statusOf = async (imageId: number) => (await getImage(store, datasetId, imageId)).status;
  const proposal = { origin: 'model m@1', state: 'proposed' } as const;
  await edit('m', { do: 'add', imageId: 4, fields: {}, ...proposal });
  await edit('ada', { do: 'review', annotationId: 7, isReviewed: true });
  await edit('ada', { do: 'tag', imageId: 3, add: ['x'] });
  assert.deepEqual([await statusOf(4), await statusOf(3)], ['new', 'new']);

  const first = await edit('ada', { do: 'accept', annotationId: 8 });
  assert.equal(await statusOf(4), 'in_progress');
  const undone = await undo(first.revision);
  assert.equal(undone.changed, 1);
  assert.equal(await statusOf(4), 'new', 'as if it had not been');
  await undo(undone.revision);
  assert.equal(await statusOf(4), 'in_progress');

  const bulk = await applyBulkEdit(
    store,
    datasetId,
    { query: 'category:WBC' },
    { do: 'set-category', categoryId: 3 },
    { author: 'ada' },
  );
  assert.deepEqual(
    [await statusOf(1), await statusOf(2), await statusOf(3)],
    Array(3).fill('in_progress'),
  );
  await edit('ada', { do: 'set-status', imageId: 1, status: 'done' });
  await edit('ada', { do: 'remove', annotationId: 1 });
  assert.equal(await statusOf(1), 'done', 'never led back by itself');
  await edit('ada', { do: 'remove', annotationId: 5 });
  // A status that was said since, or more work, stands in nobody's way, and stays.
  await undo(bulk.revision);
  assert.deepEqual(
    [await statusOf(1), await statusOf(2), await statusOf(3)],
    ['done', 'in_progress', 'new'],
  );

  const both = [
    { do: 'remove', annotationId: 7 },
    { do: 'set-status', imageId: 3, status: 'new' },
  ] as const;
  await edit('ada', ...both);
  assert.equal(await statusOf(3), 'new', 'what is said is not concluded');
  await checkCounts(store, datasetId);
});

test('a change of many objects is taken back for one of them alone', async () => {
  const { store, datasetId, edit, objectsOf, reviewerOf } = await reviewing();
  const changed = await applyBulkEdit(
    store,
    datasetId,
    { query: 'category:RBC' },
    { do: 'set-category', categoryId: 3 },
    { author: 'grace' },
  );
  const undoOf = (revision: number, ...annotationIds: number[]) =>
    undoRevision(store, datasetId, revision, { author: 'ada', annotationIds });
  await edit('hopper', { do: 'remove', annotationId: 1 });
  await assert.rejects(undoOf(changed.revision, 1), {
    code: 'changed-meanwhile',
    message: /found changes of them by hopper in revision 3/,
  });
  const undone = await undoOf(changed.revision, 2, 3);
  assert.equal(undone.changed, 2);
  assert.deepEqual(await objectsOf('category:RBC'), [2, 3]);
  assert.equal(await reviewerOf(2), null);
  await assert.rejects(undoOf(changed.revision, 6), { code: 'bad-edit' });
  // What was before can be taken back, too: together the two changed nothing of it.
  await assert.rejects(undoOf(changed.revision, 2), { code: 'changed-meanwhile' });
  await undoOf(undone.revision, 2);
  assert.deepEqual(await objectsOf('category:Platelets'), [2, 5]);
  await checkCounts(store, datasetId);
});
