// A workbench whose database goes away and comes back, the embedded one and one that DATABASE_URL names.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient, type Job, type Routes, routes } from '@migaki/api';
import { startDatabase } from '@migaki/store';
import sharp from 'sharp';
import { openProxyTo } from './testing/breakable-proxy.ts';
import { openEvents } from './testing/event-reader.ts';
import { startWorkbench, type WorkbenchEvent, type WorkbenchOptions } from './workbench.ts';

const pictureCount = 600;
const root = mkdtempSync(join(tmpdir(), 'migaki-outages-'));
/** Once no workbench uses them any more. */
const stopDatabases: (() => Promise<void>)[] = [];
after(async () => {
  for (const stop of stopDatabases) await stop();
  rmSync(root, { recursive: true, force: true });
});
const source = join(root, 'source');
const dataset = await writeSource();
let folderCount = 0;
const newFolder = () => join(root, `workspace-${++folderCount}`);

/** Pictures in two batches, so that a run can resume at the second. */
async function writeSource() {
  mkdirSync(join(source, 'images'), { recursive: true });
  const images = [];
  for (let index = 0; index < pictureCount; index++) {
    const background = { r: index % 256, g: (index * 7) % 256, b: index >> 8 };
    await sharp({ create: { width: 96, height: 64, channels: 3, background } })
      .png()
      .toFile(join(source, 'images', `${index}.png`));
    images.push({ id: index + 1, file_name: `${index}.png`, width: 96, height: 64 });
  }
  const annotations = images.map(({ id }) => ({
    id,
    image_id: id,
    category_id: 1,
    bbox: [1, 2, 3.5, 4],
    area: 14,
    iscrowd: 0,
  }));
  const written = { images, annotations, categories: [{ id: 1, name: 'cell' }] };
  writeFileSync(join(source, 'labels.json'), JSON.stringify(written));
  return written;
}

async function open(t: TestContext, options: Partial<WorkbenchOptions> = {}) {
  const events: WorkbenchEvent[] = [];
  const workspaceDir = options.workspaceDir ?? newFolder();
  const workbench = await startWorkbench({
    workspaceDir,
    allowedFolders: [source],
    onEvent: (event) => events.push(event),
    ...options,
  });
  t.after(workbench.stop);
  const { address: baseUrl, loginToken: token } = workbench;
  return { ...workbench, workspaceDir, events, client: createClient(routes, { baseUrl, token }) };
}

async function externalDatabase(): Promise<string> {
  const { connectionString, stop } = await startDatabase({ workspaceDir: newFolder() });
  stopDatabases.push(stop);
  return connectionString;
}

const startImport = (client: Client<Routes>) =>
  client.startImport({ body: { into: { newDataset: 'cells' }, from: { path: source } } });

async function untilPictures(client: Client<Routes>, { id }: Job, count: number): Promise<void> {
  for (;;) {
    const { done, unit, state } = await client.getJob({ params: { jobId: id } });
    assert.ok(state === 'queued' || state === 'running', 'too late');
    if (unit === 'pictures' && done >= count) return;
    await sleep(5);
  }
}

/** However it ends; calls that fail meanwhile must say that the database is away. */
async function finished(client: Client<Routes>, { id }: Job): Promise<Job> {
  for (;;) {
    const job = await client.getJob({ params: { jobId: id } }).catch((error) => {
      assert.deepEqual([error.status, error.code], [503, 'unavailable'], String(error));
      return null;
    });
    if (job !== null && job.state !== 'queued' && job.state !== 'running') return job;
    await sleep(20);
  }
}

async function assertExact(client: Client<Routes>, datasetId: number): Promise<void> {
  const { job } = await client.startExport({ body: { datasetId, format: 'coco' } });
  const ended = await finished(client, job);
  assert.equal(ended.state, 'succeeded', JSON.stringify(ended.error));
  const response = await client.downloadExport({ params: { jobId: job.id } });
  assert.deepEqual(await response.json(), dataset);
  const { total } = await client.listImages({ params: { datasetId }, query: { q: '-is:missing' } });
  assert.equal(total, pictureCount);
}

