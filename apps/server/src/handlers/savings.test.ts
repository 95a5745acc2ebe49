// Controls over HTTP: chosen by chance, hidden from who looks over, told and put right afterwards.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Job } from '@migaki/api';
import { testWorkbench } from '../testing/test-workbench.ts';

const { client, folder, finished } = await testWorkbench();
const imageCount = 80;
const perImage = 4;
const ids = Array.from({ length: imageCount }, (_, i) => i + 1);

function written(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

async function succeeded(job: Job): Promise<Record<string, number>> {
  const { state, result, error } = await finished(job);
  assert.equal(state, 'succeeded', error?.message);
  return result as Record<string, number>;
}

const images = ids.map((id) => ({ id, file_name: `${id}.jpg`, width: 400, height: 300 }));
const categories = [1, 2].map((id) => ({ id, name: `kind ${id}` }));
const { datasetId, job: importing } = await client.startImport({
  body: {
    into: { newDataset: 'cells' },
    from: { path: written('labels.json', { images, annotations: [], categories }) },
  },
});
await succeeded(importing);
const params = { datasetId };
const path = written(
  'results.json',
  ids.flatMap((image_id) =>
    Array.from({ length: perImage }, (_, nth) => ({
      image_id,
      category_id: 1,
      bbox: [10 + 90 * nth, 20, 40, 40],
      score: 0.9 - nth / 10,
    })),
  ),
);

async function propose(body: object): Promise<Record<string, number>> {
  const { job } = await client.startResultsPreannotation({
    params,
    body: { from: { path }, source: 'yolo', ...body },
  });
  return succeeded(job);
}

const shares = { controls: 0.25, mistakes: 0.4 };
const report = await propose(shares);
const { picturesWithoutProposals, mistakesSlippedIn } = report;
const revision = async () => (await client.getDataset({ params })).revision;
const total = async (q: string) =>
  (await client.listImages({ params, query: { q, limit: 1 } })).total;
const edit = (edits: Parameters<typeof client.applyEdits>[0]['body']['edits']) =>
  client.applyEdits({ params, body: { key: crypto.randomUUID(), edits } });

test('about as many as asked for are chosen by chance, and the same again', async () => {
  // Of 80 dice that say yes one time in four, and of the rest two in five.
  assert.ok(picturesWithoutProposals > 5 && picturesWithoutProposals < 40);
  assert.ok(mistakesSlippedIn > 8 && mistakesSlippedIn < 45);
  assert.equal(await total('control:open'), picturesWithoutProposals);
  assert.equal(await total('proposals=0'), picturesWithoutProposals);
  const before = await revision();
  const again = await propose(shares);
  assert.deepEqual(
    [again.picturesWithoutProposals, again.mistakesSlippedIn, again.proposalsWithdrawn],
    [picturesWithoutProposals, mistakesSlippedIn, 0],
  );
  assert.equal(await revision(), before);
});

test('a measurement goes on where nothing is said of it, and 0 ends it', async () => {
  assert.deepEqual((await client.getDataset({ params })).controlShares, shares);
  const before = await revision();
  const again = await propose({});
  assert.deepEqual(
    [again.picturesWithoutProposals, again.mistakesSlippedIn],
    [picturesWithoutProposals, mistakesSlippedIn],
  );
  assert.equal(await revision(), before);
  const none = { controls: 0, mistakes: 0 };
  const copy = await client.createDataset({ body: { name: 'other cells' } });
  assert.deepEqual(copy.controlShares, none);
  const refused = { from: { path: '/nowhere.json' }, source: 'yolo', controls: 0 };
  await assert.rejects(client.startResultsPreannotation({ params, body: refused }));
  assert.deepEqual((await client.getDataset({ params })).controlShares, shares);
  const ended = await propose({ controls: 0 });
  assert.deepEqual([ended.picturesWithoutProposals, ended.mistakesSlippedIn], [0, 0]);
  assert.equal(await total('control:open'), 0);
  assert.deepEqual((await client.getDataset({ params })).controlShares, none);
  assert.equal((await propose({})).picturesWithoutProposals, 0);
  const begun = await propose(shares);
  assert.deepEqual(
    [begun.picturesWithoutProposals, begun.mistakesSlippedIn],
    [picturesWithoutProposals, mistakesSlippedIn],
  );
});

test('nothing that a page is told says which proposals are wrong', async () => {
  const told = await Promise.all(
    ids.map((id) => client.getImage({ params: { ...params, imageId: id }, query: {} })),
  );
  const keysOf = (value: object) => Object.keys(value).sort().join();
  const proposals = told.flatMap(({ annotations }) => annotations);
  assert.equal(new Set(proposals.map(keysOf)).size, 1);
  assert.equal(
    new Set(proposals.map(({ origin, state, author }) => `${origin} ${state} ${author}`)).size,
    1,
  );
  // In the order of their scores, also what was invented.
  for (const { annotations } of told) {
    const scores = annotations.map(({ score }) => score!);
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => b - a),
    );
  }
  const { counts, items } = await client.listMistakes({ params, query: {} });
  assert.deepEqual([items, Object.values(counts).every((count) => count === 0)], [[], true]);
  assert.deepEqual((await client.listSlippedMistakes({ params })).items, []);
});

