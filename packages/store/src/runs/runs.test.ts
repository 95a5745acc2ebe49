import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Store } from '../database/store.ts';
import { createDataset, deleteDataset, purgeDataset } from '../datasets/dataset.ts';
import { createVersion, listVersions } from '../datasets/version.ts';
import { openJobs } from '../jobs/jobs.ts';
import { openTestJobs, untilState } from '../jobs/testing.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { testStore } from '../testing/test-store.ts';
import {
  cancelLostRuns,
  changeRun,
  deleteRun,
  finishExternalRun,
  runHooks,
  tellRun,
} from './change-run.ts';
import { listRuns } from './list-runs.ts';
import {
  beginExternalRun,
  type NewExternalRun,
  resumeTrainingRun,
  startTrainingRun,
} from './new-run.ts';
import { pinVersion } from './pin-version.ts';
import { getRun, getRuns } from './run.ts';
import { getRunFile, listRunFiles, putRunFile } from './run-files.ts';
import { addRunPoints, cutRunPoints, latestValues, logRunPoints, runCurves } from './run-points.ts';
import { addRunSamples, runSamples, sampledSteps } from './run-samples.ts';
import { changeStamps } from './stamps.ts';

const somebody = { createdBy: 'aiko' };
const external = (store: Store, more: Partial<NewExternalRun> = {}) =>
  beginExternalRun(store, {
    name: 'elsewhere',
    task: null,
    settings: {},
    dataset: null,
    notes: '',
    key: null,
    ...somebody,
    ...more,
  });
const training = (datasetId: number, name = 'cells') => ({
  task: 'detect',
  settings: { minutes: 8, size: 'tiny' },
  dataset: { datasetId, name, version: 'v1', revision: 1 },
  validation: null,
  init: null,
  modelName: 'cells detect',
  primaryMetric: 'AP',
  notes: '',
  ...somebody,
});

test('a training is a run and a job, and what becomes of the job becomes of the run', async (t) => {
  const { store, datasetId } = await bloodCellStore();
  const jobs = await openJobs(store, { hooks: runHooks });
  t.after(() => jobs.stop());
  const run = await startTrainingRun(store, jobs, training(datasetId));
  assert.deepEqual(
    [run.name, run.state, run.settings],
    ['cells detect 1', 'queued', { minutes: 8, size: 'tiny' }],
  );
  const job = await jobs.get(run.jobId!);
  assert.deepEqual([job.kind, job.params, job.datasetId], ['train', { runId: run.id }, datasetId]);
  await assert.rejects(deleteRun(store, run.id), { code: 'run-state' });

  await jobs.cancel(job.id);
  const cancelled = await getRun(store, run.id);
  assert.equal(cancelled.state, 'cancelled');
  assert.ok(cancelled.finishedAt !== null);
  const resumed = await resumeTrainingRun(store, jobs, run.id, 'bo');
  assert.deepEqual([resumed.state, resumed.jobId, resumed.finishedAt], ['queued', job.id, null]);
  await assert.rejects(resumeTrainingRun(store, jobs, run.id, 'bo'), { code: 'run-state' });

  jobs.registerHandler(
    'train',
    async () => {
      throw Object.assign(new Error('no'), { code: 'bad' });
    },
    { triesAgain: false },
  );
  await untilState(jobs, job.id, 'failed');
  const failed = await getRun(store, run.id);
  assert.deepEqual(
    [failed.state, failed.error],
    ['failed', { message: 'no', fault: null, code: 'bad' }],
  );

  // With its job forgotten it gets another one.
  await jobs.delete(job.id);
  const again = await resumeTrainingRun(store, jobs, run.id, 'bo');
  assert.notEqual(again.jobId, job.id);
  await untilState(jobs, again.jobId!, 'failed');
  await deleteRun(store, run.id);
  await assert.rejects(getRun(store, run.id), { code: 'run-not-found' });
});

test('a run whose job is gone does not go on for ever', async (t) => {
  const { store, datasetId } = await bloodCellStore();
  const jobs = await openTestJobs(t, store);
  const [kept, lost] = [
    await startTrainingRun(store, jobs, training(datasetId)),
    await startTrainingRun(store, jobs, training(datasetId)),
  ];
  await store.pool.query('delete from job where id = $1', [lost.jobId]);
  assert.equal(await cancelLostRuns(store), 1);
  const states = (await getRuns(store, [lost.id, kept.id, 999])).map(({ state }) => state);
  assert.deepEqual(states, ['cancelled', 'queued']);
});

