import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleFromBitmap } from '../../mask/rle.ts';
import { compressedFromRle } from '../../mask/rle-text.ts';
import type { CocoDataset } from '../../types.ts';
import type { LossFeature } from '../loss.ts';
import { memoryTree, wholeText } from '../memory-tree.ts';
import {
  box,
  oneAnnotation,
  square,
  squareAndTriangle,
  withAnother,
} from '../testing/one-annotation.ts';
import { anyDataset, inReadingOrder, plainDataset } from '../testing/random-dataset.ts';
import {
  holdsLossesComplete,
  holdsLossless,
  holdsUnderDamage,
  lossesOfRoundTrip,
  roundTrip,
} from '../testing/round-trip.ts';
import { labelme } from './labelme.ts';

const size = { width: 640, height: 480 };

function treeOf(files: Record<string, unknown>) {
  const texts = Object.entries(files).map(([path, content]): [string, string] => {
    return [path, typeof content === 'string' ? content : JSON.stringify(content)];
  });
  const sizes = Object.keys(files).filter((path) => /\.(?:jpg|png)$/.test(path));
  return memoryTree(new Map(texts), new Map(sizes.map((path) => [path, size])));
}

function fileOf(shapes: unknown[], others: object = {}) {
  return {
    version: '5.4.1',
    flags: {},
    shapes,
    imagePath: 'a.jpg',
    imageData: null,
    imageHeight: 480,
    imageWidth: 640,
    ...others,
  };
}

function shape(label: string, shape_type: string, points: number[][], others: object = {}) {
  return { label, points, group_id: null, description: '', shape_type, flags: {}, ...others };
}

/** Without pictures there are no files, which is no labelme dataset. */
function hasPictures({ images }: CocoDataset): boolean {
  return images.length > 0;
}

/** What the annotations say, without ids and what every one has. */
async function annotationsOf(shapes: unknown[], others?: object) {
  const tree = treeOf({ 'a.json': fileOf(shapes, others), 'a.jpg': '' });
  assert.equal(await labelme.recognises(tree), true);
  const { dataset, losses } = await labelme.read(tree);
  const annotations = dataset.annotations.map(
    ({ id: _, image_id: __, ...annotation }) => annotation,
  );
  return { dataset, annotations, losses };
}

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
  assert.deepEqual(losses, [
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
    assert.match(losses[0].examples[index], message);
  });
  await assert.rejects(labelme.read(treeOf({ 'a.json': '{' })), /a\.json: expected JSON/);
  await assert.rejects(labelme.read(treeOf({ 'a.jpg': '' })), /expected labelme files/);
});

test('writes a file that labelme opens', async () => {
  const dataset = oneAnnotation({
    ...squareAndTriangle,
    attributes: { occluded: true, description: 'x', age: 3 },
  });
  const [file] = labelme.write(dataset).files;
  assert.ok('text' in file);
  assert.equal(file.path, 'a.json');
  const first = {
    label: 'cat',
    points: [
      [10, 10],
      [30, 10],
      [30, 30],
      [10, 30],
    ],
    group_id: 1,
    description: 'x',
    shape_type: 'polygon',
    flags: { occluded: true },
    attributes: { age: 3 },
  };
  const { attributes: _, ...second } = {
    ...first,
    points: [
      [50, 10],
      [60, 10],
      [60, 20],
    ],
  };
  assert.deepEqual(JSON.parse(await wholeText(file.text)), {
    version: '5.5.0',
    flags: {},
    shapes: [first, second],
    imagePath: 'a.jpg',
    imageData: null,
    imageHeight: 50,
    imageWidth: 100,
  });
});

test('shapes, masks, keypoints, scores, attributes and labels come back without loss', async () => {
  const datasets = plainDataset({
    boxes: true,
    polygons: true,
    parts: true,
    masks: true,
    hiddenKeypoints: true,
    keypoints: true,
    scores: true,
    attributes: true,
    outside: true,
    emptyPictures: true,
    oddNames: true,
  }).map((dataset) => {
    const images = dataset.images.filter(({ file_name }) => !file_name.includes('\\'));
    const ids = new Set(images.map(({ id }) => id));
    const annotations = dataset.annotations.filter(({ image_id, keypoints }) => {
      const hasPoint = keypoints === undefined || keypoints.some((value) => value > 0);
      return ids.has(image_id) && hasPoint;
    });
    const used = new Set(annotations.map(({ category_id }) => category_id));
    const categories = dataset.categories.filter(({ id }) => used.has(id));
    return inReadingOrder({ ...dataset, images, annotations, categories }, 'first use', (image) => {
      return image.file_name.replace(/\.[^.]*$/, '.json');
    });
  });
  await holdsLossless(labelme, datasets.filter(hasPictures));
});

