// Trainings over HTTP, as a page or a program asks for them, with real trainers on drawn pictures.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunDetail, RunState } from '@migaki/api';
import { type CocoDataset, inEnglish } from '@migaki/coco';
import { readModelCard } from '@migaki/train';
import { importDrawn, quick } from '../../testing/drawn-dataset.ts';
import { openEvents } from '../../testing/event-reader.ts';
import { testWorkbench } from '../../testing/test-workbench.ts';

const workbench = await testWorkbench();
const { client, folder, workspaceDir, finished } = workbench;
const signs = await importDrawn(workbench, 'signs', 'classify', 16);

async function until(
  runId: number,
  isMeant: (run: RunDetail) => boolean | Promise<boolean>,
): Promise<RunDetail> {
  for (;;) {
    const run = await client.getRun({ params: { runId } });
    if (await isMeant(run)) return run;
    await sleep(50);
  }
}
const ended = (runId: number) =>
  until(runId, ({ state }) => state !== 'queued' && state !== 'running');
const inState = (runId: number, wanted: RunState) => until(runId, ({ state }) => state === wanted);

/** A run that goes on until somebody ends it. */
const endless = { ...quick, epochs: 100_000 };
const startSigns = (settings: object) =>
  client.startRun({ body: { datasetId: signs, task: 'classify', settings } });
const hasValidated = (run: RunDetail) => run.curves.includes('macro_f1');

test('a training is followed, and becomes a version of a model that is found from its dataset and back', async () => {
  const listening = new AbortController();
  const nextEvent = await openEvents(client, listening.signal);
  const run = await client.startRun({
    body: {
      datasetId: signs,
      task: 'classify',
      settings: { ...quick, epochs: 3 },
      modelName: 'road signs',
      notes: 'the first',
    },
  });
  assert.deepEqual(run.dataset, { datasetId: signs, name: 'signs', version: 'r2', revision: 2 });
  const heard = await nextEvent((event) => event.type === 'run');
  assert.deepEqual(heard, { type: 'run', runId: run.id });
  const done = await ended(run.id);
  assert.equal(done.state, 'succeeded', JSON.stringify(done.error));
  await nextEvent((event) => event.type === 'model');
  listening.abort();
  assert.deepEqual([done.progress, done.settled.batch, done.settled.epochs], [1, 4, 3]);
  assert.ok(done.metrics.macro_f1 >= 0 && done.primaryMetric === 'macro_f1');
  assert.equal(done.perClass.length, done.settled.classCount);
  assert.deepEqual(
    done.files.map(({ path }) => path),
    ['best.safetensors', 'last.safetensors', 'learned-images.json'],
  );

  const { curves } = await client.getCurves({
    query: { runs: String(run.id), names: 'loss,macro_f1' },
  });
  assert.deepEqual(
    curves.map(({ name, points }) => [name, points.at(-1)!.step]),
    [
      ['loss', done.step],
      ['macro_f1', done.step],
    ],
  );
  const samples = await client.listSamples({ params: { runId: run.id }, query: {} });
  assert.equal(samples.step, samples.validations.at(-1)!.step);
  const [sample] = samples.items;
  assert.ok(sample.sha256 !== null && sample.predicted.objects[0].score! > 0);
  assert.equal(sample.truth.objects.length, 1);
  assert.equal(sample.truth.objects[0].score, null);

  const version = await client.findModelVersion({ query: { reference: 'road signs' } });
  assert.deepEqual([version.version, version.run?.id, version.source], [1, run.id, 'run']);
  assert.deepEqual(version.dataset, run.dataset);
  assert.equal(version.classes.length, done.settled.classCount);
  assert.ok(version.precisions.int8!.byteSize < version.precisions.float32!.byteSize);
  const params = { modelId: version.modelId, version: 1 };
  for (const precision of ['float32', 'float16', 'int8'] as const) {
    const response = await client.downloadModel({ params, query: { precision } });
    const card = readModelCard(new Uint8Array(await response.arrayBuffer()), precision);
    assert.deepEqual([card.precision, card.origin.dataset_version], [precision, 'r2']);
  }
  const lineage = await client.getModelLineage({ params });
  assert.deepEqual(
    lineage.ancestors.map((made) => [made.model.name, made.run?.id, made.dataset?.name]),
    [['road signs', run.id, 'signs']],
  );
  const { versions } = await client.getDatasetLineage({ params: { datasetId: signs } });
  assert.deepEqual(
    versions.map((used) => [used.version, used.runs[0].models[0].name]),
    [['r2', 'road signs']],
  );
});

