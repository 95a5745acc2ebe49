// What pages ask, over HTTP, on the sample that comes with the product.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { BulkAction, Edit, Selection } from '@migaki/api';
import { inEnglish } from '@migaki/coco';
import { testWorkbench } from '../testing/test-workbench.ts';

const { client, importCells, address, loginToken } = await testWorkbench();
let datasetId = 0;

before(async () => {
  datasetId = await importCells();
});

const at = () => ({ params: { datasetId } });
const bulk = (selection: Selection, action: BulkAction, key = crypto.randomUUID()) =>
  client.applyBulk({ ...at(), body: { key, selection, action } });

test('a list of datasets shows covers, and a dataset its categories with their objects', async () => {
  const { datasets } = await client.listDatasets({ query: {} });
  const [{ imageCount, covers, missingPictureCount }] = datasets;
  assert.deepEqual([imageCount, covers.length, missingPictureCount], [48, 4, 0]);
  const { categories, annotationCount } = await client.getDataset(at());
  assert.deepEqual(
    categories.map(({ name }) => name),
    ['RBC', 'WBC', 'Platelets'],
  );
  assert.equal(
    categories.reduce((sum, { objectCount }) => sum + objectCount, 0),
    annotationCount,
  );
});

test('windows of images and objects, neighbours, facets and statistics agree', async () => {
  const q = 'count(WBC)>1';
  const all = await client.listImages({ ...at(), query: { q, limit: 500 } });
  assert.ok(all.total > 2 && all.items.length === all.total);
  const part = await client.listImages({ ...at(), query: { q, from: 1, limit: 2 } });
  assert.deepEqual(part.items, all.items.slice(1, 3));
  const bare = await client.listImages({ ...at(), query: { q, limit: 500, overlays: 'no' } });
  assert.ok(all.items.every(({ overlays }) => overlays.length > 1));
  assert.deepEqual(
    bare.items,
    all.items.map((item) => ({ ...item, overlays: [] })),
  );
  const [before, image, next] = all.items;
  const params = { datasetId, imageId: image.id };
  const place = await client.getNeighbours({ params, query: { q, sort: 'name' } });
  assert.deepEqual(place, { previous: before.id, next: next.id, position: 1, total: all.total });
  const facets = await client.getFacets({ ...at(), query: { q } });
  assert.equal(facets.imageCount, all.total);
  assert.deepEqual((await client.listNumberFields({ ...at(), query: { q } })).fields, []);
  const statistics = await client.getStatistics({ ...at(), query: { q } });
  assert.equal(statistics.imageCount, all.total);
  assert.equal(
    statistics.centres.reduce((sum, count) => sum + count),
    statistics.boxSides.reduce((sum, { count }) => sum + count, 0),
  );
  const objects = await client.listObjects({ ...at(), query: { q: 'category:WBC', limit: 3 } });
  assert.equal(objects.items.length, 3);
  assert.ok(objects.total > 3 && objects.items[0].image.sha256 !== null);
  await assert.rejects(client.getFacets({ ...at(), query: { q: 'nonsense:(' } }), {
    code: 'bad-query',
    status: 422,
  });
});

test('pictures come as they are or at a size, for good, and as nothing but pictures', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 1 } });
  const params = { sha256: items[0].sha256! };
  const original = await client.getPicture({ params, query: {} });
  assert.equal(original.headers.get('content-type'), 'image/jpeg');
  assert.match(original.headers.get('cache-control')!, /immutable/);
  assert.match(original.headers.get('content-security-policy')!, /sandbox/);
  assert.equal(original.headers.get('x-content-type-options'), 'nosniff');
  const small = await client.getPicture({ params, query: { size: '128' } });
  assert.equal(small.headers.get('content-type'), 'image/webp');
  assert.ok((await small.arrayBuffer()).byteLength < (await original.arrayBuffer()).byteLength);
  const unknown = { params: { sha256: '0'.repeat(64) }, query: {} };
  await assert.rejects(client.getPicture(unknown), { code: 'blob-not-found', status: 404 });
});

