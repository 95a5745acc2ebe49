import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { folderFor } from '../testing/drawn-run.ts';
import { hubNameOf, pullModel } from './pull-model.ts';

const content = Buffer.from('an ONNX file, as far as a hub cares');

async function hub(
  t: TestContext,
  answer: RequestListener,
): Promise<{ endpoint: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

test('names have a repository, and a revision and a file where these are not the usual ones', () => {
  assert.deepEqual(hubNameOf('a/b'), {
    repository: 'a/b',
    revision: 'main',
    file: 'onnx/model.onnx',
  });
  assert.deepEqual(hubNameOf('a/b@v2/x/y.onnx'), {
    repository: 'a/b',
    revision: 'v2',
    file: 'x/y.onnx',
  });
  for (const wrong of ['b', 'a/b/c', 'a/../x/y.onnx', 'a/b/../../y.onnx', 'http://a/b', '']) {
    assert.throws(() => hubNameOf(wrong), { code: 'no-such-model' });
  }
});

test('a file is fetched once, and checked against the hash that the hub tells', async (t) => {
  const cacheFolder = await folderFor(t);
  const { endpoint, asked } = await hub(t, (request, response) => {
    if (request.url !== '/a/b/resolve/main/onnx/model.onnx') return response.writeHead(404).end();
    const etag = `"${createHash('sha256').update(content).digest('hex')}"`;
    return response.writeHead(200, { etag, 'content-length': content.length }).end(content);
  });
  const progress: number[] = [];
  const path = await pullModel('a/b', {
    endpoint,
    cacheFolder,
    onProgress: (done) => progress.push(done),
  });
  assert.deepEqual(await readFile(path), content);
  assert.equal(progress.at(-1), content.length);
  const count = asked.length;
  assert.equal(await pullModel('a/b', { endpoint, cacheFolder }), path);
  assert.equal(asked.length, count);
});

test('what breaks off, or is not what it should be, leaves nothing behind', async (t) => {
  const cacheFolder = await folderFor(t);
  const { endpoint } = await hub(t, (request, response) => {
    if (request.url?.endsWith('_data')) return response.writeHead(404).end();
    if (request.url?.includes('broken')) {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 5));
      return setTimeout(() => response.destroy(), 20);
    }
    return response.writeHead(200, { etag: `"${'0'.repeat(64)}"` }).end(content);
  });
  for (const name of ['a/broken', 'a/other']) {
    await assert.rejects(pullModel(name, { endpoint, cacheFolder }), { code: 'hub-unreachable' });
  }
  assert.deepEqual(await filesIn(cacheFolder), []);
});

test('a name that the hub does not know, and a hub that is not there, are told apart', async (t) => {
  const cacheFolder = await folderFor(t);
  const { endpoint } = await hub(t, (_, response) => response.writeHead(404).end());
  await assert.rejects(pullModel('a/b', { endpoint, cacheFolder }), {
    code: 'no-such-model',
    message: /found HTTP 404/,
  });
  await assert.rejects(pullModel('a/b', { endpoint: 'http://127.0.0.1:9', cacheFolder }), {
    code: 'hub-unreachable',
    message: /MIGAKI_HUB/,
  });
});