test('labels of whole pictures, captions and lone points come back without loss', async () => {
  const point = { keypoints: [1, 2, 1], num_keypoints: 1, iscrowd: 0 as const };
  const dataset: CocoDataset = {
    images: [{ id: 1, file_name: 'a.jpg', ...size }],
    annotations: [
      { id: 1, image_id: 1, category_id: 1 },
      { id: 2, image_id: 1, category_id: 2 },
      { id: 3, image_id: 1, category_id: 3, ...point, attributes: { hidden: true, group_id: 3 } },
    ],
    categories: [
      { id: 1, name: '7' },
      { id: 2, name: '__proto__' },
      { id: 3, name: 'cell', keypoints: ['cell'] },
    ],
    captions: [{ id: 1, image_id: 1, caption: 'two\nlines' }],
  };
  const { read, writeLosses } = await roundTrip(labelme, dataset);
  assert.deepEqual(writeLosses, []);
  assert.deepEqual(read.dataset, dataset);
});

test('everything else that COCO can say is reported', async () => {
  await holdsLossesComplete(labelme, anyDataset().filter(hasPictures));
});

test('each thing that cannot be carried is reported by its own name', async () => {
  const noPixels = compressedFromRle(rleFromBitmap(new Uint8Array(5000), 50, 100));
  const points = { category: { keypoints: ['a', 'b'] } };
  const two = oneAnnotation();
  const label = { bbox: undefined, area: undefined, iscrowd: undefined };
  const cases: [LossFeature[], CocoDataset][] = [
    [[], oneAnnotation(squareAndTriangle)],
    [['crowds'], oneAnnotation({ ...box, iscrowd: 1 })],
    [['masks'], oneAnnotation({ ...box, segmentation: noPixels })],
    [['boxes'], oneAnnotation({ ...square, bbox: [0, 0, 9, 9] })],
    [['areas'], oneAnnotation({ ...box, area: 3 })],
    [['precision'], oneAnnotation({ bbox: [1.5, 2, 3.123456789, 4] })],
    [['keypoints'], oneAnnotation({ ...box, keypoints: [1, 2, 2] }, points)],
    [['keypoints'], oneAnnotation({ ...box, keypoints: [1, 2, 2, 5, 5, 0] }, points)],
    [['keypoints'], oneAnnotation({ ...box, keypoints: [0, 0, 0, 0, 0, 0] }, points)],
    [['keypoint-visibility'], oneAnnotation({ ...box, keypoints: [1, 2, 2, 5, 5, 9] }, points)],
    [['skeleton'], oneAnnotation({ ...box, keypoints: [1, 2, 2] })],
    [
      ['skeleton'],
      oneAnnotation(
        { ...box, keypoints: [1, 2, 2, 3, 4, 2] },
        { category: { keypoints: ['a', 'a'] } },
      ),
    ],
    [['skeleton'], oneAnnotation({}, { category: { skeleton: [[1, 2]] } })],
    [['boxes'], oneAnnotation({ keypoints: [1, 2, 2, 5, 5, 2] }, points)],
    [['annotation-ids', 'keypoints'], withAnother({ bbox: undefined, keypoints: [0, 0, 0] })],
    [['attributes'], oneAnnotation({ attributes: 'x' as never })],
    [['attributes'], oneAnnotation({ track: 1 })],
    [['scores'], withAnother({ ...label, score: 0.5 })],
    [['attributes'], withAnother({ ...label, attributes: { a: 1 } })],
    [
      ['picture-labels'],
      { ...two, annotations: [1, 2].map((id) => ({ id, image_id: 1, category_id: 1 })) },
    ],
    [['captions'], { ...two, captions: [1, 2].map((id) => ({ id, image_id: 1, caption: 'x' })) }],
    [['captions'], { ...two, captions: [{ id: 1, image_id: 1, caption: '' }] }],
    [['splits'], oneAnnotation({}, { image: { split: 'train' } })],
  ];
  for (const [features, dataset] of cases) {
    assert.deepEqual(await lossesOfRoundTrip(labelme, dataset), features, JSON.stringify(dataset));
  }
});

test('damaged files are read or refused', async () => {
  const mask =
    'iVBORw0KGgoAAAANSUhEUgAAAAYAAAAFAQAAAABOI6BLAAAAEklEQVR4nGP4w9TBpMD0gOEPABD+A4fidFVLAAAAAElFTkSuQmCC';
  const shapes = [
    shape(
      'cat',
      'mask',
      [
        [10, 20],
        [15, 24],
      ],
      { mask, group_id: 1 },
    ),
    shape(
      'cat',
      'polygon',
      [
        [1, 2],
        [3, 4],
        [5, 0],
      ],
      { group_id: 1, flags: { a: true } },
    ),
    shape(
      'dog',
      'rectangle',
      [
        [1, 2],
        [3, 4],
      ],
      { group_id: 2, score: 0.5 },
    ),
    shape('eye', 'point', [[1, 2]], { group_id: 2 }),
    shape('sun', 'circle', [
      [1, 2],
      [3, 4],
    ]),
  ];
  const others = {
    flags: { night: true },
    description: 'x',
    keypoint_names: { dog: ['eye', 'ear'] },
  };
  const files = new Map([
    ['a.json', JSON.stringify(fileOf(shapes, others))],
    ['x/b.json', JSON.stringify(fileOf(shapes.slice(2), { imagePath: '../a.png' }), null, 2)],
    ['a.jpg', ''],
    ['a.png', ''],
  ]);
  await holdsUnderDamage(labelme, files, new Map(['a.jpg', 'a.png'].map((path) => [path, size])));
});
