import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soundDataset, streetPath, streetResultsPath, writeInto } from '../testing/datasets.ts';
import { runMigaki, temporaryFolder } from '../testing/run-migaki.ts';

test('counts a dataset, and shows it with bars under one another', async (t) => {
  const folder = temporaryFolder(t);
  const dataset = soundDataset();
  dataset.annotations.push({
    id: 4,
    image_id: 1,
    category_id: 1,
    bbox: [0, 0, 40, 30],
    area: 1200,
    iscrowd: 1,
  });
  writeInto(folder, 'gt.json', dataset);
  const { exitCode, stdout, stderr } = await runMigaki(['stats', 'gt.json'], { cwd: folder });
  assert.equal(exitCode, 0);
  assert.equal(stderr, '');
  assert.equal(
    stdout,
    `gt.json  instances

Contents
  pictures             2  40 × 30
  without annotations  1
  annotations          4  2.0 per picture
  crowds               1
  categories           2

Categories
  name    objects   share  pictures
  自転車        3  75.0 %         1  ████████████████████████████████████████
  dog           1  25.0 %         1  █████████████▍

Object area
                      objects   share
  small   below 32²         3  75.0 %  ██████████████████████████████
  medium  32² to 96²        1  25.0 %  ██████████
  large   above 96²         0     0 %

Box side (square root of width × height, pixels)
  pixels    objects   share
    0 – 8         2  50.0 %  ████████████████████████████████████████
    8 – 16        1  25.0 %  ████████████████████
   16 – 32        0     0 %
   32 – 64        1  25.0 %  ████████████████████

Objects per picture
  objects  pictures   share
    0             1  50.0 %  ████████████████████████████████████████
    1             0     0 %
    2             0     0 %
    3             0     0 %
    4             1  50.0 %  ████████████████████████████████████████
`,
  );
});

test('says the same to machines', async () => {
  const { stdout } = await runMigaki(['stats', streetPath, '--json']);
  const report = JSON.parse(stdout);
  assert.equal(report.kind, 'instances');
  assert.equal(report.pictures, 16);
  assert.equal(report.annotations, 62);
  assert.deepEqual(
    report.categories.map(({ name }: { name: string }) => name),
    ['person', 'car', 'bicycle', 'dog'],
  );
  const sum = (bins: { count: number }[]) => bins.reduce((total, { count }) => total + count, 0);
  assert.equal(sum(report.boxSides), 62);
  assert.equal(sum(report.objectsPerPicture), 16);
  assert.equal(report.areas.small + report.areas.medium + report.areas.large, 62);
});

test('counts keypoints by visibility', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'pose.json', {
    images: [{ id: 1, file_name: 'a.jpg', width: 9, height: 9 }],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, bbox: [0, 0, 9, 9], keypoints: [1, 1, 2, 0, 0, 0] },
      { id: 2, image_id: 1, category_id: 1, bbox: [0, 0, 9, 9], keypoints: [1, 1, 2, 3, 3, 1] },
    ],
    categories: [{ id: 1, name: 'person', keypoints: ['nose', 'tail'], skeleton: [] }],
  });
  const { stdout } = await runMigaki(['stats', 'pose.json', '--json'], { cwd: folder });
  assert.deepEqual(JSON.parse(stdout).keypoints, [
    { category: 'person', keypoint: 'nose', notLabelled: 0, hidden: 0, visible: 2 },
    { category: 'person', keypoint: 'tail', notLabelled: 1, hidden: 1, visible: 0 },
  ]);
});

test('takes results, captions and panoptic files too', async (t) => {
  const folder = temporaryFolder(t);
  const results = JSON.parse((await runMigaki(['stats', streetResultsPath, '--json'])).stdout);
  assert.deepEqual([results.kind, results.annotations, results.pictures], ['results', 68, 16]);

  const images = [{ id: 1, file_name: 'a.jpg', width: 9, height: 9 }];
  writeInto(folder, 'captions.json', {
    images,
    annotations: [{ id: 1, image_id: 1, caption: 'A dog.' }],
  });
  const captions = await runMigaki(['stats', 'captions.json'], { cwd: folder });
  assert.match(captions.stdout, /annotations +1 +1\.0 per picture/);
  assert.doesNotMatch(captions.stdout, /Categories|area/);

  const segment = { id: 5, category_id: 3, area: 40, bbox: [0, 0, 8, 5], iscrowd: 0 };
  writeInto(folder, 'panoptic.json', {
    images,
    annotations: [{ image_id: 1, file_name: 'a.png', segments_info: [segment] }],
    categories: [{ id: 3, name: 'sky' }],
  });
  const panoptic = await runMigaki(['stats', 'panoptic.json', '--json'], { cwd: folder });
  assert.deepEqual(JSON.parse(panoptic.stdout).categories, [
    { id: 3, name: 'sky', annotations: 1, pictures: 1 },
  ]);
});

test('a broken file is counted as far as it can be', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'broken.json', {
    images: [null, { id: 1, width: 'wide' }],
    annotations: [null, { image_id: 1, bbox: 'none', area: null }, { bbox: [0, 0, -1, 2] }],
    categories: [3, { id: 1 }],
  });
  const { exitCode, stdout } = await runMigaki(['stats', 'broken.json'], { cwd: folder });
  assert.equal(exitCode, 0);
  assert.match(stdout, /annotations +2/);
  assert.match(stdout, /without a box +1/);
});

test('shows the twenty largest of many categories, and all when asked', async (t) => {
  const folder = temporaryFolder(t);
  const categories = Array.from({ length: 30 }, (_, i) => ({ id: i + 1, name: `class ${i + 1}` }));
  writeInto(folder, 'many.json', { images: [], annotations: [], categories });
  const few = await runMigaki(['stats', 'many.json'], { cwd: folder });
  assert.match(few.stdout, /10 further categories: see them with --all/);
  assert.equal(few.stdout.match(/class \d+/g)?.length, 20);
  const all = await runMigaki(['stats', 'many.json', '--all'], { cwd: folder });
  assert.equal(all.stdout.match(/class \d+/g)?.length, 30);
});
