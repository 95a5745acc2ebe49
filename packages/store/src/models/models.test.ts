import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../database/store.ts';
import { openTestJobs } from '../jobs/testing.ts';
import { deleteRun, tellRun } from '../runs/change-run.ts';
import { startTrainingRun } from '../runs/new-run.ts';
import { pinVersion } from '../runs/pin-version.ts';
import { getRun } from '../runs/run.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { testStore } from '../testing/test-store.ts';
import {
  changeModel,
  changeModelVersion,
  deleteModel,
  deleteModelVersion,
  removeModelAlias,
  setModelAlias,
} from './change-model.ts';
import { datasetLineage, modelLineage } from './lineage.ts';
import {
  addModelVersion,
  findModelVersion,
  getModel,
  listModels,
  type NewModelVersion,
} from './model.ts';

let fileCount = 0;
const add = (store: Store, more: Partial<NewModelVersion> = {}) =>
  addModelVersion(store, {
    name: 'cells',
    task: 'detect',
    card: { classes: [] },
    metrics: { AP: 0.5, other: Number.NaN },
    primaryMetric: 'AP',
    sha256: String(++fileCount).padStart(64, '0'),
    byteSize: 10,
    source: 'import',
    runId: null,
    notes: '',
    author: 'aiko',
    ...more,
  });

test('versions count up, are meant by number, alias or as the last, and never get a number again', async () => {
  const store = await testStore();
  const first = await add(store);
  const { modelId } = first;
  assert.deepEqual([first.version, first.metrics], [1, { AP: 0.5 }]);
  const second = await add(store, { notes: 'larger' });
  await setModelAlias(store, modelId, 'champion', 1);
  const meant = async (reference: string) => (await findModelVersion(store, reference)).version;
  assert.deepEqual(
    [
      await meant('cells'),
      await meant('cells@latest'),
      await meant('cells@1'),
      await meant('cells@champion'),
    ],
    [2, 2, 1, 1],
  );
  for (const wrong of ['cells@3', 'cells@99999999999999', 'cells@other', 'other', '@', '']) {
    await assert.rejects(findModelVersion(store, wrong), { code: 'model-not-found' });
  }
  await assert.rejects(deleteModelVersion(store, modelId, 1), { code: 'model-in-use' });
  await setModelAlias(store, modelId, 'champion', 2);
  await assert.rejects(setModelAlias(store, modelId, 'champion', 3), { code: 'model-not-found' });
  assert.equal(await deleteModelVersion(store, modelId, 1), first.sha256);
  await removeModelAlias(store, modelId, 'champion');
  await assert.rejects(removeModelAlias(store, modelId, 'champion'), { code: 'model-not-found' });
  await deleteModelVersion(store, modelId, 2);
  assert.equal((await listModels(store, {}, { from: 0, limit: 9 })).models[0].latest, null);
  assert.equal((await add(store)).version, 3);
  await changeModelVersion(store, modelId, 3, { notes: 'fine' });
  const model = await getModel(store, modelId);
  assert.deepEqual(
    model.versions.map(({ version, notes }) => [version, notes]),
    [[3, 'fine']],
  );
  assert.deepEqual(second.aliases, []);
});

test('models are listed by text and task, renamed to what is free, and deleted whole', async () => {
  const store = await testStore();
  const { modelId } = await add(store);
  const other = await add(store, { name: 'signs', task: 'classify' });
  const names = async (filter: { text?: string; task?: string }) =>
    (await listModels(store, filter, { from: 0, limit: 9 })).models.map(({ name }) => name);
  assert.deepEqual(await names({}), ['signs', 'cells']);
  assert.deepEqual(await names({ task: 'detect' }), ['cells']);
  assert.deepEqual(await names({ text: 'IGN' }), ['signs']);
  await assert.rejects(changeModel(store, modelId, { name: 'signs' }), { code: 'name-taken' });
  await assert.rejects(changeModel(store, modelId, { name: 'a/b' }), { code: 'bad-name' });
  await assert.rejects(add(store, { name: 'a@b' }), { code: 'bad-name' });
  assert.equal(
    (await changeModel(store, modelId, { name: 'blood', notes: 'of mice' })).name,
    'blood',
  );
  await setModelAlias(store, other.modelId, 'champion', 1);
  await assert.rejects(deleteModel(store, other.modelId), {
    code: 'model-in-use',
    message: /signs: .*found champion \(signs@1\).*migaki models unalias signs champion/s,
  });
  await removeModelAlias(store, other.modelId, 'champion');
  assert.deepEqual(await deleteModel(store, other.modelId), [other.sha256]);
  await assert.rejects(getModel(store, other.modelId), { code: 'model-not-found' });
});

test('lineage leads from a dataset to runs and models and back, and outlives the run', async (t) => {
  const { store, datasetId } = await bloodCellStore();
  const jobs = await openTestJobs(t, store);
  const dataset = await pinVersion(store, datasetId, { author: 'aiko' });
  const run = (init: { versionId: number; name: string } | null) =>
    startTrainingRun(store, jobs, {
      task: 'detect',
      settings: {},
      dataset,
      validation: init && dataset,
      init: init && { kind: 'model', ...init },
      modelName: 'cells',
      primaryMetric: 'AP',
      notes: '',
      createdBy: 'aiko',
    });
  const first = await run(null);
  const model = await add(store, { runId: first.id, source: 'run' });
  const again = await add(store, { runId: first.id, source: 'run', sha256: model.sha256 });
  assert.equal(
    again.version,
    model.version,
    'a run that is done again after a crash has made it once',
  );
  const second = await run({ versionId: model.id, name: 'cells@1' });
  const better = await add(store, { runId: second.id, source: 'run' });
  assert.deepEqual(better.init?.model, {
    modelId: model.modelId,
    name: 'cells',
    version: 1,
    aliases: [],
  });
  assert.deepEqual(
    (await getRun(store, second.id)).models.map(({ version }) => version),
    [2],
  );

  const { ancestors } = await modelLineage(store, better.modelId, 2);
  assert.deepEqual(
    ancestors.map(({ version, run }) => [version.version, run?.id]),
    [
      [2, second.id],
      [1, first.id],
    ],
  );
  const { descendants } = await modelLineage(store, model.modelId, 1);
  assert.deepEqual(
    descendants.map(({ id }) => id),
    [second.id],
  );
  const [used, ...none] = await datasetLineage(store, datasetId);
  assert.deepEqual(none, []);
  assert.deepEqual(
    [used.version, used.runs.map(({ id, use }) => `${id} ${use}`)],
    ['r1', [`${second.id} training`, `${second.id} validation`, `${first.id} training`]],
  );

  await tellRun(store, first.id, { state: 'succeeded' });
  await deleteRun(store, first.id);
  const orphan = await findModelVersion(store, 'cells@1');
  assert.deepEqual([orphan.run, orphan.dataset], [null, dataset]);
  await deleteModelVersion(store, model.modelId, 1);
  assert.deepEqual((await getRun(store, second.id)).init, {
    kind: 'model',
    name: 'cells@1',
    model: null,
  });
});
