// Endpoints over HTTP before a workbench: a server that answers from a table, stumbles, or answers nonsense.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '@migaki/api';
import { type CocoDataset, inEnglish } from '@migaki/coco';
import sharp from 'sharp';
import { type Answer, type Asked, answeringServer } from '../../testing/answering-server.ts';
import { importDrawn } from '../../testing/drawn-dataset.ts';
import { testWorkbench } from '../../testing/test-workbench.ts';
import type { ProposeEndpointReport } from './propose-endpoint-job.ts';

const workbench = await testWorkbench();
const { client, finished } = workbench;
const imageCount = 12;
const datasetId = await importDrawn(workbench, 'leaves', 'detect', imageCount, (dataset) => ({
  ...dataset,
  annotations: [],
}));
const params = { datasetId };
const { categories } = await client.getDataset({ params });
const [first, second] = categories;
const { items } = await client.listImages({ params, query: { sort: 'name' } });

let answer: (asked: Asked) => Answer | Promise<Answer> = () => [200, []];
const server = await answeringServer((asked) => answer(asked));
const url = `${server.origin}/predict`;

async function ended(body: object = {}): Promise<Job> {
  server.asked.length = 0;
  const { job } = await client.startEndpointPreannotation({
    params,
    body: { url, threshold: 0, ...body },
  });
  return finished(job);
}

async function proposed(body: object = {}): Promise<ProposeEndpointReport> {
  const { state, result, error } = await ended(body);
  assert.equal(state, 'succeeded', error?.message);
  return result as ProposeEndpointReport;
}

const proposalsOn = async (imageId: number) => {
  const { annotations } = await client.getImage({ params: { ...params, imageId } });
  return annotations.filter(({ state }) => state === 'proposed');
};
const revision = async () => (await client.getDataset({ params })).revision;
const found = (score: number, more: object = {}) => ({
  category_id: first.id,
  bbox: [10, 12, 20, 16],
  score,
  ...more,
});

test('each picture is sent as it is, and what is answered becomes proposals in the name of the machine', async () => {
  const sizes: string[] = [];
  answer = async ({ body, headers, fileName }) => {
    const { width, format } = await sharp(body).metadata();
    assert.equal(headers['content-type'], `image/${format}`);
    sizes.push(`${fileName} ${width}`);
    return [200, [found(0.9), found(0.3, { bbox: [40, 30, 10, 10] })]];
  };
  const report = await proposed({ threshold: 0.5 });
  assert.deepEqual(
    [report.picturesSeen, report.resultsRead, report.resultsBelow, report.proposals],
    [imageCount, 2 * imageCount, imageCount, imageCount],
  );
  assert.deepEqual(sizes.sort(), items.map(({ fileName, width }) => `${fileName} ${width}`).sort());
  const [proposal] = await proposalsOn(items[0].id);
  assert.deepEqual(
    [proposal.origin, proposal.score],
    [`model ${new URL(server.origin).host}`, 0.9],
  );
  assert.deepEqual([proposal.bbox, proposal.area], [[10, 12, 20, 16], 320]);
});

test('the same again takes no revision, other answers replace, and what somebody decided stays', async () => {
  answer = () => [200, [found(0.9)]];
  await proposed();
  const before = await revision();
  await proposed();
  assert.equal(await revision(), before);
  const [accepted] = await proposalsOn(items[1].id);
  const key = crypto.randomUUID();
  await client.applyEdits({
    params,
    body: { key, edits: [{ type: 'accept', annotationId: accepted.id }] },
  });
  answer = () => [200, { annotations: [found(0.7)] }];
  const report = await proposed();
  assert.deepEqual([report.decided, report.proposals], [1, imageCount - 1]);
  assert.equal((await proposalsOn(items[1].id)).length, 0);
  const { picturesSeen, picturesLabelled } = await proposed({ onlyUnlabelled: true });
  assert.deepEqual([picturesSeen, picturesLabelled], [imageCount - 1, 1]);
  assert.equal(server.asked.length, imageCount - 1);
});

