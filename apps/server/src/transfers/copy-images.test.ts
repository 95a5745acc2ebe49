// Pictures of the sample go from dataset to dataset, over HTTP.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { BulkAction, Selection } from '@migaki/api';
import sharp from 'sharp';
import { testWorkbench } from '../testing/test-workbench.ts';

const { client, finished, importCells, folder } = await testWorkbench();
let datasetId = 0;

before(async () => {
  datasetId = await importCells();
});

const at = () => ({ params: { datasetId } });
const bulk = (selection: Selection, action: BulkAction, key = crypto.randomUUID()) =>
  client.applyBulk({ ...at(), body: { key, selection, action } });

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
  const copied = await bulk({ q }, { type: 'copyImages', into: { datasetId: to } });
  const objectCount = source.reduce((sum, image) => sum + image.objectCount, 0);
  // Nothing of this dataset has changed: there is no revision of it to take back.
  const { revision } = await client.getDataset(at());
  const { arrival, ...here } = copied;
  assert.deepEqual(here, { revision, isUnchanged: true, imageCount: source.length, objectCount });
  assert.deepEqual(await of(to, ''), source);
  const again = await bulk({ q }, { type: 'copyImages', into: { datasetId: to } });
  assert.deepEqual(await of(to, ''), source, 'copying again changes nothing');
  const lacked = { objectCount: 0, imageCount: 0 };
  assert.deepEqual(again.arrival, { datasetId: to, imageCount: 0, revisions: [], lacked });

  // What has arrived is taken back as a whole, or not at all.
  assert.equal(arrival!.imageCount, source.length);
  const { revisions } = arrival!;
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
  await bulk({ q }, { type: 'copyImages', into: { datasetId: to } });
  assert.deepEqual(await of(to, ''), source);

  const { id: away } = await client.createDataset({ body: { name: 'moved' } });
  const { total } = await client.listImages({ ...at(), query: {} });
  const moved = await bulk({ q }, { type: 'moveImages', into: { datasetId: away } });
  assert.deepEqual(await of(away, ''), source);
  assert.equal((await client.listImages({ ...at(), query: {} })).total, total - source.length);
  await client.undoRevision({
    params: { datasetId, revision: moved.revision },
    body: { key: crypto.randomUUID() },
  });
  assert.deepEqual(await of(datasetId, q), source);
  await assert.rejects(bulk({ q }, { type: 'copyImages', into: { datasetId } }), {
    code: 'bad-edit',
  });
});

test('labels that images over there lacked are added, and counted with their images', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 4 } });
  const [first, second] = items;
  const ids = items.map(({ id }) => id);
  const { id: to } = await client.createDataset({ body: { name: 'lacking' } });
  const copy = { type: 'copyImages', into: { datasetId: to } } as const;
  await bulk({ imageIds: ids.slice(0, 3) }, copy);
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
  const { arrival } = await bulk({ imageIds: ids }, copy, key);
  // The fourth is new, and what is on it no more than it has.
  assert.deepEqual([arrival!.imageCount, arrival!.lacked], [1, { objectCount: 5, imageCount: 2 }]);
  assert.deepEqual((await bulk({ imageIds: ids }, copy, key)).arrival, arrival, 'sent again');
  const after = await client.listImages({ params: { datasetId: to }, query: {} });
  assert.equal(after.items[0].objectCount, first.objectCount);
});

test('images go to a dataset that is made for them, and that goes with them where nobody has built on it', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 3 } });
  const selection = { imageIds: items.map(({ id }) => id) };
  const key = crypto.randomUUID();
  const copy = (newDataset: string, type: 'copyImages' | 'moveImages' = 'copyImages') =>
    client.applyBulk({ ...at(), body: { key, selection, action: { type, into: { newDataset } } } });
  const there = async () =>
    (await client.listDatasets({ query: {} })).datasets.map(({ name }) => name).sort();
  const before = await there();

  const copied = await copy('night');
  const { datasetId: to, revisions, imageCount } = copied.arrival!;
  const arrived = await client.getDataset({ params: { datasetId: to } });
  assert.deepEqual([arrived.name, arrived.imageCount, imageCount], ['night', 3, 3]);
  // The answer was lost on the way: sent again it is the same dataset, and all that came.
  assert.deepEqual(await copy('night'), copied);
  await assert.rejects(bulk(selection, { type: 'copyImages', into: { newDataset: 'night' } }), {
    code: 'name-taken',
  });
  const none = await bulk(
    { q: 'tag:"nobody has it"' },
    { type: 'copyImages', into: { newDataset: 'empty' } },
  );
  assert.deepEqual([none.imageCount, none.arrival], [0, undefined]);
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

  const moved = await bulk(selection, { type: 'moveImages', into: { newDataset: 'dusk' } });
  const { arrival } = moved;
  assert.deepEqual(
    await client.undoRevisions({
      params: { datasetId: arrival!.datasetId },
      body: { revisions: arrival!.revisions, newDataset: 'dusk' },
    }),
    { revision: null, changed: 0 },
  );
  assert.deepEqual(await there(), before);
  await client.undoRevision({
    params: { datasetId, revision: moved.revision },
    body: { key: crypto.randomUUID() },
  });
});

test('what arrived is taken back in all its revisions, or nothing is written', async () => {
  const { items } = await client.listImages({ ...at(), query: { q: 'status:new' } });
  const { id } = items.find(({ tags }) => tags.length === 0)!;
  const copied = await bulk(
    { imageIds: [id] },
    { type: 'copyImages', into: { newDataset: 'whole' } },
  );
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
  await bulk({ imageIds: [id] }, { type: 'copyImages', into: { datasetId: to } });
  await bulk({ imageIds: [id] }, { type: 'copyImages', into: { datasetId: to } });
  const { items: there } = await client.listImages({ params: { datasetId: to }, query: {} });
  assert.deepEqual(
    there.map((image) => image.fileName),
    [`${fileName.replace('.jpg', '')}-${sha256!.slice(0, 8)}.jpg`, fileName],
  );
  assert.equal(there[0].sha256, sha256);
  assert.equal(there[1].objectCount, 0);
});
