// Uploads over HTTP, by the tus protocol, up to the import of what has arrived.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish } from '@migaki/coco';
import sharp from 'sharp';
import type { ImportReport } from '../jobs/import/import-report.ts';
import { testWorkbench } from '../testing/test-workbench.ts';

const { client, finished, address, loginToken } = await testWorkbench();

const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 8, height: 6, channels: 3, background: '#a33' } })
    .png()
    .toBuffer();

test('an upload tells what has arrived of it; a file that was begun twice is there once', async () => {
  const { uploadId } = await client.openUpload();
  const content = await picture();
  const begin = (path: string, body?: Uint8Array<ArrayBuffer>) =>
    fetch(`${address}/api/uploads/${uploadId}/files`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${loginToken}`,
        'tus-resumable': '1.0.0',
        'upload-length': String(content.length),
        'upload-metadata': `relativePath ${btoa(path)},lastModified ${btoa('1700000000000')}`,
        ...(body !== undefined && { 'content-type': 'application/offset+octet-stream' }),
      },
      body,
    });
  await begin('a.jpg');
  await begin('a.jpg', new Uint8Array(content));
  await begin('a.jpg');
  await begin('b.jpg', new Uint8Array(content.subarray(0, 50)));
  const { files } = await client.getUpload({ params: { uploadId } });
  assert.deepEqual(
    files
      .map(({ path, bytesReceived, byteSize, lastModified }) => [
        path,
        bytesReceived / byteSize!,
        lastModified,
      ])
      .sort(),
    [
      ['a.jpg', 1, 1_700_000_000_000],
      ['b.jpg', 50 / content.length, 1_700_000_000_000],
    ],
  );
  const unknown = { params: { uploadId: crypto.randomUUID() } };
  await assert.rejects(client.getUpload(unknown), { status: 404 });
  const { job } = await client.startImport({
    body: { into: { newDataset: 'interrupted' }, from: { uploadId } },
  });
  const { picturesAdded, problems } = (await finished(job)).result as ImportReport;
  assert.equal(picturesAdded, 1);
  assert.match(inEnglish(problems[0].message), /not arrived to their end/);
});

/** One file by the tus protocol, in two pieces, as if the network had broken between them. */
async function send(uploadId: string, path: string, content: Buffer): Promise<void> {
  const headers = { authorization: `Bearer ${loginToken}`, 'tus-resumable': '1.0.0' };
  const created = await fetch(`${address}/api/uploads/${uploadId}/files`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(content.length),
      'upload-metadata': `relativePath ${Buffer.from(path).toString('base64')}`,
    },
  });
  assert.equal(created.status, 201, await created.text());
  const location = new URL(created.headers.get('location')!, address);
  const half = Math.floor(content.length / 2);
  for (const [offset, part] of [
    [0, content.subarray(0, half)],
    [half, content.subarray(half)],
  ] as const) {
    const head = await fetch(location, { method: 'HEAD', headers });
    assert.equal(head.headers.get('upload-offset'), String(offset));
    const sent = await fetch(location, {
      method: 'PATCH',
      headers: {
        ...headers,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
      },
      body: new Uint8Array(part),
    });
    assert.equal(sent.status, 204, await sent.text());
  }
  assert.equal((await fetch(location, { headers })).status, 404, 'uploads are not handed out');
}

test('files are uploaded piece by piece, and imported with their folders', async () => {
  const labels = {
    images: ['あ.jpg', 'b.jpg'].map((file_name, index) => ({ id: index + 1, file_name })),
    annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [1, 1, 4, 3] }],
    categories: [{ id: 1, name: 'RBC' }],
  };
  const { uploadId } = await client.openUpload();
  await send(uploadId, 'cells/labels.json', Buffer.from(JSON.stringify(labels)));
  await send(uploadId, 'cells/images/あ.jpg', await picture());
  await send(uploadId, '../../escape.jpg', await picture());
  const { job } = await client.startImport({
    body: { into: { newDataset: 'uploaded' }, from: { uploadId } },
  });
  const ended = await finished(job);
  assert.equal(ended.state, 'succeeded', JSON.stringify(ended.error));
  const report = ended.result as ImportReport;
  assert.deepEqual([report.picturesCompleted, report.missingPictures], [1, ['b.jpg']]);
  assert.match(inEnglish(report.problems[0].message), /one that leads out of it/);
  await assert.rejects(
    client.startImport({ body: { into: { newDataset: 'y' }, from: { uploadId } } }),
    /the id of an upload/,
  );
});

test('a zip that is refused is called by its own name', async () => {
  // It was called by that of the file that the upload lies in.
  const { uploadId } = await client.openUpload();
  await send(uploadId, 'cells/monday.zip', Buffer.from('no zip at all'));
  const { job } = await client.startImport({
    body: { into: { newDataset: 'refused' }, from: { uploadId } },
  });
  const { error } = await finished(job);
  assert.match(inEnglish(error!.message), /^cells\/monday\.zip: expected a whole zip file/);
});
