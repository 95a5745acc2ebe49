import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bitmapFromRle, rleFromBitmap } from '../../mask/rle.ts';
import { compressedFromRle } from '../../mask/rle-text.ts';
import { rleFromSegmentation } from '../../mask/segmentation.ts';
import type { CocoAnnotation, CocoDataset } from '../../types.ts';
import { isPictureLabel } from '../conventions.ts';
import { memoryTree } from '../memory-tree.ts';
import { compareCodePoints, withoutExtension } from '../safe-path.ts';
import { anyDataset, inReadingOrder, plainDataset } from '../testing/random-dataset.ts';
import {
  holdsLossesComplete,
  holdsLossless,
  holdsUnderDamage,
  roundTrip,
  unexplainedDifferences,
} from '../testing/round-trip.ts';
import { filesOf, size } from './testing/voc-file.ts';
import { voc } from './voc.ts';

test('a picture of one object is written as the development kit has it', async () => {
  const files = await filesOf({
    images: [{ id: 1, file_name: 'dir/写真.jpg', ...size, split: 'val' }],
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 1,
        bbox: [10, 20.5, 100, 40],
        attributes: { note: '<&>' },
      },
    ],
    categories: [{ id: 1, name: 'cat', color: '#ff8000' }],
  });
  assert.deepEqual(
    [...files.keys()],
    [
      'labelmap.txt',
      'Annotations/dir/写真.xml',
      'JPEGImages/dir/写真.jpg',
      'ImageSets/Main/val.txt',
    ],
  );
  assert.equal(files.get('labelmap.txt'), '# label:color_rgb:parts:actions\ncat:255,128,0::\n');
  assert.equal(files.get('ImageSets/Main/val.txt'), 'dir/写真\n');
  assert.equal(
    files.get('Annotations/dir/写真.xml'),
    `<?xml version="1.0" encoding="utf-8"?>
<annotation>
  <folder>JPEGImages</folder>
  <filename>dir/写真.jpg</filename>
  <source>
    <database>Unknown</database>
  </source>
  <size>
    <width>640</width>
    <height>480</height>
    <depth>3</depth>
  </size>
  <segmented>0</segmented>
  <object>
    <name>cat</name>
    <pose>Unspecified</pose>
    <truncated>0</truncated>
    <difficult>0</difficult>
    <bndbox>
      <xmin>10</xmin>
      <ymin>20.5</ymin>
      <xmax>110</xmax>
      <ymax>60.5</ymax>
    </bndbox>
    <attributes>
      <attribute>
        <name>note</name>
        <value>&lt;&amp;&gt;</value>
      </attribute>
    </attributes>
  </object>
</annotation>
`,
  );
});

test('a mask is written as polygons that cover exactly its pixels, holes too', async () => {
  const bitmap = Uint8Array.from('0111001010011100', Number);
  const segmentation = compressedFromRle(rleFromBitmap(bitmap, 4, 4));
  const dataset = {
    images: [{ id: 1, file_name: 'a.jpg', width: 4, height: 4 }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, segmentation }],
    categories: [{ id: 1, name: 'ring' }],
  };
  const { read, writeLosses } = await roundTrip(voc, dataset);
  const back = rleFromSegmentation(read.dataset.annotations[0].segmentation!, 4, 4);
  assert.deepEqual(bitmapFromRle(back), bitmap);
  assert.deepEqual(
    writeLosses.map(({ feature }) => feature),
    ['mask-pixels'],
  );
});

test('boxes alone are written when detection is asked for', async () => {
  const dataset: CocoDataset = {
    images: [{ id: 1, file_name: 'a.jpg', ...size }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, segmentation: [[0, 0, 9, 0, 9, 9]] }],
    categories: [{ id: 1, name: 'cat' }],
  };
  const { read, writeLosses } = await roundTrip(voc, dataset, { task: 'detect' });
  assert.equal(read.dataset.annotations[0].segmentation, undefined);
  assert.deepEqual(read.dataset.annotations[0].bbox, [0, 0, 9, 9]);
  assert.deepEqual(
    writeLosses.map(({ feature }) => feature),
    ['masks'],
  );
});

