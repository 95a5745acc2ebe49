import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleFromBitmap } from '../../mask/rle.ts';
import { compressedFromRle } from '../../mask/rle-text.ts';
import { rleFromSegmentation } from '../../mask/segmentation.ts';
import type { CocoDataset, Segmentation } from '../../types.ts';
import type { WriteTask } from '../format.ts';
import type { LossFeature } from '../loss.ts';
import { memoryTree } from '../memory-tree.ts';
import {
  box,
  oneAnnotation,
  square,
  squareAndTriangle,
  withAnother,
} from '../testing/one-annotation.ts';
import {
  anyDataset,
  type DatasetTraits,
  inReadingOrder,
  plainDataset,
} from '../testing/random-dataset.ts';
import {
  holdsLossesComplete,
  holdsLossless,
  holdsUnderDamage,
  lossesOfRoundTrip,
  roundTrip,
} from '../testing/round-trip.ts';
import { type SplitName, splitNames } from './data-yaml.ts';
import { yolo } from './yolo.ts';

const size = { width: 640, height: 480 };

/** A tree with pictures of 640 × 480 wherever a path ends like one. */
function treeOf(files: Record<string, string>) {
  const sizes = Object.keys(files).filter((path) => /\.(?:jpg|png)$/.test(path));
  return memoryTree(new Map(Object.entries(files)), new Map(sizes.map((path) => [path, size])));
}

const detectFiles = {
  'data.yaml': `path: /home/someone/datasets/blood cells
train: images/train # 2 images
val: images/val
test:

names:
  0: WBC
  1: 赤血球
`,
  'images/train/a.jpg': '',
  'images/train/night/写真 b.png': '',
  'images/val/a.jpg': '',
  'labels/train/a.txt': '0 0.5 0.5 0.25 0.5\r\n1 0.1 0.1 0.1 0.1 0.875\r\n\r\n',
  'labels/train/night/写真 b.txt': '',
};

test('reads boxes, scores, splits, empty pictures and names from a detect dataset', async () => {
  const tree = treeOf(detectFiles);
  assert.equal(await yolo.recognises(tree), true);
  const { dataset, losses, imagePaths } = await yolo.read(tree);
  assert.deepEqual(losses, []);
  assert.deepEqual(dataset, {
    images: [
      { id: 1, file_name: 'train/a.jpg', ...size, split: 'train' },
      { id: 2, file_name: 'night/写真 b.png', ...size, split: 'train' },
      { id: 3, file_name: 'val/a.jpg', ...size, split: 'val' },
    ],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, bbox: [240, 120, 160, 240], area: 38400, iscrowd: 0 },
      {
        id: 2,
        image_id: 1,
        category_id: 2,
        bbox: [32, 24, 64, 48],
        score: 0.875,
        area: 3072,
        iscrowd: 0,
      },
    ],
    categories: [
      { id: 1, name: 'WBC' },
      { id: 2, name: '赤血球' },
    ],
  });
  assert.equal(imagePaths.get('night/写真 b.png'), 'images/train/night/写真 b.png');
});

test('reads polygons of a segment dataset in the layout of Roboflow, with its wrong paths', async () => {
  const { dataset, losses } = await yolo.read(
    treeOf({
      'my set/data.yaml': 'train: ../train/images\nval: ../valid/images\nnc: 1\nnames: [cell]\n',
      'my set/train/images/a_jpg.rf.0123.jpg': '',
      'my set/train/labels/a_jpg.rf.0123.txt': '0 0 0 0.5 0 0.5 0.5 0 0.5 0.75\n',
      'my set/valid/images/b.jpg': '',
      'my set/valid/labels/b.txt': '0 0 0 0.5 0 0.5 0.5\n',
    }),
  );
  assert.deepEqual(losses, []);
  assert.deepEqual(
    dataset.images.map(({ file_name, split }) => [file_name, split]),
    [
      ['a_jpg.rf.0123.jpg', 'train'],
      ['b.jpg', 'val'],
    ],
  );
  const [square, triangle] = dataset.annotations;
  assert.deepEqual(square.segmentation, [[0, 0, 320, 0, 320, 240, 0, 240]]);
  assert.deepEqual([square.bbox, square.area, square.score], [[0, 0, 320, 240], 76800, 0.75]);
  assert.deepEqual([triangle.area, triangle.score], [38400, undefined]);
});

