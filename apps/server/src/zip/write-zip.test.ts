// What is written is read back by yauzl, which knows nothing of us.

import assert from 'node:assert/strict';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type TestContext, test } from 'node:test';
import { openPromise } from 'yauzl';
import { writeZip, type ZipEntry } from './write-zip.ts';

async function* streamOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  const half = content.length >> 1;
  yield content.subarray(0, half);
  yield content.subarray(half);
}

async function written(t: TestContext, entries: AsyncIterable<ZipEntry>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'migaki-zip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.zip');
  await pipeline(Readable.from(writeZip(entries), { objectMode: false }), createWriteStream(path));
  return path;
}

test('every name and content comes back, stored, deflated or streamed', async (t) => {
  const names = ['a', '写真/赤 1.jpg', 'deep/er/est', '🩸.png', 'x'.repeat(300)];
  const sizes = [0, 1, 100, 70_000, 3_000_000];
  const files = names.flatMap((name, index) =>
    ['whole', 'stored', 'deflated'].map((how) => ({
      path: `${how}/${name}`,
      content: Buffer.alloc(sizes[index], `${name} ${how}`),
      how,
    })),
  );
  const entries = async function* () {
    for (const { path, content, how } of files) {
      yield {
        path,
        content: how === 'whole' ? content : streamOf(content),
        isPacked: how === 'stored',
      };
    }
  };
  const zip = await openPromise(await written(t, entries()), { autoClose: false });
  const found: [string, Buffer][] = [];
  for await (const entry of zip.eachEntry()) {
    assert.equal(
      entry.compressedSize < 100_000,
      !/x{300}/.test(entry.fileName) || /^def/.test(entry.fileName),
    );
    found.push([entry.fileName, await buffer(await zip.openReadStreamPromise(entry))]);
  }
  zip.close();
  assert.deepEqual(
    found,
    files.map(({ path, content }) => [path, content]),
  );
});

test('more files than a zip without zip64 can count', async (t) => {
  const count = 70_000;
  const entries = async function* () {
    for (let index = 0; index < count; index++) {
      yield { path: `${index}`, content: Buffer.from(`file ${index}`) };
    }
  };
  const zip = await openPromise(await written(t, entries()), { autoClose: false });
  assert.equal(zip.entryCount, count);
  let last = '';
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === '69999')
      last = String(await buffer(await zip.openReadStreamPromise(entry)));
  }
  zip.close();
  assert.equal(last, 'file 69999');
});

test('a file of more than 4 GB, and one after it', async (t) => {
  const chunk = Buffer.alloc(8 << 20);
  const large = 4 * 2 ** 30 + chunk.length;
  const entries = async function* () {
    yield {
      path: 'large',
      content: (async function* () {
        for (let bytes = 0; bytes < large; bytes += chunk.length) yield chunk;
      })(),
    };
    yield { path: 'small', content: Buffer.from('after') };
  };
  const zip = await openPromise(await written(t, entries()), { autoClose: false });
  const sizes: [string, number][] = [];
  let text = '';
  for await (const entry of zip.eachEntry()) {
    sizes.push([entry.fileName, entry.uncompressedSize]);
    if (entry.fileName === 'small')
      text = String(await buffer(await zip.openReadStreamPromise(entry)));
  }
  zip.close();
  assert.deepEqual(sizes, [
    ['large', large],
    ['small', 5],
  ]);
  assert.equal(text, 'after');
});

test('content that fails ends the zip with its error', async (t) => {
  const entries = async function* () {
    yield {
      path: 'a',
      content: (async function* () {
        yield Buffer.from('x');
        throw new Error('the disk went away');
      })(),
    };
  };
  await assert.rejects(written(t, entries()), /the disk went away/);
});
