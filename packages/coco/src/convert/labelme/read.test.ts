import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish } from '../../phrase.ts';
import { wholeText } from '../memory-tree.ts';
import { lossesInEnglish } from '../testing/losses-in-english.ts';
import { labelme } from './labelme.ts';
import { annotationsOf, fileOf, shape, size, treeOf } from './testing/labelme-files.ts';

test('reads polygons and boxes with flags, descriptions and groups', async () => {
  const { dataset, annotations, losses } = await annotationsOf([
    shape(
      '猫',
      'polygon',
      [
        [10, 10],
        [50.5, 10],
        [50.5, 40],
      ],
      { flags: { occluded: true, young: false } },
    ),
    shape(
      'dog',
      'rectangle',
      [
        [100, 90],
        [20, 30.5],
      ],
      { group_id: 4, description: 'asleep' },
    ),
  ]);
  assert.deepEqual(losses, []);
  assert.deepEqual(dataset.images, [{ id: 1, file_name: 'a.jpg', ...size }]);
  assert.deepEqual(annotations, [
    {
      category_id: 1,
      segmentation: [[10, 10, 50.5, 10, 50.5, 40]],
      attributes: { occluded: true, young: false },
      bbox: [10, 10, 40.5, 30],
      area: 607.5,
      iscrowd: 0,
    },
    {
      category_id: 2,
      bbox: [20, 30.5, 80, 59.5],
      attributes: { description: 'asleep', group_id: 4 },
      area: 4760,
      iscrowd: 0,
    },
  ]);
});

test('polygons of one label and group are one object, boxes and other labels are not', async () => {
  const triangle = [
    [0, 0],
    [4, 0],
    [4, 4],
  ];
  const { annotations } = await annotationsOf([
    shape('cat', 'polygon', triangle, { group_id: 1 }),
    shape('dog', 'polygon', triangle, { group_id: 1 }),
    shape(
      'cat',
      'polygon',
      [
        [8, 8],
        [9, 8],
        [9, 9],
      ],
      { group_id: 1 },
    ),
    shape(
      'cat',
      'rectangle',
      [
        [0, 0],
        [1, 1],
      ],
      { group_id: 1 },
    ),
  ]);
  assert.deepEqual(
    annotations.map(({ segmentation, attributes }) => [
      (segmentation as number[][])?.length,
      attributes,
    ]),
    [
      [2, undefined],
      [1, { group_id: 1 }],
      [undefined, { group_id: 1 }],
    ],
  );
});

test('points are keypoints of the one object in their group, or objects themselves', async () => {
  const { dataset, losses } = await annotationsOf([
    shape('left eye', 'point', [[3, 4]], { group_id: 0, flags: { hidden: true } }),
    shape(
      'face',
      'rectangle',
      [
        [0, 0],
        [9, 9],
      ],
      { group_id: 0 },
    ),
    shape('nose', 'point', [[5, 6]], { group_id: 0 }),
    shape(
      'face',
      'rectangle',
      [
        [20, 20],
        [30, 30],
      ],
      { group_id: 2 },
    ),
    shape('nose', 'point', [[25, 26]], { group_id: 2 }),
    shape('cell', 'point', [[7, 7]]),
  ]);
  assert.deepEqual(losses, []);
  assert.deepEqual(dataset.categories, [
    { id: 1, name: 'face', keypoints: ['left eye', 'nose'] },
    { id: 2, name: 'cell', keypoints: ['cell'] },
  ]);
  assert.deepEqual(
    dataset.annotations.map(({ bbox, keypoints, num_keypoints }) => [
      bbox,
      keypoints,
      num_keypoints,
    ]),
    [
      [[0, 0, 9, 9], [3, 4, 1, 5, 6, 2], 2],
      [[20, 20, 10, 10], [0, 0, 0, 25, 26, 2], 1],
      [undefined, [7, 7, 2], 1],
    ],
  );
});

test("reads labelme's pixel masks, which are PNG files of a part of the picture", async () => {
  // The ring of the PNG tests, at (10, 20).
  const mask =
    'iVBORw0KGgoAAAANSUhEUgAAAAYAAAAFAQAAAABOI6BLAAAAEklEQVR4nGP4w9TBpMD0gOEPABD+A4fidFVLAAAAAElFTkSuQmCC';
  const { annotations, losses } = await annotationsOf([
    shape(
      'cat',
      'mask',
      [
        [10, 20],
        [15, 24],
      ],
      { mask },
    ),
  ]);
  assert.deepEqual(losses, []);
  assert.deepEqual([annotations[0].bbox, annotations[0].area], [[10, 20, 6, 5], 19]);
});

test('circles and turned boxes become polygons, lines are left out, and all of it is reported', async () => {
  const { annotations, losses } = await annotationsOf([
    shape('cell', 'circle', [
      [50, 50],
      [50, 60],
    ]),
    shape('ship', 'oriented_rectangle', [
      [0, 5],
      [5, 0],
      [10, 5],
      [5, 10],
    ]),
    shape('road', 'linestrip', [
      [0, 0],
      [1, 1],
      [2, 0],
    ]),
    shape('road', 'line', [
      [0, 0],
      [1, 1],
    ]),
    shape('hint', 'points', [
      [0, 0],
      [1, 1],
    ]),
  ]);
  assert.equal(annotations.length, 2);
  assert.ok(Math.abs(annotations[0].area! / (Math.PI * 100) - 1) < 0.0005);
  assert.equal(annotations[1].area, 50);
  assert.deepEqual(
    losses.map(({ feature, count, examples }) => [feature, count, examples[0]]),
    [
      ['shapes', 4, 'a.json shapes[0]'],
      ['rotation', 1, 'a.json shapes[1]'],
    ],
  );
});

