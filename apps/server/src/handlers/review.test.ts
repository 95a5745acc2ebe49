// Looking over, over HTTP: reviewed, rejected, talked about, and how long it took.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Edit } from '@migaki/api';
import { testWorkbench } from '../testing/test-workbench.ts';

const { client, clientWith, importCells, address } = await testWorkbench();
let datasetId = 0;
let imageId = 0;

before(async () => {
  datasetId = await importCells();
  const { items } = await client.listImages({ ...at(), query: { limit: 1 } });
  imageId = items[0].id;
});

const at = () => ({ params: { datasetId } });
const ofImage = () => ({ params: { datasetId, imageId } });
const edit = (...edits: Edit[]) =>
  client.applyEdits({ ...at(), body: { key: crypto.randomUUID(), edits } });
const tileOf = async (id: number) => {
  const { items } = await client.listImages({ ...at(), query: { q: `id:${id}` } });
  return items[0];
};

test('a picture is looked over: proposals decided on, objects marked, the picture marked', async () => {
  const box = (x: number) => ({
    categoryId: 1,
    bbox: [x, 2, 30, 40] as [number, number, number, number],
  });
  const proposal = { type: 'add', imageId, origin: 'model m@1', state: 'proposed' } as const;
  const { annotationIds } = await edit(
    { ...proposal, fields: { ...box(1), score: 0.4 } },
    { ...proposal, fields: { ...box(50), score: 0.6 } },
  );
  const [first, second] = annotationIds as number[];
  const tile = await tileOf(imageId);
  assert.deepEqual([tile.proposalCount, tile.isReviewed, tile.status], [2, false, 'new']);
  assert.equal(tile.overlays.find(({ id }) => id === first)!.isReviewed, false);

  const accepted = await edit(
    { type: 'accept', annotationId: first },
    { type: 'reject', annotationId: second },
  );
  await edit({ type: 'reviewImage', imageId, isReviewed: true });
  const image = await client.getImage(ofImage());
  assert.deepEqual([image.proposalCount, image.isReviewed, image.status], [0, true, 'in_progress']);
  assert.equal(image.reviewed!.by, 'owner');
  const { reviewed } = image.annotations.find(({ id }) => id === first)!;
  assert.deepEqual([reviewed!.by, reviewed!.revision], ['owner', accepted.revision]);
  const {
    reviewed: counts,
    states,
    unreviewedObjectCount,
  } = await client.getFacets({ ...at(), query: {} });
  assert.deepEqual(counts, [
    { value: 'yes', count: 1 },
    { value: 'no', count: 47 },
  ]);
  assert.ok(states.some(({ value, objectCount }) => value === 'rejected' && objectCount === 1));
  const { total } = await client.listObjects({ ...at(), query: { q: 'reviewed:no' } });
  assert.equal(total, unreviewedObjectCount);
});

test('a picture is sent back with a pinned comment, which is answered, settled and deleted', async () => {
  await edit({ type: 'setStatus', imageId, status: 'review' });
  const commentId = crypto.randomUUID();
  const text = 'One is missing here';
  await edit({ type: 'rejectImage', imageId, commentId, text, at: [12.5, 40] });
  const tile = await tileOf(imageId);
  assert.deepEqual([tile.status, tile.openCommentCount], ['in_progress', 1]);
  const reply = crypto.randomUUID();
  await edit({ type: 'comment', imageId, commentId: reply, text: 'Drawn', replyTo: commentId });
  await edit({ type: 'resolveComment', commentId, isResolved: true });
  const { threads } = await client.listComments(ofImage());
  assert.deepEqual(
    threads.map((thread) => [thread.text, thread.at, thread.resolved?.by, thread.replies[0].text]),
    [[text, [12.5, 40], 'owner', 'Drawn']],
  );
  const { secret } = await client.createToken({
    body: { name: 'grace', permissions: ['annotate', 'read'] },
  });
  const others = clientWith(secret).applyEdits({
    ...at(),
    body: { key: crypto.randomUUID(), edits: [{ type: 'deleteComment', commentId }] },
  });
  await assert.rejects(others, { status: 403, code: 'not-yours' });
  const { items } = await client.getImageHistory({ ...ofImage(), query: { limit: 3 } });
  assert.deepEqual(
    items.map(({ kind, comments }) => [kind, comments.map(({ change }) => change)]),
    [
      ['comment', ['changed']],
      ['comment', ['added']],
      ['reject', ['added']],
    ],
  );
  await edit({ type: 'deleteComment', commentId });
  assert.deepEqual((await client.listComments(ofImage())).threads, []);
});

test('some images are asked for by their ids, and which of them match', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 3 } });
  const ids = [items[2].id, items[0].id];
  const tiles = await client.getGridTiles({ ...at(), query: { ids: ids.join(',') } });
  assert.deepEqual(tiles.items, [items[2], items[0]]);
  const match = async (of: 'images' | 'objects', q: string, some: number[]) =>
    (await client.getMatching({ ...at(), query: { of, q, ids: some.join(',') } })).ids;
  assert.deepEqual(await match('images', `id:${ids[0]}`, ids), [ids[0]]);
  const [object] = items[0].overlays;
  const category = (await client.getDataset(at())).categories.find(
    ({ id }) => id === object.categoryId,
  )!;
  assert.deepEqual(await match('objects', `category:${category.name}`, [object.id]), [object.id]);
  assert.deepEqual(await match('objects', `-category:${category.name}`, [object.id]), []);
  const many = client.getGridTiles({ ...at(), query: { ids: Array(501).fill(1).join(',') } });
  await assert.rejects(many, { status: 400 });
});