test('an object is added, changed and taken away again; a stale change is refused', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 1 } });
  const params = { datasetId, imageId: items[0].id };
  const key = crypto.randomUUID();
  const add = {
    type: 'add' as const,
    imageId: items[0].id,
    fields: { categoryId: 1, bbox: [1, 2, 3, 4] as [number, number, number, number] },
  };
  const added = await client.applyEdits({ ...at(), body: { key, edits: [add] } });
  assert.deepEqual(await client.applyEdits({ ...at(), body: { key, edits: [add] } }), added);
  const [annotationId] = added.annotationIds as number[];
  const image = await client.getImage({ params });
  assert.equal(image.annotations.length, items[0].objectCount + 1);
  const change = (born: number) =>
    client.applyEdits({
      ...at(),
      body: {
        key: crypto.randomUUID(),
        edits: [{ type: 'change', annotationId, born, fields: { categoryId: 2 } }],
      },
    });
  await change(added.revision);
  await assert.rejects(change(added.revision), { code: 'changed-meanwhile', status: 409 });
  const body = { key: crypto.randomUUID() };
  const revisionOf = (revision: number) => ({ params: { datasetId, revision }, body });
  await assert.rejects(client.undoRevision(revisionOf(added.revision)), {
    code: 'changed-meanwhile',
  });
  await client.undoRevision(revisionOf((await client.getDataset(at())).revision));
  const back = (await client.getImage({ params })).annotations.find(
    ({ id }) => id === annotationId,
  );
  assert.equal(back?.categoryId, 1);
});

test('an editor that has an image open is told what became of it, and nothing else', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 2 } });
  const [params, other] = items.map(({ id }) => ({ datasetId, imageId: id }));
  const { revision, annotations } = await client.getImage({ params });
  const [changed, removed, rejected] = annotations;
  const edit = (edits: Edit[]) =>
    client.applyEdits({ ...at(), body: { key: crypto.randomUUID(), edits } });
  await edit([{ type: 'setStatus', imageId: other.imageId, status: 'review' }]);
  const since = { query: { since: revision } };
  const nothing = await client.getImageChanges({ params, ...since });
  assert.deepEqual([nothing.annotations, nothing.removed], [[], []]);
  const last = await edit([
    { type: 'change', annotationId: changed.id, fields: { area: 7 } },
    { type: 'delete', annotationId: removed.id },
    { type: 'reject', annotationId: rejected.id },
  ]);
  const news = await client.getImageChanges({ params, ...since });
  assert.deepEqual(
    news.annotations.map(({ id, area, state }) => [id, id === changed.id ? area : state]),
    [
      [changed.id, 7],
      [rejected.id, 'rejected'],
    ],
  );
  assert.deepEqual(news.removed, [
    { annotationId: removed.id, revision: last.revision, author: 'owner' },
  ]);
  assert.equal(news.isDeleted, false);
  const all = await client.getImage({ params, query: { rejected: 'yes' } });
  assert.equal(all.annotations.length, annotations.length - 1);
  assert.equal((await client.getImage({ params })).annotations.length, annotations.length - 2);
  await client.undoRevision({
    params: { datasetId, revision: last.revision },
    body: { key: crypto.randomUUID() },
  });
  const back = await client.getImageChanges({ params, query: { since: last.revision } });
  assert.deepEqual(back.removed, []);
  assert.ok(back.annotations.some(({ id }) => id === removed.id));
});

test('a picture in the trash is seen with what was on it', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 1 } });
  const params = { datasetId, imageId: items[0].id };
  const bulk = (type: 'deleteImages' | 'restoreImages') =>
    client.applyBulk({
      ...at(),
      body: {
        key: crypto.randomUUID(),
        selection: { imageIds: [params.imageId] },
        action: { type },
      },
    });
  const { annotations } = await client.getImage({ params });
  assert.ok(annotations.length > 0);
  await bulk('deleteImages');
  const deleted = await client.getImage({ params });
  assert.deepEqual([deleted.isDeleted, deleted.annotations], [true, annotations]);
  await bulk('restoreImages');
  const back = await client.getImage({ params });
  const ids = (all: typeof annotations) => all.map(({ id }) => id);
  assert.deepEqual([back.isDeleted, ids(back.annotations)], [false, ids(annotations)]);
});

