// Evaluation over HTTP with a real model: what is stored is what the grid then finds.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '@migaki/api';
import { importDrawn, quick } from '../../testing/drawn-dataset.ts';
import { testWorkbench } from '../../testing/test-workbench.ts';

const workbench = await testWorkbench();
const { client, finished } = workbench;
const leaves = await importDrawn(workbench, 'leaves', 'detect', 10);
const others = await importDrawn(workbench, 'others', 'detect', 6);

const run = await client.startRun({
  body: {
    datasetId: leaves,
    task: 'detect',
    settings: { ...quick, epochs: 1 },
    modelName: 'finder',
  },
});
assert.equal((await finished({ id: run.jobId! } as Job)).state, 'succeeded');

async function evaluate(datasetId: number, body: object = {}): Promise<number> {
  const { job } = await client.startEvaluation({
    params: { datasetId },
    body: { model: 'finder', ...body },
  });
  const { state, result, error } = await finished(job);
  assert.equal(state, 'succeeded', JSON.stringify(error));
  return (result as { evaluationId: number }).evaluationId;
}

test('every object of another dataset becomes a judgement, and the grid finds the same', async () => {
  const evaluationId = await evaluate(others, { scoreThreshold: 0 });
  const params = { evaluationId };
  const found = await client.getEvaluation({ params });
  assert.deepEqual([found.modelName, found.imageCount, found.isTrainedOn], ['finder@1', 6, false]);
  assert.ok(found.metrics.AP >= 0 && found.metrics.AP <= 1);
  const { annotationCount } = await client.getDataset({ params: { datasetId: others } });
  const { items, total } = await client.listJudgements({ params, query: { limit: 500 } });
  const truths = items.filter(({ trueCategoryId }) => trueCategoryId !== null);
  if (total <= 500) assert.equal(truths.length, annotationCount);
  const counted = found.confusion.flat().reduce((sum, count) => sum + count, 0);
  assert.equal(counted, total);
  const [first] = items;
  assert.ok(first.image?.sha256);
  for (const outcome of ['missed', 'background'] as const) {
    const of = await client.listJudgements({ params, query: { outcome, limit: 500 } });
    assert.equal(of.total, found.outcomes[outcome] ?? 0);
    const images = new Set(of.items.map(({ imageId }) => imageId));
    const grid = await client.listImages({
      params: { datasetId: others },
      query: { q: `judged(${evaluationId}):${outcome}`, sort: `-wrong(${evaluationId})` },
    });
    if (of.total <= 500) assert.equal(grid.items.length, images.size);
  }
});

test('pictures that it learned from are left out, unless they are asked for', async () => {
  const evaluationId = await evaluate(leaves);
  const found = await client.getEvaluation({ params: { evaluationId } });
  assert.deepEqual(
    [found.imageCount, found.leftOut.learnedCount, found.isTrainedOn],
    [2, 8, false],
  );
  const all = await client.getEvaluation({
    params: { evaluationId: await evaluate(leaves, { withLearned: true }) },
  });
  assert.deepEqual([all.imageCount, all.leftOut.learnedCount, all.isTrainedOn], [10, 0, true]);
  const { items } = await client.listEvaluations({ query: { datasetId: leaves } });
  assert.deepEqual(
    items.map(({ imageCount }) => imageCount),
    [10, 2],
  );
  const { better, worse, equal } = await client.compareEvaluations({
    params: { evaluationId },
    query: { other: items[0].id },
  });
  assert.equal(better + worse + equal, 2);
});

test('an evaluation of some pictures, of a version, and one that cannot be made', async () => {
  const { items } = await client.listImages({ params: { datasetId: others }, query: {} });
  const some = await evaluate(others, { query: `name:${items[0].fileName}` });
  const { dataset, imageCount } = await client.getEvaluation({ params: { evaluationId: some } });
  assert.deepEqual([imageCount, dataset.query], [1, `name:${items[0].fileName}`]);
  const again = await evaluate(others, { version: dataset.version });
  assert.equal((await client.getEvaluation({ params: { evaluationId: again } })).imageCount, 6);

  const start = (datasetId: number, body: object = {}) =>
    client.startEvaluation({ params: { datasetId }, body: { model: 'finder', ...body } });
  await assert.rejects(start(others, { model: 'nobody' }), { code: 'model-not-found' });
  await assert.rejects(start(others, { version: 'nothing' }), { code: 'version-not-found' });
  await assert.rejects(start(others, { version: dataset.version, query: 'id:1' }), /no query/);
  await assert.rejects(start(others, { map: { nobody: 'x' } }), { code: 'bad-evaluation' });
  const empty = await client.createDataset({ body: { name: 'empty' } });
  await assert.rejects(start(empty.id), { code: 'bad-evaluation' });
  const { job } = await start(others, { query: 'id:999999' });
  const { state, error } = await finished(job);
  assert.equal(state, 'failed');
  assert.match(error!.message, /a query that matches some images/);
});

test('an evaluation that is deleted is gone from lists and filters', async () => {
  const evaluationId = await evaluate(others);
  await client.deleteEvaluation({ params: { evaluationId } });
  await assert.rejects(client.getEvaluation({ params: { evaluationId } }), {
    status: 404,
    code: 'evaluation-not-found',
  });
  await assert.rejects(
    client.listImages({
      params: { datasetId: others },
      query: { q: `judged(${evaluationId}):matched,mistake` },
    }),
    /the number of an evaluation on this dataset/,
  );
});

test('a classifier that learned what pictures show from their objects is measured so as well', async () => {
  const { jobId } = await client.startRun({
    body: {
      datasetId: leaves,
      task: 'classify',
      settings: { ...quick, epochs: 1 },
      modelName: 'teller',
    },
  });
  assert.equal((await finished({ id: jobId! } as Job)).state, 'succeeded');
  const evaluationId = await evaluate(others, { model: 'teller' });
  const { outcomes, imageCount } = await client.getEvaluation({ params: { evaluationId } });
  assert.equal(imageCount, 6);
  assert.ok((outcomes.matched ?? 0) + (outcomes.missed ?? 0) > 0, JSON.stringify(outcomes));
});
