// Controls from the proposals of a model on, over what a person does, to what is told of it; against a real database.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { SlippedKind } from '@migaki/coco';
import { applyEdits } from '../annotations/apply-edits.ts';
import type { Edit } from '../annotations/edit.ts';
import { annotationsOfImages } from '../annotations/live-annotation.ts';
import { type ImageProposals, replaceProposals } from '../annotations/replace-proposals.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { deleteCategory, mergeCategories } from '../datasets/category.ts';
import { createDataset, getDataset } from '../datasets/dataset.ts';
import { restoreVersion } from '../datasets/restore-version.ts';
import { undoRevision } from '../datasets/undo-revision.ts';
import { createVersion } from '../datasets/version.ts';
import { countImages, imagePage } from '../query/image-page.ts';
import { checkCounts } from '../testing/check-counts.ts';
import { exportedDataset } from '../testing/export-text.ts';
import { testStore } from '../testing/test-store.ts';
import { addWorkTime } from '../work-time/add-work-time.ts';
import { controlsOf } from './control-picture.ts';
import { datasetSavings } from './savings.ts';
import {
  dismissSlipped,
  endMistakes,
  endMistakesOfCategories,
  listSlippedMistakes,
  putSlippedRight,
} from './slipped-mistakes.ts';

const store = await testStore();
const ada = { author: 'ada' };
const model = { name: 'm', version: 1 };
const imageCount = 24;

/** Empty pictures, numbered from 1 on. */
async function emptyPictures(name: string): Promise<number> {
  const { id } = await createDataset(store, { name });
  const images = Array.from({ length: imageCount }, (_, i) => ({
    id: i + 1,
    file_name: `${i + 1}.jpg`,
    width: 640,
    height: 480,
  }));
  const categories = [1, 2].map((id) => ({ id, name: `kind ${id}` }));
  await importCoco(store, id, batchesOf({ images, annotations: [], categories }), ada);
  return id;
}

const truth = (n: number) => ({
  category_id: 1,
  bbox: [10 + 100 * n, 20, 40, 40],
  score: 0.9 - n / 10,
});
const three = [0, 1, 2].map(truth);
const wrong = {
  misplaced: { ...truth(0), bbox: [30, 20, 40, 40] },
  swapped: { ...truth(0), category_id: 2 },
  invented: { category_id: 1, bbox: [400, 300, 40, 40], score: 0.75 },
} as const;

const plain = (imageId: number): ImageProposals => ({
  imageId,
  found: three,
  control: { role: 'plain' },
});
const control = (imageId: number): ImageProposals => ({
  imageId,
  found: [],
  control: { role: 'control', hidden: three },
});
function mistake(imageId: number, kind: SlippedKind): ImageProposals {
  const shown = kind === 'overlooked' ? null : wrong[kind];
  const kept = kind === 'invented' ? three : three.slice(1);
  return {
    imageId,
    found: shown === null ? kept : [...kept, shown],
    control: { role: 'mistake', kind, shown, truth: kind === 'invented' ? null : truth(0) },
  };
}

const propose = (datasetId: number, images: readonly ImageProposals[], version = 1) =>
  replaceProposals(store, datasetId, { ...model, version }, images, ada);
const objectsOf = (datasetId: number, ...imageIds: number[]) =>
  annotationsOfImages(store, datasetId, imageIds);
const edit = (datasetId: number, edits: readonly Edit[]) =>
  applyEdits(store, datasetId, edits, ada);

/** Accepts all that is proposed and calls the pictures right. */
async function allRight(datasetId: number, ...imageIds: number[]) {
  const open = await objectsOf(datasetId, ...imageIds);
  return edit(datasetId, [
    ...open.flatMap(({ annotationId, state }): Edit[] =>
      state === 'proposed' ? [{ do: 'accept', annotationId }] : [],
    ),
    ...imageIds.map((imageId): Edit => ({ do: 'review-image', imageId, isReviewed: true })),
  ]);
}

