import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runMigaki, temporaryFolder } from '../testing/run-migaki.ts';

/** A hole: the file says how large it is, and takes no room. */
function writeHole(path: string, bytes: number): void {
  const file = openSync(path, 'w');
  ftruncateSync(file, bytes);
  closeSync(file);
}

test('a file that no memory here could hold is refused before it is read', async (t) => {
  const path = join(temporaryFolder(t), 'huge.json');
  writeHole(path, 10e12);
  const { exitCode, stderr } = await runMigaki(['stats', path]);
  assert.equal(exitCode, 3);
  assert.match(
    stderr,
    /expected labels that fit into memory, found 10000\.0 GB of text.*Split them/,
  );
});

test('so are label files that no memory here could hold together, where a dataset is converted', async (t) => {
  const folder = temporaryFolder(t);
  const count = Math.ceil(totalmem() / 1e9);
  for (let index = 0; index < count; index++) writeHole(join(folder, `${index}.json`), 1e9);
  const words = ['convert', folder, join(folder, 'out.json'), '--to', 'coco'];
  const { exitCode, stderr } = await runMigaki(words);
  assert.equal(exitCode, 3);
  assert.match(stderr, /expected labels that fit into memory, found \d+\.0 GB of text/);
});

/** 400,000 boxes: 40 MB of text, which would end in the engine's own crash (exit code 134) in a heap of 50 MB. */
function writeLarge(t: TestContext): string {
  const path = join(temporaryFolder(t), 'large.json');
  const box = {
    image_id: 1,
    category_id: 1,
    bbox: [1.5, 2.5, 30.25, 40.75],
    area: 1232.6875,
    iscrowd: 0,
  };
  const annotations = Array.from({ length: 400_000 }, (_, index) => ({ id: index + 1, ...box }));
  const image = { id: 1, file_name: 'a.jpg', width: 640, height: 480 };
  writeFileSync(
    path,
    JSON.stringify({ images: [image], annotations, categories: [{ id: 1, name: 'a' }] }),
  );
  return path;
}

const smallHeap = { env: { NODE_OPTIONS: '--max-old-space-size=50' } };

test('a file too large for the heap is read by a Node with a larger one', async (t) => {
  const { exitCode, stdout, stderr } = await runMigaki(
    ['stats', writeLarge(t), '--json'],
    smallHeap,
  );
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /400000/);
});

test('and so is one that is converted', async (t) => {
  const path = writeLarge(t);
  const { exitCode, stdout, stderr } = await runMigaki(
    ['convert', path, `${path}.csv`, '--to', 'csv', '--json'],
    smallHeap,
  );
  assert.equal(exitCode, 0, stderr);
  assert.equal(JSON.parse(stdout).annotations, 400_000);
});
