import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Rle } from '../mask/rle.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import { inEnglish } from '../phrase.ts';
import type { CocoDataset } from '../types.ts';
import { convert, type FormatName, formatByName, formats, recogniseFormat } from './formats.ts';
import { memoryTree, treeOfFiles } from './memory-tree.ts';
import { oneAnnotation, square } from './testing/one-annotation.ts';
import { anyDataset } from './testing/random-dataset.ts';
import { roundTrip } from './testing/round-trip.ts';

const data = new URL('../../../../../shared/data/', import.meta.url);
const skip = existsSync(data) ? false : 'the sample data are not beside the repository';

/** Every format there is, by the name under which people ask for it. */
const names: FormatName[] = [
  'coco',
  'yolo',
  'voc',
  'labelme',
  'cvat',
  'label-studio',
  'folder-per-class',
  'csv',
];

test('all formats are there under their own names', () => {
  assert.deepEqual(Object.keys(formatByName), names);
  for (const name of names) assert.equal(formatByName[name].name, name);
  assert.equal(new Set(formats.map(({ title }) => title)).size, names.length);
});

test("each format's files are recognised as that format and no other", async () => {
  const image = { file_name: 'cat/a.jpg', split: 'train' };
  const dataset = oneAnnotation(
    { ...square, attributes: { note: 'images and annotations' } },
    { image },
  );
  for (const format of formats) {
    const { tree } = await roundTrip(format, dataset);
    assert.equal(await recogniseFormat(tree), format, format.name);
  }
});

test('files of no format, or of two, are not guessed', async () => {
  const none = new Map([
    ['README.md', '# hello'],
    ['notes.json', '{"version": 1}'],
    ['table.csv', 'a,b\n1,2'],
    ['config.yaml', 'lr: 0.1'],
  ]);
  assert.equal(await recogniseFormat(memoryTree(none)), null);
  assert.equal(await recogniseFormat(memoryTree(new Map())), null);
  const two = new Map([
    ['instances.json', '{"images": [], "annotations": [], "categories": []}'],
    ['labels.csv', 'file,label\na.jpg,cat'],
  ]);
  await assert.rejects(
    recogniseFormat(memoryTree(two)),
    /annotations of one format, found COCO and CSV/,
  );
});

test('YOLO labels without the names of their classes are no folders per class', async () => {
  const files = { 'images/train2017/a.jpg': '', 'labels/train2017/a.txt': '3 0.5 0.5 0.25 0.5\n' };
  const tree = memoryTree(new Map(Object.entries(files)));
  // They were read as one category called train2017.
  assert.equal(await recogniseFormat(tree), formatByName.yolo);
  await assert.rejects(formatByName.yolo.read(tree), /classes\.txt with the names of the classes/);
  const readme = new Map([
    ['cat/a.jpg', ''],
    ['README.txt', 'Cats.'],
  ]);
  assert.equal(await recogniseFormat(memoryTree(readme)), formatByName['folder-per-class']);
});

test('a conversion tells the losses of both sides', async () => {
  const yolo = new Map([
    ['data.yaml', 'train: images\nnames: [cat]'],
    ['images/a.jpg', ''],
    ['labels/a.txt', '0 0.5 0.5 0.5 0.5 0.75\n7 0 0 1 1\n'],
  ]);
  const tree = memoryTree(yolo, new Map([['images/a.jpg', { width: 8, height: 8 }]]));
  const { files, imagePaths, readLosses, writeLosses } = await convert(tree, 'yolo', 'voc');
  const paths = [...files].map(({ path }) => path);
  assert.ok(paths.includes('Annotations/a.xml'));
  assert.equal(imagePaths.get('a.jpg'), 'images/a.jpg');
  assert.deepEqual(
    readLosses.map(({ feature, examples }) => [feature, inEnglish(examples[0]).slice(0, 15)]),
    [['unusable-records', 'labels/a.txt:2:']],
  );
  assert.deepEqual(
    writeLosses.map(({ feature }) => feature),
    ['scores'],
  );
});