test('a wrong proposal is as any other, a control has none, and nothing but the counts tells of it', async () => {
  const datasetId = await emptyPictures('hidden');
  const written = await propose(datasetId, [plain(1), control(2), mistake(3, 'swapped')]);
  assert.equal(written.proposedCount, 6);
  const objects = await objectsOf(datasetId, 1, 2, 3);
  const looks = objects.map(({ imageId, annotationId, coco, ...rest }) => Object.keys(rest).join());
  assert.equal(new Set(looks).size, 1);
  assert.deepEqual(
    objects.map(({ imageId }) => imageId),
    [1, 1, 1, 3, 3, 3],
  );
  assert.deepEqual(
    await countImages(store, datasetId, { query: 'proposals>0 or control:open' }),
    3,
  );
  assert.equal(await countImages(store, datasetId, { query: 'control:open' }), 1);
  // In the order by doubt a control stands where its proposals would have put it.
  const { images } = await imagePage(store, datasetId, {
    sort: '-doubt',
    query: 'name:1.jpg or name:2.jpg',
  });
  assert.equal(images.length, 2);
  const { mistakes, controls } = await datasetSavings(store, datasetId);
  assert.deepEqual([mistakes.count, mistakes.judgedCount, mistakes.rate], [1, 0, null]);
  assert.deepEqual([controls.count, controls.finishedCount], [1, 0]);
});

test('the same once more changes nothing; without controls they are proposals again', async () => {
  const datasetId = await emptyPictures('again');
  const images = [plain(1), control(2), mistake(3, 'misplaced')];
  const { revision } = await propose(datasetId, images);
  assert.equal((await propose(datasetId, images)).isUnchanged, true);
  assert.equal((await getDataset(store, datasetId)).revision, revision);
  await propose(datasetId, images, 2);
  const known = await controlsOf(store, datasetId, [1, 2, 3]);
  assert.deepEqual(
    [...known.values()].map(({ role }) => role),
    ['plain', 'control', 'mistake'],
  );
  await propose(
    datasetId,
    [1, 2, 3].map((imageId) => ({ imageId, found: three })),
  );
  assert.equal((await controlsOf(store, datasetId, [1, 2, 3])).size, 0);
  const objects = await objectsOf(datasetId, 1, 2, 3);
  assert.ok(objects.every(({ coco }) => three.some(({ bbox }) => bbox[0] === coco.bbox![0])));
});

test('proposals of another source leave a mistake as it is', async () => {
  const datasetId = await emptyPictures('another');
  await propose(datasetId, [mistake(3, 'misplaced'), control(4)]);
  const others = [3, 4].map((imageId) => ({ imageId, found: [truth(1)] }));
  await replaceProposals(store, datasetId, { name: 'elsewhere' }, others, ada);
  const known = await controlsOf(store, datasetId, [3, 4]);
  assert.deepEqual([...known.keys()], [3], 'with proposals a picture is no control');
});

test('what is found and what slips through is told once the picture is looked over, and stays told', async () => {
  const datasetId = await emptyPictures('judged');
  const kinds = ['overlooked', 'misplaced', 'swapped', 'invented'] as const;
  await propose(datasetId, [
    ...kinds.map((kind, i) => mistake(1 + i, kind)),
    ...kinds.map((kind, i) => mistake(5 + i, kind)),
  ]);
  // The first four are found …
  const objects = await objectsOf(datasetId, 1, 2, 3, 4);
  const wrongOn = (imageId: number) =>
    objects.filter((each) => each.imageId === imageId).at(-1)!.annotationId;
  await edit(datasetId, [
    { do: 'add', imageId: 1, fields: { category_id: 2, bbox: [12, 20, 40, 40] } },
    { do: 'change', annotationId: wrongOn(2), fields: { bbox: [11, 20, 40, 40] } },
    { do: 'change', annotationId: wrongOn(3), fields: { category_id: 1 } },
    { do: 'reject', annotationId: wrongOn(4) },
  ]);
  assert.equal(
    (await datasetSavings(store, datasetId)).mistakes.judgedCount,
    0,
    'something is open',
  );
  await allRight(datasetId, 1, 2, 3, 4);
  // … and the others are not.
  await allRight(datasetId, 5, 6, 7, 8);
  const { mistakes } = await datasetSavings(store, datasetId);
  assert.deepEqual([mistakes.count, mistakes.judgedCount, mistakes.slippedCount], [8, 8, 4]);
  assert.ok(mistakes.rate!.low < 0.5 && mistakes.rate!.high > 0.5);
  assert.deepEqual(
    mistakes.byKind,
    kinds.map((kind) => ({ kind, judgedCount: 2, slippedCount: 1 })),
  );

  const slipped = await listSlippedMistakes(store, datasetId);
  assert.deepEqual(
    slipped.map(({ image, kind }) => [image.imageId, kind]),
    kinds.map((kind, i) => [5 + i, kind]),
  );
  assert.equal(slipped[0].label, null);
  assert.equal(slipped[3].truth, null);

  const put = await putSlippedRight(store, datasetId, { as: 'accepted' }, ada);
  assert.equal(put.count, 4);
  assert.deepEqual(await listSlippedMistakes(store, datasetId), []);
  const right = await objectsOf(datasetId, 5, 6, 7, 8);
  assert.equal(right.length, 12);
  assert.ok(right.every(({ state, coco }) => state === 'accepted' && coco.category_id === 1));
  assert.ok(right.every(({ coco }) => three.some(({ bbox }) => bbox[0] === coco.bbox![0])));
  await checkCounts(store, datasetId);
  assert.equal(
    (await datasetSavings(store, datasetId)).mistakes.slippedCount,
    4,
    'they had slipped through',
  );

  await undoRevision(store, datasetId, put.revision, ada);
  assert.equal(
    (await listSlippedMistakes(store, datasetId)).length,
    4,
    'taken back, they stand again',
  );
  assert.equal(
    await dismissSlipped(store, datasetId, [6, 99], { author: 'ada', isDismissed: true }),
    1,
  );
  assert.equal((await listSlippedMistakes(store, datasetId)).length, 3);
  assert.equal((await datasetSavings(store, datasetId)).mistakes.judgedCount, 7);
  assert.equal(
    await dismissSlipped(store, datasetId, [6], { author: 'ada', isDismissed: false }),
    1,
  );
});

