import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleFromBitmap } from '../../mask/rle.ts';
import { compressedFromRle } from '../../mask/rle-text.ts';
import type { CocoDataset } from '../../types.ts';
import type { LossFeature } from '../loss.ts';
import { wholeText } from '../memory-tree.ts';
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
import { fileOf, hasPictures, shape, size } from './testing/labelme-files.ts';

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
