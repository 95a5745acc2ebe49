// The stream of events as a second tab hears it: whatever the first one does must show there.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ServerEvent } from '@migaki/api';
import { openEvents } from './testing/event-reader.ts';
import { testWorkbench } from './testing/test-workbench.ts';

const { client, finished } = await testWorkbench();
const closing = new AbortController();
after(() => closing.abort());

const openTab = () => openEvents(client, closing.signal);

const isOf = (type: 'dataset' | 'dataset-removed', datasetId: number) => (event: ServerEvent) =>
  event.type === type && event.datasetId === datasetId;

test('an import is told as it goes on, with the dataset that it fills, and when it is forgotten', async () => {
  const next = await openTab();
  const { datasetId, job } = await client.startImport({
    body: { into: { newDataset: 'watched' }, from: { sample: 'cells' } },
  });
  // In whatever order they come; a job is told as it is by then, which may be ended.
  const unheard = new Set<(event: ServerEvent) => boolean>([
    (event) => event.type === 'job' && event.job.id === job.id && event.job.state !== 'queued',
    (event) => event.type === 'dataset' && event.datasetId === datasetId && event.revision > 0,
  ]);
  await next((event) => {
    for (const isMeant of unheard) if (isMeant(event)) unheard.delete(isMeant);
    return unheard.size === 0;
  });
  await finished(job);
  await client.deleteJob({ params: { jobId: job.id } });
  await next((event) => event.type === 'job-removed' && event.jobId === job.id);
});

test('whatever is done to a dataset is told, also what makes no revision', async () => {
  const next = await openTab();
  const { id: datasetId } = await client.createDataset({ body: { name: 'cells' } });
  const params = { datasetId };
  await next(isOf('dataset', datasetId));
  const view = { name: 'mine', query: 'is:missing' };
  const changes: Record<string, () => Promise<unknown>> = {
    'a category': () => client.addCategory({ params, body: { name: 'RBC' } }),
    renamed: () => client.changeDataset({ params, body: { name: 'blood cells' } }),
    described: () => client.changeDataset({ params, body: { description: 'of day 2' } }),
    'a version': () => client.createVersion({ params, body: { name: 'v1' } }),
    'a view': () => client.saveView({ params, body: view }),
    'a view changed': () => client.saveView({ params, body: { ...view, sort: '-name' } }),
    'a view removed': () => client.deleteView({ params: { ...params, name: 'mine' } }),
  };
  for (const [name, change] of Object.entries(changes)) {
    await change();
    assert.ok(await next(isOf('dataset', datasetId)), name);
  }
  await client.deleteDataset({ params, query: {} });
  await next(isOf('dataset-removed', datasetId));
  await client.restoreDataset({ params });
  await next(isOf('dataset', datasetId));
  await client.deleteDataset({ params, query: {} });
  await next(isOf('dataset-removed', datasetId));
  await client.deleteDataset({ params, query: { forever: 'true' } });
  await next(isOf('dataset-removed', datasetId));
});

test('whoever has a picture open hears which pictures a change was of, who made it and in which tab', async () => {
  const next = await openTab();
  const { datasetId, job } = await client.startImport({
    body: { into: { newDataset: 'shared' }, from: { sample: 'cells' } },
  });
  await finished(job);
  const params = { datasetId };
  const { items } = await client.listImages({ params, query: { limit: 2 } });
  const { revision: seen } = await client.getDataset({ params });
  await next((event) => event.type === 'dataset' && event.revision === seen);
  const [key, sessionId] = [crypto.randomUUID(), crypto.randomUUID()];
  const edit = { type: 'reviewImage', imageId: items[1].id, isReviewed: true } as const;
  const { revision } = await client.applyEdits({ params, body: { key, sessionId, edits: [edit] } });
  const changeAt = async (revision: number) => {
    const isOfIt = ({ revision: own }: { revision: number }) => own === revision;
    const event = await next((each) => each.type === 'dataset' && !!each.changes?.some(isOfIt));
    assert.ok(event.type === 'dataset');
    return event.changes!.find(isOfIt)!;
  };
  const change = await changeAt(revision);
  assert.ok(seen < revision);
  assert.deepEqual(change, {
    revision,
    kind: 'review',
    author: 'owner',
    sessionId,
    key,
    imageIds: [items[1].id],
  });
  const selection = { q: '' };
  const action = { type: 'setStatus', status: 'done' } as const;
  await client.applyBulk({ params, body: { key: crypto.randomUUID(), selection, action } });
  assert.equal((await changeAt(revision + 1)).imageIds?.length, 48);
  await client.addCategory({ params, body: { name: 'new' } });
  const { kind, imageIds } = await changeAt(revision + 2);
  assert.deepEqual([kind, imageIds], ['category', null]);
});
