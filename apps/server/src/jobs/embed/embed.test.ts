// Embeddings over HTTP with a real model, which has learned next to nothing: likeness of pictures asks for little.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Job } from '@migaki/api';
import sharp from 'sharp';
import { importDrawn, quick } from '../../testing/drawn-dataset.ts';
import { testWorkbench } from '../../testing/test-workbench.ts';

const workbench = await testWorkbench();
const { client, finished, folder } = workbench;
const leaves = await importDrawn(workbench, 'leaves', 'detect', 10);
const params = { datasetId: leaves };

const run = await client.startRun({
  body: {
    datasetId: leaves,
    task: 'detect',
    settings: { ...quick, epochs: 1 },
    modelName: 'finder',
  },
});
await finished({ id: run.jobId! } as Job);

async function embed(datasetId = leaves) {
  const { job } = await client.startEmbedding({ params: { datasetId }, body: { model: 'finder' } });
  const { result, error } = await finished(job);
  assert.equal(error, null);
  return result as { picturesSeen: number; imagesPlaced: number; nearDuplicates: number };
}
const idsOf = async (q: string, sort: 'name' | 'similar' | '-outlier' = 'name') =>
  (await client.listImages({ params, query: { q, sort } })).items.map(({ id }) => id);

test('nobody has asked yet, and a model that is not there is refused', async () => {
  assert.equal((await client.getEmbeddings({ params })).embeddings, null);
  await assert.rejects(client.startEmbedding({ params, body: { model: 'nobody' } }), /nobody/);
});

test('a model sees every picture once, and each gets a place', async () => {
  const report = await embed();
  assert.deepEqual([report.picturesSeen, report.imagesPlaced], [10, 10]);
  assert.deepEqual([(await embed()).picturesSeen, (await embed()).imagesPlaced], [0, 10]);
  const { embeddings } = await client.getEmbeddings({ params });
  assert.deepEqual([embeddings?.model.name, embeddings?.unseenCount], ['finder', 0]);
  const map = await client.getEmbeddingMap({ params, query: {} });
  assert.equal(map.imageIds.length, 10);
  assert.ok([...map.x, ...map.y].every((place) => place >= 0 && place <= 10_000));
  assert.equal((await idsOf('', '-outlier')).length, 10);
});

test('a picture that came since, nearly the same as another, is seen alone and found beside it', async () => {
  const [first] = (await client.listImages({ params, query: { sort: 'name' } })).items;
  const resaved = join(folder, 'resaved.jpg');
  await sharp(join(folder, 'leaves/images', first.fileName))
    .jpeg({ quality: 90 })
    .toFile(resaved);
  const { job } = await client.startImport({
    body: { into: { datasetId: leaves }, from: { path: resaved } },
  });
  assert.equal((await finished(job)).error, null);
  assert.equal((await client.getEmbeddings({ params })).embeddings?.unseenCount, 1);
  const report = await embed();
  assert.deepEqual([report.picturesSeen, report.imagesPlaced], [1, 11]);
  const [mostAlike] = (
    await client.listSimilarImages({ params: { ...params, imageId: first.id }, query: {} })
  ).items;
  assert.equal(mostAlike.fileName, 'resaved.jpg');
  assert.ok(mostAlike.similarity > 0.98, `${mostAlike.similarity}`);
  assert.deepEqual(await idsOf('duplicates>0'), [first.id, mostAlike.imageId]);
  assert.deepEqual((await idsOf(`similar:${first.id}`, 'similar')).slice(0, 2), [
    first.id,
    mostAlike.imageId,
  ]);
});

test('the same pictures in another dataset are not looked at again', async () => {
  const copy = await importDrawn(workbench, 'copy', 'detect', 10);
  const report = await embed(copy);
  assert.deepEqual([report.picturesSeen, report.imagesPlaced], [0, 10]);
});

test('what to label next is chosen among pictures without labels, and is a filter and an order', async () => {
  const choose = async (model?: string) => {
    const { job } = await client.startNextToLabel({ params, body: { model, count: 5 } });
    const { result, error } = await finished(job);
    assert.equal(error, null);
    return result as { chosen: number; picturesSeen: number; picturesLabelled: number };
  };
  const before = (await client.getEmbeddings({ params })).embeddings;
  const report = await choose('finder');
  // What it sees in that one was known; how unsure it is of it was not.
  assert.deepEqual([report.chosen, report.picturesSeen, report.picturesLabelled], [1, 1, 10]);
  assert.equal((await choose('finder')).picturesSeen, 0);
  assert.deepEqual((await client.getEmbeddings({ params })).embeddings, before);
  const { items } = await client.listNextToLabel({ params, query: {} });
  assert.deepEqual(
    items.map(({ fileName, position }) => [fileName, position]),
    [['resaved.jpg', 1]],
  );
  const [{ uncertainty, novelty, imageId }] = items;
  assert.ok(uncertainty !== null && uncertainty >= 0 && uncertainty <= 1);
  // It is nearly the same as one that is labelled.
  assert.ok(novelty < 0.02, `${novelty}`);
  assert.deepEqual(await idsOf('next<=5'), [imageId]);
  const { items: ordered } = await client.listImages({ params, query: { sort: 'next' } });
  assert.equal(ordered[0].id, imageId);
  assert.equal((await choose()).chosen, 1);
  const [again] = (await client.listNextToLabel({ params, query: {} })).items;
  assert.equal(again.uncertainty, null);
});

test('a model sees each object where it lies, and again where it was moved', async () => {
  const compare = async () => {
    const body = { model: 'finder', of: 'objects' } as const;
    const { job } = await client.startEmbedding({ params, body });
    const { result, error } = await finished(job);
    assert.equal(error, null);
    return result as { objectsSeen: number; objectsCompared: number };
  };
  const all = await client.listObjects({ params, query: {} });
  const report = await compare();
  assert.deepEqual([report.objectsSeen, report.objectsCompared], [all.total, all.total]);
  assert.equal((await compare()).objectsSeen, 0);
  const { objectEmbeddings, embeddings } = await client.getEmbeddings({ params });
  assert.deepEqual([objectEmbeddings?.objectCount, objectEmbeddings?.unseenCount], [all.total, 0]);
  assert.equal(objectEmbeddings?.dimensions, embeddings?.dimensions);

  const [{ annotation }] = all.items;
  const annotationParams = { ...params, annotationId: annotation.id };
  const { items: similar } = await client.listSimilarObjects({
    params: annotationParams,
    query: {},
  });
  const { items } = await client.listObjects({
    params,
    query: { q: `similarobject:${annotation.id}`, sort: 'similar' },
  });
  assert.deepEqual(
    items.slice(0, 3).map((object) => object.annotation.id),
    [annotation.id, similar[0].annotationId, similar[1].annotationId],
  );
  assert.ok(similar[0].similarity > similar.at(-1)!.similarity);

  const [x, y, width, height] = annotation.bbox!;
  const moved = { bbox: [x + 4, y, width, height] as [number, number, number, number] };
  await client.applyEdits({
    params,
    body: {
      key: crypto.randomUUID(),
      edits: [{ type: 'change', annotationId: annotation.id, fields: moved }],
    },
  });
  assert.equal((await client.getEmbeddings({ params })).objectEmbeddings?.unseenCount, 1);
  assert.equal((await compare()).objectsSeen, 1);
});

test('without a model and without a comparison there is nothing to choose by', async () => {
  const bare = await client.createDataset({ body: { name: 'bare' } });
  await assert.rejects(
    client.startNextToLabel({ params: { datasetId: bare.id }, body: {} }),
    /expected a model, or embeddings of the dataset/,
  );
});