test('the embedded database is killed while an import runs: pages hear of it, nothing is lost', async (t) => {
  const { client, events, workspaceDir } = await open(t);
  const next = await openEvents(client, t.signal);
  const { datasetId, job } = await startImport(client);
  await untilPictures(client, job, 100);
  const pidFile = join(workspaceDir, 'postgres', 'cluster', 'data', 'postmaster.pid');
  process.kill(Number.parseInt(readFileSync(pidFile, 'utf8'), 10), 'SIGKILL');
  await next(({ type }) => type === 'resynchronise');
  // The import may have gone on, even to its end, before news came again. What ends after that is told.
  const { state } = await client.getJob({ params: { jobId: job.id } });
  const ended = await finished(client, job);
  assert.equal(ended.state, 'succeeded', JSON.stringify(ended.error));
  if (state !== 'succeeded') {
    await next((event) => event.type === 'job' && event.job.state === 'succeeded');
  }
  await assertExact(client, datasetId);
  const told = events.flatMap((event) => (event.kind === 'database' ? event.event.kind : []));
  assert.deepEqual(told, ['crashed', 'restarted']);
});

test('a database of DATABASE_URL goes away for a while: calls say so, then all goes on', async (t) => {
  const url = await externalDatabase();
  const proxy = await openProxyTo(url);
  t.after(proxy.cut);
  const { client, events, workspaceDir } = await open(t, { databaseUrl: proxy.urlThrough(url) });
  const next = await openEvents(client, t.signal);
  const { datasetId, job } = await startImport(client);
  await untilPictures(client, job, 100);
  await proxy.cut();
  await assert.rejects(client.listDatasets({ query: {} }), {
    status: 503,
    code: 'unavailable',
    message: /expected the database to answer/,
  });
  await proxy.mend();
  await next(({ type }) => type === 'resynchronise');
  const ended = await finished(client, job);
  assert.equal(ended.state, 'succeeded', JSON.stringify(ended.error));
  await assertExact(client, datasetId);
  const told = events.flatMap((event) => (event.kind === 'database' ? event.event.kind : []));
  assert.deepEqual(told, ['unreachable', 'reachable']);
  assert.throws(() => readFileSync(join(workspaceDir, 'postgres')), { code: 'ENOENT' });
});

test('a workbench that lost its database to another stops, and disturbs it no more', async (t) => {
  const url = await externalDatabase();
  const proxy = await openProxyTo(url);
  t.after(proxy.cut);
  const first = await open(t, { databaseUrl: proxy.urlThrough(url) });
  await assert.rejects(open(t, { databaseUrl: url }), { code: 'database-in-use' });
  const { datasetId, job } = await startImport(first.client);
  await finished(first.client, job);
  await proxy.cut();
  const second = await open(t, { databaseUrl: url });
  const elsewhere = second.events.find(({ kind }) => kind === 'pictures-elsewhere');
  assert.deepEqual(elsewhere, {
    kind: 'pictures-elsewhere',
    folder: second.workspaceDir,
    checked: 500,
    missing: 500,
  });
  await proxy.mend();
  const { code, message } = await first.lost;
  assert.equal(code, 'database-in-use');
  assert.match(message, new RegExp(`process ${process.pid} on `));
  await assert.rejects(fetch(first.address));
  assert.equal(
    (await second.client.getDataset({ params: { datasetId } })).imageCount,
    pictureCount,
  );
});

test('a database of DATABASE_URL keeps what was in it from one workbench to the next', async (t) => {
  const databaseUrl = await externalDatabase();
  const workspaceDir = newFolder();
  const first = await open(t, { databaseUrl, workspaceDir });
  await assert.rejects(open(t, { databaseUrl, workspaceDir }), { code: 'workspace-in-use' });
  const { datasetId, job } = await startImport(first.client);
  await finished(first.client, job);
  await first.stop();
  const second = await open(t, { databaseUrl, workspaceDir });
  assert.deepEqual(second.events, []);
  await assertExact(second.client, datasetId);
});
