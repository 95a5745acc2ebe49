// Pre-annotation over HTTP with a real model, which has learned next to nothing: what counts is what becomes of its answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '@migaki/api';
import { importDrawn, quick } from '../../testing/drawn-dataset.ts';
import { testWorkbench } from '../../testing/test-workbench.ts';

const workbench = await testWorkbench();
const { client, finished } = workbench;
const leaves = await importDrawn(workbench, 'leaves', 'detect', 8);
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

interface Report {
  picturesSeen: number;
  proposals: number;
  proposalsWithdrawn: number;
  decided: number;
  picturesLabelled: number;
  problemCount: number;
}

/** With a threshold so low that even such a model proposes. */
async function preannotate(body: object = {}): Promise<Report> {
  const { job } = await client.startPreannotation({
    params,
    body: { model: 'finder', threshold: 0, ...body },
  });
  return (await finished(job)).result as Report;
}

const proposalsOf = async (imageId: number) => {
  const { annotations } = await client.getImage({ params: { ...params, imageId } });
  return annotations.filter(({ state }) => state === 'proposed');
};
const { items } = await client.listImages({ params, query: {} });
const imageId = items[0].id;

test('what a model finds becomes proposals with scores, in its name', async () => {
  const report = await preannotate();
  assert.deepEqual([report.picturesSeen, report.problemCount], [8, 0]);
  assert.ok(report.proposals > 0);
  const [proposal] = await proposalsOf(imageId);
  assert.equal(proposal.origin, 'model finder@1');
  assert.ok(proposal.score! > 0 && proposal.bbox![2] > 0 && proposal.area! > 0);
});

test('once more changes nothing, and takes no revision', async () => {
  const { revision } = await client.getDataset({ params });
  const before = await proposalsOf(imageId);
  const report = await preannotate();
  assert.equal(report.proposalsWithdrawn, 0);
  assert.deepEqual(await proposalsOf(imageId), before);
  assert.equal((await client.getDataset({ params })).revision, revision);
});

test('what somebody decided on stays, and is not proposed again', async () => {
  const [accepted, rejected] = await proposalsOf(imageId);
  await client.applyEdits({
    params,
    body: {
      key: crypto.randomUUID(),
      edits: [
        { type: 'accept', annotationId: accepted.id },
        { type: 'reject', annotationId: rejected.id },
      ],
    },
  });
  const report = await preannotate();
  assert.ok(report.decided >= 2);
  const ids = (await proposalsOf(imageId)).map(({ id }) => id);
  assert.ok(!ids.includes(accepted.id) && !ids.includes(rejected.id));
  const { annotations } = await client.getImage({ params: { ...params, imageId } });
  assert.equal(annotations.find(({ id }) => id === accepted.id)?.state, 'accepted');
});

test('a higher threshold takes back what is below it, of its own class or of all', async () => {
  const { proposals, proposalsWithdrawn } = await preannotate({ threshold: 1 });
  assert.equal(proposals, 0);
  assert.ok(proposalsWithdrawn > 0);
  assert.equal((await proposalsOf(imageId)).length, 0);
  const { categories } = await client.getDataset({ params });
  const { name } = categories[0];
  await preannotate({ threshold: 1, thresholds: { [name]: 0 } });
  const proposed = (await Promise.all(items.map(({ id }) => proposalsOf(id)))).flat();
  assert.ok(proposed.length > 0);
  assert.ok(proposed.every(({ categoryId }) => categoryId === categories[0].id));
});

test('only some pictures are looked at: those that match, and of those the unlabelled', async () => {
  const query = `name:${items[0].fileName}`;
  assert.equal((await preannotate({ query })).picturesSeen, 1);
  const report = await preannotate({ onlyUnlabelled: true });
  assert.deepEqual([report.picturesSeen, report.picturesLabelled], [0, 8]);
});