test('a version of the present revision is made once, and a run keeps it when the dataset goes', async () => {
  const { store, datasetId } = await bloodCellStore();
  const first = await pinVersion(store, datasetId, { author: 'aiko' });
  assert.deepEqual(await pinVersion(store, datasetId, { author: 'bo' }), first);
  assert.deepEqual(
    (await listVersions(store, datasetId)).map(({ name }) => name),
    ['r1'],
  );
  await createVersion(store, datasetId, { name: 'mine', author: 'aiko' });
  assert.equal((await pinVersion(store, datasetId, { author: 'bo' })).version, 'mine');
  await assert.rejects(pinVersion(store, datasetId, { version: 'v9', author: 'bo' }), {
    code: 'version-not-found',
  });

  const run = await external(store, { dataset: first });
  await deleteDataset(store, datasetId);
  await purgeDataset(store, datasetId);
  assert.deepEqual((await getRun(store, run.id)).dataset, { ...first, datasetId: null });
});

test('runs come in the order of what each is measured by, whichever that is', async (t) => {
  const { store, datasetId } = await bloodCellStore();
  const jobs = await openTestJobs(t, store);
  for (const [name, primaryMetric, value] of [
    ['a', 'AP', 0.5],
    ['b', 'macro_f1', 0.9],
    ['c', 'mask_AP', 0.2],
  ] as const) {
    const run = await startTrainingRun(store, jobs, {
      ...training(datasetId),
      name,
      primaryMetric,
    });
    await tellRun(store, run.id, { metrics: { AP: 0.7, [primaryMetric]: value } });
  }
  await startTrainingRun(store, jobs, { ...training(datasetId), name: 'waits' });
  const { runs } = await listRuns(store, {}, { sort: '-score', from: 0, limit: 10 });
  assert.deepEqual(
    runs.map(({ name }) => name),
    ['b', 'a', 'c', 'waits'],
  );
});

test('runs are found by text, state, task and dataset, and come in the order of any column', async () => {
  const store = await testStore();
  const { id: datasetId } = await createDataset(store, { name: 'leaves' });
  const dataset = { datasetId, name: 'leaves', version: 'v1', revision: 0 };
  for (const [name, AP, batch] of [
    ['a', 0.5, 8],
    ['b', 0.9, 16],
    ['c', null, 4],
  ] as const) {
    const run = await external(store, {
      name,
      task: 'detect',
      settings: { batch },
      dataset: name === 'b' ? null : dataset,
    });
    if (AP !== null) await tellRun(store, run.id, { metrics: { AP, loss: Number.NaN } });
  }
  const names = async (sort: string, filter = {}) =>
    (await listRuns(store, filter, { sort, from: 0, limit: 10 })).runs
      .map(({ name }) => name)
      .join('');
  assert.equal(await names('-createdAt'), 'cba');
  assert.equal(await names('-metric:AP'), 'bac');
  assert.equal(await names('metric:AP'), 'abc');
  assert.equal(await names('setting:batch'), 'cab');
  assert.equal(await names('-setting:batch'), 'bac');
  assert.equal(await names('name', { datasetId }), 'ac');
  assert.equal(await names('name', { text: 'LEAV' }), 'ac');
  assert.equal(await names('name', { text: '100%' }), '');
  assert.equal(await names('name', { state: 'failed' }), '');
  const page = await listRuns(store, {}, { sort: 'name', from: 1, limit: 1 });
  assert.deepEqual(
    [
      page.total,
      page.runs.map(({ name }) => name),
      page.metrics.map(({ name }) => name),
      page.settings,
    ],
    [3, ['b'], ['AP'], ['batch']],
  );
  assert.equal((await changeRun(store, page.runs[0].id, { notes: 'the best' })).notes, 'the best');
  assert.equal(await names('name', { text: 'best' }), 'b');
});

