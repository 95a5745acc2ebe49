// Results from elsewhere over HTTP: files as other tools write them, and what is wrong with some.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Job } from '@migaki/api';
import { inEnglish } from '@migaki/coco';
import { testWorkbench } from '../../testing/test-workbench.ts';
import type { ProposeResultsReport } from './propose-results-job.ts';

const workbench = await testWorkbench();
const { client, folder, finished } = workbench;

function written(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const images = [1, 2, 3, 4].map((id) => ({ id, file_name: `${id}.jpg`, width: 100, height: 80 }));
const categories = [
  { id: 1, name: 'RBC' },
  { id: 2, name: 'hand', keypoints: ['wrist', 'thumb'] },
];
const drawn = [
  { id: 1, image_id: 1, category_id: 1, bbox: [10, 10, 20, 20], area: 400, iscrowd: 0 },
];
const { datasetId, job: importing } = await client.startImport({
  body: {
    into: { newDataset: 'cells' },
    from: { path: written('labels.json', { images, annotations: drawn, categories }) },
  },
});
await finished(importing);
const params = { datasetId };

async function ended(path: string, body: object = {}): Promise<Job> {
  const { job } = await client.startResultsPreannotation({
    params,
    body: { from: { path }, source: 'yolo', threshold: 0, ...body },
  });
  return finished(job);
}

async function proposed(path: string, body: object = {}): Promise<ProposeResultsReport> {
  const { state, result, error } = await ended(path, body);
  assert.equal(state, 'succeeded', error?.message);
  return result as ProposeResultsReport;
}

const proposalsOn = async (imageId: number) => {
  const { annotations } = await client.getImage({ params: { ...params, imageId } });
  return annotations.filter(({ state }) => state === 'proposed');
};
const revision = async () => (await client.getDataset({ params })).revision;
const box = (image_id: number | string, score: number, x = 50) => ({
  image_id,
  category_id: 1,
  bbox: [x, 40, 10, 10],
  score,
});

test('a list of results becomes proposals in the name of its source', async () => {
  const path = written('results.json', [box(2, 0.9), box(1, 0.8), box(2, 0.3, 5), box(1, 0.7, 10)]);
  const report = await proposed(path, { threshold: 0.5 });
  assert.deepEqual([report.resultsRead, report.picturesWithResults, report.proposals], [4, 2, 3]);
  assert.deepEqual([report.resultsBelow, report.problemCount], [1, 0]);
  const [proposal] = await proposalsOn(2);
  assert.deepEqual([proposal.origin, proposal.score], ['model yolo', 0.9]);
  assert.deepEqual([proposal.bbox, proposal.area], [[50, 40, 10, 10], 100]);
});

test('the same again takes no revision; a new file replaces what nobody has decided on, of its source alone', async () => {
  const first = written('results.json', [box(2, 0.9), box(3, 0.8), box(3, 0.7, 5)]);
  await proposed(first);
  const before = await revision();
  await proposed(first);
  assert.equal(await revision(), before);
  await proposed(written('other.json', [box(3, 0.6)]), { source: 'detr' });
  const accepted = (await proposalsOn(3)).find(({ score }) => score === 0.8)!;
  await client.applyEdits({
    params,
    body: {
      key: crypto.randomUUID(),
      edits: [{ type: 'accept', annotationId: accepted.id }],
    },
  });
  const report = await proposed(written('results.json', [box(3, 0.95), box(4, 0.5)]));
  assert.deepEqual([report.decided, report.proposals, report.proposalsWithdrawn], [1, 1, 2]);
  assert.deepEqual(
    (await proposalsOn(3)).map(({ origin }) => origin),
    ['model detr'],
  );
  assert.equal((await proposalsOn(2)).length, 0, 'what the new file does not name was not found');
  const { annotations } = await client.getImage({ params: { ...params, imageId: 3 } });
  assert.equal(annotations.find(({ id }) => id === accepted.id)?.state, 'accepted');
});

test('a whole COCO file says which pictures and classes it means, and leaves those alone that it does not list', async () => {
  await proposed(written('all.json', [box(1, 0.9), box(4, 0.9)]), { source: 'whole' });
  const file = {
    annotations: [
      { id: 1, image_id: 77, category_id: 9, bbox: [1, 1, 5, 5], score: 0.5 },
      { id: 2, image_id: 77, category_id: 8, bbox: [1, 1, 5, 5], score: 0.5 },
    ],
    images: [{ id: 77, file_name: 'photos/4.jpg' }],
    categories: [
      { id: 9, name: 'rbc' },
      { id: 8, name: 'dog' },
    ],
  };
  const { notes } = await proposed(written('whole.json', file), { source: 'whole' });
  assert.deepEqual([notes[0].count, notes[0].example], [1, 'dog']);
  const [own] = (await proposalsOn(4)).filter(({ origin }) => origin === 'model whole');
  assert.deepEqual(own.bbox, [1, 1, 5, 5]);
  assert.ok((await proposalsOn(1)).some(({ origin }) => origin === 'model whole'));
});

test('a label file of other ids tells what the results mean', async () => {
  const labelsPath = written('elsewhere.json', {
    images: [{ id: 900, file_name: '2.jpg' }],
    annotations: [],
    categories: [{ id: 30, name: 'cell' }],
  });
  const path = written('results.json', [{ ...box(900, 0.4), category_id: 30 }]);
  const body = { from: { path, labelsPath }, source: 'ids', map: { cell: 'RBC' } };
  assert.equal((await proposed(path, body)).proposals, 1);
  assert.equal((await proposed(path, { ...body, map: { 30: 'RBC' } })).proposals, 1);
  assert.match((await ended(path, { source: 'ids' })).error!.message, /--labels/);
});

test('results beside a zip that cannot be read are refused: it may hold what tells what they mean', async () => {
  const both = join(folder, 'both');
  mkdirSync(both);
  writeFileSync(join(both, 'results.json'), JSON.stringify([box(2, 0.4)]));
  writeFileSync(join(both, 'labels.zip'), 'no zip at all');
  const { error } = await ended(both, { source: 'zip' });
  assert.match(error!.message, /^labels\.zip: expected a whole zip file/);
});

test('results and their label file are uploaded together, and gone when they are taken', async () => {
  const { uploadId } = await client.openUpload();
  const send = (path: string, content: unknown) => {
    const body = JSON.stringify(content);
    return fetch(`${workbench.address}/api/uploads/${uploadId}/files`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${workbench.loginToken}`,
        'tus-resumable': '1.0.0',
        'upload-length': String(body.length),
        'upload-metadata': `relativePath ${btoa(path)}`,
        'content-type': 'application/offset+octet-stream',
      },
      body,
    });
  };
  await send('results.json', [box(900, 0.4)]);
  await send('labels/results.json', {
    images: [{ id: 900, file_name: '2.jpg' }],
    categories: [{ id: 1, name: 'RBC' }],
  });
  const { job } = await client.startResultsPreannotation({
    params,
    body: { from: { uploadId }, source: 'sent', threshold: 0 },
  });
  const { result, error } = await finished(job);
  assert.equal((result as ProposeResultsReport | null)?.proposals, 1, error?.message);
  await assert.rejects(client.getUpload({ params: { uploadId } }), /the id of an upload/);
});

test('names, keypoints and masks come as other tools write them', async () => {
  const results = [
    { ...box('2', 0.9), file_name: '2.jpg' },
    { image_id: 3, category_id: 2, keypoints: [10, 20, 0.9, 30, 60, 0.1], score: 0.8 },
    { image_id: 4, category_id: 1, segmentation: [[5, 5, 25, 5, 25, 15, 5, 15]], score: 0.7 },
  ];
  const report = await proposed(written('kinds.json', results), { source: 'kinds' });
  assert.deepEqual([report.proposals, report.problems], [3, []]);
  const own = async (id: number) =>
    (await proposalsOn(id)).find(({ origin }) => origin === 'model kinds')!;
  assert.deepEqual((await own(3)).bbox, [10, 20, 20, 40]);
  assert.equal((await own(4)).area, 200);
});

test('only what was asked for is touched', async () => {
  const path = written(
    'all.json',
    [1, 2, 3, 4].map((id) => box(id, 0.9, 70)),
  );
  const named = await proposed(path, { source: 'part', query: 'name:2.jpg' });
  assert.deepEqual([named.picturesWithResults, named.proposals], [1, 1]);
  const { proposals, picturesLabelled } = await proposed(path, {
    source: 'part',
    onlyUnlabelled: true,
  });
  assert.deepEqual([proposals, picturesLabelled], [2, 2]);
});

test('unknown pictures and shapes that cannot be drawn are counted and told; the rest is taken', async () => {
  const results = [box(2, 0.9), box(99, 0.9), box(99, 0.8), { ...box(2, 0.9), bbox: [1, 1, 0, 5] }];
  const report = await proposed(written('some.json', results), { source: 'some' });
  assert.deepEqual([report.proposals, report.problemCount], [1, 2]);
  const told = report.problems.map(
    ({ file, message }) => `${inEnglish(file)}: ${inEnglish(message)}`,
  );
  assert.match(told[0], /^image_id 99: .*2 results are left out/);
  assert.match(told[1], /^result 4, 2\.jpg: bbox: .*above 0/);
});

const refused: [what: string, content: unknown, body: object, error: RegExp][] = [
  ['broken JSON', '[{"image_id": 1,', {}, /the end of the text.*copy or download it again/],
  ['no results', { version: 5 }, {}, /a list of results, or a COCO file/],
  [
    'percentages',
    [box(1, 0.5), box(2, 87)],
    {},
    /results\[1\]\.score.*from 0 to 1.*87.*percentages/,
  ],
  ['logits', [box(1, -1.5)], {}, /results\[0\]\.score.*sigmoid/],
  ['labels', { images, annotations: drawn, categories }, {}, /annotations\[0\]\.score.*imported/],
  ['fractions', [{ ...box(1, 0.5), bbox: [0.1, 0.2, 0.3, 0.4] }], {}, /pixels.*Multiply/],
  ['other pictures', [box(70, 0.5)], {}, /pictures of the dataset.*1 others, such as 70/],
  [
    'no category',
    [{ ...box(1, 0.5), category_id: 'RBC' }],
    {},
    /category_id.*the id of a category/,
  ],
  ['other classes', [{ ...box(1, 0.5), category_id: 50 }], {}, /classes called as.*50/],
  ['a wrong name', [box(1, 0.5)], { map: { WBC: 'RBC' } }, /a class of the model \(RBC\).*WBC/],
  ['a wrong threshold', [box(1, 0.5)], { thresholds: { WBC: 0.5 } }, /class of the model.*WBC/],
];
for (const [what, content, body, error] of refused) {
  test(`${what}: one error, and nothing is changed`, async () => {
    const before = await revision();
    const job = await ended(written('bad.json', content), body);
    assert.equal(job.state, 'failed');
    assert.match(job.error!.message, error);
    assert.equal(await revision(), before);
  });
}

test('a dataset without categories gets those that the file lists, once nothing is refused', async () => {
  const { datasetId: id, job: made } = await client.startImport({
    body: {
      into: { newDataset: 'bare' },
      from: { path: written('bare.json', { images, annotations: [], categories: [] }) },
    },
  });
  await finished(made);
  const at = { params: { datasetId: id } };
  const run = async (content: unknown, body: object = {}) => {
    const from = { path: written('listed.json', content) };
    const asked = { from, source: 'yolo', threshold: 0, ...body };
    return finished((await client.startResultsPreannotation({ ...at, body: asked })).job);
  };
  const nameless = await run([box(1, 0.5)]);
  assert.match(nameless.error!.message, /found no category, and the classes 1\..*--labels/);
  const unmapped = await run([box(1, 0.5)], { map: { 1: 'cell' } });
  assert.match(unmapped.error!.message, /a category of the dataset \(there is none\)/);
  const whole = (score: number) => ({
    images,
    categories: [...categories, { id: 9, name: 'dust' }],
    annotations: [
      { ...box(1, score), id: 1 },
      { id: 2, image_id: 2, category_id: 2, keypoints: [10, 20, 2, 30, 60, 2], score: 0.8 },
    ],
  });
  for (const [content, body] of [
    [whole(87), {}],
    [whole(0.5), { thresholds: { Typo: 0.5 } }],
    [whole(0.5), { map: { Typo: 'x' } }],
  ] as const) {
    assert.equal((await run(content, body)).state, 'failed');
  }
  assert.deepEqual((await client.getDataset(at)).categories, [], 'not by what is refused');
  const { result, error } = await run(whole(0.5), { map: { 1: 'red cell' } });
  assert.equal(error, null);
  const { proposals, problemCount, notes } = result as ProposeResultsReport;
  assert.deepEqual([proposals, problemCount], [2, 0]);
  assert.equal(notes[0].example, 'red cell, hand, dust');
  assert.deepEqual(
    (await client.getDataset(at)).categories.map(({ name, keypoints }) => [name, keypoints]),
    [
      ['red cell', null],
      ['hand', ['wrist', 'thumb']],
      ['dust', null],
    ],
  );
});

test('a file without any result takes back what its source had proposed', async () => {
  const { proposalsWithdrawn } = await proposed(written('none.json', []), { source: 'part' });
  assert.equal(proposalsWithdrawn, 2);
});

test('a source is not called like a version of a model, and a path must be one that may be read', async () => {
  await assert.rejects(ended(written('all.json', []), { source: 'cells@1' }), /name without @/);
  await assert.rejects(ended('/etc/passwd'), /./);
});
