// Pictures of the sample go from dataset to dataset, over HTTP.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BulkAction, ImageSelection, Job, TransferReport } from '@migaki/api';
import sharp from 'sharp';
import { testWorkbench } from '../../testing/test-workbench.ts';

const workbench = await testWorkbench();
const { client, finished, importCells, folder } = workbench;
let datasetId = 0;

before(async () => {
  datasetId = await importCells();
});

const at = () => ({ params: { datasetId } });
const bulk = (selection: ImageSelection, action: BulkAction, key = crypto.randomUUID()) =>
  client.applyBulk({ ...at(), body: { key, selection, action } });
type Into = { datasetId: number } | { newDataset: string };
const start = async (
  how: 'copy' | 'move',
  selection: ImageSelection,
  into: Into,
  key = crypto.randomUUID(),
  from = datasetId,
) =>
  (await client.startTransfer({ params: { datasetId: from }, body: { key, selection, how, into } }))
    .job;
const reportOf = async (job: Job): Promise<TransferReport> => {
  const ended = await finished(job);
  assert.equal(ended.state, 'succeeded', JSON.stringify(ended.error));
  return ended.result as TransferReport;
};
const transfer = async (...asked: Parameters<typeof start>) => reportOf(await start(...asked));

test('images go to another dataset with everything that is known of them', async () => {
  const { id: to } = await client.createDataset({ body: { name: 'picked' } });
  const q = 'count(WBC)>1';
  await bulk({ q }, { type: 'addTag', tag: 'white' });
  await bulk({ q }, { type: 'setStatus', status: 'done' });
  const of = async (id: number, query: string) => {
    const params = { datasetId: id };
    const { items } = await client.listImages({ params, query: { q: query, limit: 500 } });
    return items.map(({ fileName, sha256, status, tags, objectCount, overlays }) => ({
      fileName,
      sha256,
      status,
      tags,
      objectCount,
      boxes: overlays.map(({ bbox, state, origin }) => ({ bbox, state, origin })),
    }));
  };
  const source = await of(datasetId, q);
  const { arrival, ...here } = await transfer('copy', { q }, { datasetId: to });
  const annotations = source.reduce((sum, image) => sum + image.objectCount, 0);
  // Nothing of this dataset has changed: there is no revision of it to take back.
  assert.deepEqual(here, { images: source.length, annotations, removedIn: null });
  assert.deepEqual(await of(to, ''), source);
  const again = await transfer('copy', { q }, { datasetId: to });
  assert.deepEqual(await of(to, ''), source, 'copying again changes nothing');
  const lacked = { objectCount: 0, imageCount: 0 };
  assert.deepEqual(again.arrival, { datasetId: to, imageCount: 0, revisions: [], lacked });

  // What has arrived is taken back as a whole, or not at all.
  assert.equal(arrival.imageCount, source.length);
  const { revisions } = arrival;
  const takeBack = () => client.undoRevisions({ params: { datasetId: to }, body: { revisions } });
  const { items: arrived } = await client.listImages({ params: { datasetId: to }, query: {} });
  const edits = [{ type: 'delete', annotationId: arrived[0].overlays[0].id }] as const;
  const key = crypto.randomUUID();
  const edited = await client.applyEdits({
    params: { datasetId: to },
    body: { key, edits: [...edits] },
  });
  const shown = await of(to, '');
  await assert.rejects(takeBack(), { code: 'changed-meanwhile' });
  assert.deepEqual(await of(to, ''), shown);
  await client.undoRevision({
    params: { datasetId: to, revision: edited.revision },
    body: { key: crypto.randomUUID() },
  });
  await takeBack();
  const emptied = await client.getDataset({ params: { datasetId: to } });
  assert.deepEqual([emptied.imageCount, emptied.categories.length], [0, 0]);
  await transfer('copy', { q }, { datasetId: to });
  assert.deepEqual(await of(to, ''), source);

  const { id: away } = await client.createDataset({ body: { name: 'moved' } });
  const { total } = await client.listImages({ ...at(), query: {} });
  const moved = await transfer('move', { q }, { datasetId: away });
  assert.deepEqual(await of(away, ''), source);
  assert.equal((await client.listImages({ ...at(), query: {} })).total, total - source.length);
  await client.undoRevision({
    params: { datasetId, revision: moved.removedIn!.revision },
    body: { key: crypto.randomUUID() },
  });
  assert.deepEqual(await of(datasetId, q), source);
  await assert.rejects(start('copy', { q }, { datasetId }), { code: 'bad-edit' });
});

