// A workbench on a disk that is full: each thing says so in one sentence, leaves nothing half-done, and works again once
// there is space.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '@migaki/api';
import sharp from 'sharp';
import { mountSmallDisk } from './testing/small-disk.ts';
import { testWorkbench } from './testing/test-workbench.ts';

const disk = mountSmallDisk(320);
const source = mkdtempSync(join(tmpdir(), 'migaki-source-'));
const workspaceDir = join(disk?.folder ?? source, 'workspace');
const isFull = { status: 507, code: 'disk-full', message: /expected free space on the disk/ };

const skip = disk === null && 'needs to mount a file system';
// Without a disk of its own it is started all the same, for no test to use: so it need not be null everywhere.
const workbench = await testWorkbench({ workspaceDir, allowedFolders: [source] });
after(() => {
  disk?.unmount();
  rmSync(source, { recursive: true, force: true });
});
await writePictures('first', 20);
await writePictures('second', 30);
const { datasetId } = await importFolder('first');

/** Noise, which takes the same space wherever it lies. */
async function writePictures(folder: string, count: number): Promise<void> {
  mkdirSync(join(source, folder));
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  for (let index = 0; index < count; index++) {
    const create = { width: 320, height: 240, channels: 3, background: 'white', noise } as const;
    await sharp({ create })
      .png()
      .toFile(join(source, folder, `${index}.png`));
  }
}

async function importFolder(folder: string, into: object = { newDataset: folder }) {
  const { datasetId, job } = await workbench.client.startImport({
    body: { into: into as { newDataset: string }, from: { path: join(source, folder) } },
  });
  return { datasetId, job: await workbench.finished(job) };
}

function assertFullDisk({ state, error }: Job): void {
  assert.equal(state, 'failed', JSON.stringify(error));
  assert.equal(error!.code, 'disk-full');
  assert.match(error!.message, /expected free space on the disk, found none/);
}

async function upload(content: Buffer): Promise<{ status: number; text: string }> {
  const { uploadId } = await workbench.client.openUpload();
  const headers = {
    authorization: `Bearer ${workbench.loginToken}`,
    'tus-resumable': '1.0.0',
    'content-type': 'application/offset+octet-stream',
  };
  const response = await fetch(`${workbench.address}/api/uploads/${uploadId}/files`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': String(content.length) },
    body: new Uint8Array(content),
  });
  return { status: response.status, text: await response.text() };
}

test('an upload is refused by name, and goes through when there is space', { skip }, async () => {
  await disk!.fillBut(256 * 1024);
  const refused = await upload(Buffer.alloc(1 << 20, 1));
  assert.equal(refused.status, 507, refused.text);
  assert.equal(JSON.parse(refused.text).error.code, 'disk-full');
  await disk!.free();
  const sent = await upload(Buffer.alloc(1 << 20, 1));
  assert.equal(sent.status, 201, sent.text);
});

test('an import fails, leaves no half picture and no dataset, and goes through when run again', {
  skip,
}, async () => {
  await disk!.fillBut(2 << 20);
  const { job, datasetId: madeId } = await importFolder('second');
  assertFullDisk(job);
  assert.deepEqual(readdirSync(join(workspaceDir, 'blobs', 'incoming')), []);
  const { datasets } = await workbench.client.listDatasets({ query: {} });
  assert.deepEqual(
    datasets.map(({ name }) => name),
    ['first'],
  );
  await disk!.free();
  const again = await workbench.finished(
    await workbench.client.retryJob({ params: { jobId: job.id } }),
  );
  assert.equal(again.state, 'succeeded', JSON.stringify(again.error));
  const { imageCount } = await workbench.client.getDataset({ params: { datasetId: madeId } });
  assert.equal(imageCount, 30);
});

test('an export fails, leaves no file, and goes through when run again', { skip }, async () => {
  await disk!.fillBut(2 << 20);
  const { job } = await workbench.client.startExport({
    body: { datasetId, format: 'coco', withImages: true },
  });
  assertFullDisk(await workbench.finished(job));
  assert.deepEqual(readdirSync(join(workspaceDir, 'exports')), []);
  await disk!.free();
  const again = await workbench.finished(
    await workbench.client.retryJob({ params: { jobId: job.id } }),
  );
  assert.equal(again.state, 'succeeded', JSON.stringify(again.error));
});

test('pictures are shown all the same', { skip }, async () => {
  const { items } = await workbench.client.listImages({ params: { datasetId }, query: {} });
  await disk!.fillBut(0);
  const params = { sha256: items[0].sha256! };
  for (let time = 1; time <= 2; time++) {
    const response = await workbench.client.getPicture({ params, query: { size: '512' } });
    const { width } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    assert.equal(width, 320);
  }
  await disk!.free();
});

test('a change that the database cannot write is refused, and made when there is space', {
  skip,
}, async () => {
  await disk!.fillBut(0);
  const names: string[] = [];
  const addDataset = async () => {
    const name = `made ${names.length}`;
    // Random, so that the database cannot make it small.
    const description = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString(
      'base64',
    );
    await workbench.client.createDataset({ body: { name, description } });
    names.push(name);
  };
  await assert.rejects(
    (async () => {
      for (;;) await addDataset();
    })(),
    isFull,
  );
  await disk!.free();
  await untilDone(addDataset);
  const { datasets } = await workbench.client.listDatasets({ query: {} });
  const made = datasets.flatMap(({ name }) => (name.startsWith('made') ? name : []));
  assert.deepEqual(new Set(made), new Set(names));
  const { job } = await importFolder('first', { newDataset: 'after' });
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
});

/** A database that ended for want of space needs a moment to come back. */
async function untilDone(act: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      assert.ok([503, 507].includes((error as { status: number }).status), String(error));
      await sleep(100);
    }
  }
}