test('classes are called as the answer says, else as somebody says, else by the dataset’s own ids', async () => {
  const query = `name:${items[0].fileName}`;
  const categoryOf = async () => {
    const own = await proposalsOn(items[0].id);
    return own.find(({ origin }) => origin === 'model names')?.categoryId;
  };
  const listed = [
    { id: 7, name: second.name.toUpperCase() },
    { id: 8, name: 'dog' },
  ];
  answer = () => [200, { annotations: [{ ...found(0.5), category_id: 7 }], categories: listed }];
  await proposed({ source: 'names', query });
  assert.equal(await categoryOf(), second.id);
  await proposed({ source: 'names', query, classNames: { 7: first.name } });
  assert.equal(await categoryOf(), first.id, 'what somebody says goes before');
  answer = () => [200, [found(0.5, { category_id: 700 })]];
  await proposed({ source: 'names', query, map: { 700: second.name } });
  assert.equal(await categoryOf(), second.id);
  answer = () => [200, [found(0.5), found(0.4, { category_id: 700 })]];
  const { notes } = await proposed({ source: 'names', query, thresholds: { wolf: 0.2 } });
  assert.deepEqual(
    notes.map(({ count, example }) => [count, example]),
    [
      [1, '700'],
      [1, 'wolf'],
    ],
  );
});

test('an endpoint that stumbles is asked again, and that is told', async () => {
  let stumbles = 2;
  answer = () => (stumbles-- > 0 ? [503, { detail: 'loading' }] : [200, []]);
  const { id, state } = await ended({ atOnce: 1 });
  assert.equal(state, 'succeeded');
  assert.equal(server.asked.length, imageCount + 2);
  const { lines } = await client.getJobLog({ params: { jobId: id }, query: {} });
  const told = lines.map(({ text }) => inEnglish(text));
  assert.ok(
    told.some((line) => line.includes('HTTP 503 (loading); it is asked again')),
    `${told}`,
  );
});

test('a picture that is refused is told, and the rest is taken; where all are refused, that is the end', async () => {
  answer = ({ fileName }) =>
    fileName === items[2].fileName ? [422, { error: 'too dark' }] : [200, [found(0.9)]];
  const { picturesSeen, problemCount, problems } = await proposed({ source: 'picky' });
  assert.deepEqual([picturesSeen, problemCount], [imageCount - 1, 1]);
  assert.equal(inEnglish(problems[0].file), items[2].fileName);
  assert.match(inEnglish(problems[0].message), /HTTP 422 \(too dark\)/);
  answer = () => [422, { error: 'no' }];
  const { state, error } = await ended();
  assert.equal(state, 'failed');
  assert.match(error!.message, /8 refusals.*HTTP 422 \(no\).*again/);
});

