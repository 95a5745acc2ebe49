// A round over HTTP with real models: trained anew, compared on the same pictures, crowned only if better.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, MeasuredAgainst } from '@migaki/api';
import { importDrawn, quick } from '../../testing/drawn-dataset.ts';
import { testWorkbench } from '../../testing/test-workbench.ts';

const workbench = await testWorkbench();
const { client, finished } = workbench;
const datasetId = await importDrawn(workbench, 'signs', 'classify', 24);
const params = { datasetId };

const run = await client.startRun({
  body: { datasetId, task: 'classify', settings: { ...quick, epochs: 1 }, modelName: 'signs' },
});
await finished({ id: run.jobId! } as Job);

interface Report {
  runId: number;
  winner: string;
  loser: string;
  hasMoved: boolean;
  isFirst: boolean;
  scores: { own: number; former: number };
  evaluationId: number;
  formerEvaluationId: number;
  measuredAgainst: MeasuredAgainst;
}

test('a round trains as the last one was trained, and compares both on what neither has learned', async () => {
  const { job } = await client.startRetraining({ params, body: { model: 'signs' } });
  const { state, result, error } = await finished(job);
  assert.equal(state, 'succeeded', JSON.stringify(error));
  const report = result as Report;
  const made = await client.getRun({ params: { runId: report.runId } });
  assert.deepEqual(made.settings, { ...quick, epochs: 1 });
  assert.deepEqual(
    made.models.map(({ name, version }) => `${name}@${version}`),
    ['signs@2'],
  );
  const evaluations = await Promise.all(
    [report.evaluationId, report.formerEvaluationId].map((evaluationId) =>
      client.getEvaluation({ params: { evaluationId } }),
    ),
  );
  const [own, former] = evaluations;
  assert.deepEqual([own.modelName, former.modelName], ['signs@2', 'signs@1']);
  assert.equal(own.imageCount, former.imageCount);
  assert.deepEqual(own.leftOut.learnedCount, former.leftOut.learnedCount);
  assert.ok(own.imageCount > 0 && own.imageCount < 24);
  assert.deepEqual(report.measuredAgainst, { labelCount: own.imageCount, accepted: [] });
  assert.deepEqual(former.measuredAgainst, report.measuredAgainst);
  assert.deepEqual(
    [report.scores.own, report.scores.former],
    [own.metrics.macro_f1, former.metrics.macro_f1],
  );
  assert.equal(report.hasMoved, report.scores.own > report.scores.former);
  assert.equal(report.winner, report.hasMoved ? 'signs@2' : 'signs@1');
  assert.equal(report.isFirst, true, 'nothing was champion before');
  const { aliases } = await client.getModel({ params: { modelId: made.models[0].modelId } });
  assert.deepEqual(aliases, [{ alias: 'champion', version: report.hasMoved ? 2 : 1 }]);
});

test('the rounds tell what each model learned from and how good it is on what it has not seen', async () => {
  const { rounds } = await client.listRounds({ params });
  assert.deepEqual(
    rounds.map(({ model, metric }) => [`${model.name}@${model.version}`, metric]),
    [
      ['signs@1', 'macro_f1'],
      ['signs@2', 'macro_f1'],
    ],
  );
  for (const { imageCount, annotationCount, score, evaluationId, workMillis } of rounds) {
    assert.deepEqual([imageCount! < 24, annotationCount, workMillis], [true, 24, null]);
    const { metrics } = await client.getEvaluation({
      params: { evaluationId: evaluationId! },
    });
    assert.equal(score, metrics.macro_f1);
  }
});

test('what cannot be done is told before anything begins', async () => {
  const start = (of: number, body: object = {}) =>
    client.startRetraining({ params: { datasetId: of }, body: { model: 'signs', ...body } });
  await assert.rejects(start(datasetId, { model: 'nobody' }), { code: 'model-not-found' });
  const empty = await client.createDataset({ body: { name: 'empty' } });
  await assert.rejects(start(empty.id), { code: 'bad-evaluation' });
});

test('a round that is cancelled cancels its training, and the champion stays', async () => {
  const { job } = await client.startRetraining({ params, body: { model: 'signs', minutes: 5 } });
  let runId: number | undefined;
  while (runId === undefined) {
    const { items } = await client.listRuns({ query: { datasetId, state: 'running' } });
    runId = items[0]?.id;
  }
  await client.cancelJob({ params: { jobId: job.id } });
  assert.equal((await finished(job)).state, 'cancelled');
  for (;;) {
    const { state } = await client.getRun({ params: { runId } });
    if (state === 'cancelled') break;
    assert.ok(state === 'running' || state === 'queued', state);
  }
});

test('the rounds of a model that is deleted stay, with what it was measured to be', async () => {
  const { rounds } = await client.listRounds({ params });
  const { modelId } = rounds[0].model;
  const atModel = { params: { modelId } };
  const alone = { modelId, version: rounds[0].model.version };
  await assert.rejects(client.deleteModel(atModel), /champion \(signs@\d\)/);
  const champion = { params: { modelId, alias: 'champion' } };
  await client.setModelAlias({ ...champion, body: { version: 2 } });
  await client.deleteModelVersion({ params: alone });
  const gone = (round: (typeof rounds)[number]) => ({
    ...round,
    isDeleted: true,
    model: { ...round.model, aliases: [] },
  });
  const afterOne = await client.listRounds({ params });
  assert.deepEqual(
    afterOne.rounds.map(({ model, isDeleted }) => [model.version, isDeleted]),
    rounds.map(({ model: { version } }) => [version, version === alone.version]),
  );
  await client.removeModelAlias(champion);
  await client.deleteModel(atModel);
  assert.deepEqual((await client.listRounds({ params })).rounds, rounds.map(gone));
});
