// Jobs that let a model look at a dataset, whose worker is killed in the middle: each ends as one that nobody disturbed.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '@migaki/api';
import { importDrawn, quick } from '../testing/drawn-dataset.ts';
import { testWorkbench } from '../testing/test-workbench.ts';

const workbench = await testWorkbench();
const { client, finished } = workbench;
/** More than any of the jobs writes at once. */
const pictureCount = 80;
const datasetId = await importDrawn(workbench, 'leaves', 'detect', pictureCount);
const params = { datasetId };

/** Each model sees the pictures for the first time. */
async function train(modelName: string): Promise<void> {
  const settings = { ...quick, epochs: 3 };
  const body = { datasetId, task: 'detect', settings, modelName } as const;
  const run = await client.startRun({ body });
  assert.equal((await finished({ id: run.jobId! } as Job)).state, 'succeeded');
}
await train('first');

const jobNow = ({ id }: Job) => client.getJob({ params: { jobId: id } });

/** Kills the workers once the job has got somewhere, and waits for its end. On a fast machine it may have ended before. */
async function killedAndEnded<Report>(
  t: TestContext,
  job: Job,
  isInTheMiddle: (now: Job) => boolean,
): Promise<Report> {
  for (;;) {
    const now = await jobNow(job);
    if (now.finishedAt !== null) {
      t.diagnostic('it had ended before it could be killed');
      break;
    }
    if (now.state === 'running' && isInTheMiddle(now)) {
      for (const pid of workbench.workerPids()) process.kill(pid, 'SIGKILL');
      break;
    }
    await sleep(5);
  }
  const ended = await finished(job);
  assert.equal(ended.state, 'succeeded', JSON.stringify(ended.error));
  t.diagnostic(`attempt ${ended.attempt}`);
  return ended.result as Report;
}
const hasBegun = ({ done, total }: Job): boolean => total !== null && done > 0;

test('a killed comparison of pictures looks at those that are missing, and comes to the same', async (t) => {
  const start = async () => (await client.startEmbedding({ params, body: { model: 'first' } })).job;
  const report = await killedAndEnded<{ picturesSeen: number; imagesPlaced: number }>(
    t,
    await start(),
    hasBegun,
  );
  assert.deepEqual([report.picturesSeen, report.imagesPlaced], [pictureCount, pictureCount]);
  const map = await client.getEmbeddingMap({ params, query: {} });
  const again = (await finished(await start())).result as typeof report;
  assert.equal(again.picturesSeen, 0);
  assert.deepEqual(await client.getEmbeddingMap({ params, query: {} }), map);
});

test('a killed comparison of objects looks at those that are missing, and comes to the same', async (t) => {
  const start = async () =>
    (await client.startEmbedding({ params, body: { model: 'first', of: 'objects' } })).job;
  const { total } = await client.listObjects({ params, query: {} });
  const report = await killedAndEnded<{ objectsSeen: number; objectsCompared: number }>(
    t,
    await start(),
    hasBegun,
  );
  assert.deepEqual([report.objectsSeen, report.objectsCompared], [total, total]);
  const odd = async () =>
    (await client.listObjects({ params, query: { sort: '-outlier', limit: 500 } })).items.map(
      ({ annotation }) => annotation.id,
    );
  const order = await odd();
  const again = (await finished(await start())).result as typeof report;
  assert.equal(again.objectsSeen, 0);
  assert.deepEqual(await odd(), order);
});

test('a killed search for mistakes finds each once', async (t) => {
  const start = async () =>
    (await client.startMistakeSearch({ params, body: { model: 'first', leastDoubt: 0 } })).job;
  const listed = async () =>
    (await client.listMistakes({ params, query: { limit: 500 } })).items.map(
      ({ id: _, ...mistake }) => mistake,
    );
  const undisturbed = (await finished(await start())).result;
  const before = await listed();
  assert.ok(before.length > 0);
  const report = await killedAndEnded(t, await start(), hasBegun);
  assert.deepEqual(report, undisturbed);
  assert.deepEqual(await listed(), before);
});

test('a killed evaluation is one evaluation, with the same figures', async (t) => {
  const start = async () =>
    (await client.startEvaluation({ params, body: { model: 'first', withLearned: true } })).job;
  type Report = { evaluationId: number; picturesSeen: number; metrics: Record<string, number> };
  const undisturbed = (await finished(await start())).result as Report;
  const { evaluationId, ...report } = await killedAndEnded<Report>(t, await start(), hasBegun);
  const { evaluationId: former, ...rest } = undisturbed;
  assert.deepEqual(report, rest);
  const { items } = await client.listEvaluations({ query: { datasetId } });
  assert.deepEqual(
    items.map(({ id }) => id).sort((a, b) => a - b),
    [former, evaluationId],
  );
});

test('a killed round trains once, measures both, and moves the alias only to the better one', async (t) => {
  const versionsBefore = (await client.listVersions({ params })).versions.length;
  const { job } = await client.startRetraining({ params, body: { model: 'first' } });
  const isTraining = ({ message }: Job) => message !== null;
  const report = await killedAndEnded<{
    runId: number;
    hasMoved: boolean;
    winner: string;
    evaluationId: number;
    formerEvaluationId: number;
  }>(t, job, isTraining);
  const made = await client.getRun({ params: { runId: report.runId } });
  assert.deepEqual(
    made.models.map(({ name, version }) => `${name}@${version}`),
    ['first@2'],
  );
  assert.equal(report.winner, report.hasMoved ? 'first@2' : 'first@1');
  const { aliases } = await client.getModel({ params: { modelId: made.models[0].modelId } });
  assert.deepEqual(aliases, [{ alias: 'champion', version: report.hasMoved ? 2 : 1 }]);
  const { items } = await client.listEvaluations({ query: { datasetId } });
  assert.equal(items.length, 4);
  assert.ok((await client.listVersions({ params })).versions.length <= versionsBefore + 1);
});