test('a model made elsewhere is added, begun from, pointed at, and deleted once nothing points at it', async () => {
  const first = await client.findModelVersion({ query: { reference: 'road signs@1' } });
  const params = { modelId: first.modelId, version: 1 };
  const file = Buffer.from(await (await client.downloadModel({ params, query: {} })).arrayBuffer());
  const added = await client.importModel({ query: { name: 'elsewhere' }, upload: file });
  assert.deepEqual([added.version, added.source, added.task], [1, 'import', 'classify']);
  for (const wrong of [Buffer.from('no model'), file.subarray(0, file.length / 2)]) {
    await assert.rejects(client.importModel({ query: { name: 'elsewhere' }, upload: wrong }), {
      code: 'not-a-model',
      status: 422,
    });
  }

  const alias = { modelId: added.modelId, alias: 'champion' };
  await client.setModelAlias({ params: alias, body: { version: 1 } });
  const run = await client.startRun({
    body: {
      datasetId: signs,
      task: 'classify',
      settings: { ...quick, epochs: 1 },
      init: { model: 'elsewhere@champion' },
      modelName: 'elsewhere',
    },
  });
  assert.deepEqual([run.init?.name, run.init?.model?.modelId], ['elsewhere@1', added.modelId]);
  const done = await ended(run.id);
  assert.equal(done.state, 'succeeded', JSON.stringify(done.error));
  const { descendants } = await client.getModelLineage({
    params: { modelId: added.modelId, version: 1 },
  });
  assert.deepEqual(
    descendants.map((one) => [one.run.id, one.models[0].version]),
    [[run.id, 2]],
  );

  const versionParams = { modelId: added.modelId, version: 1 };
  await assert.rejects(client.deleteModelVersion({ params: versionParams }), {
    code: 'model-in-use',
    status: 409,
  });
  await client.setModelAlias({ params: alias, body: { version: 2 } });
  await client.deleteModelVersion({ params: versionParams });
  const left = await client.getModel({ params: { modelId: added.modelId } });
  assert.deepEqual(
    left.versions.map(({ version, aliases }) => [version, aliases]),
    [[2, ['champion']]],
  );
  // The file of the first model has the same content, and is still there.
  await client.downloadModel({ params, query: {} });
  const path = join(folder, 'given.onnx');
  writeFileSync(path, 'no model');
  const body = { datasetId: signs, task: 'classify' as const, init: { path } };
  await assert.rejects(client.startRun({ body }), { code: 'bad-init', status: 422 });
});

test('samples of an embedding come with the pictures that it takes for alike', async () => {
  const datasetId = await importDrawn(workbench, 'faces', 'embed', 16);
  const settings = { ...quick, epochs: 1, split: 0.5 };
  const { id: runId } = await client.startRun({ body: { datasetId, task: 'embed', settings } });
  const done = await ended(runId);
  assert.equal(done.state, 'succeeded', JSON.stringify(done.error));
  const { items } = await client.listSamples({ params: { runId }, query: {} });
  for (const { imageId, truth, neighbours } of items) {
    const cosines = neighbours.map(({ cosine }) => cosine);
    assert.deepEqual(
      cosines,
      cosines.toSorted((a, b) => b - a),
    );
    assert.equal(neighbours.length, 5);
    for (const neighbour of neighbours) {
      assert.ok(neighbour.imageId !== imageId && neighbour.sha256 !== null);
      const [{ categoryName }] = truth.objects;
      assert.equal(neighbour.isSame, neighbour.categoryName === categoryName);
    }
  }
});

test('a run that is cancelled keeps what it has learned, and goes on later; others wait for it', async () => {
  const run = await startSigns(endless);
  const second = await startSigns({ ...quick, epochs: 1 });
  await until(run.id, ({ step }) => step !== null && step >= 2);
  assert.equal((await client.getRun({ params: { runId: second.id } })).state, 'queued');
  await assert.rejects(client.deleteRun({ params: { runId: run.id } }), { code: 'run-state' });
  await client.cancelRun({ params: { runId: run.id } });
  const cancelled = await inState(run.id, 'cancelled');
  assert.equal(cancelled.models.length, 1);
  assert.equal(cancelled.error, null);
  assert.equal((await ended(second.id)).state, 'succeeded');

  const { step } = cancelled;
  await client.resumeRun({ params: { runId: run.id } });
  const resumed = await until(run.id, (now) => now.state === 'running' && now.step! > step!);
  assert.equal(resumed.jobId, run.jobId);
  await client.cancelRun({ params: { runId: run.id } });
  const again = await inState(run.id, 'cancelled');
  assert.equal(again.models.length, 2);
  const comparison = await client.compareRuns({ query: { runs: `${run.id},${second.id}` } });
  const [differing] = comparison.settings;
  assert.deepEqual([differing.isSame, differing.values.length], [false, 2]);
  await client.deleteRun({ params: { runId: run.id } });
  const orphan = await client.findModelVersion({ query: { reference: 'signs classify' } });
  assert.equal(orphan.run?.id === run.id, false);
});

