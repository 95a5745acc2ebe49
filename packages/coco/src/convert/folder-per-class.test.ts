import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inEnglish } from '../phrase.ts';
import type { CocoDataset } from '../types.ts';
import { isPictureLabel } from './conventions.ts';
import { folderPerClass } from './folder-per-class.ts';
import type { LossFeature } from './loss.ts';
import { memoryTree } from './memory-tree.ts';
import { lossesInEnglish } from './testing/losses-in-english.ts';
import { box, oneAnnotation, square, withAnother } from './testing/one-annotation.ts';
import { anyDataset, inReadingOrder, plainDataset } from './testing/random-dataset.ts';
import {
  holdsLossesComplete,
  holdsLossless,
  lossesOfRoundTrip,
  roundTrip,
} from './testing/round-trip.ts';

const size = { width: 8, height: 6 };

function treeOf(...paths: string[]) {
  const files = new Map(paths.map((path) => [path, '']));
  return memoryTree(files, new Map(paths.map((path) => [path, size])));
}

test('the top folder is the class, whatever lies below it', async () => {
  const tree = treeOf('犬/1.jpg', 'cat/b/2.PNG', 'cat/1.jpg', 'loose.jpg');
  const { dataset, imagePaths, losses } = await folderPerClass.read(tree);
  assert.deepEqual(dataset.categories, [
    { id: 1, name: 'cat' },
    { id: 2, name: '犬' },
  ]);
  assert.deepEqual(
    dataset.images.map((image) => image.file_name),
    ['cat/1.jpg', 'cat/b/2.PNG', 'loose.jpg', '犬/1.jpg'],
  );
  // A label of the whole picture has no box: see conventions.ts.
  assert.deepEqual(dataset.annotations, [
    { id: 1, image_id: 1, category_id: 1 },
    { id: 2, image_id: 2, category_id: 1 },
    { id: 3, image_id: 4, category_id: 2 },
  ]);
  assert.equal(imagePaths.get('犬/1.jpg'), '犬/1.jpg');
  assert.deepEqual(losses, []);
});

test('split folders are no classes, and a name used in two splits is told apart', async () => {
  const tree = treeOf('set/train/cat/1.jpg', 'set/train/dog/2.jpg', 'set/val/cat/1.jpg');
  const { dataset, imagePaths } = await folderPerClass.read(tree);
  assert.deepEqual(
    dataset.images.map(({ file_name, split }) => [file_name, split]),
    [
      ['train/cat/1.jpg', 'train'],
      ['dog/2.jpg', 'train'],
      ['val/cat/1.jpg', 'val'],
    ],
  );
  assert.equal(imagePaths.get('dog/2.jpg'), 'set/train/dog/2.jpg');
  assert.equal(dataset.categories.length, 2);
});

test('a picture that does not open is reported and the others are read', async () => {
  const tree = memoryTree(
    new Map([
      ['cat/1.jpg', ''],
      ['cat/2.jpg', ''],
    ]),
    new Map([['cat/2.jpg', size]]),
  );
  const { dataset, losses } = await folderPerClass.read(tree);
  assert.equal(dataset.images.length, 1);
  assert.equal(losses[0].feature, 'unusable-records');
  assert.match(inEnglish(losses[0].examples[0]), /^cat\/1\.jpg: expected a picture/);
});

test('only folders of pictures without label files are taken for this format', async () => {
  assert.equal(await folderPerClass.recognises(treeOf('a/1.jpg', 'b/2.jpg')), true);
  assert.equal(await folderPerClass.recognises(treeOf('1.jpg', '2.jpg')), false);
  assert.equal(await folderPerClass.recognises(treeOf('a/1.jpg', 'a/1.json')), false);
  assert.equal(await folderPerClass.recognises(treeOf()), false);
});