test('reads keypoints by kpt_shape, with and without names and visibility', async () => {
  const base = { 'images/a.jpg': '', 'images/b.jpg': '' };
  const yaml = 'train: images\nval: images\nnames: [hand, box]\n';
  const named = await yolo.read(
    treeOf({
      ...base,
      'data.yaml': `${yaml}kpt_shape: [2, 3]\nflip_idx: [1, 0]\nkpt_names: {0: [thumb, 小指]}\n`,
      'labels/a.txt': '0 0.5 0.5 1 1 0.25 0.5 2 0 0 0\n1 0.5 0.5 1 1 0 0 0 0 0 0',
    }),
  );
  assert.deepEqual(named.dataset.categories, [
    { id: 1, name: 'hand', keypoints: ['thumb', '小指'], flip_idx: [1, 0] },
    { id: 2, name: 'box', flip_idx: [1, 0] },
  ]);
  const [hand, box] = named.dataset.annotations;
  assert.deepEqual(hand.keypoints, [160, 240, 2, 0, 0, 0]);
  assert.equal(hand.num_keypoints, 1);
  assert.equal('keypoints' in box, false);
  // One place for both splits is no division at all.
  assert.equal(named.dataset.images[0].split, undefined);

  const plain = await yolo.read(
    treeOf({
      ...base,
      'data.yaml': `${yaml}kpt_shape: [2, 2]\n`,
      'labels/a.txt': '0 0.5 0.5 1 1 0.25 0.5 0 0 0.9',
    }),
  );
  assert.deepEqual(plain.dataset.categories[0].keypoints, ['keypoint_1', 'keypoint_2']);
  assert.deepEqual(plain.dataset.annotations[0].keypoints, [160, 240, 2, 0, 0, 0]);
  assert.equal(plain.dataset.annotations[0].score, 0.9);
});

test('reads lists of pictures, and classes.txt in place of data.yaml', async () => {
  const listed = await yolo.read(
    treeOf({
      'data.yaml': 'train: train.txt\nval: [val.txt]\nnames: [a]',
      'train.txt': './images/x/1.jpg\n/mnt/old machine/images/2.jpg\n\n./images/gone.jpg\n',
      'val.txt': 'images\\3.jpg\n',
      'images/x/1.jpg': '',
      'images/2.jpg': '',
      'images/3.jpg': '',
      'labels/x/1.txt': '0 .5 .5 1 1',
    }),
  );
  assert.deepEqual(
    listed.dataset.images.map(({ file_name, split }) => [file_name, split]),
    [
      ['x/1.jpg', 'train'],
      ['2.jpg', 'train'],
      ['3.jpg', 'val'],
    ],
  );
  assert.deepEqual(listed.losses, [
    {
      feature: 'unusable-records',
      count: 1,
      examples: ['train.txt:4: expected a picture in the dataset, found "./images/gone.jpg".'],
    },
  ]);

  const tree = treeOf({ 'classes.txt': 'cat\ndog\n', '1.jpg': '', '1.txt': '1 .5 .5 1 1' });
  assert.equal(await yolo.recognises(tree), true);
  const { dataset } = await yolo.read(tree);
  assert.equal(dataset.annotations[0].category_id, 2);
});

test('folders of classes are the classify task', async () => {
  const { dataset } = await yolo.read(treeOf({ 'train/cat/1.jpg': '', 'val/dog/2.jpg': '' }));
  assert.deepEqual(
    dataset.categories.map(({ name }) => name),
    ['cat', 'dog'],
  );
});