test('whoever has gone on to another picture is done with one; nobody has to mark it', async () => {
  const datasetId = await emptyPictures('gone on');
  await propose(datasetId, [mistake(1, 'misplaced'), plain(2)]);
  const [first, second] = await Promise.all([1, 2].map((imageId) => objectsOf(datasetId, imageId)));
  const accept = (objects: typeof first) =>
    edit(
      datasetId,
      objects.map(({ annotationId }) => ({ do: 'accept', annotationId })),
    );
  await accept(first);
  const judged = async () => (await datasetSavings(store, datasetId)).mistakes.judgedCount;
  assert.equal(await judged(), 0, 'there may be something to draw yet');
  await accept(second);
  assert.equal(await judged(), 1);
});

test('proposals that were taken back show nothing of who draws the picture then', async () => {
  const datasetId = await emptyPictures('taken back');
  const { revision } = await propose(datasetId, [mistake(1, 'overlooked'), plain(2)]);
  await undoRevision(store, datasetId, revision, ada);
  await edit(datasetId, [
    { do: 'add', imageId: 1, fields: { category_id: 1, bbox: [300, 300, 9, 9] } },
  ]);
  await allRight(datasetId, 1, 2);
  const { mistakes } = await datasetSavings(store, datasetId);
  assert.deepEqual([mistakes.count, mistakes.openCount, mistakes.judgedCount], [1, 1, 0]);
});

test('no version has a mistake that was made on purpose, and the true proposal waits to be looked over', async () => {
  const datasetId = await emptyPictures('clean');
  await propose(datasetId, [
    mistake(1, 'swapped'),
    mistake(2, 'invented'),
    mistake(3, 'misplaced'),
    plain(4),
  ]);
  await allRight(datasetId, 1, 2);
  // Of the third only the wrong one is accepted, the rest is open.
  const [, , moved] = await objectsOf(datasetId, 3);
  await edit(datasetId, [{ do: 'accept', annotationId: moved.annotationId }]);
  await createVersion(store, datasetId, { name: 'v1', author: 'ada' });
  const { annotations } = await exportedDataset(store, datasetId, { at: 'v1' });
  assert.ok(annotations.every(({ category_id }) => category_id === 1));
  assert.equal(annotations.length, 5, 'two of the first, three of the second');
  assert.equal(await countImages(store, datasetId, { query: 'proposals>0' }), 3);
  const { mistakes } = await datasetSavings(store, datasetId);
  assert.deepEqual(
    [mistakes.count, mistakes.judgedCount, mistakes.slippedCount],
    [3, 3, 3],
    'the third had slipped through as well, although something was open beside it',
  );
  await checkCounts(store, datasetId);
});