test('class names that no folder can have are changed and reported', async () => {
  const dataset = {
    images: ['a', 'b', 'c'].map((name, i) => ({ id: i + 1, file_name: `${name}.jpg`, ...size })),
    annotations: [1, 2, 3].map((id) => ({ id, image_id: id, category_id: id })),
    categories: ['a/b', 'a_b', '..'].map((name, i) => ({ id: i + 1, name })),
  };
  const { tree, writeLosses } = await roundTrip(folderPerClass, dataset);
  assert.deepEqual(tree.paths, ['_../c.jpg', 'a_b/a.jpg', 'a_b_2/b.jpg']);
  const renamed = writeLosses.find((loss) => loss.feature === 'category-names');
  assert.deepEqual(renamed, {
    feature: 'category-names',
    count: 3,
    examples: ['".."', '"a/b"', '"a_b"'],
  });
});

test('labels of whole pictures come back without loss', async () => {
  const traits = { pictureLabels: true, emptyPictures: true };
  const datasets = plainDataset(traits).map((dataset) => {
    const nameOf = (id: number) => dataset.categories.find((category) => category.id === id)!.name;
    // One label a picture, and the name as the reader gives it: below the class's folder.
    const annotations = dataset.annotations.filter(
      (a, i, all) => all.findIndex((b) => b.image_id === a.image_id) === i,
    );
    const images = dataset.images.map((image) => {
      const label = annotations.find((annotation) => annotation.image_id === image.id);
      if (label === undefined) return image;
      return { ...image, file_name: `${nameOf(label.category_id)}/${image.file_name}` };
    });
    const used = new Set(annotations.map((annotation) => annotation.category_id));
    const categories = dataset.categories
      .filter(({ id }) => used.has(id))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return inReadingOrder({ images, annotations, categories }, 'listed');
  });
  await holdsLossless(folderPerClass, datasets);
});

test('everything else that COCO can say is reported', async () => {
  // Half of the names lie in a folder already, or no picture would keep its name and be compared.
  const datasets = fc.tuple(anyDataset(), fc.boolean()).map(([dataset, isPlaced]) => {
    if (!isPlaced) return dataset;
    const images = dataset.images.map((image) => {
      const annotations = dataset.annotations.filter(({ image_id }) => image_id === image.id);
      const label = annotations.find(isPictureLabel) ?? annotations[0];
      const category = dataset.categories.find(({ id }) => id === label?.category_id);
      const isPlain = category !== undefined && /^[a-z]+$/i.test(category.name);
      return isPlain ? { ...image, file_name: `${category.name}/${image.file_name}` } : image;
    });
    return { ...dataset, images };
  });
  await holdsLossesComplete(folderPerClass, datasets);
});

test('every object that a picture cannot keep is counted', async () => {
  const dataset = oneAnnotation({}, { image: { file_name: 'cat/a.jpg' } });
  const [annotation] = dataset.annotations;
  dataset.annotations = [1, 2, 3, 4].map((id) => ({ ...annotation, id }));
  // Counting pictures, it told of 203 where 2,600 objects were gone.
  const lost = folderPerClass.write(dataset).losses;
  assert.deepEqual(
    lossesInEnglish(lost).find(({ feature }) => feature === 'several-labels'),
    { feature: 'several-labels', count: 3, examples: ['images[0]: 3 besides the one kept'] },
  );
});

test('each thing that cannot be carried is reported by its own name', async () => {
  const image = { file_name: 'cat/a.jpg' };
  const bare = { bbox: undefined, area: undefined, iscrowd: undefined };
  const labels = withAnother(bare);
  labels.images[0].file_name = 'cat/a.jpg';
  const cases: [LossFeature[], CocoDataset][] = [
    [['boxes'], oneAnnotation({}, { image })],
    [['boxes', 'masks'], oneAnnotation(square, { image })],
    [['keypoints'], oneAnnotation({ keypoints: [1, 2, 2] }, { image })],
    [['boxes', 'crowds'], oneAnnotation({ ...box, iscrowd: 1 }, { image })],
    [['several-labels'], labels],
    [['boxes', 'splits'], oneAnnotation({}, { image: { ...image, split: 'night' } })],
    [['boxes', 'file-names'], oneAnnotation()],
    [
      ['unusable-records', 'unused-categories'],
      oneAnnotation({}, { image: { file_name: 'a.doc' } }),
    ],
  ];
  for (const [features, dataset] of cases) {
    const found = await lossesOfRoundTrip(folderPerClass, dataset);
    assert.deepEqual(found, features.sort(), JSON.stringify(dataset));
  }
});