test('a bad line is reported with file and line, and the others are read', async () => {
  const lines = [
    '0 0.5 0.5 0.1 0.1',
    '2 0.5 0.5 0.1 0.1',
    '0 0.5 0.5 0.1',
    '0 0.5 nan 0.1 0.1',
    '0 320 240 64 48',
    '0 0.5 0.5 -0.1 0.1',
    '0.5 0.5 0.5 0.1 0.1',
    '0 0.5 0.5 0.1 0.1 7',
    'x',
    '0 0.1 0.1 0.2 0.2 0.3 0.3 2 1',
  ];
  const { dataset, losses } = await yolo.read(
    treeOf({
      ...detectFiles,
      'labels/train/a.txt': lines.join('\n'),
      'labels/train/orphan.txt': '0 0.5 0.5 0.1 0.1',
    }),
  );
  // A point may lie beyond the edge, by the picture's own size at most.
  assert.equal(dataset.annotations.length, 2);
  const [unusable] = losses;
  assert.equal(unusable.count, 9);
  assert.match(
    unusable.examples[0],
    /^labels\/train\/a\.txt:2: expected a class from 0 to 1, found "2"/,
  );
  assert.match(unusable.examples[1], /:3: expected a class and a box or polygon, found 4 columns/);
  assert.match(unusable.examples[2], /:4: expected a number, found "nan" in column 3/);
  assert.match(unusable.examples[3], /:5: expected a fraction .* Pixels must be divided/);
  assert.match(unusable.examples[8], /^labels\/train\/orphan\.txt: expected a picture/);
});

test('what everything rests on is refused with the place', async () => {
  const refused: [Record<string, string>, RegExp][] = [
    [{ 'data.yaml': 'names: [a, b]\nnc: 3' }, /data\.yaml nc: expected 2, the number of names/],
    [
      { 'data.yaml': 'names: {0: a, 2: b}' },
      /data\.yaml names: expected class indices from 0 to 1/,
    ],
    [{ 'data.yaml': 'names: [a]\nkpt_shape: [17]' }, /kpt_shape: expected \[number/],
    [{ 'data.yaml': 'names: [a]\nkpt_shape: [1e9, 3]' }, /kpt_shape/],
    [{ 'data.yaml': 'names: [a' }, /data\.yaml:1: expected a closing/],
    [{ 'a.yaml': 'names: [a]', 'b.yaml': 'names: [b]' }, /one data\.yaml, found a\.yaml, b\.yaml/],
    [{ 'labels/a.txt': '0 0 0 1 1' }, /expected data\.yaml or classes\.txt/],
    // Every record is bad: the first says why.
    [
      { ...detectFiles, 'labels/train/a.txt': '9 0 0 1 1' },
      /labels\/train\/a\.txt:1: expected a class/,
    ],
  ];
  for (const [files, message] of refused) await assert.rejects(yolo.read(treeOf(files)), message);
});

test('two classes of one name stay two', async () => {
  const { dataset, losses } = await yolo.read(
    treeOf({
      'data.yaml': 'train: images\nnames: [a, a]',
      'images/1.jpg': '',
      'labels/1.txt': '1 .5 .5 1 1',
    }),
  );
  assert.deepEqual(
    dataset.categories.map(({ name }) => name),
    ['a', 'a (2)'],
  );
  assert.equal(dataset.annotations[0].category_id, 2);
  assert.equal(losses[0].feature, 'category-names');
});

test('writes what Ultralytics reads', async () => {
  const image = { id: 1, file_name: 'b/a.jpg', width: 100, height: 50, split: 'val' };
  const dataset: CocoDataset = {
    images: [image, { ...image, id: 2, file_name: 'c.png', split: 'train' }],
    annotations: [
      { id: 1, image_id: 1, category_id: 9, bbox: [10, 10, 20, 20], area: 400, iscrowd: 0 },
      { id: 2, image_id: 1, category_id: 9, bbox: [-10, 40, 20, 20], area: 400, iscrowd: 0 },
    ],
    categories: [{ id: 9, name: '"quoted": #1' }],
  };
  const { files, losses } = yolo.write(dataset);
  assert.deepEqual(
    [...files],
    [
      {
        path: 'data.yaml',
        text: 'train: images/train\nval: images/val\nnames:\n  0: "\\"quoted\\": #1"\n',
      },
      { path: 'labels/train/c.txt', text: '' },
      { path: 'images/train/c.png', imageFileName: 'c.png' },
      { path: 'labels/val/b/a.txt', text: '0 0.2 0.4 0.2 0.4\n0 0.05 0.9 0.1 0.2\n' },
      { path: 'images/val/b/a.jpg', imageFileName: 'b/a.jpg' },
    ],
  );
  assert.deepEqual(
    losses.map(({ feature }) => feature),
    ['category-details', 'image-details', 'outside-picture', 'boxes', 'areas'],
  );
});

test('a mask of several parts with holes becomes one polygon of the same pixels', async () => {
  const bitmap = new Uint8Array(10 * 12);
  const fill = (x0: number, y0: number, x1: number, y1: number, value: number) => {
    for (let y = y0; y < y1; y++) bitmap.fill(value, y * 12 + x0, y * 12 + x1);
  };
  fill(0, 0, 5, 5, 1);
  fill(1, 1, 3, 3, 0);
  fill(7, 6, 12, 10, 1);
  const rle = rleFromBitmap(bitmap, 10, 12);
  const { read, writeLosses } = await roundTrip(yolo, {
    images: [{ id: 1, file_name: 'a.jpg', width: 12, height: 10 }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, segmentation: compressedFromRle(rle) }],
    categories: [{ id: 1, name: 'a' }],
  });
  const { segmentation } = read.dataset.annotations[0];
  assert.equal((segmentation as number[][]).length, 1);
  assert.deepEqual(rleFromSegmentation(segmentation as Segmentation, 10, 12), rle);
  assert.deepEqual(
    writeLosses.map(({ feature }) => feature),
    ['mask-pixels', 'mask-parts'],
  );
});