test('points are kept once per name and step, read in as many parts as wanted, and cut where a run goes on', async () => {
  const store = await testStore();
  const { id } = await external(store);
  const points = Array.from({ length: 100 }, (_, step) => ({
    name: 'loss',
    step,
    epoch: step / 10,
    seconds: step,
    value: 100 - step,
  }));
  await addRunPoints(store, id, [...points, { ...points[0], step: 100, value: Number.NaN }]);
  await addRunPoints(store, id, [
    { ...points[5], value: 95 },
    { ...points[5], value: 94 },
    { ...points[3], name: 'AP', value: 1 },
  ]);
  assert.deepEqual(await latestValues(store, id), { AP: 1, loss: 1 });
  const [, whole] = await runCurves(store, [id], { points: 1000 });
  assert.equal(whole.points.length, 100);
  assert.equal(whole.points[5].value, 94);
  const [coarse] = await runCurves(store, [id], { names: ['loss'], points: 10 });
  assert.deepEqual(coarse.points.at(-1), {
    step: 99,
    epoch: 9.9,
    seconds: 99,
    value: 5.5,
    least: 1,
    greatest: 10,
  });
  await cutRunPoints(store, id, 49);
  const [, cut] = await runCurves(store, [id], { points: 1000 });
  assert.deepEqual([cut.points.length, cut.points.at(-1)?.step], [50, 49]);
});

test('another program logs, the last value counts whatever the order, and the same may be said twice', async () => {
  const store = await testStore();
  const key = randomUUID();
  const run = await external(store, { key });
  assert.equal((await external(store, { key, name: 'again' })).id, run.id);
  const before = await changeStamps(store);
  await logRunPoints(store, run.id, [
    { name: 'f1', step: 20, value: 0.8, epoch: 2 },
    { name: 'f1', step: 10, value: 0.7 },
  ]);
  await logRunPoints(store, run.id, [{ name: 'f1', step: 10, value: 0.6 }]);
  const told = await getRun(store, run.id);
  assert.deepEqual([told.metrics, told.step, told.epoch], [{ f1: 0.8 }, 20, 2]);
  assert.notEqual((await changeStamps(store)).runs.get(run.id), before.runs.get(run.id));

  await finishExternalRun(store, run.id, { state: 'failed', message: 'out of luck' });
  const ended = await finishExternalRun(store, run.id, { state: 'failed' });
  assert.deepEqual([ended.state, ended.error?.message], ['failed', 'out of luck']);
  await assert.rejects(logRunPoints(store, run.id, [{ name: 'f1', step: 30, value: 0 }]), {
    code: 'run-state',
  });
  assert.deepEqual((await getRun(store, run.id)).metrics, { f1: 0.8 });
  await assert.rejects(logRunPoints(store, 999, [{ name: 'x', step: 1, value: 1 }]), {
    code: 'run-not-found',
  });
});

test('samples and files of a run go with it', async () => {
  const store = await testStore();
  const { id } = await external(store);
  const predicted = { objects: [], value: 2.5 };
  await addRunSamples(store, id, { step: 10, epoch: 1 }, [
    { imageId: 7, fileName: 'a.jpg', predicted },
  ]);
  await addRunSamples(store, id, { step: 10, epoch: 1 }, [
    { imageId: 8, fileName: 'b.jpg', predicted },
  ]);
  assert.deepEqual(await sampledSteps(store, id), [{ step: 10, epoch: 1 }]);
  assert.deepEqual(await runSamples(store, id, 10), [{ imageId: 8, fileName: 'b.jpg', predicted }]);
  const file = {
    path: 'plots/roc.png',
    sha256: 'ab'.repeat(32),
    byteSize: 3,
    mediaType: 'image/png',
  };
  await putRunFile(store, id, { ...file, byteSize: 2 });
  await putRunFile(store, id, file);
  assert.deepEqual(
    (await listRunFiles(store, id)).map(({ createdAt: _, ...rest }) => rest),
    [file],
  );
  await assert.rejects(getRunFile(store, id, 'other'), { code: 'run-file-not-found' });
  await finishExternalRun(store, id, { state: 'succeeded' });
  await deleteRun(store, id);
  const { rows } = await store.pool.query(
    'select count(*)::int as count from run_sample, run_file',
  );
  assert.equal(rows[0].count, 0);
});