test('whatever one format gives, every other can write and read again', async () => {
  // Without a labelled picture some formats have nothing to be known by.
  const datasets = anyDataset().filter((dataset) => dataset.annotations.length > 0);
  await fc.assert(
    fc.asyncProperty(
      datasets,
      fc.constantFrom(...formats),
      fc.constantFrom(...formats),
      async (dataset, from, to) => {
        const first = await roundTrip(from, dataset);
        if (first.read.dataset.images.length === 0) return;
        const second = await roundTrip(to, first.read.dataset);
        assert.ok(second.read.dataset.images.length <= dataset.images.length);
      },
    ),
    { numRuns: 300 },
  );
});

test('numbers that no format could write are left out and reported', async () => {
  const broken = {
    images: [
      { id: 1, file_name: 'cat/a.jpg', width: 10, height: 10 },
      { id: 1, file_name: 'b.jpg', width: 10, height: 10 },
      { id: 3, file_name: 'c.jpg', width: 1e300, height: Number.NaN },
    ],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4], area: 12, iscrowd: 0 },
      { id: 2, image_id: 1, category_id: 1, bbox: [1, 2, Number.POSITIVE_INFINITY, 4] },
      { id: 3, image_id: 1, category_id: 1, bbox: '1 2 3 4' },
      { id: 4, image_id: 1, category_id: 1, segmentation: [[1, 2, 3, null, 5, 6]] },
      { id: 5, image_id: 1, category_id: 1, segmentation: { size: [10, 10], counts: 'zzz' } },
      { id: 6, image_id: 1, category_id: 1, keypoints: [1, 2, 3, 4] },
      { id: 7, image_id: 9, category_id: 1, bbox: [1, 2, 3, 4] },
      { id: 8, image_id: 1, category_id: 9, bbox: [1, 2, 3, 4] },
    ],
    categories: [{ id: 1, name: 'cat' }],
  } as unknown as CocoDataset;
  for (const format of formats) {
    if (format.name === 'coco') continue;
    const { read, writeLosses } = await roundTrip(format, broken);
    assert.equal(read.dataset.annotations.length, 1, format.name);
    assert.equal(
      writeLosses.find(({ feature }) => feature === 'unusable-records')?.count,
      9,
      format.name,
    );
  }
});

test('a picture whose name leads out of the folder stops every writer, which says where it is', () => {
  for (const file_name of [
    '../a.jpg',
    '/etc/passwd',
    'C:\\a.jpg',
    'a\0.jpg',
    'x/../../a.jpg',
    '',
  ]) {
    const dataset = oneAnnotation({}, { image: { file_name } });
    for (const format of formats) {
      assert.throws(
        () => format.write(dataset),
        { code: 'unsafe-path', message: /^images\[0\]: expected a file name inside/ },
        `${format.name} ${file_name}`,
      );
    }
  }
});

test('blood cells go through every format and come back', { skip }, async () => {
  const folder = new URL('bccd/', data);
  const files = new Map(
    ['train', 'val', 'test'].map((split) => {
      const name = `instances_${split}.json`;
      return [name, readFileSync(new URL(name, folder), 'utf8')];
    }),
  );
  const { dataset, losses } = await formatByName.coco.read(memoryTree(files));
  assert.equal(dataset.images.length, 364);
  assert.deepEqual(
    new Set(dataset.images.map(({ split }) => split)),
    new Set(['train', 'val', 'test']),
  );
  // Each file counts from 1.
  assert.deepEqual(
    losses.map(({ feature }) => feature),
    ['image-details', 'annotation-ids', 'info'],
  );
  for (const format of formats) {
    if (format.name === 'folder-per-class') continue;
    const { read } = await roundTrip(format, dataset);
    assert.equal(read.dataset.images.length, dataset.images.length, format.name);
    assert.deepEqual(boxesByPicture(read.dataset), boxesByPicture(dataset), format.name);
    assert.deepEqual(
      read.losses.filter(({ feature }) => feature === 'unusable-records'),
      [],
      format.name,
    );
  }
});