test('a worker that is killed in the middle of a training is replaced, and the run goes on from its checkpoint', async () => {
  const run = await startSigns({ ...quick, epochs: 12 });
  const query = { runs: String(run.id), names: 'loss' };
  const before = await until(run.id, hasValidated);
  assert.equal(before.state, 'running');
  const [known] = (await client.getCurves({ query })).curves;
  for (const pid of workbench.workerPids()) process.kill(pid, 'SIGKILL');
  const done = await ended(run.id);
  assert.equal(done.state, 'succeeded', JSON.stringify(done.error));
  assert.equal(done.step, 12 * Number(done.settled.stepsPerEpoch));
  const [curve] = (await client.getCurves({ query })).curves;
  assert.deepEqual(curve.points[0], known.points[0], 'what was learned was not learned again');
  const job = await finished(await client.getJob({ params: { jobId: run.jobId! } }));
  assert.deepEqual([job.state, job.attempt], ['succeeded', 2]);
});

test('a trainer that is killed alone fails its run, whose log has the reason', async (t) => {
  const run = await startSigns(endless);
  await until(run.id, hasValidated);
  const trainers = workbench
    .workerPids()
    .flatMap((pid) => spawnSync('pgrep', ['-P', `${pid}`], { encoding: 'utf8' }).stdout ?? '')
    .flatMap((text) => text.split('\n').filter(Boolean).map(Number))
    .filter((pid) => commandOf(pid).includes('trainer-process'));
  if (trainers.length === 0) {
    await client.cancelRun({ params: { runId: run.id } });
    await ended(run.id);
    return t.skip('processes cannot be listed here');
  }
  for (const pid of trainers) process.kill(pid, 'SIGKILL');
  const { state, error, jobId } = await ended(run.id);
  assert.equal(state, 'failed');
  assert.match(error!.message, /found one that was killed\. If nobody did that, a guess: .*memory/);
  const { lines } = await client.getJobLog({ params: { jobId: jobId! }, query: {} });
  const last = lines.findLast(({ level }) => level === 'error');
  assert.equal(last && inEnglish(last.text), error!.message);
});

const commandOf = (pid: number): string =>
  spawnSync('ps', ['-o', 'args=', '-p', `${pid}`], { encoding: 'utf8' }).stdout ?? '';

test('a run on what a filter matches learns from those pictures alone, also when it goes on later', async () => {
  const { items } = await client.listImages({ params: { datasetId: signs }, query: {} });
  const setStatus = (imageIds: number[], status: 'done' | 'in_progress') =>
    client.applyEdits({
      params: { datasetId: signs },
      body: {
        key: crypto.randomUUID(),
        edits: imageIds.map((imageId) => ({ type: 'setStatus' as const, imageId, status })),
      },
    });
  const chosen = items.slice(0, 12).map(({ id }) => id);
  await setStatus(chosen, 'done');
  const start = (query: string, more: object = {}) =>
    client.startRun({
      body: {
        datasetId: signs,
        task: 'classify',
        settings: { ...endless, split: 0 },
        query,
        ...more,
      },
    });
  await assert.rejects(start('status:done ('), { code: 'bad-query', status: 422 });
  await assert.rejects(start('tag:nobody'), { code: 'bad-request' });
  await assert.rejects(start('status:done', { version: 'r2' }), { code: 'bad-request' });

  const run = await start(' status:done ');
  assert.equal(run.dataset?.query, 'status:done');
  await setStatus(chosen.slice(0, 6), 'in_progress');
  await until(run.id, ({ step }) => step !== null && step >= 1);
  await client.cancelRun({ params: { runId: run.id } });
  const cancelled = await inState(run.id, 'cancelled');
  assert.equal(cancelled.settled.trainingImages, chosen.length);
  const [{ modelId, version }] = cancelled.models;
  const model = await client.getModelVersion({ params: { modelId, version } });
  assert.equal(model.dataset?.query, 'status:done');

  // As in a restored backup, where the folder of the run is gone.
  const runs = join(workspaceDir, 'runs');
  const folderName = readdirSync(runs).find((name) => name.startsWith(`${run.id}-`));
  rmSync(join(runs, folderName!), { recursive: true });
  await client.resumeRun({ params: { runId: run.id } });
  const request = join(runs, folderName!, 'request.json');
  await until(run.id, () => existsSync(request));
  const again = JSON.parse(readFileSync(join(runs, folderName!, 'training.json'), 'utf8'));
  assert.equal(again.images.length, chosen.length);
  await client.cancelRun({ params: { runId: run.id } });
  await inState(run.id, 'cancelled');
});