test('a category that becomes another one, or goes, finds no mistake and hides none', async () => {
  const datasetId = await emptyPictures('merged');
  await propose(datasetId, [
    ...[1, 2, 3, 4].map((imageId) => mistake(imageId, 'swapped')),
    mistake(5, 'misplaced'),
    mistake(6, 'overlooked'),
  ]);
  // The first is open, the second slips through, the third is found; of the fourth what is wrong is accepted, the rest open.
  const wrongOn = async (imageId: number) =>
    (await objectsOf(datasetId, imageId)).at(-1)!.annotationId;
  await allRight(datasetId, 2);
  await edit(datasetId, [
    { do: 'change', annotationId: await wrongOn(3), fields: { category_id: 1 } },
    { do: 'accept', annotationId: await wrongOn(4) },
  ]);
  const counts = async () => {
    const { mistakes } = await datasetSavings(store, datasetId);
    return [mistakes.count, mistakes.openCount, mistakes.judgedCount, mistakes.slippedCount];
  };
  assert.deepEqual(await counts(), [6, 5, 1, 1]);
  await endMistakesOfCategories(store, datasetId, [2], 'ada');
  await mergeCategories(store, datasetId, { into: 1, from: [2] }, ada);
  const told = [5, 2, 3, 2];
  assert.deepEqual(await counts(), told, 'the open one is gone, those that were decided on stay');
  for (const imageId of [1, 2, 3, 4, 5]) await allRight(datasetId, imageId);
  assert.deepEqual((await counts()).slice(2), [4, 3], 'that of another kind as ever');
  const slipped = await listSlippedMistakes(store, datasetId);
  assert.deepEqual(
    slipped.map(({ image }) => image.imageId),
    [5],
  );
  await endMistakesOfCategories(store, datasetId, [1], 'ada');
  await deleteCategory(store, datasetId, 1, { ...ada, objects: 'remove' });
  assert.deepEqual(await counts(), [4, 0, 4, 3], 'what was left out is no object any more');
  assert.deepEqual(await listSlippedMistakes(store, datasetId), []);
  await checkCounts(store, datasetId);
});

test('an old version that brings a wrong proposal back brings it back as such', async () => {
  const datasetId = await emptyPictures('restored');
  await propose(datasetId, [mistake(1, 'swapped')]);
  const { revision } = await getDataset(store, datasetId);
  const objects = await objectsOf(datasetId, 1);
  const { annotationId } = objects.at(-1)!;
  await edit(datasetId, [{ do: 'change', annotationId, fields: { category_id: 1 } }]);
  await allRight(datasetId, 1);
  assert.equal((await datasetSavings(store, datasetId)).mistakes.slippedCount, 0);
  await restoreVersion(store, datasetId, revision, ada);
  await allRight(datasetId, 1);
  assert.equal((await listSlippedMistakes(store, datasetId)).length, 1);
});

test('pictures that go elsewhere take no mistake along', async () => {
  const datasetId = await emptyPictures('elsewhere');
  await propose(datasetId, [
    mistake(1, 'overlooked'),
    mistake(2, 'swapped'),
    mistake(3, 'invented'),
    mistake(4, 'swapped'),
  ]);
  await endMistakes(store, datasetId, [1, 2, 3], 'ada');
  const objects = await objectsOf(datasetId, 1, 2, 3);
  assert.equal(objects.length, 9);
  assert.ok(objects.every(({ state, coco }) => state === 'proposed' && coco.category_id === 1));
  assert.deepEqual([...(await controlsOf(store, datasetId, [1, 2, 3, 4])).keys()], [4]);
});