const nonsense: [what: string, answer: unknown, error: RegExp][] = [
  ['a page', '<html>Hello</html>', /the answer to .*byte 0.*<html>.*Results look like/s],
  ['nothing', '', /the answer to .*found nothing/s],
  ['half a list', '[{"category_id": 1,', /the answer to .*the end of the text/s],
  ['another document', { objects: [] }, /a list of results.*\{"objects/s],
  ['no score', [{ category_id: 1, bbox: [1, 2, 3, 4] }], /results\[0\]\.score: .*from 0 to 1/],
  ['percentages', [found(87)], /results\[0\]\.score.*found 87.*percentages/],
  ['fractions', [found(0.5, { bbox: [0.1, 0.2, 0.3, 0.4] })], /bbox: .*pixels.*Multiply/],
  ['other classes', [found(0.5, { category_id: 900 })], /classes called as.*900.*--map/],
  ['too deep', '['.repeat(5000), /100 arrays/],
];
for (const [what, content, error] of nonsense) {
  test(`${what} in place of results: one error that says what came, and nothing is changed`, async () => {
    const before = await revision();
    answer = () => [200, content];
    const job = await ended({ source: 'nonsense' });
    assert.equal(job.state, 'failed');
    assert.match(job.error!.message, error);
    assert.equal(await revision(), before);
  });
}

test('what is wrong with the question is told before a job is made', async () => {
  const refused: [body: object, error: RegExp][] = [
    [{ url: 'http://169.254.169.254/predict' }, /an address on 127\.0\.0\.1.*--allow-endpoint/],
    [{ url: 'localhost:8000' }, /http:\/\//],
    [{ protocol: 'oip' }, /\/v2\/models\/cells/],
    [{ map: { leaf: 'nothing' } }, /a category of the dataset \(/],
    [{ classNames: { 0: 'dog' } }, /classes called as/],
    [{ classNames: { 0: first.name }, thresholds: { Typo: 0.5 } }, /a class of the model \(.*Typo/],
    [{ query: 'size:what' }, /size|expected/],
    [{ source: 'cells@2' }, /without @/],
  ];
  for (const [body, error] of refused) await assert.rejects(ended(body), error);
});

test('where nobody listens the job ends with that, and takes it up again where it was', async () => {
  answer = () => [200, [found(0.8)]];
  const gone = 'http://127.0.0.1:1/predict';
  const { state, error } = await ended({ url: gone, source: 'gone' });
  assert.equal(state, 'failed');
  assert.match(error!.message, /127\.0\.0\.1:1: expected an answer.*3 times.*runs/);
});

const pictureResponse = await client.getPicture({
  params: { sha256: items[3].sha256! },
  query: {},
});
const picture = Buffer.from(await pictureResponse.arrayBuffer());
const size = { width: items[3].width!, height: items[3].height! };

// A model behind the Open Inference Protocol that finds the same on every picture, as a server of each kind would.
const tensorServers: [
  what: string,
  extensions: string[],
  input: { datatype: string; shape: number[] },
  /** Of what the model saw. */
  box: number[],
  asked: (one: Asked) => unknown,
  expected: unknown,
][] = [
  [
    'the file of a picture as bytes',
    ['binary_tensor_data'],
    { datatype: 'BYTES', shape: [-1] },
    [10, 12, 30, 28],
    ({ body, headers }) => {
      const jsonLength = Number(headers['inference-header-content-length']);
      return body.subarray(jsonLength + 4).equals(picture);
    },
    true,
  ],
  [
    'a picture of the declared shape as JSON',
    [],
    { datatype: 'FP32', shape: [-1, 3, 32, 32] },
    [
      32 * (10 / size.width),
      32 * (12 / size.height),
      32 * (30 / size.width),
      32 * (28 / size.height),
    ],
    ({ body }) => {
      const [{ shape, data }] = JSON.parse(String(body)).inputs;
      return [shape, data.every((value: number) => value >= 0 && value <= 1)];
    },
    [[1, 3, 32, 32], true],
  ],
];
for (const [what, extensions, input, box, seen, expected] of tensorServers) {
  test(`a model behind the Open Inference Protocol gets ${what}, and its boxes fit the picture`, async () => {
    const outputs = [
      { name: 'boxes', datatype: 'FP32', shape: [-1, 4] },
      { name: 'scores', datatype: 'FP32', shape: [-1] },
      { name: 'labels', datatype: 'INT64', shape: [-1] },
    ];
    const data = [box, [0.75], [1]];
    const answers: Record<string, unknown> = {
      '/v2': { name: 'server', version: '1', extensions },
      '/v2/models/finder': { name: 'finder', inputs: [{ name: 'image', ...input }], outputs },
      '/v2/models/finder/infer': {
        model_name: 'finder',
        outputs: outputs.map((output, i) => ({
          ...output,
          shape: i === 0 ? [1, 4] : [1],
          data: data[i],
        })),
      },
    };
    answer = ({ path }) => [200, answers[path]];
    const { proposals } = await proposed({
      url: `${server.origin}/v2/models/finder/infer`,
      query: `name:${items[3].fileName}`,
      classNames: { 0: 'background', 1: second.name },
    });
    assert.equal(proposals, 1);
    const infer = server.asked.find(({ path }) => path.endsWith('/infer'))!;
    assert.deepEqual(seen(infer), expected);
    const own = (await proposalsOn(items[3].id)).find(({ origin }) => origin === 'model finder')!;
    assert.deepEqual([own.bbox, own.categoryId], [[10, 12, 20, 16], second.id]);
  });
}

test('a model whose outputs are not clear is told before a picture is sent', async () => {
  const model = {
    inputs: [{ name: 'images', datatype: 'FP32', shape: [1, 3, 640, 640] }],
    outputs: [{ name: 'output0', datatype: 'FP32', shape: [1, 84, 8400] }],
  };
  answer = ({ path }) => (path === '/v2/models/yolo' ? [200, model] : [404, { error: 'what?' }]);
  const { state, error } = await ended({ url: `${server.origin}/v2/models/yolo` });
  assert.equal(state, 'failed');
  assert.match(error!.message, /outputs: expected boxes .*found output0 FP32 \[1, 84, 8400\]/);
  assert.equal(server.asked.length, 1);
  answer = () => [404, { error: 'unknown model' }];
  const gone = await ended({ url: `${server.origin}/v2/models/yolo` });
  assert.match(gone.error!.message, /HTTP 404 \(unknown model\).*path/);
  // What speaks COCO makes nothing of a question without a picture.
  answer = () => [422, { error: 'no picture' }];
  const other = await ended({ url: `${server.origin}/v2/models/yolo` });
  assert.match(other.error!.message, /a description of the model.*no picture.*speaks COCO/);
});

test('a dataset without categories gets those that answers list, as they come', async () => {
  const bare = (dataset: CocoDataset) => ({
    ...dataset,
    annotations: [],
    categories: [],
  });
  const id = await importDrawn(workbench, 'bare', 'detect', 3, bare);
  const at = { params: { datasetId: id } };
  const run = async (body: object) =>
    finished((await client.startEndpointPreannotation({ ...at, body: { url, ...body } })).job);
  answer = () => [200, [found(0.9)]];
  const nameless = await run({});
  assert.match(
    nameless.error!.message,
    /a dataset with categories, or .*found no category, and the classes 1\. .*--labels/,
  );
  const named = (score: number) => ({
    annotations: [found(score, { category_id: 7 })],
    categories: [
      { id: 7, name: 'stone' },
      { id: 8, name: 'hand', keypoints: ['wrist', 'thumb'], skeleton: [[1, 2]] },
    ],
  });
  answer = () => [200, named(87)];
  assert.equal((await run({})).state, 'failed');
  assert.deepEqual((await client.getDataset(at)).categories, [], 'not by what is refused');
  let nth = 0;
  const more = {
    annotations: [found(0.8, { category_id: 9 })],
    categories: [{ id: 9, name: 'ice' }],
  };
  answer = () => [200, nth++ === 0 ? named(0.9) : more];
  const { result, error } = await run({ atOnce: 1, map: { 7: 'rock' } });
  assert.equal(error, null);
  const { categoriesAdded, notes, proposals } = result as ProposeEndpointReport;
  assert.deepEqual([categoriesAdded, proposals], [['rock', 'hand', 'ice'], 3]);
  assert.equal(notes[0].example, 'rock, hand, ice');
  const { categories: own } = await client.getDataset(at);
  assert.deepEqual(
    own.map(({ name, keypoints }) => [name, keypoints]),
    [
      ['rock', null],
      ['hand', ['wrist', 'thumb']],
      ['ice', null],
    ],
  );
});

test('a dataset without categories gets those that somebody names, with their classes as it calls them', async () => {
  const empty = await client.createDataset({ body: { name: 'empty' } });
  const at = { params: { datasetId: empty.id } };
  const classNames = { 0: 'leaf', 1: 'stone' };
  for (const wrong of [{ thresholds: { Typo: 1 } }, { map: { Typo: 'x' } }]) {
    await assert.rejects(
      client.startEndpointPreannotation({ ...at, body: { url, classNames, ...wrong } }),
      /a class of the model \(leaf, stone\)/,
    );
  }
  assert.deepEqual((await client.getDataset(at)).categories, [], 'not by what is refused');
  const { job, categoriesAdded } = await client.startEndpointPreannotation({
    ...at,
    body: { url, classNames, map: { 1: 'rock' } },
  });
  assert.deepEqual(categoriesAdded, ['leaf', 'rock']);
  const { result } = await finished(job);
  assert.equal((result as ProposeEndpointReport).notes[0].example, 'leaf, rock');
});