test('a large picture is sent in tiles', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 1 } });
  const sha256 = items[0].sha256!;
  const { width, height, levelCount } = await client.getPyramid({ params: { sha256 } });
  assert.deepEqual([width, height, levelCount], [640, 480, 2]);
  const tile = await client.getTile({ params: { sha256, level: 1, column: 0, row: 0 } });
  assert.equal(tile.headers.get('content-type'), 'image/jpeg');
  const beyond = { params: { sha256, level: 0, column: 5, row: 0 } };
  await assert.rejects(client.getTile(beyond), { code: 'tile-not-found', status: 404 });
});

test('versions hold what was, differences count, restoring brings it back', async () => {
  const version = await client.createVersion({ ...at(), body: { name: 'v1', note: 'before' } });
  const before = await client.getDataset(at());
  const whole = await client.listImages({ ...at(), query: { q: 'count(WBC)>1', limit: 500 } });
  await bulk({ q: 'count(WBC)>1' }, { type: 'deleteImages' });
  const query = { from: 'v1', to: 'now', limit: 5 };
  const { images, items } = await client.getDifference({ ...at(), query });
  assert.equal(images.removed, before.imageCount - (await client.getDataset(at())).imageCount);
  assert.ok(items.length === 5 && items.every(({ change }) => change === 'removed'));
  // In the trash images are shown with the objects that went there with them.
  const trash = await client.listImages({ ...at(), query: { trash: 'only', limit: 500 } });
  assert.deepEqual(trash.items, whole.items);
  const bare = await client.listImages({
    ...at(),
    query: { trash: 'only', overlays: 'no', limit: 1 },
  });
  assert.equal(bare.total, images.removed);
  assert.deepEqual(bare.items, [{ ...whole.items[0], overlays: [] }]);
  await client.restoreVersion({ params: { datasetId, name: 'v1' } });
  const after = await client.getDataset(at());
  assert.deepEqual(
    [after.imageCount, after.annotationCount],
    [version.imageCount, version.annotationCount],
  );
});

test('a difference knows what categories were called, also those that are gone', async () => {
  const { categories } = await client.getDataset(at());
  const [red, white, platelets] = categories.map(({ id }) => id);
  const { revision: start } = await client.getDataset(at());
  const body = { from: [platelets] };
  const merged = await client.mergeCategories({ params: { datasetId, categoryId: white }, body });
  const query = { from: `${start}`, to: 'now' };
  const { names, items } = await client.getDifference({ ...at(), query });
  assert.deepEqual(names, {
    before: [
      { categoryId: red, name: 'RBC' },
      { categoryId: white, name: 'WBC' },
      { categoryId: platelets, name: 'Platelets' },
    ],
    after: [
      { categoryId: red, name: 'RBC' },
      { categoryId: white, name: 'WBC' },
    ],
  });
  const [{ before, after }] = items;
  assert.deepEqual([before[0].categoryId, after[0].categoryId], [platelets, white]);
  await client.undoRevision({
    params: { datasetId, revision: merged.revision },
    body: { key: crypto.randomUUID() },
  });
});