test('rejecting what is on a picture leaves what people have drawn', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 1, from: 5 } });
  const { id, objectCount } = items[0];
  const proposal = {
    origin: 'model m@1',
    state: 'proposed',
    fields: { bbox: [1, 2, 3, 4], score: 0.5 },
  } as const;
  await edit({
    type: 'add',
    imageId: id,
    ...proposal,
    fields: { ...proposal.fields, bbox: [1, 2, 3, 4] },
  });
  const { objectCount: rejected } = await client.applyBulk({
    ...at(),
    body: {
      key: crypto.randomUUID(),
      selection: { imageIds: [id] },
      action: { type: 'rejectObjects' },
    },
  });
  assert.equal(rejected, 1);
  assert.equal((await tileOf(id)).objectCount, objectCount);
});

test('work time is told, summed up and handed out as a table', async () => {
  const [{ id: annotationId }] = (await client.getImage(ofImage())).annotations;
  const sessionId = crypto.randomUUID();
  const stretches = [
    {
      counter: 0,
      at: '2024-05-31T10:00:00Z',
      imageId,
      millis: 12_500,
      objects: [{ annotationId, millis: 12_000.4 }],
    },
  ];
  const tell = () => client.addWorkTime({ ...at(), body: { sessionId, stretches } });
  assert.deepEqual([await tell(), await tell()], [{ added: 1 }, { added: 0 }]);
  const { millis, users, days, perObject } = await client.getWorkTime({ ...at(), query: {} });
  assert.deepEqual([millis, users[0].user, days[0].day], [12_500, 'owner', '2024-05-31']);
  assert.deepEqual(perObject, [{ from: 10, to: 20, count: 1 }]);
  const csv = await client.downloadWorkTime({ ...at(), query: { by: 'object' } });
  assert.match(csv.headers.get('content-type')!, /^text\/csv/);
  const [names, row] = (await csv.text()).split('\r\n');
  assert.equal(names, 'user,imageId,fileName,annotationId,categoryId,from,to,seconds');
  assert.ok(row.startsWith(`owner,${imageId},`) && row.endsWith(',12'), row);
  const json = await client.downloadWorkTime({ ...at(), query: { by: 'day', format: 'json' } });
  assert.deepEqual(
    ((await json.json()) as { seconds: number }[]).map(({ seconds }) => seconds),
    [12.5],
  );
});

test('what was deleted from a picture is listed and restored, and an object has its history', async () => {
  const [{ id: annotationId }] = (await client.getImage(ofImage())).annotations;
  await edit({ type: 'delete', annotationId });
  const { items } = await client.listRemovedObjects(ofImage());
  assert.deepEqual([items[0].annotation.id, items[0].removed.author], [annotationId, 'owner']);
  const { revision } = await edit({ type: 'restore', annotationId, fields: {} });
  const { items: entries } = await client.getImageHistory({ ...ofImage(), query: { limit: 2 } });
  assert.deepEqual(
    entries.map(({ changes }) =>
      changes.map(({ change, before, after }) => [change, before?.id, after?.id]),
    ),
    [[['added', undefined, annotationId]], [['removed', annotationId, undefined]]],
  );
  const undo = client.undoRevision({
    params: { datasetId, revision },
    body: { key: crypto.randomUUID(), annotationIds: [annotationId] },
  });
  assert.equal((await undo).changed, 1);
});

test('whoever has a picture open while it is deleted is told so by one error, whatever the edit', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 2 } });
  const { id, overlays } = items[1];
  const [{ id: annotationId, born }] = overlays;
  const key = crypto.randomUUID();
  const selection = { imageIds: [id] };
  await client.applyBulk({ ...at(), body: { key, selection, action: { type: 'deleteImages' } } });
  const edits: Edit[] = [
    { type: 'add', imageId: id, fields: { bbox: [1, 2, 3, 4] } },
    { type: 'change', annotationId, born, fields: { categoryId: 1 } },
    { type: 'delete', annotationId, born },
    { type: 'restore', annotationId, fields: {} },
    { type: 'reviewObject', annotationId, born, isReviewed: true },
    { type: 'setStatus', imageId: id, status: 'done' },
    { type: 'comment', imageId: id, commentId: crypto.randomUUID(), text: 'x' },
  ];
  for (const each of edits) {
    await assert.rejects(edit(each), { status: 410, code: 'image-deleted' }, each.type);
  }
});

test('an expired session is answered 401 with a code', async () => {
  const response = await fetch(`${address}/api/datasets`, {
    headers: { cookie: 'migaki-session=1.abc' },
  });
  assert.equal(response.status, 401);
  const { error } = (await response.json()) as { error: { code: string } };
  assert.equal(error.code, 'not-logged-in');
});