const carried: Partial<DatasetTraits> = {
  emptyPictures: true,
  unusedCategories: true,
  oddNames: true,
};

/** Datasets with a split for every picture or for none, numbered as the reader numbers them. */
function carriedDatasets(traits: Partial<DatasetTraits>) {
  return plainDataset({ ...carried, ...traits }).map((dataset) => {
    const images = dataset.images.filter(({ file_name }) => !file_name.includes('\\'));
    const ids = new Set(images.map(({ id }) => id));
    const hasSplits = images[0]?.split !== undefined;
    const pictures = images.map(({ split, ...image }) => {
      const name = splitNames.find((known) => known === split) ?? 'test';
      return hasSplits ? { ...image, split: name } : image;
    });
    const annotations = dataset.annotations.filter(({ image_id }) => ids.has(image_id));
    const orderOf = (split: unknown) => splitNames.indexOf(split as SplitName);
    return inReadingOrder({ ...dataset, images: pictures, annotations }, 'listed', (image) => {
      return `${orderOf(image.split)}/${image.file_name}`;
    });
  });
}

test('boxes come back without loss', async () => {
  await holdsLossless(yolo, carriedDatasets({ boxes: true, splits: true }), { task: 'detect' });
});

test('polygons come back without loss', async () => {
  await holdsLossless(yolo, carriedDatasets({ polygons: true, splits: true }), { task: 'segment' });
});

test('keypoints and their names come back without loss', async () => {
  const traits = { boxes: true, keypoints: true, hiddenKeypoints: true };
  const datasets = carriedDatasets(traits).map((dataset) => {
    const categories = dataset.categories.map((category) => {
      const names = ['nose', '左目', 'right eye'];
      return { ...category, keypoints: names };
    });
    // A pose dataset has keypoints for every object.
    const annotations = dataset.annotations.map((annotation) => ({
      ...annotation,
      keypoints: annotation.keypoints ?? [0, 0, 0, 0, 0, 0, 0, 0, 0],
    }));
    return { ...dataset, categories, annotations };
  });
  await holdsLossless(yolo, datasets, { task: 'pose' });
});