test('what is accepted without a look slips through, is told, and is put right by one edit', async () => {
  const selection = { q: 'proposals>0' };
  const key = () => crypto.randomUUID();
  await client.applyBulk({
    params,
    body: { key: key(), selection, action: { type: 'acceptObjects' } },
  });
  const done = { q: '-control:open' };
  await client.applyBulk({
    params,
    body: { key: key(), selection: done, action: { type: 'reviewImages', isReviewed: true } },
  });
  const { mistakes, controls, labels } = await client.getSavings({ params });
  assert.deepEqual(
    [mistakes.count, mistakes.judgedCount, mistakes.slippedCount],
    [mistakesSlippedIn, mistakesSlippedIn, mistakesSlippedIn],
  );
  assert.ok(mistakes.rate!.low > 0.5 && mistakes.rate!.high > 0.999);
  assert.deepEqual([controls.count, controls.finishedCount], [picturesWithoutProposals, 0]);
  assert.deepEqual([labels.corrected, labels.drawn], [0, 0]);
  const { items } = await client.listSlippedMistakes({ params });
  assert.equal(items.length, mistakesSlippedIn);
  for (const { kind, label, truth } of items) {
    assert.equal(label === null, kind === 'overlooked');
    assert.equal(truth === null, kind === 'invented');
  }
  const [first, second] = items.map(({ image }) => image.id);
  const one = await client.putSlippedRight({ params, body: { key: key(), imageIds: [first] } });
  assert.equal(one.count, 1);
  const { count } = await client.dismissSlipped({
    params,
    body: { imageIds: [second], isDismissed: true },
  });
  assert.equal(count, 1);
  const rest = await client.putSlippedRight({ params, body: { key: key() } });
  assert.equal(rest.count, mistakesSlippedIn - 2);
  await client.undoRevision({
    params: { ...params, revision: rest.revision },
    body: { key: key() },
  });
  assert.equal((await client.listSlippedMistakes({ params })).items.length, mistakesSlippedIn - 2);
});

test('an export takes back what slipped through, and says so', async () => {
  const { job } = await client.startExport({
    body: { datasetId, format: 'coco', withImages: false },
  });
  await succeeded(job);
  const { lines } = await client.getJobLog({ params: { jobId: job.id }, query: {} });
  assert.ok(lines.some(({ level }) => level === 'warning'));
  assert.deepEqual((await client.listSlippedMistakes({ params })).items, []);
  assert.ok((await total('proposals>0')) > 0, 'the true proposals wait to be looked over');
});

test('a control is finished once somebody says so of what was drawn on it', async () => {
  const { items } = await client.listImages({ params, query: { q: 'control:open', limit: 1 } });
  const [{ id: imageId }] = items;
  await edit([{ type: 'add', imageId, fields: { categoryId: 1, bbox: [10, 20, 40, 40] } }]);
  assert.equal((await client.getSavings({ params })).controls.finishedCount, 0);
  await edit([{ type: 'reviewImage', imageId, isReviewed: true }]);
  const { controls } = await client.getSavings({ params });
  assert.equal(controls.finishedCount, 1);
  assert.deepEqual(controls.corrections, {
    accept: 1,
    reclass: 0,
    nudge: 0,
    reject: perImage - 1,
    draw: 0,
  });
  assert.equal(await total('control:done'), 1);
});

test('shares that are none are refused', async () => {
  const body = { from: { path }, source: 'yolo', controls: 1.2 };
  await assert.rejects(client.startResultsPreannotation({ params, body }), { status: 400 });
});
