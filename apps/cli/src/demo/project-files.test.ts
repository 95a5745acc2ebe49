import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { drawnCells, writeDrawnSet } from '@migaki/train/drawn';
import { CliError } from '../cli-error.ts';
import { noProgress } from '../terminal/progress.ts';
import { temporaryFolder } from '../testing/run-migaki.ts';
import { copyProject, nameOfPictures } from './project-files.ts';

const { startProgress } = noProgress;

test('a user’s pictures are copied, also two of one name, and only those with boxes', async (t) => {
  const root = temporaryFolder(t);
  const set = drawnCells(24);
  const images = join(root, 'images');
  await writeDrawnSet(set, images);
  mkdirSync(join(images, 'night'));
  const [first, second, bare] = set.dataset.images;
  renameSync(join(images, first.file_name), join(images, 'night', second.file_name));
  first.file_name = `night/${second.file_name}`;
  const dataset = {
    ...set.dataset,
    annotations: set.dataset.annotations.filter(({ image_id }) => image_id !== bare.id),
  };
  const labels = join(root, 'labels.json');
  writeFileSync(labels, JSON.stringify(dataset));
  const folder = join(root, 'project');
  mkdirSync(folder);

  const project = await copyProject(folder, { images, labels }, 0, startProgress);
  assert.equal(project.foundCount, 23);
  const names = project.shown.images.map(({ file_name }) => file_name);
  assert.deepEqual(readdirSync(join(folder, 'images')).sort(), [...names].sort());
  const sources = project.truth.images.map(({ id, file_name }) => {
    const from = dataset.images.find((image) => image.id === id)!.file_name;
    return [readFileSync(join(images, from)), readFileSync(join(folder, 'images', file_name))];
  });
  for (const [source, copy] of sources) assert.ok(source.equals(copy));
  const written = JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8'));
  assert.deepEqual(written, JSON.parse(JSON.stringify(project.shown)));
  assert.ok(written.annotations.every((each: object) => !('segmentation' in each)));
});

test('too few pictures are refused with what was looked for and where', async (t) => {
  const root = temporaryFolder(t);
  const labels = join(root, 'labels.json');
  writeFileSync(labels, JSON.stringify(drawnCells(30).dataset));
  await assert.rejects(copyProject(root, { images: root, labels }, 0, startProgress), (error) => {
    assert.ok(error instanceof CliError);
    assert.equal(error.exit, 'input');
    assert.match(
      error.message,
      /at least 20 pictures with boxes, found 0.*names 30 pictures, 30 of.*none of which is in/,
    );
    return true;
  });
  const missing = { images: join(root, 'nowhere'), labels };
  await assert.rejects(copyProject(root, missing, 0, startProgress), /a folder.*nowhere/);
  const few = { ...drawnCells(30).dataset, annotations: [] };
  writeFileSync(labels, JSON.stringify(few));
  const unlabelled = { images: root, labels };
  await assert.rejects(
    copyProject(root, unlabelled, 0, startProgress),
    /0 of them with boxes\. La/,
  );
});

test('a project of one’s own is called after its pictures', () => {
  assert.equal(nameOfPictures('/data/bccd/images'), 'bccd');
  assert.equal(nameOfPictures('/data/night shift/train2017/'), 'night shift');
  assert.equal(nameOfPictures('/images'), 'demo');
});