test('time is compared with that of controls once there are enough, actions with drawing', async () => {
  const datasetId = await emptyPictures('time');
  const assisted = Array.from({ length: 10 }, (_, i) => 1 + i);
  const byHand = Array.from({ length: 10 }, (_, i) => 11 + i);
  await propose(datasetId, [...assisted.map(plain), ...byHand.map(control)]);
  const sessionId = randomUUID();
  const work = (imageIds: readonly number[], millis: number) =>
    addWorkTime(store, datasetId, {
      sessionId,
      author: 'ada',
      stretches: imageIds.map((imageId) => ({
        counter: imageId,
        at: new Date(Date.now() + 1000),
        imageId,
        millis: millis + 10 * imageId,
        objects: [],
      })),
    });
  const draw = (imageId: number): Edit[] => [
    ...three
      .slice(0, 2)
      .map(({ bbox }): Edit => ({ do: 'add', imageId, fields: { category_id: 1, bbox } })),
    { do: 'add', imageId, fields: { category_id: 2, bbox: [400, 300, 40, 40] } },
    { do: 'review-image', imageId, isReviewed: true },
  ];
  await work(assisted, 3_000);
  await work(byHand, 12_000);
  await allRight(datasetId, ...assisted);
  for (const imageId of byHand.slice(0, 7)) await edit(datasetId, draw(imageId));
  const few = await datasetSavings(store, datasetId);
  assert.deepEqual([few.time.assisted.pictureCount, few.time.byHand.pictureCount], [10, 7]);
  assert.equal(few.time.saved, null);
  for (const imageId of byHand.slice(7)) await edit(datasetId, draw(imageId));

  const { time, labels, work: done, controls } = await datasetSavings(store, datasetId);
  assert.ok(Math.abs(time.saved!.share - 0.75) < 0.02);
  assert.ok(time.saved!.low <= time.saved!.share && time.saved!.share <= time.saved!.high);
  assert.equal(time.recordedMillis, 10 * 15_000 + (10 * (20 * 21)) / 2);
  assert.deepEqual(labels, { accepted: 30, corrected: 0, drawn: 30, imported: 0 });
  assert.deepEqual([done.pictureCount, done.actions, done.actionsFromScratch], [10, 10, 60]);
  assert.deepEqual(controls, {
    count: 10,
    finishedCount: 10,
    corrections: { accept: 20, reclass: 0, nudge: 0, reject: 10, draw: 10 },
  });
  // One more is corrected: moved and called otherwise, rejected, drawn.
  await propose(datasetId, [{ imageId: 21, found: three }]);
  const [a, b] = await objectsOf(datasetId, 21);
  await edit(datasetId, [
    {
      do: 'change',
      annotationId: a.annotationId,
      fields: { category_id: 2, bbox: [12, 20, 40, 40] },
    },
    { do: 'reject', annotationId: b.annotationId },
    { do: 'add', imageId: 21, fields: { category_id: 1, bbox: [300, 300, 40, 40] } },
  ]);
  await allRight(datasetId, 21);
  const after = await datasetSavings(store, datasetId);
  assert.deepEqual(after.work, {
    pictureCount: 11,
    corrections: { accept: 31, reclass: 1, nudge: 1, reject: 1, draw: 1 },
    actions: 10 + 6,
    actionsFromScratch: 66,
    acceptedAtOnce: 0,
  });
  assert.deepEqual(after.labels, { accepted: 31, corrected: 1, drawn: 31, imported: 0 });
  // Of a file of another program: results that are looked over, and labels.
  const fromFile = { do: 'add', imageId: 22, fields: truth(0), origin: 'import' } as const;
  await edit(datasetId, [{ ...fromFile, state: 'proposed' }, fromFile]);
  await allRight(datasetId, 22);
  const { labels: last } = await datasetSavings(store, datasetId);
  assert.deepEqual(last, { accepted: 32, corrected: 1, drawn: 31, imported: 1 });
});

test('later proposals change nothing of what was done; what is thrown away at once is one action', async () => {
  const datasetId = await emptyPictures('thrown away');
  const found = [{ ...truth(0), bbox: [500, 400, 40, 40] }];
  const later = (imageIds: readonly number[]) =>
    replaceProposals(
      store,
      datasetId,
      { name: 'other' },
      imageIds.map((imageId) => ({ imageId, found })),
      ada,
    );
  await propose(datasetId, [1, 2].map(plain));
  await allRight(datasetId, 1, 2);
  const work = async () => (await datasetSavings(store, datasetId)).work;
  const before = await work();
  assert.deepEqual([before.pictureCount, before.actions, before.actionsFromScratch], [2, 2, 12]);
  await later([1, 2, 3, 4]);
  assert.deepEqual(await work(), before);
  const open = (await objectsOf(datasetId, 1, 2, 3, 4)).filter(({ state }) => state === 'proposed');
  assert.equal(open.length, 4);
  const rejections = open.map(({ annotationId }): Edit => ({ do: 'reject', annotationId }));
  await edit(datasetId, rejections);
  assert.deepEqual(await work(), { ...before, actions: before.actions + 1 });
  // One picture after another is looked at, and each rejection is a key.
  await later([5]);
  const [last] = await objectsOf(datasetId, 5);
  await edit(datasetId, [{ do: 'reject', annotationId: last.annotationId }]);
  const { pictureCount, corrections, actions } = await work();
  assert.deepEqual([pictureCount, corrections.reject, actions], [3, 1, before.actions + 2]);
});

test('what is accepted on several pictures at once says nothing of looking', async () => {
  const datasetId = await emptyPictures('accepted at once');
  await propose(datasetId, [1, 2, 3].map(plain));
  const open = await objectsOf(datasetId, 1, 2);
  await edit(
    datasetId,
    open.map(({ annotationId }): Edit => ({ do: 'accept', annotationId })),
  );
  const work = async () => (await datasetSavings(store, datasetId)).work;
  const unseen = await work();
  assert.deepEqual(
    [unseen.pictureCount, unseen.actions, unseen.acceptedAtOnce],
    [0, 0, open.length],
  );
  await allRight(datasetId, 3);
  const { pictureCount, acceptedAtOnce } = await work();
  assert.deepEqual([pictureCount, acceptedAtOnce], [1, open.length]);
});
