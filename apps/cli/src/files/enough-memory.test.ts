import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runMigaki, temporaryFolder } from '../testing/run-migaki.ts';

test('a file that no memory here could hold is refused before it is read', async (t) => {
  const path = join(temporaryFolder(t), 'huge.json');
  const file = openSync(path, 'w');
  // A hole: the file says 10 TB and takes none.
  ftruncateSync(file, 10e12);
  closeSync(file);
  const { exitCode, stderr } = await runMigaki(['stats', path]);
  assert.equal(exitCode, 3);
  assert.match(
    stderr,
    /expected a file that fits into memory, found 10000\.0 GB of text.*Split the file/,
  );
});

test('a file too large for the heap is read by a Node with a larger one', async (t) => {
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
  // With a heap of 50 MB these 40 MB of text would end in the engine's own crash (exit code 134).
  const { exitCode, stdout, stderr } = await runMigaki(['stats', path, '--json'], {
    env: { NODE_OPTIONS: '--max-old-space-size=50' },
  });
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /400000/);
});