test('classes have other names where it is said, and one without a category is an error that helps', async () => {
  const { categories } = await client.getDataset({ params });
  const [first, second] = categories.map(({ name }) => name);
  await preannotate({ map: { [first]: second } });
  const proposed = (await Promise.all(items.map(({ id }) => proposalsOf(id)))).flat();
  assert.ok(proposed.length > 0);
  assert.ok(proposed.every(({ categoryId }) => categoryId !== categories[0].id));
  await assert.rejects(preannotate({ map: { nobody: second } }), /a class of the model \(/);
  await assert.rejects(
    preannotate({ map: { [first]: 'nothing' } }),
    /a category of the dataset \(/,
  );
  await assert.rejects(
    preannotate({ thresholds: { Typo: 0.5 } }),
    /threshold: expected a class of the model \(.*Typo/,
  );
  const others = await client.createDataset({ body: { name: 'others' } });
  const at = { params: { datasetId: others.id } };
  await client.addCategory({ ...at, body: { name: 'nothing of it' } });
  await assert.rejects(
    client.startPreannotation({ ...at, body: { model: 'finder' } }),
    /classes called as the dataset's categories/,
  );
  await assert.rejects(preannotate({ model: 'nobody' }), /nobody/);
  await assert.rejects(preannotate({ query: 'size:what' }), /size|expected/);
});

test('a precision is wanted of a model that was measured, and that reaches it', async () => {
  const wanted = { precision: 0.95, threshold: undefined };
  await assert.rejects(preannotate(wanted), /an evaluation of finder@1 .*Evaluate it first/s);
  await finished(
    (await client.startEvaluation({ params, body: { model: 'finder', withLearned: true } })).job,
  );
  await assert.rejects(preannotate(wanted), /that it has not learned from/);
  const others = await importDrawn(workbench, 'unseen', 'detect', 4);
  const evaluated = await finished(
    (await client.startEvaluation({ params: { datasetId: others }, body: { model: 'finder' } }))
      .job,
  );
  const scores = await client.getPrecisionScores({
    params,
    query: { model: 'finder', precision: 0.95 },
  });
  const { evaluationId } = evaluated.result as { evaluationId: number };
  assert.deepEqual([scores.evaluationId, scores.datasetName], [evaluationId, 'unseen']);
  const { categories } = await client.getDataset({ params });
  assert.deepEqual(
    scores.classes.map(({ name }) => name),
    categories.map(({ name }) => name),
  );
  for (const { truthCount, measured } of scores.classes) {
    assert.ok(truthCount > 0);
    if (measured !== null) assert.ok(measured.precision.high >= measured.precision.share);
  }
  await assert.rejects(preannotate(wanted), /some class reaches, where 0.95 was wanted/);
});

test('a dataset without categories gets those of the model, and is told so', async () => {
  const { categories } = await client.getDataset({ params });
  const names = categories.map(({ name }) => name);
  const empty = await client.createDataset({ body: { name: 'empty' } });
  const at = { params: { datasetId: empty.id } };
  const body = { model: 'finder', map: { [names[0]]: 'first' } };
  const wrong = [
    { map: { nobody: 'x' } },
    { thresholds: { Typo: 1 } },
    { query: 'size:what' },
    { precision: 0.95 },
  ];
  for (const more of wrong) {
    await assert.rejects(client.startPreannotation({ ...at, body: { ...body, ...more } }));
  }
  assert.deepEqual((await client.getDataset(at)).categories, [], 'not by what is refused');
  const { job, categoriesAdded } = await client.startPreannotation({ ...at, body });
  const expected = ['first', ...names.slice(1)];
  assert.deepEqual(categoriesAdded, expected);
  const own = (await client.getDataset(at)).categories.map(({ name }) => name);
  assert.deepEqual(own, expected);
  const { result } = await finished(job);
  const [{ count, example }] = (result as { notes: { count: number; example: string }[] }).notes;
  assert.deepEqual([count, example], [expected.length, expected.join(', ')]);
  const again = await client.startPreannotation({ ...at, body });
  assert.deepEqual(again.categoriesAdded, []);
});

test('a model of whole pictures is told where the labels are boxes', async () => {
  const signs = await importDrawn(workbench, 'signs', 'classify', 8);
  const settings = { ...quick, epochs: 1 };
  const made = await client.startRun({
    body: { datasetId: signs, task: 'classify', settings, modelName: 'signs' },
  });
  await finished({ id: made.jobId! } as Job);
  const { categories } = await client.getDataset({ params });
  const { classes } = await client.findModelVersion({ query: { reference: 'signs' } });
  const map = Object.fromEntries(classes.map(({ name }) => [name, categories[0].name]));
  const toldOn = async (of: number, body: object = {}) => {
    const asked = { model: 'signs', threshold: 0, ...body };
    const { job } = await client.startPreannotation({ params: { datasetId: of }, body: asked });
    const { result } = await finished(job);
    return result as Report & { notes: { count: number; feature: unknown }[] };
  };
  const { notes, proposals } = await toldOn(leaves, { map });
  assert.ok(proposals > 0);
  assert.deepEqual(
    notes.map(({ count }) => count),
    [proposals],
  );
  assert.match(JSON.stringify(notes[0].feature), /a whole picture and have no box/);
  assert.deepEqual((await toldOn(signs)).notes, []);
});
