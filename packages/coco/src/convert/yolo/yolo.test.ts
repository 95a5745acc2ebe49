import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleFromBitmap } from '../../mask/rle.ts';
import { compressedFromRle } from '../../mask/rle-text.ts';
import { rleFromSegmentation } from '../../mask/segmentation.ts';
import type { CocoDataset, Segmentation } from '../../types.ts';
import type { WriteTask } from '../format.ts';
import type { LossFeature } from '../loss.ts';
import { memoryTree, treeOfFiles } from '../memory-tree.ts';
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
import { detectFiles, size } from './testing/yolo-files.ts';
import { yolo } from './yolo.ts';

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

test('without pictures, lists say which ones of a folder are meant', async () => {
  const read = async (splits: (string | undefined)[]) => {
    const images = splits.map((split, index) => {
      const file_name = index === 0 ? 'b/a.jpg' : `${index}.jpg`;
      return { id: index + 1, file_name, ...size, ...(split !== undefined && { split }) };
    });
    const annotations = images.map(({ id }) => {
      const bbox: [number, number, number, number] = [64, 48, 64, 48];
      return { id, image_id: id, category_id: 1, bbox, area: 3072, iscrowd: 0 as const };
    });
    const categories = [{ id: 1, name: 'cat' }];
    const { files } = yolo.write({ images, annotations, categories }, { withImages: false });
    const labels = await treeOfFiles(files, () => size);
    const texts = new Map<string, string>();
    for (const path of labels.paths) {
      texts.set(path, new TextDecoder().decode(await labels.read(path)));
    }
    // As `--images` has them: all that a folder holds.
    const held = ['images/b/a.jpg', 'images/1.jpg', 'images/2.jpg', 'images/a.jpg'];
    const all = new Map([...texts, ...held.map((path) => [path, ''] as const)]);
    const tree = memoryTree(all, new Map(held.map((path) => [path, size])));
    const { dataset, losses } = await yolo.read(tree);
    assert.deepEqual(losses, []);
    assert.equal(dataset.annotations.length, images.length);
    return dataset.images.map(({ file_name, split }) => `${file_name} ${split}`);
  };
  assert.deepEqual(await read(['train', 'val']), ['b/a.jpg train', '1.jpg val']);
  assert.deepEqual(await read(['train', 'train']), ['1.jpg train', 'b/a.jpg train']);
  assert.deepEqual(await read([undefined, undefined]), ['1.jpg undefined', 'b/a.jpg undefined']);
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

test('a pose dataset without keypoints is refused, not written as one of boxes', () => {
  assert.throws(
    () => yolo.write(oneAnnotation(), { task: 'pose' }),
    /expected keypoints to write for the task pose, found none\. Choose detect or segment\./,
  );
});

for (const task of ['detect', 'segment', 'pose'] as const) {
  test(`everything that the ${task} task cannot carry is reported`, async () => {
    const datasets = anyDataset().filter(({ categories }) => {
      return task !== 'pose' || categories.some(({ keypoints = [] }) => keypoints.length > 0);
    });
    await holdsLossesComplete(yolo, datasets, { task });
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