test('labels that images over there lacked are added, and counted with their images', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 4 } });
  const [first, second] = items;
  const ids = items.map(({ id }) => id);
  const { id: to } = await client.createDataset({ body: { name: 'lacking' } });
  const into = { datasetId: to };
  await transfer('copy', { imageIds: ids.slice(0, 3) }, into);
  const there = await client.listImages({ params: { datasetId: to }, query: {} });
  const lost = [...there.items[0].overlays.slice(0, 2), ...there.items[1].overlays.slice(0, 3)].map(
    ({ id }) => id,
  );
  await client.applyBulk({
    params: { datasetId: to },
    body: {
      key: crypto.randomUUID(),
      selection: { annotationIds: lost },
      action: { type: 'deleteObjects' },
    },
  });
  await bulk({ imageIds: [second.id] }, { type: 'addTag', tag: 'odd' });
  const key = crypto.randomUUID();
  const { arrival } = await transfer('copy', { imageIds: ids }, into, key);
  // The fourth is new, and what is on it no more than it has.
  assert.deepEqual([arrival.imageCount, arrival.lacked], [1, { objectCount: 5, imageCount: 2 }]);
  const again = await transfer('copy', { imageIds: ids }, into, key);
  assert.deepEqual(again.arrival, arrival, 'sent again');
  const after = await client.listImages({ params: { datasetId: to }, query: {} });
  assert.equal(after.items[0].objectCount, first.objectCount);
});

test('images go to a dataset that is made for them, and that goes with them where nobody has built on it', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 3 } });
  const selection = { imageIds: items.map(({ id }) => id) };
  const key = crypto.randomUUID();
  const copy = (newDataset: string) => transfer('copy', selection, { newDataset }, key);
  const there = async () =>
    (await client.listDatasets({ query: {} })).datasets.map(({ name }) => name).sort();
  const before = await there();

  const copied = await copy('night');
  const { datasetId: to, revisions, imageCount } = copied.arrival;
  const arrived = await client.getDataset({ params: { datasetId: to } });
  assert.deepEqual([arrived.name, arrived.imageCount, imageCount], ['night', 3, 3]);
  // The answer was lost on the way: sent again it is the same dataset, and all that came.
  assert.deepEqual(await copy('night'), copied);
  await assert.rejects(start('copy', selection, { newDataset: 'night' }), { code: 'name-taken' });
  const none = { q: 'tag:"nobody has it"' };
  await assert.rejects(start('copy', none, { newDataset: 'empty' }), { code: 'bad-edit' });
  assert.deepEqual(await there(), [...before, 'night'].sort());

  // Who has built on it keeps the dataset; what was copied goes.
  const takeBack = () =>
    client.undoRevisions({ params: { datasetId: to }, body: { revisions, newDataset: 'night' } });
  const category = { name: 'glare', supercategory: null };
  const { id: categoryId } = await client.addCategory({
    params: { datasetId: to },
    body: category,
  });
  assert.notEqual((await takeBack()).revision, null);
  const kept = await client.getDataset({ params: { datasetId: to } });
  assert.deepEqual([kept.imageCount, kept.categories.map(({ id }) => id)], [0, [categoryId]]);
  await client.deleteDataset({ params: { datasetId: to }, query: { forever: 'false' } });

  const moved = await transfer('move', selection, { newDataset: 'dusk' });
  const { arrival } = moved;
  // What was done there since and taken back again is nothing that anybody would miss.
  const params = { datasetId: arrival.datasetId };
  const tagged = await client.applyBulk({
    params,
    body: {
      key: crypto.randomUUID(),
      selection: { q: '' },
      action: { type: 'addTag', tag: 'mine' },
    },
  });
  await client.undoRevision({
    params: { ...params, revision: tagged.revision },
    body: { key: crypto.randomUUID() },
  });
  assert.deepEqual(
    await client.undoRevisions({
      params: { datasetId: arrival.datasetId },
      body: { revisions: arrival.revisions, newDataset: 'dusk' },
    }),
    { revision: null, changed: 0 },
  );
  assert.deepEqual(await there(), before);
  await client.undoRevision({
    params: { datasetId, revision: moved.removedIn!.revision },
    body: { key: crypto.randomUUID() },
  });
});

