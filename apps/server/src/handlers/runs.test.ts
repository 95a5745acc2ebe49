// Runs of other programs, as they log over HTTP.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { testWorkbench } from '../testing/test-workbench.ts';

const { client, address, loginToken } = await testWorkbench({ workerCount: 0 });

test('another program begins a run, logs what it measures, leaves files, and ends', async () => {
  const key = randomUUID();
  const { id: datasetId } = await client.createDataset({ body: { name: 'cells' } });
  const begin = () =>
    client.createRun({
      body: { name: 'notebook', key, settings: { lr: 0.1 }, dataset: { datasetId } },
    });
  const run = await begin();
  assert.equal((await begin()).id, run.id);
  assert.deepEqual([run.kind, run.state, run.dataset?.version], ['external', 'running', 'r0']);
  const params = { runId: run.id };
  const points = Array.from({ length: 50 }, (_, step) => ({
    name: 'val/accuracy',
    step,
    value: step / 100,
  }));
  for (let count = 0; count < 2; count++) await client.logMetrics({ params, body: { points } });
  const { curves } = await client.getCurves({ query: { runs: String(run.id), points: 10 } });
  assert.deepEqual(
    [curves[0].name, curves[0].points.length, curves[0].points.at(-1)!.greatest],
    ['val/accuracy', 10, 0.49],
  );

  const path = 'plots/混同行列.png';
  const upload = new Blob(['a plot']).stream();
  const file = await client.putRunFile({ params, query: { path }, upload });
  assert.deepEqual([file.path, file.byteSize, file.mediaType], [path, 6, 'image/png']);
  const response = await client.getRunFile({ params, query: { path } });
  assert.equal(await response.text(), 'a plot');
  assert.match(response.headers.get('content-disposition')!, /^attachment/);
  for (const wrong of ['../x', 'a/../../x', '/x', 'a\\b', '']) {
    const query = { path: wrong };
    await assert.rejects(client.putRunFile({ params, query, upload: new Blob(['x']) }), {
      status: 400,
    });
  }

  const ended = await client.finishRun({ params, body: {} });
  assert.deepEqual(
    [ended.state, ended.metrics, ended.progress],
    ['succeeded', { 'val/accuracy': 0.49 }, 1],
  );
  const { items, metrics, settings } = await client.listRuns({
    query: { sort: '-metric:val/accuracy' },
  });
  assert.deepEqual(
    [items.map(({ name }) => name), metrics, settings],
    [['notebook'], [{ name: 'val/accuracy', isMoreBetter: null }], ['lr']],
  );
  const { revision } = await client.getDataset({ params: { datasetId } });
  assert.equal(revision, 0);
  await assert.rejects(client.cancelRun({ params }), { code: 'run-state', status: 409 });
  await assert.rejects(client.resumeRun({ params }), { code: 'run-state', status: 409 });
  const renamed = await client.changeRun({ params, body: { name: 'the notebook' } });
  assert.deepEqual([renamed.name, renamed.notes], ['the notebook', '']);
  await client.deleteRun({ params });
  await assert.rejects(client.getRun({ params }), { code: 'run-not-found', status: 404 });
});

test('a file is sent as any program sends one, and an order that no table has is refused', async () => {
  const run = await client.createRun({ body: { name: 'script' } });
  const headers = { authorization: `Bearer ${loginToken}`, 'content-type': 'text/csv' };
  const answer = await fetch(`${address}/api/runs/${run.id}/files?path=log.csv`, {
    method: 'PUT',
    headers,
    body: 'a,b\n1,2\n',
  });
  assert.equal(answer.status, 200);
  const { files } = await client.getRun({ params: { runId: run.id } });
  assert.deepEqual(
    files.map(({ path, mediaType }) => [path, mediaType]),
    [['log.csv', 'text/csv']],
  );
  await assert.rejects(client.listRuns({ query: { sort: 'id; drop table run' } }), {
    code: 'bad-request',
  });
});
