import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { applyEdits } from '../annotations/apply-edits.ts';
import { getDataset } from '../datasets/dataset.ts';
import { countImages } from '../query/image-page.ts';
import { countObjects } from '../query/object-page.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { addWorkTime, type WorkStretch } from './add-work-time.ts';
import { workRows } from './work-rows.ts';
import { workStatistics } from './work-statistics.ts';

const stretch = (
  counter: number,
  imageId: number,
  seconds: number,
  objects: Record<number, number> = {},
  day = '2024-05-31',
): WorkStretch => ({
  counter,
  imageId,
  at: new Date(`${day}T10:00:00Z`),
  millis: seconds * 1000,
  objects: Object.entries(objects).map(([id, of]) => ({
    annotationId: Number(id),
    millis: of * 1000,
  })),
});

test('work time is summed by picture, object, category, person and day; told twice it counts once', async () => {
  const { store, datasetId } = await bloodCellStore();
  const sessions = [randomUUID(), randomUUID()];
  const tell = (session: number, author: string, stretches: WorkStretch[]) =>
    addWorkTime(store, datasetId, { sessionId: sessions[session], author, stretches });
  const first = [stretch(0, 1, 12, { 1: 4, 4: 6 }), stretch(1, 2, 3)];
  assert.equal(await tell(0, 'ada', first), 2);
  assert.equal(await tell(0, 'ada', [...first, stretch(2, 1, 1, { 1: 1 })]), 1);
  assert.equal(await tell(1, 'grace', [stretch(0, 1, 30, { 4: 30 }, '2024-06-01')]), 1);
  assert.equal((await getDataset(store, datasetId)).revision, 1, 'nothing of the dataset changes');

  const found = await workStatistics(store, datasetId);
  assert.deepEqual([found.millis, found.imageCount], [46_000, 2]);
  assert.deepEqual([found.objectMillis, found.objectCount], [41_000, 2]);
  assert.deepEqual(found.users, [
    { user: 'grace', millis: 30_000, imageCount: 1 },
    { user: 'ada', millis: 16_000, imageCount: 2 },
  ]);
  assert.deepEqual(found.days, [
    { day: '2024-05-31', millis: 16_000, imageCount: 2 },
    { day: '2024-06-01', millis: 30_000, imageCount: 1 },
  ]);
  assert.deepEqual(found.categories, [
    { categoryId: 2, millis: 36_000, objectCount: 1 },
    { categoryId: 1, millis: 5_000, objectCount: 1 },
  ]);
  assert.deepEqual(
    [found.perImage[0], found.perImage.at(-1)],
    [
      { from: 2, to: 5, count: 1 },
      { from: 20, to: 50, count: 1 },
    ],
  );
  const rows = await workRows(store, datasetId, { by: 'object' });
  assert.deepEqual(
    rows.map(({ user, annotationId, categoryId, millis }) => [
      user,
      annotationId,
      categoryId,
      millis,
    ]),
    [
      ['ada', 1, 1, 5_000],
      ['ada', 4, 2, 6_000],
      ['grace', 4, 2, 30_000],
    ],
  );
  assert.deepEqual(
    (await workRows(store, datasetId, { by: 'image', query: 'tag:none' })).length,
    0,
  );
  assert.equal((await workRows(store, datasetId, { by: 'day' })).length, 2);
});

test('each bar of the statistics is a query that finds just what it counts, at once', async () => {
  const { store, datasetId } = await bloodCellStore();
  const sessionId = randomUUID();
  let counter = 0;
  const tell = (...of: ReturnType<typeof stretch>[]) =>
    addWorkTime(store, datasetId, {
      sessionId,
      author: 'ada',
      stretches: of.map((each) => ({ ...each, counter: counter++ })),
    });
  await tell(stretch(0, 1, 7, { 1: 3 }));
  const count = (query: string) => countImages(store, datasetId, { query });
  assert.equal(await count('worktime>=5 worktime<10'), 1);
  assert.equal(await count('worker:ada'), 1);
  await tell(stretch(0, 2, 8, { 5: 3, 6: 60 }, '2024-06-02'));
  // No revision was made: lists that were kept know it all the same.
  assert.equal(await count('worktime>=5 worktime<10'), 2);
  assert.equal(await count('worker:ada'), 2);
  assert.equal(await count('worked:2024-06-02'), 1);
  assert.equal(await count('worktime:0'), 2);
  const { perImage, perObject, categories } = await workStatistics(store, datasetId);
  for (const { from, to, count: counted } of perImage) {
    assert.equal(await count(`worktime>=${from} worktime<${to} worktime>0`), counted);
  }
  for (const { from, to, count: counted } of perObject) {
    const query = `worktime>=${from} worktime<${to} worktime>0`;
    assert.equal(await countObjects(store, datasetId, { query }), counted);
  }
  assert.deepEqual(
    categories.map(({ categoryId, objectCount }) => [categoryId, objectCount]),
    [
      [2, 1],
      [1, 2],
    ],
  );
  // Objects that are gone take no part.
  await applyEdits(store, datasetId, [{ do: 'remove', annotationId: 6 }], { author: 'ada' });
  assert.equal((await workStatistics(store, datasetId)).objectMillis, 6_000);
});

test('work on what is not there is refused whole', async () => {
  const { store, datasetId } = await bloodCellStore();
  const stretches = [stretch(0, 1, 1), stretch(1, 99, 1)];
  const told = { sessionId: randomUUID(), author: 'ada', stretches };
  await assert.rejects(addWorkTime(store, datasetId, told), { code: 'image-not-found' });
  await assert.rejects(addWorkTime(store, 99, told), { code: 'dataset-not-found' });
  assert.equal((await workStatistics(store, datasetId)).millis, 0);
});
