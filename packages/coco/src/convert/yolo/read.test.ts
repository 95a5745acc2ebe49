import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish } from '../../phrase.ts';
import { lossesInEnglish } from '../testing/losses-in-english.ts';
import { detectFiles, size, treeOf } from './testing/yolo-files.ts';
import { yolo } from './yolo.ts';

test('reads boxes, scores, splits, empty pictures and names from a detect dataset', async () => {
  const tree = treeOf(detectFiles);
  assert.equal(await yolo.recognises(tree), true);
  const { dataset, losses, imagePaths } = await yolo.read(tree);
  assert.deepEqual(losses, [
    { feature: 'unlabelled-pictures', count: 1, examples: ['images/val/a.jpg'] },
  ]);
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

test('a dataset whose label files are elsewhere is refused, not read as empty pictures', async () => {
  const pictures = Object.fromEntries(
    Object.entries(detectFiles).filter(([path]) => !path.startsWith('labels/')),
  );
  await assert.rejects(
    yolo.read(treeOf(pictures)),
    /^CocoError: labels\/: expected a label file \(\.txt\) for some of the pictures, found none for 3\./,
  );
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
  assert.deepEqual(lossesInEnglish(listed.losses), [
    {
      feature: 'unusable-records',
      count: 1,
      examples: ['train.txt:4: expected a picture in the dataset, found "./images/gone.jpg".'],
    },
    { feature: 'unlabelled-pictures', count: 2, examples: ['images/2.jpg', 'images/3.jpg'] },
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
    inEnglish(unusable.examples[0]),
    /^labels\/train\/a\.txt:2: expected a class from 0 to 1, found "2"/,
  );
  assert.match(
    inEnglish(unusable.examples[1]),
    /:3: expected a class and a box or polygon, found 4 columns/,
  );
  assert.match(inEnglish(unusable.examples[2]), /:4: expected a number, found "nan" in column 3/);
  assert.match(
    inEnglish(unusable.examples[3]),
    /:5: expected a fraction .* Pixels must be divided/,
  );
  assert.match(inEnglish(unusable.examples[8]), /^labels\/train\/orphan\.txt: expected a picture/);
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
      { ...detectFiles, 'labels/train/a.txt': '9 0 0 1 1\n'.repeat(3) },
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