for (const task of ['detect', 'segment', 'pose'] as const) {
  test(`everything that the ${task} task cannot carry is reported`, async () => {
    await holdsLossesComplete(yolo, anyDataset(), { task });
  });
}

test('everything that the classify task cannot carry is reported', async () => {
  // Without a single label there is no folder to know the format by.
  const labelled = anyDataset().filter((dataset) => dataset.annotations.length > 0);
  await holdsLossesComplete(yolo, labelled, { task: 'classify' });
});

test('everything is reported when the dataset chooses the task', async () => {
  await holdsLossesComplete(yolo, anyDataset());
});

test('damaged files are read or refused', async () => {
  const poseFiles = {
    'data.yaml':
      "train: images/train.txt\nval: ['images/val', images]\nnames: {0: a, 1: 'b'}\nnc: 2\nkpt_shape: [2, 3]\nflip_idx: [1, 0]\nkpt_names:\n  0:\n  - x\n  - y\n",
    'images/train.txt': './a.jpg\nval/b.jpg\n',
    'images/a.jpg': '',
    'images/val/b.jpg': '',
    'labels/a.txt': '0 0.5 0.5 1 1 0.25 0.5 2 0 0 0\n1 0.5 0.5 1 1 0 0 0 0.1 0.1 1 0.5\n',
    'labels/val/b.txt': '0 0.5 0.5 1 1 0.25 0.5 2 0 0 0\n',
  };
  for (const files of [detectFiles, poseFiles]) {
    const sizes = Object.keys(files).filter((path) => /\.(?:jpg|png)$/.test(path));
    await holdsUnderDamage(
      yolo,
      new Map(Object.entries(files)),
      new Map(sizes.map((path) => [path, size])),
    );
  }
});

