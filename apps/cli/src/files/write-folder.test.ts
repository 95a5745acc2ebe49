import assert from 'node:assert/strict';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OutputFile } from '@migaki/coco';
import { noProgress } from '../terminal/progress.ts';
import { writeInto } from '../testing/datasets.ts';
import { temporaryFolder } from '../testing/run-migaki.ts';
import { refuseToReplaceFolder, writeFolderWhole } from './write-folder.ts';

const progress = noProgress.startProgress('', 0, 'files');

function contentsOf(files: Iterable<OutputFile>, folder = '', pictures: 'copy' | 'link' = 'copy') {
  return { files, locatePicture: (name: string) => join(folder, name), pictures };
}

test('writes texts, texts in pieces and pictures', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'source/a.jpg', 'picture');
  const target = join(folder, 'new/out');
  const files: OutputFile[] = [
    { path: 'data.yaml', text: 'names:\n' },
    { path: 'labels/deep/a.txt', text: ['one ', 'two'] },
    { path: 'images/b.jpg', imageFileName: 'a.jpg' },
  ];
  const counts = await writeFolderWhole(
    target,
    contentsOf(files, join(folder, 'source')),
    progress,
  );
  assert.deepEqual(counts, { files: 2, pictures: 1 });
  assert.equal(readFileSync(join(target, 'labels/deep/a.txt'), 'utf8'), 'one two');
  assert.equal(readFileSync(join(target, 'images/b.jpg'), 'utf8'), 'picture');
  assert.deepEqual(readdirSync(join(folder, 'new')), ['out']);
});

test('a link is a second name of the picture, also through a symbolic link', async (t) => {
  const folder = temporaryFolder(t);
  const picture = writeInto(folder, 'store/a.jpg', 'picture');
  symlinkSync('store/a.jpg', join(folder, 'alias.jpg'));
  const files = [{ path: 'a.jpg', imageFileName: 'alias.jpg' }];
  const target = join(folder, 'out');
  await writeFolderWhole(target, contentsOf(files, folder, 'link'), progress);
  assert.equal(lstatSync(join(target, 'a.jpg')).isFile(), true);
  assert.equal(statSync(join(target, 'a.jpg')).ino, statSync(picture).ino);
});

test('when the work fails, what was there is untouched and nothing is left beside it', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'out/old.txt', 'old');
  function* failing(): Generator<OutputFile> {
    yield { path: 'new.txt', text: 'new' };
    throw new Error('the reader of the other format failed');
  }
  const target = join(folder, 'out');
  await assert.rejects(writeFolderWhole(target, contentsOf(failing()), progress), /other format/);
  assert.deepEqual(readdirSync(folder), ['out']);
  assert.deepEqual(readdirSync(target), ['old.txt']);
});

test('replaces a folder as a whole', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'out/old.txt', 'old');
  const target = join(folder, 'out');
  await writeFolderWhole(target, contentsOf([{ path: 'new.txt', text: 'new' }]), progress);
  assert.deepEqual(readdirSync(folder), ['out']);
  assert.deepEqual(readdirSync(target), ['new.txt']);
});

test('no file name leads out of the folder, and none is written twice', async (t) => {
  const folder = temporaryFolder(t);
  const target = join(folder, 'out');
  for (const path of ['../escaped.txt', '/tmp/escaped.txt', 'a/../../escaped.txt', 'a\0b', '.']) {
    const files = [{ path, text: 'x' }];
    await assert.rejects(writeFolderWhole(target, contentsOf(files), progress), {
      code: 'unsafe-path',
    });
  }
  const twice = [
    { path: 'a.txt', text: '1' },
    { path: 'a.txt', text: '2' },
  ];
  await assert.rejects(writeFolderWhole(target, contentsOf(twice), progress), /is there already/);
  assert.equal(existsSync(join(folder, 'escaped.txt')), false);
  assert.deepEqual(readdirSync(folder), []);
});

test('refuses to replace what is not empty, or what holds the input', async (t) => {
  const folder = temporaryFolder(t);
  const input = writeInto(folder, 'data/gt.json', '{}');
  const full = writeInto(folder, 'full/file.txt', '');
  await refuseToReplaceFolder(join(folder, 'none'), false, [input]);
  await refuseToReplaceFolder(join(folder, 'full'), true, [input, join(folder, 'missing')]);
  await assert.rejects(refuseToReplaceFolder(join(folder, 'full'), false, [input]), /not empty/);
  await assert.rejects(refuseToReplaceFolder(join(folder, 'data'), true, [input]), /would delete/);
  await assert.rejects(refuseToReplaceFolder(folder, true, [input]), /would delete/);
  await assert.rejects(refuseToReplaceFolder('/', true, [input]), /would delete/);
  await assert.rejects(
    refuseToReplaceFolder(full, true, [input]),
    /expected a folder, found a file/,
  );
});