test('data that nothing can be learned from fails with one sentence, on the run and on its job', async () => {
  const bare = await importDrawn(workbench, 'bare', 'classify', 3, (dataset) => ({
    ...dataset,
    annotations: [],
  }));
  const run = await client.startRun({ body: { datasetId: bare, task: 'detect' } });
  const failed = await ended(run.id);
  assert.equal(failed.state, 'failed');
  assert.equal(failed.error?.code, 'nothing-to-learn');
  assert.match(failed.error!.message, /^expected labelled pictures, found none/);
  const job = await client.getJob({ params: { jobId: run.jobId! } });
  assert.deepEqual([job.state, job.attempt, job.error?.status], ['failed', 1, 422]);
  await assert.rejects(
    client.startRun({
      body: { datasetId: bare, task: 'detect', settings: { minutes: 1, epochs: 1 } },
    }),
    { code: 'bad-setting', status: 422 },
  );
  await assert.rejects(
    client.startRun({ body: { datasetId: bare, task: 'detect', version: 'v9' } }),
    { code: 'version-not-found' },
  );
});

test('one object of one class is enough, a category of nothing and a picture that was damaged are told', async () => {
  const datasetId = await importDrawn(workbench, 'leaves', 'detect', 4, (dataset) => ({
    ...dataset,
    annotations: dataset.annotations.slice(0, 1),
    categories: [...dataset.categories, { id: 99, name: 'nothing' }],
  }));
  const { items } = await client.listImages({ params: { datasetId }, query: {} });
  // Somebody has said that nothing else is in them.
  const edits = items.map(({ id: imageId }) => ({
    type: 'setStatus' as const,
    imageId,
    status: 'done' as const,
  }));
  await client.applyEdits({ params: { datasetId }, body: { key: crypto.randomUUID(), edits } });
  const { sha256 } = items.at(-1)!;
  const blob = join(workspaceDir, 'blobs', 'sha256', sha256!.slice(0, 2), sha256!.slice(2));
  writeFileSync(blob, readFileSync(blob).subarray(0, 200));
  const settings = { ...quick, epochs: 2, split: 0 };
  const run = await client.startRun({ body: { datasetId, task: 'detect', settings } });
  const done = await ended(run.id);
  assert.equal(done.state, 'succeeded', JSON.stringify(done.error));
  assert.equal(done.models.length, 1);
  const { lines } = await client.getJobLog({ params: { jobId: run.jobId! }, query: {} });
  const said = lines.map(({ text }) => text).join('\n');
  assert.match(said, /nothing has them: .*nothing/);
  assert.match(said, new RegExp(`${items.at(-1)!.fileName} cannot be read`));
});

test('pictures that nobody has looked at are left out, and those that are said to be empty are learned', async () => {
  const withoutLabels = (from: number) => (dataset: CocoDataset) => ({
    ...dataset,
    annotations: dataset.annotations.filter(({ image_id }) => image_id < from),
  });
  const leaves = await importDrawn(workbench, 'half', 'detect', 8, withoutLabels(5));
  const { items } = await client.listImages({ params: { datasetId: leaves }, query: {} });
  const empty = items.find(({ objectCount }) => objectCount === 0)!;
  await client.applyEdits({
    params: { datasetId: leaves },
    body: {
      key: crypto.randomUUID(),
      edits: [{ type: 'setStatus', imageId: empty.id, status: 'done' }],
    },
  });
  const run = await client.startRun({
    body: { datasetId: leaves, task: 'detect', settings: { ...quick, epochs: 1, split: 0 } },
  });
  const { state, settled, jobId } = await ended(run.id);
  assert.equal(state, 'succeeded');
  assert.equal(settled.trainingImages, 5);
  const { lines } = await client.getJobLog({ params: { jobId: jobId! }, query: {} });
  assert.ok(
    lines.some(({ text }) => /^3 pictures without labels.* are left out/.test(String(text))),
  );
});