test('what became of status and tags is told, compared and taken back like everything else', async () => {
  const { items } = await client.listImages({ ...at(), query: { limit: 2 } });
  const [first, second] = items;
  const { revision: start } = await client.getDataset(at());
  const imageIds = [first.id, second.id];
  const tagged = await bulk({ imageIds }, { type: 'addTag', tag: 'odd' });
  const { revision, isUnchanged, imageCount, objectCount } = tagged;
  assert.deepEqual([isUnchanged, imageCount, objectCount], [false, 2, 0]);
  assert.equal((await bulk({ imageIds }, { type: 'addTag', tag: 'odd' })).isUnchanged, true);
  const setStatus = (key = crypto.randomUUID()) =>
    client.applyEdits({
      ...at(),
      body: { key, edits: [{ type: 'setStatus', imageId: first.id, status: 'done' }] },
    });
  const done = await setStatus();
  assert.equal((await setStatus()).isUnchanged, true);

  const difference = await client.getDifference({
    ...at(),
    query: { from: String(start), to: 'now' },
  });
  assert.deepEqual(difference.fields, [
    { field: 'status', imageCount: 1 },
    { field: 'tags', imageCount: 2 },
  ]);
  const tags = { field: 'tags', before: [], after: ['odd'] };
  const status = { field: 'status', before: first.status, after: 'done' };
  assert.deepEqual(
    difference.items.map(({ image, change, fields }) => [image.id, change, fields]),
    [
      [first.id, 'changed', [status, tags]],
      [second.id, 'changed', [tags]],
    ].toSorted(([a], [b]) => Number(a) - Number(b)),
  );

  const params = { datasetId, imageId: first.id };
  const history = await client.getImageHistory({ params, query: { limit: 2 } });
  assert.deepEqual(
    history.items.map((entry) => [entry.revision, entry.fields]),
    [
      [done.revision, [status]],
      [revision, [tags]],
    ],
  );
  const rest = await client.getImageHistory({ params, query: { after: history.next! } });
  assert.equal(rest.items.at(-1)!.image, 'added');
  const undo = (of: number) =>
    client.undoRevision({
      params: { datasetId, revision: of },
      body: { key: crypto.randomUUID() },
    });
  assert.equal((await undo(revision)).changed, 2);
  assert.equal((await undo(done.revision)).changed, 1);
  const { status: was, tags: had } = await client.getImage({ params });
  assert.deepEqual([was, had], [first.status, first.tags]);
  const changes = await client.listRevisions({ ...at(), query: { limit: 3 } });
  assert.deepEqual(
    changes.items.map(({ kind, images, undone, takenBackBy }) => [
      kind,
      images.count,
      undone,
      takenBackBy,
    ]),
    [
      ['undo', 1, done.revision, null],
      ['undo', 2, revision, null],
      ['edit', 1, null, done.revision + 2],
    ],
  );
  const earlier = await client.listRevisions({
    ...at(),
    query: { after: changes.next!, limit: 1 },
  });
  assert.deepEqual(
    earlier.items.map((each) => [each.revision, each.takenBackBy]),
    [[revision, done.revision + 1]],
  );

  const [{ id: annotationId, origin }] = first.overlays;
  const object = { params: { datasetId, annotationId } };
  const { items: states } = await client.getObjectHistory(object);
  assert.deepEqual([states.at(-1)!.change, states.at(-1)!.after!.origin], ['added', origin]);
  await assert.rejects(client.getObjectHistory({ params: { datasetId, annotationId: 987_654 } }), {
    code: 'annotation-not-found',
    status: 404,
  });
});

test('jobs are listed, logged, cancelled and forgotten', async () => {
  const { items } = await client.listJobs({ query: { datasetId } });
  const imported = items.find(({ kind }) => kind === 'import')!;
  const params = { jobId: imported.id };
  const { lines } = await client.getJobLog({ params, query: {} });
  assert.match(inEnglish(lines[0].text), /49 files, taken as coco/);
  await assert.rejects(client.retryJob({ params }), { code: 'job-state', status: 409 });
  assert.equal((await client.cancelJob({ params })).state, 'succeeded', 'it is over');
  await client.deleteJob({ params });
  await assert.rejects(client.getJob({ params }), { code: 'job-not-found', status: 404 });
});

test('anybody may ask whether the workbench answers, and which version it is', async () => {
  const health = await (await fetch(`${address}/api/health`)).json();
  assert.equal(health.status, 'ok');
  assert.match(health.version, /^\d+\.\d+\.\d+/);
});

test('the API page and its document are there', async () => {
  const headers = { authorization: `Bearer ${loginToken}` };
  const document = await fetch(`${address}/api/openapi.json`, { headers });
  assert.match(await document.text(), /^\{"openapi":"3\.1\.0"/);
  const page = await (await fetch(`${address}/api/docs/`, { headers })).text();
  assert.match(page, /<html/i);
  assert.doesNotMatch(page, /src="https?:/, 'nothing comes from another site');
});
