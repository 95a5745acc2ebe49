import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish } from '../phrase.ts';
import { coco } from './coco.ts';
import { memoryTree, treeOfFiles } from './memory-tree.ts';
import { anyDataset } from './testing/random-dataset.ts';
import { holdsLossless, holdsUnderDamage } from './testing/round-trip.ts';

const size = { width: 640, height: 480 };
const cat = { id: 3, name: 'cat' };
const box = { category_id: 3, bbox: [1, 2, 3, 4], area: 12, iscrowd: 0 };

function treeOf(files: Record<string, unknown>) {
  const texts = Object.entries(files).map(([path, content]): [string, string] => {
    return [path, typeof content === 'string' ? content : JSON.stringify(content)];
  });
  return memoryTree(new Map(texts));
}

test('one file comes through as it is, ids and unknown fields and all', async () => {
  const dataset = {
    info: { year: 2026 },
    images: [{ id: 70, file_name: 'a.jpg', ...size, camera: 'roof' }],
    annotations: [{ id: 9, image_id: 70, ...box, author: 'me' }],
    categories: [{ ...cat, color: '#fff' }],
    videos: [{ id: 1 }],
  };
  const tree = treeOf({ 'annotations/instances_val.json': dataset, 'images/a.jpg': '' });
  assert.equal(await coco.recognises(tree), true);
  const read = await coco.read(tree);
  assert.deepEqual(read.dataset, dataset);
  assert.deepEqual(read.losses, []);
  assert.equal(read.imagePaths.get('a.jpg'), 'images/a.jpg');
});

test('files of several splits become one dataset, with the names of the files as splits', async () => {
  const fileOf = (id: number, file_name: string, category: object) => ({
    images: [{ id, file_name, ...size }],
    annotations: [{ id: 1, image_id: id, ...box }],
    categories: [category],
  });
  const { dataset, losses, imagePaths } = await coco.read(
    treeOf({
      'annotations/instances_train2017.json': fileOf(1, 'a.jpg', cat),
      'annotations/instances_val2017.json': fileOf(1, 'a.jpg', cat),
      'test/_annotations.coco.json': fileOf(5, 'c.jpg', { id: 3, name: 'dog' }),
      'train2017/a.jpg': '',
      'val2017/a.jpg': '',
      'test/c.jpg': '',
    }),
  );
  assert.deepEqual(dataset.images, [
    { id: 1, file_name: 'a.jpg', ...size, split: 'train2017' },
    { id: 6, file_name: 'val2017/a.jpg', ...size, split: 'val2017' },
    { id: 5, file_name: 'c.jpg', ...size, split: 'test' },
  ]);
  assert.deepEqual(
    dataset.annotations.map(({ id, image_id, category_id }) => [id, image_id, category_id]),
    [
      [1, 1, 3],
      [2, 6, 3],
      [3, 5, 4],
    ],
  );
  assert.deepEqual(dataset.categories, [cat, { id: 4, name: 'dog' }]);
  assert.deepEqual(
    losses.map(({ feature, count }) => [feature, count]),
    [
      ['file-names', 1],
      ['image-details', 1],
      ['annotation-ids', 2],
      ['category-details', 1],
    ],
  );
  assert.equal(imagePaths.get('a.jpg'), 'train2017/a.jpg');
  assert.equal(imagePaths.get('val2017/a.jpg'), 'val2017/a.jpg');
});

test('objects, keypoints and captions of the same pictures are joined', async () => {
  const images = [{ id: 1, file_name: 'a.jpg', ...size }];
  const { dataset, losses } = await coco.read(
    treeOf({
      'instances_val.json': {
        images,
        annotations: [{ id: 8, image_id: 1, ...box }],
        categories: [cat],
      },
      'person_keypoints_val.json': {
        images,
        annotations: [{ id: 8, image_id: 1, ...box, keypoints: [1, 2, 2], num_keypoints: 1 }],
        categories: [{ ...cat, keypoints: ['nose'] }],
      },
      'captions_val.json': { images, annotations: [{ id: 8, image_id: 1, caption: 'a cat' }] },
    }),
  );
  assert.deepEqual(losses, []);
  assert.deepEqual(dataset, {
    images: [{ ...images[0], split: 'val' }],
    annotations: [{ id: 8, image_id: 1, ...box, keypoints: [1, 2, 2], num_keypoints: 1 }],
    categories: [{ ...cat, keypoints: ['nose'] }],
    captions: [{ id: 1, image_id: 1, caption: 'a cat' }],
  });
});

test('a panoptic file gives boxes, and says that its masks are elsewhere', async () => {
  const { dataset, losses } = await coco.read(
    treeOf({
      'panoptic.json': {
        images: [{ id: 1, file_name: 'a.jpg', ...size }],
        annotations: [
          {
            image_id: 1,
            file_name: 'a.png',
            segments_info: [{ id: 66051, category_id: 3, area: 5, bbox: [1, 2, 3, 4], iscrowd: 0 }],
          },
        ],
        categories: [cat],
      },
    }),
  );
  assert.deepEqual(dataset.annotations, [
    { id: 1, image_id: 1, category_id: 3, area: 5, bbox: [1, 2, 3, 4], iscrowd: 0 },
  ]);
  assert.deepEqual(losses, [
    { feature: 'masks', count: 1, examples: ['panoptic.json annotations[0]'] },
  ]);
});

test('records and files that are none are reported, and the others are read', async () => {
  const { dataset, losses } = await coco.read(
    treeOf({
      'a.json': {
        images: [
          { id: 1, file_name: 'a.jpg', ...size },
          { id: '2', file_name: 'b.jpg' },
          null,
          { id: 3, file_name: '../../c.jpg', ...size },
        ],
        annotations: [{ id: 1, image_id: 1, ...box }, 7, { id: 2, bbox: [] }],
        categories: [cat, { id: 4 }],
      },
      'results.json': [{ image_id: 1, category_id: 3, score: 1, bbox: [1, 2, 3, 4] }],
      'broken.json': '{"images": [{"id": 1}, ',
      'package.json': { name: 'x' },
    }),
  );
  assert.deepEqual(
    [dataset.images.length, dataset.annotations.length, dataset.categories.length],
    [1, 1, 1],
  );
  assert.equal(losses[0].count, 9);
  assert.match(inEnglish(losses[0].examples[0]), /^a\.json images\[1\]: \{"id":"2"/);
  assert.match(inEnglish(losses[0].examples[6]), /^broken\.json, /);
  assert.match(inEnglish(losses[0].examples[7]), /^package\.json, .*found the keys name/);
  assert.match(inEnglish(losses[0].examples[8]), /^results\.json: .*found a results file/);
  await assert.rejects(coco.read(treeOf({ 'a.json': '{"images": [' })), { code: 'json-truncated' });
  await assert.rejects(coco.read(treeOf({ 'a.txt': '' })), /expected a COCO file/);
});

test('every dataset comes back without loss', async () => {
  await holdsLossless(coco, anyDataset());
});

test('damaged files are read or refused', async () => {
  const dataset = {
    images: [{ id: 1, file_name: 'a.jpg', ...size }],
    annotations: [{ id: 1, image_id: 1, ...box }],
    categories: [cat],
    captions: [{ id: 1, image_id: 1, caption: 'words' }],
  };
  const files = new Map<string, string>();
  const tree = await treeOfFiles(coco.write(dataset as never).files, () => size);
  for (const path of tree.paths) files.set(path, new TextDecoder().decode(await tree.read(path)));
  await holdsUnderDamage(coco, files, new Map([['images/a.jpg', size]]));
});
