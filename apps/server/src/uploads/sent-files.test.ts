import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import type { ImportReport } from '../jobs/import/import-report.ts';
import { testWorkbench } from '../testing/test-workbench.ts';

const { client, finished, address, loginToken } = await testWorkbench();

test('an upload tells what has arrived of it; a file that was begun twice is there once', async () => {
  const { uploadId } = await client.openUpload();
  const content = Buffer.from(
    await sharp({ create: { width: 8, height: 6, channels: 3, background: '#a33' } })
      .png()
      .toBuffer(),
  );
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
  assert.match(problems[0].message, /not arrived to their end/);
});
