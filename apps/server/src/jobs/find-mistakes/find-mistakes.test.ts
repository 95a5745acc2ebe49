// The search for mistakes over HTTP with real models, which have learned little: what counts is what becomes of what they say.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, LabelMistake } from '@migaki/api';
import { importDrawn, quick } from '../../testing/drawn-dataset.ts';
import { testWorkbench } from '../../testing/test-workbench.ts';

const workbench = await testWorkbench();
const { client, finished } = workbench;
const leaves = await importDrawn(workbench, 'leaves', 'detect', 8);
const params = { datasetId: leaves };

async function trained(
  datasetId: number,
  task: 'detect' | 'classify',
  modelName: string,
  epochs: number,
) {
  const settings = { ...quick, epochs };
  const { jobId } = await client.startRun({ body: { datasetId, task, settings, modelName } });
  await finished({ id: jobId! } as Job);
}
await trained(leaves, 'detect', 'finder', 30);

interface Report {
  picturesSeen: number;
  picturesLearned: number;
  suspicions: number;
  dismissed: number;
  picturesUnlabelled: number;
}

/** Down to doubts so small that even such a model has some. */
async function search(datasetId = leaves, body: object = {}): Promise<Report> {
  const { job } = await client.startMistakeSearch({
    params: { datasetId },
    body: { model: 'finder', leastDoubt: 0.05, ...body },
  });
  const { result, error } = await finished(job);
  assert.equal(error, null);
  return result as Report;
}

const listed = (datasetId = leaves) =>
  client.listMistakes({ params: { datasetId }, query: { limit: 500 } });
const isSame = (a: LabelMistake, b: LabelMistake) =>
  a.image.id === b.image.id && JSON.stringify(a.opinion) === JSON.stringify(b.opinion);

test('labels that the model speaks against come with its opinion, and whether it has learned them', async () => {
  const { revision } = await client.getDataset({ params });
  const report = await search();
  // Two of them validated.
  assert.deepEqual([report.picturesSeen, report.picturesLearned], [8, 6]);
  const { counts, items } = await listed();
  assert.ok(items.length > 0);
  assert.equal(counts.overlooked + counts.misplaced + counts.swapped, items.length);
  assert.deepEqual(
    items.map(({ doubt }) => doubt),
    items.map(({ doubt }) => doubt).sort((a, b) => b - a),
  );
  const [{ opinion, model }] = items;
  assert.ok(opinion.bbox![2] > 0 && opinion.area! > 0);
  assert.equal(model, 'finder@1');
  const learned = new Set(items.flatMap(({ image, isLearned }) => (isLearned ? image.id : [])));
  assert.ok(learned.size > 0 && learned.size <= 6);
  assert.equal((await client.getDataset({ params })).revision, revision, 'nothing has changed');
});

test('what was dismissed is not told again, and what was taken is gone', async () => {
  const [first, second] = (await listed()).items;
  await client.dismissMistakes({ params, body: { ids: [first.id], isDismissed: true } });
  const { categoryId, bbox } = second.opinion;
  const edit =
    second.label === null
      ? ({ type: 'add', imageId: second.image.id, fields: { categoryId, bbox } } as const)
      : ({ type: 'change', annotationId: second.label.id, fields: { categoryId, bbox } } as const);
  await client.applyEdits({ params, body: { key: crypto.randomUUID(), edits: [edit] } });
  const { items } = await listed();
  assert.ok(!items.some((item) => isSame(item, first) || isSame(item, second)));
  const report = await search();
  assert.ok(report.dismissed >= 1);
  const again = (await listed()).items;
  assert.ok(again.length > 0);
  assert.ok(!again.some((item) => isSame(item, first) || isSame(item, second)));
});

test('pictures that nobody has labelled are left out, and only those that match are looked at', async () => {
  const { items } = await client.listImages({ params, query: {} });
  const { annotations } = await client.getImage({ params: { ...params, imageId: items[0].id } });
  const edits = annotations.map(({ id }) => ({ type: 'delete', annotationId: id }) as const);
  await client.applyEdits({ params, body: { key: crypto.randomUUID(), edits } });
  const report = await search();
  assert.deepEqual([report.picturesSeen, report.picturesUnlabelled], [7, 1]);
  const one = await search(leaves, { query: `name:${items[1].fileName}` });
  assert.equal(one.picturesSeen, 1);
  await assert.rejects(search(leaves, { query: 'size:what' }), /size|expected/);
  await assert.rejects(search(leaves, { model: 'nobody' }), /nobody/);
});

test('labels of whole pictures are judged once all pictures were seen', async () => {
  const signs = await importDrawn(workbench, 'signs', 'classify', 12);
  await trained(signs, 'classify', 'reader', 1);
  const report = await search(signs, { model: 'reader' });
  assert.equal(report.picturesSeen, 12);
  const { items } = await listed(signs);
  assert.equal(items.length, report.suspicions);
  assert.ok(items.every(({ kind, opinion }) => kind === 'swapped' && opinion.bbox === null));
  assert.ok(items.every(({ label, opinion }) => label!.categoryId !== opinion.categoryId));
});
