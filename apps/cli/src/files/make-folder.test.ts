import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeInto } from '../testing/datasets.ts';
import { temporaryFolder } from '../testing/run-migaki.ts';
import { makeFolder } from './make-folder.ts';

test('makes what is missing and takes what is there', async (t) => {
  const folder = join(temporaryFolder(t), 'a/b/c');
  await Promise.all([makeFolder(folder), makeFolder(folder)]);
  await makeFolder(folder);
  assert.equal(existsSync(folder), true);
});

test('a file in the way is told as such', async (t) => {
  const file = writeInto(temporaryFolder(t), 'file', '');
  await assert.rejects(makeFolder(file), { code: 'EEXIST' });
  await assert.rejects(makeFolder(join(file, 'below')), { code: 'ENOTDIR' });
});

test('ends with what the system says where it takes no new folder', {
  skip: !existsSync('/proc/self') && 'there is no /proc here',
}, async () => {
  // A recursive mkdir never came back from here.
  await assert.rejects(makeFolder('/proc/migaki/deep'), (error: NodeJS.ErrnoException) => {
    return ['ENOENT', 'EACCES', 'EPERM', 'EROFS'].includes(error.code!);
  });
});
