import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CocoError } from '@migaki/coco';
import sharp from 'sharp';
import { CliError } from '../cli-error.ts';
import { writeInto } from '../testing/datasets.ts';
import { temporaryFolder } from '../testing/run-migaki.ts';
import { openSourceTree } from './source-tree.ts';

test('lists the files of a folder in the order of their code points', async (t) => {
  const folder = temporaryFolder(t);
  // U+FF5E comes before U+1F6B2, but after its first surrogate.
  for (const name of ['b.txt', 'a/z.txt', 'a.txt', '～.txt', '🚲.txt', '.git/config', 'Z.txt']) {
    writeInto(folder, name, '');
  }
  const { paths } = await openSourceTree(folder);
  assert.deepEqual(paths, ['Z.txt', 'a.txt', 'a/z.txt', 'b.txt', '～.txt', '🚲.txt']);
});

test('a single file comes with the pictures beside it, or with those named', async (t) => {
  const folder = temporaryFolder(t);
  const file = writeInto(folder, 'gt.json', '{}');
  for (const name of ['other.json', 'images/a.jpg', 'elsewhere/b.jpg']) writeInto(folder, name, '');
  assert.deepEqual((await openSourceTree(file)).paths, ['gt.json', 'images/a.jpg']);
  const named = await openSourceTree(file, join(folder, 'elsewhere'));
  assert.deepEqual(named.paths, ['gt.json', 'images/b.jpg']);
  assert.equal(named.locate('images/b.jpg'), join(folder, 'elsewhere/b.jpg'));
});

test('a data.yaml comes with the whole folder that it describes, and with no other data.yaml', async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ['data.yaml', 'other.yml', 'images/a.jpg', 'labels/a.txt']) {
    writeInto(folder, name, '');
  }
  // Without labels/ every picture was read as one without objects.
  const { paths } = await openSourceTree(join(folder, 'data.yaml'));
  assert.deepEqual(paths, ['data.yaml', 'images/a.jpg', 'labels/a.txt']);
});

test('follows links inside the folder, each folder once', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'real/a.txt', 'A');
  symlinkSync('real/a.txt', join(folder, 'link.txt'));
  symlinkSync('..', join(folder, 'real/loop'));
  const tree = await openSourceTree(folder);
  assert.deepEqual(tree.paths, ['link.txt', 'real/a.txt']);
  assert.equal(Buffer.from(await tree.read('link.txt')).toString(), 'A');
});

test('follows links to folders elsewhere, but not to those that hold the folder itself', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'disk/train2017/a.jpg', '');
  writeInto(folder, 'home/set/gt.json', '{}');
  // The usual layout of large datasets was refused.
  symlinkSync('../../disk', join(folder, 'home/set/images'));
  const { paths } = await openSourceTree(join(folder, 'home/set'));
  assert.deepEqual(paths, ['gt.json', 'images/train2017/a.jpg']);
  symlinkSync('../..', join(folder, 'home/set/everything'));
  await assert.rejects(openSourceTree(join(folder, 'home/set')), {
    code: 'unsafe-path',
    message: /everything: expected a link .*, or to a folder that does not hold it.*--images/,
  });
});

test('refuses links to single files outside the folder', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'secret.txt', '');
  mkdirSync(join(folder, 'data'));
  symlinkSync('../secret.txt', join(folder, 'data/innocent.txt'));
  await assert.rejects(
    openSourceTree(join(folder, 'data')),
    (error) =>
      error instanceof CocoError &&
      error.code === 'unsafe-path' &&
      /data\/innocent\.txt: expected a link to a place inside the folder/.test(error.message),
  );
});

test('reads only what it listed', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'secret.txt', '');
  writeInto(folder, 'data/a.txt', '');
  const tree = await openSourceTree(join(folder, 'data'));
  for (const path of ['../secret.txt', './a.txt', 'b.txt', '/etc/hostname']) {
    await assert.rejects(async () => tree.read(path), CliError);
  }
});

test('tells the size of a picture as it is shown, and of what is none that it is none', async (t) => {
  const folder = temporaryFolder(t);
  const picture = sharp({ create: { width: 8, height: 5, channels: 3, background: 'red' } });
  await picture.clone().png().toFile(join(folder, 'upright.png'));
  await picture.clone().jpeg().withMetadata({ orientation: 6 }).toFile(join(folder, 'turned.jpg'));
  writeInto(folder, 'text.jpg', 'hello');
  const tree = await openSourceTree(folder);
  assert.deepEqual(await tree.imageSize('upright.png'), { width: 8, height: 5 });
  assert.deepEqual(await tree.imageSize('turned.jpg'), { width: 5, height: 8 });
  await assert.rejects(tree.imageSize('text.jpg'), /text\.jpg: expected a picture/);
});
