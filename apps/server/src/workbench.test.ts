import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Job, routes } from '@migaki/api';
import { StoreError } from '@migaki/store';
import sharp from 'sharp';
import { startWorkbench } from './workbench.ts';

const root = mkdtempSync(join(tmpdir(), 'migaki-workbench-'));
after(() => rmSync(root, { recursive: true, force: true }));
const pictures = join(root, 'pictures');
const workspaceDir = join(root, 'workspace');
const pictureCount = 150;

const dataset = {
  images: Array.from({ length: pictureCount }, (_, index) => ({
    id: index + 1,
    file_name: `${index}.jpg`,
    width: 640,
    height: 480,
  })),
  annotations: Array.from({ length: pictureCount * 20 }, (_, index) => ({
    id: index + 1,
    image_id: (index % pictureCount) + 1,
    category_id: 1,
    bbox: [index % 600, 2.5, 3, 4],
    area: 12,
    iscrowd: 0,
  })),
  categories: [{ id: 1, name: 'cell' }],
};

/** Starts a workbench in a process of its own. */
async function spawnWorkbench() {
  const script = new URL('./testing/run-workbench.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, workspaceDir, pictures], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { address, loginToken } = JSON.parse(String(line));
  const client = createClient(routes, { baseUrl: address, token: loginToken });
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { client, loginToken, kill };
}

const isOver = ({ state }: Job) => state !== 'queued' && state !== 'running';

test('killed at any point of an import, the next start brings it to its exact end', async () => {
  mkdirSync(join(pictures, 'images'), { recursive: true });
  for (const { file_name, id } of dataset.images) {
    const background = { r: id % 256, g: (id * 7) % 256, b: 99 };
    const picture = sharp({ create: { width: 640, height: 480, channels: 3, background } });
    await picture.jpeg().toFile(join(pictures, 'images', file_name));
  }
  writeFileSync(join(pictures, 'labels.json'), JSON.stringify(dataset));

  const first = await spawnWorkbench();
  const { datasetId, job } = await first.client.startImport({
    body: { into: { newDataset: 'cells' }, from: { path: pictures } },
  });
  const params = { jobId: job.id };
  await sleep(Math.random() * 1500);
  await first.kill();

  for (let kills = 1; kills < 3; kills++) {
    const next = await spawnWorkbench();
    assert.equal(next.loginToken, first.loginToken, 'pages stay logged in');
    await sleep(200 + Math.random() * 800);
    await next.kill();
  }
  const last = await startWorkbench({ workspaceDir, allowedFolders: [pictures] });
  const client = createClient(routes, { baseUrl: last.address, token: last.loginToken });
  let ended = await client.getJob({ params });
  while (!isOver(ended)) {
    await sleep(50);
    ended = await client.getJob({ params });
  }
  assert.equal(ended.state, 'succeeded', JSON.stringify(ended.error));
  const { total } = await client.listImages({ params: { datasetId }, query: { q: '-is:missing' } });
  assert.equal(total, pictureCount);
  const started = await client.startExport({ body: { datasetId, format: 'coco' } });
  while (!isOver(await client.getJob({ params: { jobId: started.job.id } }))) await sleep(20);
  const response = await client.downloadExport({ params: { jobId: started.job.id } });
  assert.deepEqual(await response.json(), dataset);
  await last.stop();
  await last.stop();
});

test('secrets are for the owner alone, and the workspace is for one workbench at a time', async () => {
  const workbench = await startWorkbench({ workspaceDir, workerCount: 0 });
  const secrets = join(workspaceDir, 'secrets.json');
  assert.equal(statSync(secrets).mode & 0o777, 0o600);
  assert.ok(readFileSync(secrets, 'utf8').includes(workbench.loginToken));
  await assert.rejects(
    startWorkbench({ workspaceDir, workerCount: 0 }),
    (error: unknown) => error instanceof StoreError && error.code === 'workspace-in-use',
  );
  const { port } = new URL(workbench.address);
  const other = join(root, 'other');
  await assert.rejects(
    startWorkbench({ workspaceDir: other, workerCount: 0, port: Number(port) }),
    { code: 'EADDRINUSE' },
  );
  assert.ok(!existsSync(join(other, 'workbench.json')), 'what was begun is stopped');
  await workbench.stop();
});