test('a picture whose name leads out of the folder is not written', () => {
  const dataset = {
    images: [{ id: 1, file_name: '../a.jpg', ...size }],
    annotations: [],
    categories: [],
  };
  assert.throws(() => voc.write(dataset), /inside the dataset's folder, found "\.\.\/a\.jpg"/);
});

/** The path by which the reader sorts. */
const xmlName = ({ file_name }: { file_name: string }) => `${withoutExtension(file_name)}.xml`;

/** Attributes of every type that VOC carries, in place of random ones. */
function withPlainAttributes(dataset: CocoDataset): CocoDataset {
  const values = [true, false, 0.5, -3, 'Left', '007', ' é ', 'a\nb', 'Unspecified', ''];
  const names = ['truncated', 'difficult', 'occluded', 'pose', 'note', '向き', '__proto__'];
  return {
    ...dataset,
    annotations: dataset.annotations.map((annotation, index) => ({
      ...annotation,
      attributes: Object.fromEntries(
        names.map((name, i) => [name, values[(index * 7 + i) % values.length]]),
      ),
      parts: [{ name: '頭', bbox: [1, 2, 3.5, 0] }],
    })),
  };
}

test('boxes, polygons, splits, attributes, parts and colours come back without loss', async () => {
  const traits = {
    boxes: true,
    polygons: true,
    parts: true,
    splits: true,
    outside: true,
    emptyPictures: true,
    unusedCategories: true,
  };
  const datasets = plainDataset(traits).map((dataset) => {
    const ordered = withPlainAttributes(inReadingOrder(dataset, 'listed', xmlName));
    return {
      ...ordered,
      images: ordered.images.map((image) => (image.id === 2 ? { ...image, depth: 1 } : image)),
      categories: ordered.categories.map((category) => ({ ...category, color: '#01ff7f' })),
    };
  });
  await holdsLossless(voc, datasets);
});

test('labels of whole pictures come back without loss, one of a class for each picture', async () => {
  const datasets = plainDataset({ pictureLabels: true, splits: true, unusedCategories: true }).map(
    (dataset) => {
      const { annotations } = dataset;
      const isFirst = (a: CocoAnnotation) =>
        a === annotations.find((b) => b.image_id === a.image_id && b.category_id === a.category_id);
      return inReadingOrder(
        labelsLast({ ...dataset, annotations: annotations.filter(isFirst) }),
        'listed',
        xmlName,
      );
    },
  );
  await holdsLossless(voc, datasets);
});

/** Labels of whole pictures live in lists, so they are read after the objects, by name. */
function labelsLast(dataset: CocoDataset): CocoDataset {
  const nameOf = new Map(dataset.categories.map(({ id, name }) => [id, name]));
  const label = (a: CocoAnnotation) => (isPictureLabel(a) ? nameOf.get(a.category_id) : undefined);
  const annotations = dataset.annotations.toSorted((a, b) => {
    const [nameA, nameB] = [label(a), label(b)];
    if (nameA !== undefined && nameB !== undefined) return compareCodePoints(nameA, nameB);
    return Number(nameA !== undefined) - Number(nameB !== undefined);
  });
  return { ...dataset, annotations };
}

test('everything else that COCO can say is reported', async () => {
  await holdsLossesComplete(voc, anyDataset().map(labelsLast));
});

test('everything that boxes alone cannot say is reported', async () => {
  await holdsLossesComplete(voc, anyDataset().map(labelsLast), { task: 'detect' });
});

test('damaged files are read or refused, never more', async () => {
  const dataset = withPlainAttributes({
    images: [
      { id: 1, file_name: 'a.jpg', ...size, split: 'train' },
      { id: 2, file_name: 'b/c.jpg', ...size },
    ],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4] },
      { id: 2, image_id: 2, category_id: 2, segmentation: [[0, 0, 9.5, 0, 9, 9]] },
    ],
    categories: [
      { id: 1, name: 'cat', color: '#ff0000' },
      { id: 2, name: '犬' },
    ],
  });
  dataset.annotations.push({ id: 3, image_id: 1, category_id: 2 });
  const files = await filesOf(dataset);
  const pictures = [...files.keys()].filter((path) => path.endsWith('.jpg'));
  await holdsUnderDamage(voc, files, new Map(pictures.map((path) => [path, size])));
});

const bccd = new URL('../../../../../../shared/data/bccd/', import.meta.url);

const skip = existsSync(bccd) ? false : 'shared/data/bccd is not beside the repository';

test('the original files of BCCD give the boxes of its COCO version', { skip }, async () => {
  const names = readdirSync(new URL('voc/', bccd));
  const tree = memoryTree(
    new Map(names.map((name) => [name, readFileSync(new URL(`voc/${name}`, bccd))])),
  );
  const { dataset, losses } = await voc.read(tree);
  assert.deepEqual(losses, []);
  assert.equal(dataset.images.length, 3);
  const published = bccdDatasets();
  for (const image of dataset.images) {
    const other = published.find(({ images }) =>
      images.some(({ file_name }) => file_name === image.file_name),
    )!;
    const same = other.images.find(({ file_name }) => file_name === image.file_name)!;
    const boxes = ({ annotations, categories }: CocoDataset, imageId: number) =>
      annotations
        .filter(({ image_id }) => image_id === imageId)
        .map((a) => [categories.find(({ id }) => id === a.category_id)!.name, a.bbox, a.area]);
    assert.deepEqual(boxes(dataset, image.id), boxes(other, same.id));
  }
});

test('all of BCCD comes back, its two boxes of zero size too', { skip }, async () => {
  let zeroSized = 0;
  for (const dataset of bccdDatasets()) {
    const { read, writeLosses } = await roundTrip(voc, dataset);
    const losses = [...writeLosses, ...read.losses];
    assert.deepEqual(
      losses.map(({ feature }) => feature).filter((feature) => feature !== 'annotation-ids'),
      ['info', 'category-details'],
    );
    assert.deepEqual(unexplainedDifferences(dataset, read.dataset, losses), []);
    zeroSized += read.dataset.annotations.filter(({ area }) => area === 0).length;
  }
  assert.equal(zeroSized, 2);
});

function bccdDatasets(): CocoDataset[] {
  return ['train', 'val', 'test'].map((split) =>
    JSON.parse(readFileSync(new URL(`instances_${split}.json`, bccd), 'utf8')),
  );
}