test('what arrived is taken back in all its revisions, or nothing is written', async () => {
  const { items } = await client.listImages({ ...at(), query: { q: 'status:new' } });
  const { id } = items.find(({ tags }) => tags.length === 0)!;
  const copied = await transfer('copy', { imageIds: [id] }, { newDataset: 'whole' });
  const { datasetId: to, revisions } = copied.arrival!;
  const params = { datasetId: to };
  // It stands in the way of the first of them only, which is taken back last.
  const tagged = await client.applyBulk({
    params,
    body: {
      key: crypto.randomUUID(),
      selection: { q: '' },
      action: { type: 'addTag', tag: 'mine' },
    },
  });
  assert.equal(tagged.revision, revisions.length + 1);
  const takeBack = () => client.undoRevisions({ params, body: { revisions } });
  await assert.rejects(takeBack(), { code: 'changed-meanwhile' });
  assert.equal((await client.getDataset({ params })).revision, tagged.revision);
  await client.undoRevision({
    params: { ...params, revision: tagged.revision },
    body: { key: crypto.randomUUID() },
  });
  await takeBack();
  assert.equal((await client.getDataset({ params })).imageCount, 0);
});

test('a move says where the pictures went, and taking it back takes back both sides', async () => {
  const { id: to } = await client.createDataset({ body: { name: 'over there' } });
  const { items } = await client.listImages({ ...at(), query: { limit: 3 } });
  const imageIds = items.map(({ id }) => id);
  const count = async (id: number) =>
    (await client.listImages({ params: { datasetId: id }, query: {} })).total;
  const before = await count(datasetId);
  const revisionsOf = async (id: number) =>
    (await client.listRevisions({ params: { datasetId: id }, query: {} })).items;
  const job = await start('move', { imageIds }, { datasetId: to });
  const { removedIn } = await reportOf(job);
  // What it did is known without it.
  await client.deleteJob({ params: { jobId: job.id } });
  const left = { how: 'move', way: 'to', datasetId: to, name: 'over there' };
  const came = { how: 'move', way: 'from', datasetId, name: 'cells' };
  assert.deepEqual((await revisionsOf(datasetId))[0].transfer, left);
  const arrived = await revisionsOf(to);
  assert.deepEqual(
    arrived.map(({ transfer }) => transfer),
    arrived.map(() => came),
  );

  const takeBack = () =>
    client.undoRevision({
      params: { datasetId, revision: removedIn!.revision },
      body: { key: crypto.randomUUID() },
    });
  const there = await client.listImages({ params: { datasetId: to }, query: {} });
  const built = await client.applyBulk({
    params: { datasetId: to },
    body: {
      key: crypto.randomUUID(),
      selection: { imageIds: [there.items[0].id] },
      action: { type: 'setStatus', status: 'done' },
    },
  });
  await assert.rejects(takeBack(), {
    code: 'changed-meanwhile',
    message: /^over there, revision \d+: /,
  });
  assert.deepEqual([await count(datasetId), await count(to)], [before - 3, 3], 'nothing changed');
  await client.undoRevision({
    params: { datasetId: to, revision: built.revision },
    body: { key: crypto.randomUUID() },
  });
  await takeBack();
  assert.deepEqual([await count(datasetId), await count(to)], [before, 0]);
  const [last] = await revisionsOf(to);
  assert.equal(last.transfer, null);
  assert.ok((await revisionsOf(to)).some(({ takenBackBy }) => takenBackBy === last.revision));

  // And so on: each side has what the other lacks.
  const takeLastBack = async (id: number) =>
    client.undoRevision({
      params: { datasetId: id, revision: (await revisionsOf(id))[0].revision },
      body: { key: crypto.randomUUID() },
    });
  await assert.rejects(takeLastBack(to), { code: 'bad-edit', message: /move from cells/ });
  for (const moved of [3, 0, 3, 0]) {
    await takeLastBack(datasetId);
    assert.deepEqual([await count(datasetId), await count(to)], [before - moved, moved]);
  }
  await client.deleteDataset({ params: { datasetId: to } });
  await assert.rejects(takeLastBack(datasetId), { code: 'dataset-not-found' });
  assert.equal(await count(datasetId), before);
});

