import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { makeWorkspace, mountSmallDisk } from '../postgres/testing.ts';
import { openFolderBlobs } from './folder-blobs.ts';

const HELLO = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
const hello = new TextEncoder().encode('hello');
const nowhere = '0'.repeat(64);

async function makeBlobs(t: TestContext) {
  const folder = await makeWorkspace(t, 'blobs');
  return { folder, blobs: await openFolderBlobs(folder) };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('a blob', () => {
  test('is named by the SHA-256 of its content, whether bytes or a stream', async (t) => {
    const { blobs } = await makeBlobs(t);
    const stored = { sha256: HELLO, byteSize: 5 };
    assert.deepEqual(await blobs.put(hello), { ...stored, isNew: true });
    assert.deepEqual(await blobs.put(Readable.from([hello.slice(0, 2), hello.slice(2)])), {
      ...stored,
      isNew: false,
    });
    assert.equal(await text(await blobs.open(HELLO)), 'hello');
    assert.equal(await readFile(blobs.localPath(HELLO) as string, 'utf8'), 'hello');
    assert.equal(await blobs.byteSize(HELLO), 5);
    await blobs.verify(HELLO);
  });

  test('may be empty', async (t) => {
    const { blobs } = await makeBlobs(t);
    const { sha256, byteSize } = await blobs.put(Readable.from([]));
    assert.equal(byteSize, 0);
    assert.equal(await text(await blobs.open(sha256)), '');
  });

  test('is read in part by half-open ranges', async (t) => {
    const { blobs } = await makeBlobs(t);
    await blobs.put(hello);
    const part = async (start: number, end?: number) =>
      text(await blobs.open(HELLO, { start, end }));
    assert.equal(await part(1, 3), 'el');
    assert.equal(await part(3), 'lo');
    assert.equal(await part(0, 5), 'hello');
    assert.equal(await part(2, 2), '');
    for (const [start, end] of [
      [-1, 2],
      [0, 6],
      [3, 2],
      [0.5, 2],
      [Number.NaN, 2],
    ]) {
      await assert.rejects(blobs.open(HELLO, { start, end }), { code: 'bad-range' });
    }
  });

  test('that is not there is an error by name, and no text leads out of the folder', async (t) => {
    const { blobs } = await makeBlobs(t);
    for (const name of [nowhere, '../../etc/passwd', '', HELLO.toUpperCase(), `${HELLO}/x`]) {
      await assert.rejects(blobs.open(name), { code: 'blob-not-found' }, name);
      assert.equal(await blobs.has(name), false);
      assert.equal(await blobs.delete(name), false);
    }
    assert.throws(() => blobs.localPath('../../etc/passwd'), { code: 'blob-not-found' });
  });

  test('put thirty times at once is stored once, and one put is told it is new', async (t) => {
    const { folder, blobs } = await makeBlobs(t);
    const bytes = randomBytes(100_000);
    const puts = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        blobs.put(index % 2 === 0 ? bytes : Readable.from([bytes])),
      ),
    );
    assert.equal(puts.filter((put) => put.isNew).length, 1);
    assert.equal((await filesBelow(folder)).length, 1);
    assert.deepEqual(await buffer(await blobs.open(puts[0].sha256)), bytes);
  });

  test('whose stream fails leaves nothing', async (t) => {
    const { folder, blobs } = await makeBlobs(t);
    const failing = async function* () {
      yield hello;
      throw new Error('the connection was lost');
    };
    await assert.rejects(blobs.put(failing()), { message: 'the connection was lost' });
    assert.deepEqual(await filesBelow(folder), []);
  });

  test('with another hash than announced is refused and leaves nothing', async (t) => {
    const { folder, blobs } = await makeBlobs(t);
    for (const source of [hello, Readable.from([hello])]) {
      await assert.rejects(blobs.put(source, { expected: nowhere }), { code: 'blob-mismatch' });
    }
    assert.deepEqual(await filesBelow(folder), []);
    assert.equal((await blobs.put(hello, { expected: HELLO })).isNew, true);
  });

  test('that was damaged on the disk is recognised', async (t) => {
    const { blobs } = await makeBlobs(t);
    await blobs.put(hello);
    const file = blobs.localPath(HELLO) as string;
    await truncate(file, 4).catch(() => {}); // root may, others may not: the file is read only
    if ((await stat(file)).size === 5) return t.skip('needs root');
    await assert.rejects(blobs.verify(HELLO), { code: 'blob-damaged' });
    // The size already tells, so putting the content again repairs it.
    assert.equal((await blobs.put(hello)).isNew, true);
    await blobs.verify(HELLO);
  });
});

