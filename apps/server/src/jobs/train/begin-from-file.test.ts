// Trainings that begin from a network made elsewhere: from a hub by its name, or from a file that a page sends.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunDetail } from '@migaki/api';
import { inEnglish } from '@migaki/coco';
import { foreignNetwork, foreignNetworkWithData } from '@migaki/train/testing/foreign-network';
import { importDrawn, quick } from '../../testing/drawn-dataset.ts';
import { testWorkbench } from '../../testing/test-workbench.ts';

const asked: string[] = [];
const hub = createServer(({ url = '' }, response) => {
  asked.push(url);
  if (url !== '/lab/residual/resolve/v1/net.onnx') return response.writeHead(404).end();
  return response.writeHead(200, { 'content-length': foreignNetwork.length }).end(foreignNetwork);
}).listen(0, '127.0.0.1');
await once(hub, 'listening');
after(() => hub.close());
// The workers that fetch are children of this process.
process.env.MIGAKI_HUB = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;

const workbench = await testWorkbench();
const { client, address, loginToken } = workbench;
const signs = await importDrawn(workbench, 'signs', 'classify', 12);

type Init = NonNullable<Parameters<typeof client.startRun>[0]['body']['init']>;

const start = (init: Init) =>
  client.startRun({
    body: { datasetId: signs, task: 'classify', settings: { ...quick, epochs: 1 }, init },
  });

async function ended(runId: number): Promise<RunDetail> {
  for (;;) {
    const run = await client.getRun({ params: { runId } });
    if (run.state !== 'queued' && run.state !== 'running') return run;
    await sleep(50);
  }
}

async function send(uploadId: string, path: string, content: Uint8Array): Promise<void> {
  const sent = await fetch(`${address}/api/uploads/${uploadId}/files`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${loginToken}`,
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-length': String(content.length),
      'upload-metadata': `relativePath ${Buffer.from(path).toString('base64')}`,
    },
    body: new Uint8Array(content),
  });
  assert.equal(sent.status, 201, await sent.text());
}

test('a training begins from a network of the hub, and says so on the run and its model', async () => {
  const name = 'lab/residual@v1/net.onnx';
  const run = await start({ hub: name });
  assert.deepEqual(run.init, { kind: 'hub', name, model: null });
  const done = await ended(run.id);
  assert.equal(done.state, 'succeeded', JSON.stringify(done.error));
  const [{ modelId, version }] = done.models;
  assert.equal(done.settled.size, null, 'the network has a size of its own');
  const { lines } = await client.getJobLog({ params: { jobId: done.jobId! }, query: {} });
  assert.ok(lines.some(({ text }) => /; imported network, /.test(inEnglish(text))));
  const { ancestors } = await client.getModelLineage({ params: { modelId, version } });
  assert.deepEqual(ancestors[0].init, run.init);
  const times = asked.length;
  assert.ok(times > 0);
  const again = await ended((await start({ hub: name })).id);
  assert.equal(again.state, 'succeeded', JSON.stringify(again.error));
  assert.equal(asked.length, times, 'it was kept');
});

test('a name that the hub does not know ends the run with one sentence; one that is no name is refused at once', async () => {
  const failed = await ended((await start({ hub: 'lab/nothing' })).id);
  assert.deepEqual([failed.state, failed.error?.code], ['failed', 'no-such-model']);
  await assert.rejects(start({ hub: 'nobody' }), { code: 'no-such-model', status: 422 });
});

test('a size beside a network to begin from is refused at once', async () => {
  const body = { datasetId: signs, task: 'classify', init: { hub: 'lab/residual' } } as const;
  await assert.rejects(client.startRun({ body: { ...body, settings: { size: 'medium' } } }), {
    code: 'bad-setting',
    status: 422,
    message: /^size: expected none beside a network to begin from/,
  });
});

test('a training begins from a file that was sent, with its weights in a file of their own', async () => {
  const { bytes, data } = foreignNetworkWithData('weights.bin');
  const { uploadId } = await client.openUpload();
  await send(uploadId, 'net.onnx', bytes);
  await send(uploadId, 'weights.bin', data);
  const run = await start({ uploadId });
  assert.deepEqual(run.init, { kind: 'file', name: 'net.onnx', model: null });
  await assert.rejects(client.getUpload({ params: { uploadId } }), { status: 404 });
  const done = await ended(run.id);
  assert.equal(done.state, 'succeeded', JSON.stringify(done.error));
  assert.ok(done.files.some(({ path }) => path === 'init.onnx'));
});

test('what was sent and is no network, or none alone, is refused before anything begins', async () => {
  const { uploadId } = await client.openUpload();
  await assert.rejects(start({ uploadId }), { code: 'bad-request' });
  await assert.rejects(client.getCurves({ query: { runs: 'none', names: 'loss' } }), {
    code: 'bad-request',
    message: /^query\.runs: expected up to 50 ids/,
  });
  await send(uploadId, 'net.onnx', Buffer.from('no network'));
  await assert.rejects(start({ uploadId }), {
    code: 'bad-init',
    status: 422,
    message: /^net\.onnx: expected an ONNX file/,
  });
  await send(uploadId, 'other.onnx', foreignNetwork);
  await assert.rejects(start({ uploadId }), { code: 'bad-request', message: /one with 2 of them/ });
});