test('another picture of the same name gets a name of its own over there', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 1 } });
  const [{ id, fileName, sha256 }] = items;
  const other = await sharp({
    create: { width: 32, height: 24, channels: 3, background: 'green' },
  })
    .jpeg()
    .toBuffer();
  writeFileSync(join(folder, fileName), other);
  const { datasetId: to, job } = await client.startImport({
    body: { into: { newDataset: 'clash' }, from: { path: folder } },
  });
  assert.equal((await finished(job)).state, 'succeeded');
  await transfer('copy', { imageIds: [id] }, { datasetId: to });
  await transfer('copy', { imageIds: [id] }, { datasetId: to });
  const { items: there } = await client.listImages({ params: { datasetId: to }, query: {} });
  assert.deepEqual(
    there.map((image) => image.fileName),
    [`${fileName.replace('.jpg', '')}-${sha256!.slice(0, 8)}.jpg`, fileName],
  );
  assert.equal(there[0].sha256, sha256);
  assert.equal(there[1].objectCount, 0);
});

/** More than one batch of them, each with its objects. */
async function manyImages(name: string, count: number): Promise<number> {
  const images = Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    file_name: `${String(index).padStart(5, '0')}.jpg`,
    width: 64,
    height: 48,
  }));
  const labels = join(folder, `${name}.json`);
  const annotations = images.flatMap(({ id }) =>
    [0, 1].map((nth) => ({
      id: 2 * id + nth,
      image_id: id,
      category_id: nth + 1,
      bbox: [nth, 0, 1 + (id % 40), 9],
      area: 9,
      iscrowd: 0,
    })),
  );
  const categories = ['cat', 'dog'].map((each, index) => ({ id: index + 1, name: each }));
  writeFileSync(labels, JSON.stringify({ images, annotations, categories }));
  const { datasetId: id, job } = await client.startImport({
    body: { into: { newDataset: name }, from: { path: labels } },
  });
  assert.equal((await finished(job)).state, 'succeeded');
  return id;
}

const boxesOf = async (id: number) => {
  const boxes: string[] = [];
  for (let offset = 0; ; offset += 500) {
    const query = { limit: 500, from: offset };
    const { items } = await client.listImages({ params: { datasetId: id }, query });
    for (const { fileName, overlays } of items) {
      const said = overlays.map(({ bbox }) => JSON.stringify(bbox)).sort();
      boxes.push(`${fileName} ${said.join()}`);
    }
    if (items.length < 500) break;
  }
  return boxes.sort();
};

/** Waits until a transfer has brought some of its pictures, or has ended. */
async function inTheMiddle(job: Job): Promise<Job> {
  for (;;) {
    const now = await client.getJob({ params: { jobId: job.id } });
    if (now.finishedAt !== null || now.done > 0) return now;
    await sleep(5);
  }
}

test('a move whose worker is killed ends complete and exact, in both datasets', async (t) => {
  const count = 2_200;
  const from = await manyImages('many', count);
  const source = await boxesOf(from);
  const { id: to } = await client.createDataset({ body: { name: 'killed' } });
  const job = await start('move', { q: '' }, { datasetId: to }, crypto.randomUUID(), from);
  const { done } = await inTheMiddle(job);
  t.diagnostic(`killed after ${done} of ${count}`);
  for (const pid of workbench.workerPids()) process.kill(pid, 'SIGKILL');
  const report = await reportOf(job);
  assert.deepEqual([report.images, report.annotations], [count, 2 * count]);
  assert.equal(report.arrival.imageCount, count);
  assert.deepEqual(await boxesOf(to), source);
  assert.deepEqual(await boxesOf(from), []);
  const { revisions } = report.arrival;
  await client.undoRevisions({ params: { datasetId: to }, body: { revisions } });
  await client.undoRevision({
    params: { datasetId: from, revision: report.removedIn!.revision },
    body: { key: crypto.randomUUID() },
  });
  assert.deepEqual(await boxesOf(to), []);
  assert.deepEqual(await boxesOf(from), source);
});

test('a cancelled transfer leaves nothing behind, and begins anew when it is asked for once more', async () => {
  const from = await manyImages('several', 1_300);
  const source = await boxesOf(from);
  const job = await start('move', { q: '' }, { newDataset: 'stopped' }, crypto.randomUUID(), from);
  await inTheMiddle(job);
  await client.cancelJob({ params: { jobId: job.id } });
  const names = async () =>
    (await client.listDatasets({ query: {} })).datasets.map(({ name }) => name);
  if ((await finished(job)).state === 'cancelled') {
    assert.ok(!(await names()).includes('stopped'));
    assert.deepEqual(await boxesOf(from), source);
    await client.retryJob({ params: { jobId: job.id } });
  }
  const { arrival } = await reportOf(job);
  assert.deepEqual(await boxesOf(arrival.datasetId), source);
  assert.deepEqual(await boxesOf(from), []);
});