test('each thing that cannot be carried is reported by its own name', async () => {
  const mask = compressedFromRle(rleFromBitmap(new Uint8Array(5000).fill(1, 0, 100), 50, 100));
  const noPixels = compressedFromRle(rleFromBitmap(new Uint8Array(5000), 50, 100));
  const points = { category: { keypoints: ['a', 'b'] } };
  const two = oneAnnotation();
  const cases: [LossFeature[], WriteTask, CocoDataset][] = [
    [[], 'detect', oneAnnotation()],
    [[], 'segment', oneAnnotation(square)],
    [[], 'pose', oneAnnotation({ ...box, keypoints: [1, 2, 1, 0, 0, 0] }, points)],
    [['crowds', 'annotation-ids'], 'detect', withAnother({ iscrowd: 1 })],
    [['picture-labels', 'annotation-ids'], 'detect', withAnother({ bbox: undefined })],
    [['outside-picture', 'annotation-ids'], 'detect', withAnother({ bbox: [200, 0, 5, 5] })],
    [['outside-picture', 'boxes'], 'detect', oneAnnotation({ bbox: [-10, 0, 20, 20] })],
    [['precision'], 'detect', oneAnnotation({ bbox: [1.23456789, 0, 20, 20] })],
    [['areas'], 'detect', oneAnnotation({ ...box, area: 12 })],
    [['masks'], 'detect', oneAnnotation(square)],
    [['keypoints', 'skeleton'], 'detect', oneAnnotation({ ...box, keypoints: [1, 2, 2] }, points)],
    [['scores'], 'detect', oneAnnotation({ score: 0.5 })],
    [['attributes'], 'detect', oneAnnotation({ attributes: { a: 1 } })],
    [['attributes'], 'detect', oneAnnotation({ track: 7 })],
    [['splits'], 'detect', oneAnnotation({}, { image: { split: 'night' } })],
    [['image-details'], 'detect', oneAnnotation({}, { image: { license: 1 } })],
    [['category-details'], 'detect', oneAnnotation({}, { category: { supercategory: 'x' } })],
    [['file-names'], 'detect', oneAnnotation({}, { image: { file_name: 'x\\a.jpg' } })],
    [
      ['unusable-records', 'annotation-ids'],
      'detect',
      withAnother({ bbox: [1, 2, Number.NaN, 4] }),
    ],
    [['unusable-records', 'annotation-ids'], 'detect', withAnother({ image_id: 7 })],
    [['unusable-records', 'annotation-ids'], 'detect', withAnother({ category_id: 7 })],
    [
      ['unusable-records', 'annotation-ids'],
      'detect',
      withAnother({ segmentation: [[1, 2, 3, 4]] }),
    ],
    [
      ['unusable-records', 'annotation-ids'],
      'detect',
      withAnother({ segmentation: { size: [9, 9], counts: [81] } }),
    ],
    [['unusable-records', 'annotation-ids'], 'detect', withAnother({ keypoints: [1, 2] })],
    [['shapes'], 'segment', oneAnnotation()],
    [
      ['keypoints', 'skeleton'],
      'segment',
      oneAnnotation({ ...square, keypoints: [1, 2, 2] }, points),
    ],
    [['mask-parts'], 'segment', oneAnnotation(squareAndTriangle)],
    [['mask-pixels'], 'segment', oneAnnotation({ segmentation: mask })],
    [
      ['mask-pixels', 'masks', 'shapes'],
      'segment',
      oneAnnotation({ ...box, segmentation: noPixels }),
    ],
    [['boxes'], 'segment', oneAnnotation({ ...square, bbox: [0, 0, 9, 9] })],
    [['precision'], 'segment', oneAnnotation({ segmentation: [[1.23456789, 0, 20, 20, 0, 20]] })],
    [['outside-picture'], 'segment', oneAnnotation({ segmentation: [[-10, 0, 10, 0, 10, 10]] })],
    // Its box meets the picture, the polygon itself does not. The other annotation has none.
    [
      ['outside-picture', 'annotation-ids', 'shapes'],
      'segment',
      withAnother({ ...square, segmentation: [[-10, 5, 5, -10, -10, -10]], bbox: [0, 0, 5, 5] }),
    ],
    [['masks'], 'pose', oneAnnotation({ ...square, keypoints: [1, 2, 2, 0, 0, 0] }, points)],
    [['shapes'], 'pose', oneAnnotation({}, points)],
    [['keypoints'], 'pose', oneAnnotation({ ...box, keypoints: [1, 2, 2] }, points)],
    [
      ['keypoint-visibility'],
      'pose',
      oneAnnotation({ ...box, keypoints: [1, 2, 7, 0, 0, 0] }, points),
    ],
    [
      ['outside-picture'],
      'pose',
      oneAnnotation({ ...box, keypoints: [-1, 2, 2, 0, 0, 0] }, points),
    ],
    [
      ['precision'],
      'pose',
      oneAnnotation({ ...box, keypoints: [1.23456789, 2, 2, 0, 0, 0] }, points),
    ],
    [['boxes'], 'pose', oneAnnotation({ keypoints: [1, 2, 2, 5, 6, 2] }, points)],
    [
      ['category-details', 'category-names'],
      'detect',
      { ...two, categories: [...two.categories, { id: 2, name: 'cat' }] },
    ],
    [
      ['keypoints', 'annotation-ids'],
      'detect',
      withAnother({ bbox: undefined, keypoints: [0, 0, 0] }),
    ],
    [
      ['unusable-records'],
      'detect',
      { ...two, images: [...two.images, { id: 2, file_name: 'b.jpg', width: 0, height: 9 }] },
    ],
    [['info'], 'detect', { ...two, info: { year: 2026 } }],
    [['captions'], 'detect', { ...two, captions: [{ id: 1, image_id: 1, caption: 'x' }] }],
    [
      ['unusable-records', 'captions'],
      'detect',
      { ...two, captions: [{ id: 1, image_id: 9, caption: 'x' }] },
    ],
  ];
  for (const [features, task, dataset] of cases) {
    const what = JSON.stringify(dataset);
    assert.deepEqual(await lossesOfRoundTrip(yolo, dataset, { task }), features.sort(), what);
  }
});