test('the original XML files of the blood cells say what the COCO files say', {
  skip,
}, async () => {
  const folder = new URL('bccd/', data);
  const xml = new Map(
    readdirSync(new URL('voc/', folder)).map((name) => {
      return [`Annotations/${name}`, readFileSync(new URL(`voc/${name}`, folder), 'utf8')];
    }),
  );
  const { dataset } = await formatByName.voc.read(memoryTree(xml));
  const coco = new Map(
    ['train', 'val', 'test'].map((split) => {
      const name = `instances_${split}.json`;
      return [name, readFileSync(new URL(name, folder), 'utf8')];
    }),
  );
  const whole = await formatByName.coco.read(memoryTree(coco));
  const expected = boxesByPicture(whole.dataset);
  const found = boxesByPicture(dataset);
  assert.equal(found.size, xml.size);
  for (const [name, boxes] of found) assert.deepEqual(boxes, expected.get(name), name);
});

test('people with keypoints and outlines go through every format', { skip }, async () => {
  const json = readFileSync(new URL('coco-sample/person_keypoints.json', data), 'utf8');
  const { dataset } = await formatByName.coco.read(memoryTree(new Map([['a.json', json]])));
  const poses = (set: CocoDataset) =>
    set.annotations.filter(({ num_keypoints }) => num_keypoints! > 0).length;
  for (const [name, options] of [
    ['coco', {}],
    ['yolo', { task: 'pose' }],
    ['labelme', {}],
    ['cvat', {}],
    ['label-studio', {}],
    ['csv', {}],
  ] as const) {
    const { read } = await roundTrip(formatByName[name], dataset, options);
    assert.equal(read.dataset.annotations.length, dataset.annotations.length, name);
    assert.equal(poses(read.dataset), poses(dataset), name);
  }
  // Outlines keep every pixel, several parts and all.
  for (const [name, options] of [
    ['yolo', { task: 'segment' }],
    ['labelme', {}],
    ['label-studio', {}],
  ] as const) {
    const { read } = await roundTrip(formatByName[name], dataset, options);
    assert.deepEqual(masksByPicture(read.dataset), masksByPicture(dataset), name);
  }
});

test('pictures that lie in the tree are found by every reader', { skip }, async () => {
  const folder = new URL('bccd/', data);
  const file = JSON.parse(
    readFileSync(new URL('instances_val.json', folder), 'utf8'),
  ) as CocoDataset;
  const sizes = new Map(file.images.map((image) => [image.file_name, image]));
  for (const format of formats) {
    const { files } = format.write(file);
    const tree = await treeOfFiles(files, (name) => sizes.get(name)!);
    const { dataset, imagePaths } = await format.read(tree);
    assert.equal(imagePaths.size, file.images.length, format.name);
    for (const { file_name } of dataset.images) assert.ok(imagePaths.has(file_name), format.name);
  }
});

/** Category and box of each annotation, in its picture's order. */
function boxesByPicture({ images, annotations, categories }: CocoDataset): Map<string, string[]> {
  const fileNames = new Map(images.map(({ id, file_name }) => [id, file_name]));
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const boxes = new Map<string, string[]>();
  for (const { image_id, category_id, bbox } of annotations) {
    const fileName = fileNames.get(image_id)!;
    const own = boxes.get(fileName) ?? [];
    own.push(`${names.get(category_id)} ${bbox}`);
    boxes.set(fileName, own);
  }
  return boxes;
}

/** Each annotation's mask, in its picture's order. */
function masksByPicture({ images, annotations }: CocoDataset): Map<string, Rle[]> {
  return new Map(
    images.map(({ id, file_name, height, width }) => {
      const own = annotations.filter(({ image_id }) => image_id === id);
      return [
        file_name,
        own.map(({ segmentation }) => rleFromSegmentation(segmentation!, height, width)),
      ];
    }),
  );
}