test('a turned box stays one on the way through COCO', async () => {
  const ship = shape('ship', 'oriented_rectangle', [
    [30, 10],
    [40, 20],
    [20, 40],
    [10, 30],
  ]);
  const { dataset } = await annotationsOf([ship]);
  const [annotation] = dataset.annotations;
  assert.deepEqual(annotation.segmentation, [[30, 10, 40, 20, 20, 40, 10, 30]]);
  assert.equal(annotation.attributes?.rotation, 45);
  const [file] = labelme.write(dataset).files;
  assert.ok('text' in file);
  const [written] = JSON.parse(await wholeText(file.text)).shapes;
  assert.deepEqual([written.shape_type, written.points], [ship.shape_type, ship.points]);
});

test('flags of the file are labels of the picture, its description is a caption', async () => {
  const { dataset } = await annotationsOf([], {
    flags: { blurry: true, night: false },
    description: 'a cat',
  });
  assert.deepEqual(dataset.annotations, [{ id: 1, image_id: 1, category_id: 1 }]);
  assert.deepEqual(dataset.categories, [{ id: 1, name: 'blurry' }]);
  assert.deepEqual(dataset.captions, [{ id: 1, image_id: 1, caption: 'a cat' }]);
});

test('what a file says and COCO cannot is reported', async () => {
  const { losses } = await annotationsOf(
    [
      shape(
        'face',
        'polygon',
        [
          [0, 0],
          [9, 0],
          [9, 9],
        ],
        { group_id: 1, description: 'left' },
      ),
      shape(
        'face',
        'polygon',
        [
          [20, 0],
          [29, 0],
          [29, 9],
        ],
        { group_id: 1, description: 'right' },
      ),
      shape('eye', 'point', [[1, 1]], { group_id: 1, flags: { closed: true } }),
      shape('eye', 'point', [[2, 2]], { group_id: 1 }),
    ],
    { camera: 'roof' },
  );
  assert.deepEqual(losses, [
    { feature: 'image-details', count: 1, examples: ['a.json camera'] },
    {
      feature: 'attributes',
      count: 2,
      examples: ['a.json shapes[1]: description', 'a.json shapes[2]'],
    },
    { feature: 'keypoints', count: 1, examples: ['a.json shapes[3]'] },
  ]);
});

test('finds the picture wherever the file says, and lists pictures without a file', async () => {
  const { dataset, imagePaths, losses } = await labelme.read(
    treeOf({
      'json/a.json': fileOf([], { imagePath: '..\\images\\写真 a.jpg' }),
      'json/b.json': fileOf([], { imagePath: '/home/me/b.jpg', imageData: 'AAAA' }),
      'images/写真 a.jpg': '',
      'images/c.png': '',
    }),
  );
  assert.deepEqual(
    dataset.images.map(({ file_name }) => file_name),
    ['images/写真 a.jpg', 'json/b.jpg', 'images/c.png'],
  );
  assert.equal(imagePaths.get('images/写真 a.jpg'), 'images/写真 a.jpg');
  assert.deepEqual(lossesInEnglish(losses), [
    { feature: 'image-details', count: 1, examples: ['json/b.json: the embedded picture'] },
  ]);
});

test('a bad shape or file is reported by its place, and the others are read', async () => {
  const bad = [
    shape('a', 'polygon', [
      [0, 0],
      [1, 1],
    ]),
    shape('a', 'rectangle', [[0, 0]]),
    shape('a', 'circle', [
      [1, 1],
      [1, 1],
    ]),
    shape(
      'a',
      'mask',
      [
        [1, 1],
        [2, 2],
      ],
      { mask: 'AAAA' },
    ),
    shape('a', 'polygon', [
      [0, 0],
      [1, null as never],
      [1, 1],
    ]),
    shape(7 as never, 'point', [[1, 1]]),
    shape('a', 'point', [[1, 1e12]]),
    null,
  ];
  const { dataset, losses } = await labelme.read(
    treeOf({
      'a.json': fileOf([...bad, shape('a', 'point', [[1, 1]])]),
      'broken.json': '{"shapes": [',
      'other.json': { hello: 1 },
      'twice.json': fileOf([]),
      'nowhere.json': fileOf([], { imagePath: 'b.jpg', imageWidth: 0 }),
    }),
  );
  assert.equal(dataset.annotations.length, 1);
  assert.equal(losses[0].count, bad.length + 4);
  const expected = [
    /^a\.json shapes\[0\]\.points: expected 3 points or more, found 2/,
    /^a\.json shapes\[1\]\.points: expected two corners/,
    /^a\.json shapes\[2\]: expected a circle of a size/,
    /^a\.json shapes\[3\]: expected a PNG file of a mask, found other bytes/,
    /^a\.json shapes\[4\]\.points\[1\]: expected a point \[x, y\] in pixels, found \[1,null\]/,
    /^a\.json shapes\[5\]\.label: expected a name, found 7/,
    /^a\.json shapes\[6\]\.points\[0\]/,
    /^a\.json shapes\[7\]: expected a shape, found null/,
    /^broken\.json: expected JSON/,
    /^nowhere\.json: expected the picture's size/,
  ];
  expected.forEach((message, index) => {
    assert.match(inEnglish(losses[0].examples[index]), message);
  });
  await assert.rejects(labelme.read(treeOf({ 'a.json': '{' })), /a\.json: expected JSON/);
  await assert.rejects(labelme.read(treeOf({ 'a.jpg': '' })), /expected labelme files/);
});