describe('a folder of blobs', () => {
  test('lists every blob in order, with when it was last put', async (t) => {
    const { folder, blobs } = await makeBlobs(t);
    const names: string[] = [];
    for (let index = 0; index < 50; index++) {
      names.push((await blobs.put(new TextEncoder().encode(`blob ${index}`))).sha256);
    }
    const longAgo = new Date('2020-01-01');
    await utimes(blobs.localPath(names[0]) as string, longAgo, longAgo);
    await writeFile(path.join(folder, 'sha256', 'ab', 'notes.txt'), 'not a blob');
    const listed = await Array.fromAsync(blobs.list());
    assert.deepEqual(
      listed.map((blob) => blob.sha256),
      names.toSorted(),
    );
    assert.equal(listed.find((blob) => blob.sha256 === names[0])?.putAt.getTime(), +longAgo);
    await blobs.put(new TextEncoder().encode('blob 0'));
    const again = (await Array.fromAsync(blobs.list())).find((blob) => blob.sha256 === names[0]);
    assert.ok((again?.putAt as Date) > longAgo);
  });

  test('deletes a blob with what was derived from it', async (t) => {
    const { blobs } = await makeBlobs(t);
    await blobs.put(hello);
    await blobs.derived.write('thumb-256', HELLO, hello);
    assert.equal(await blobs.delete(HELLO), true);
    assert.equal(await blobs.has(HELLO), false);
    assert.equal(await blobs.derived.has('thumb-256', HELLO), false);
    assert.equal(await blobs.delete(HELLO), false);
  });

  test('keeps derived files by kind, and takes an empty one for a lost one', async (t) => {
    const { folder, blobs } = await makeBlobs(t);
    assert.equal(await blobs.derived.read('thumb-256', HELLO), null);
    await blobs.derived.write('thumb-256', HELLO, hello);
    await blobs.derived.write('thumb-512', HELLO, hello);
    assert.deepEqual(new Uint8Array((await blobs.derived.read('thumb-256', HELLO))!), hello);
    await blobs.derived.clear('thumb-256');
    assert.equal(await blobs.derived.read('thumb-256', HELLO), null);
    await truncate(path.join(folder, 'derived/thumb-512', HELLO.slice(0, 2), HELLO.slice(2)), 0);
    assert.equal(await blobs.derived.read('thumb-512', HELLO), null);
    await assert.rejects(blobs.derived.write('../out', HELLO, hello), { code: 'ERR_ASSERTION' });
  });

  test('after kill -9 in the middle of a put holds no part of it', async (t) => {
    const folder = await makeWorkspace(t, 'blobs');
    const module = JSON.stringify(new URL('./folder-blobs.ts', import.meta.url).href);
    const writer = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { openFolderBlobs } = await import(${module});
         const blobs = await openFolderBlobs(process.argv[1]);
         await blobs.put((async function* () {
           for (let chunk = 0; ; chunk++) {
             yield Buffer.alloc(65536, chunk);
             if (chunk === 20) console.log('in the middle');
             if (chunk > 20) await new Promise((resolve) => setTimeout(resolve, 50));
           }
         })());`,
        folder,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    t.after(() => writer.kill('SIGKILL'));
    await once(writer.stdout, 'data');
    const ended = once(writer, 'exit');
    writer.kill('SIGKILL');
    await ended;
    assert.equal((await filesBelow(folder)).length, 1);
    // Another server may be writing there: what is young stays.
    await openFolderBlobs(folder);
    assert.equal((await filesBelow(folder)).length, 1);
    const blobs = await openFolderBlobs(folder, { leftoverAgeMillis: 0 });
    assert.deepEqual(await filesBelow(folder), []);
    assert.deepEqual(await Array.fromAsync(blobs.list()), []);
  });

  test('on a full disk says so, leaves nothing, and works when there is space', async (t) => {
    const disk = await mountSmallDisk(t, 4);
    if (disk === null) return t.skip('needs to mount a file system');
    const folder = path.join(disk, 'blobs');
    await mkdir(folder);
    const blobs = await openFolderBlobs(folder);
    const large = randomBytes(6 * 2 ** 20);
    for (const source of [large, Readable.from([large.subarray(0, 2 ** 20), large])]) {
      await assert.rejects(blobs.put(source), { name: 'StoreError', code: 'disk-full' });
    }
    await assert.rejects(blobs.derived.write('thumb-256', HELLO, large), { code: 'disk-full' });
    assert.deepEqual(await filesBelow(folder), []);
    assert.equal((await blobs.put(large.subarray(0, 2 ** 20))).isNew, true);
  });

  test('takes a stream of 300 MB in bounded memory', async (t) => {
    const { blobs } = await makeBlobs(t);
    const chunk = randomBytes(2 ** 20);
    const expected = createHash('sha256');
    const source = async function* () {
      for (let index = 0; index < 300; index++) {
        expected.update(chunk);
        yield chunk;
      }
    };
    const before = process.memoryUsage().rss;
    const { sha256, byteSize } = await blobs.put(source());
    assert.equal(sha256, expected.digest('hex'));
    assert.equal(byteSize, 300 * 2 ** 20);
    assert.ok(process.memoryUsage().rss - before < 100 * 2 ** 20);
  });
});
