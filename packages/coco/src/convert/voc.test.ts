import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CocoError } from '../coco-error.ts';
import { bitmapFromRle, rleFromBitmap } from '../mask/rle.ts';
import { compressedFromRle } from '../mask/rle-text.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import type { CocoAnnotation, CocoDataset } from '../types.ts';
import { isPictureLabel } from './conventions.ts';
import { memoryTree, wholeText } from './memory-tree.ts';
import { compareCodePoints, withoutExtension } from './safe-path.ts';
import { anyDataset, inReadingOrder, plainDataset } from './testing/random-dataset.ts';
import {
  holdsLossesComplete,
  holdsLossless,
  holdsUnderDamage,
  roundTrip,
  unexplainedDifferences,
} from './testing/round-trip.ts';
import { voc } from './voc.ts';

const size = { width: 640, height: 480 };
const sizeXml = '<size><width>640</width><height>480</height><depth>3</depth></size>';
const boxXml = '<bndbox><xmin>10</xmin><ymin>20.5</ymin><xmax>110</xmax><ymax>60.5</ymax></bndbox>';

/** A tree of XML files, and pictures of 640 × 480 for every other path. */
function treeOf(files: Record<string, string>) {
  const pictures = Object.keys(files).filter((path) => !/\.(xml|txt)$/.test(path));
  return memoryTree(new Map(Object.entries(files)), new Map(pictures.map((path) => [path, size])));
}

function annotationXml(filename: string, objects = ''): string {
  return `<annotation><filename>${filename}</filename>${sizeXml}${objects}</annotation>`;
}

function objectXml(inner: string, name = 'cat'): string {
  return `<object><name>${name}</name>${inner}</object>`;
}

async function filesOf(dataset: CocoDataset): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const file of voc.write(dataset).files) {
    files.set(file.path, 'text' in file ? await wholeText(file.text) : '');
  }
  return files;
}

test('an annotation as the development kit has it is read whole', async () => {
  const objects = objectXml(
    `<pose>Left</pose><truncated>1</truncated><difficult>0</difficult><occluded>0</occluded>
     ${boxXml}<part><name>head</name>${boxXml}</part><actions><jumping>1</jumping><running>0</running></actions>`,
    '人 &amp; 猫',
  );
  const { dataset, imagePaths, losses } = await voc.read(
    treeOf({
      'VOC2012/Annotations/2007_1.xml': annotationXml('2007_1.jpg', objects),
      'VOC2012/JPEGImages/2007_1.jpg': '',
      'VOC2012/ImageSets/Main/train.txt': '2007_1\n',
    }),
  );
  assert.deepEqual(dataset, {
    images: [{ id: 1, file_name: '2007_1.jpg', ...size, split: 'train' }],
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 1,
        bbox: [10, 20.5, 100, 40],
        area: 4000,
        iscrowd: 0,
        attributes: { pose: 'Left', truncated: true, occluded: false, jumping: true },
        parts: [{ name: 'head', bbox: [10, 20.5, 100, 40] }],
      },
    ],
    categories: [{ id: 1, name: '人 & 猫' }],
  });
  assert.equal(imagePaths.get('2007_1.jpg'), 'VOC2012/JPEGImages/2007_1.jpg');
  assert.deepEqual(losses, []);
});

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

test('polygons of Roboflow and of LabelMe are read', async () => {
  const corners = '<x1>1</x1><y1>2</y1><x2>9</x2><y2>2</y2><x3>5</x3><y3>8.5</y3>';
  const points = '<pt><x>1</x><y>2</y></pt><pt><x>9</x><y>2</y></pt><pt><x>5</x><y>8.5</y></pt>';
  const { dataset } = await voc.read(
    treeOf({
      'a.xml': annotationXml(
        'a.jpg',
        objectXml(`<polygon>${corners}</polygon>${boxXml}`) +
          objectXml(`<polygon>${points}</polygon>`),
      ),
    }),
  );
  const triangle = [[1, 2, 9, 2, 5, 8.5]];
  assert.deepEqual(
    dataset.annotations.map(({ segmentation, bbox }) => [segmentation, bbox]),
    [
      [triangle, [10, 20.5, 100, 40]],
      [triangle, [1, 2, 8, 6.5]],
    ],
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

test('the layouts that people have are understood', async () => {
  const xml = annotationXml('1.jpg', objectXml(boxXml));
  const layouts: [files: string[], fileNames: string[], splits: unknown[]][] = [
    [
      ['1.jpg', '1.xml', '2.png'],
      ['1.jpg', '2.png'],
      [undefined, undefined],
    ],
    [
      ['set/train/1.xml', 'set/train/1.jpg', 'set/valid/2.jpg', 'set/valid/2.xml'],
      ['train/1.jpg', 'valid/2.jpg'],
      ['train', 'valid'],
    ],
    [['annotations/x/1.xml', 'images/x/1.PNG'], ['x/1.PNG'], [undefined]],
    [['data/voc/1.xml', 'data/photos/1.jpg'], ['1.jpg'], [undefined]],
    [
      [
        '2007/Annotations/1.xml',
        '2007/JPEGImages/1.jpg',
        '2008/Annotations/2.xml',
        '2008/JPEGImages/2.jpg',
      ],
      ['1.jpg', '2.jpg'],
      [undefined, undefined],
    ],
    [
      ['Annotations/1.xml', 'JPEGImages/1.jpg', 'SegmentationClass/1.png', 'settings.xml'],
      ['1.jpg'],
      [undefined],
    ],
    [
      ['Annotations/1.xml', 'JPEGImages/1.jpg', 'JPEGImages/1.png'],
      ['1.jpg', '1.png'],
      [undefined, undefined],
    ],
  ];
  for (const [paths, fileNames, splits] of layouts) {
    const files = Object.fromEntries(paths.map((path) => [path, path.endsWith('.xml') ? xml : '']));
    const { dataset, imagePaths } = await voc.read(treeOf(files));
    assert.deepEqual(
      dataset.images.map(({ file_name }) => file_name),
      fileNames,
    );
    assert.deepEqual(
      dataset.images.map(({ split }) => split),
      splits,
    );
    for (const fileName of fileNames) assert.ok(paths.includes(imagePaths.get(fileName)!));
  }
});

test('the picture that shares the name of the XML file wins over <filename>, and this is reported', async () => {
  const { dataset, losses } = await voc.read(
    treeOf({
      'Annotations/new.xml': annotationXml('old.jpg', objectXml(boxXml)),
      'JPEGImages/new.jpg': '',
      'JPEGImages/old.jpg': '',
    }),
  );
  assert.deepEqual(
    dataset.images.map(({ file_name }) => file_name),
    ['new.jpg', 'old.jpg'],
  );
  assert.equal(dataset.annotations[0].image_id, 1);
  assert.deepEqual(losses, [
    {
      feature: 'file-names',
      count: 1,
      examples: ['Annotations/new.xml: <filename> "old.jpg", taken for new.jpg'],
    },
  ]);
});

test('<filename> is believed where no picture shares the name of the XML file', async () => {
  const names: [filename: string, fileName: string, path: string | undefined][] = [
    ['p.jpg', 'p.jpg', 'pictures/p.jpg'],
    ['C:\\data\\p.jpg', 'p.jpg', 'pictures/p.jpg'],
    ['absent.jpg', 'absent.jpg', undefined],
    ['/home/me/absent.jpg', 'absent.jpg', undefined],
    ['sub/absent.jpg', 'sub/absent.jpg', undefined],
    ['absent', 'absent', undefined],
    ['', '1.jpg', undefined],
  ];
  for (const [filename, fileName, path] of names) {
    const xml = annotationXml(filename, objectXml(boxXml));
    const { dataset, imagePaths } = await voc.read(
      treeOf({ 'xml/1.xml': xml, 'pictures/p.jpg': '' }),
    );
    assert.equal(dataset.images[0].file_name, fileName);
    assert.equal(imagePaths.get(fileName), path);
  }
});

test('a <filename> without extension finds its picture', async () => {
  const xml = annotationXml('p', objectXml(boxXml));
  const { dataset, imagePaths } = await voc.read(
    treeOf({ 'Annotations/1.xml': xml, 'images/p.png': '' }),
  );
  assert.equal(dataset.images[0].file_name, 'p.png');
  assert.equal(imagePaths.get('p.png'), 'images/p.png');
});

test('a size that is missing or zero is asked of the picture', async () => {
  const xml = `<annotation><filename>1.jpg</filename><size><width>0</width><height>0</height></size>${objectXml(boxXml)}</annotation>`;
  const { dataset } = await voc.read(treeOf({ '1.xml': xml, '1.jpg': '' }));
  assert.deepEqual(dataset.images, [{ id: 1, file_name: '1.jpg', ...size }]);
});

test('lists give splits and labels of whole pictures, quoted names and trainval included', async () => {
  const { dataset, losses } = await voc.read(
    treeOf({
      'Annotations/a b.xml': annotationXml('a b.jpg', objectXml(boxXml)),
      'Annotations/c.xml': annotationXml('c.jpg'),
      'ImageSets/Main/train.txt': '"a b"\n\n',
      'ImageSets/Main/val.txt': 'c\r\n',
      'ImageSets/Main/trainval.txt': '"a b"\nc\n',
      'ImageSets/Main/cat_train.txt': '"a b"  1\n',
      'ImageSets/Main/cat_val.txt': 'c  1\n',
      'ImageSets/Main/dog_val.txt': 'c -1\n',
      'ImageSets/Main/big dog_trainval.txt': 'a b  1\nc  0\n',
      'ImageSets/Main/test.txt': 'gone\n',
    }),
  );
  assert.deepEqual(
    dataset.images.map(({ split }) => split),
    ['train', 'val'],
  );
  const names = dataset.annotations.map(
    (a) => `${a.image_id} ${dataset.categories[a.category_id - 1].name} ${isPictureLabel(a)}`,
  );
  assert.deepEqual(names, ['1 cat false', '1 big dog true', '2 cat true']);
  assert.deepEqual(losses, [
    {
      feature: 'unusable-records',
      count: 1,
      examples: ['ImageSets/Main/test.txt:1: there is no picture gone'],
    },
  ]);
});

test('what VOC says and COCO cannot is reported with its line', async () => {
  const xml = `<annotation verified="yes">
    <filename>1.jpg</filename>
    <source><database>The VOC2007 Database</database></source>
    ${sizeXml}
    <segmented>1</segmented>
    <object><name>cat</name>${boxXml}
      <point><x>1</x><y>2</y></point>
    </object>
  </annotation>`;
  const { losses } = await voc.read(treeOf({ '1.xml': xml }));
  assert.deepEqual(
    losses.map(({ feature, examples }) => [feature, ...examples]),
    [
      ['image-details', '1.xml:1 verified', '1.xml:3 <source>'],
      ['masks', '1.xml: <segmented>, masks in SegmentationObject/'],
      ['attributes', '1.xml:7 <point>'],
    ],
  );
});

const badObjects: [what: string, object: string, message: RegExp][] = [
  ['no name', `<object>${boxXml}</object>`, /1\.xml:2: expected <name> in <object>, found none/],
  ['no box', objectXml(''), /1\.xml:2: expected <bndbox> in <object>, found none/],
  ['NaN', objectXml(boxXml.replace('110', 'NaN')), /expected a number in <xmax>, found "NaN"/],
  ['infinity', objectXml(boxXml.replace('110', '1e999')), /found "1e999"/],
  [
    'an absurd number',
    objectXml(boxXml.replace('110', '9'.repeat(80))),
    /in <xmax>, found "9{56}…/,
  ],
  [
    'edges the wrong way round',
    objectXml(boxXml.replace('110', '1')),
    /xmin ≤ xmax .*, found 10, 20\.5, 1, 60\.5/,
  ],
  [
    'a polygon of two points',
    objectXml(`<polygon><x1>1</x1><y1>1</y1><x2>2</x2><y2>2</y2></polygon>`),
    /three points or more, found 4 coordinates/,
  ],
];

for (const [what, object, message] of badObjects) {
  test(`an object with ${what} is left out and reported, and the others are read`, async () => {
    const xml = annotationXml('1.jpg', `\n${object}\n${objectXml(boxXml)}`);
    const { dataset, losses } = await voc.read(treeOf({ '1.xml': xml }));
    assert.equal(dataset.annotations.length, 1);
    assert.equal(losses[0].feature, 'unusable-records');
    assert.match(losses[0].examples[0], message);
  });
}

const badFiles: [what: string, files: Record<string, string>, message: RegExp][] = [
  [
    'truncated XML',
    { '1.xml': annotationXml('1.jpg').slice(0, -'</annotation>'.length) },
    /1\.xml:1:\d+: expected <\/annotation>/,
  ],
  ['another root element', { '1.xml': '<svg/>' }, /1\.xml:1: expected <annotation>, found <svg>/],
  [
    'no size and no picture',
    { '1.xml': '<annotation/>' },
    /expected the picture's size, or the picture itself, found neither/,
  ],
  [
    'a name outside the folder',
    { '1.xml': annotationXml('../../x.jpg') },
    /inside the dataset's folder, found "\.\.\/\.\.\/x\.jpg"/,
  ],
  [
    'a picture used twice',
    { '1.xml': annotationXml('x.jpg'), '2.xml': annotationXml('x.jpg') },
    /expected each picture once, found x\.jpg twice/,
  ],
];

for (const [what, files, message] of badFiles) {
  test(`a file with ${what} is left out and reported, and the others are read`, async () => {
    const good = annotationXml('good.jpg', objectXml(boxXml));
    const { dataset, losses } = await voc.read(treeOf({ ...files, 'good.xml': good }));
    assert.equal(dataset.annotations.length, 1);
    const unusable = losses.find(({ feature }) => feature === 'unusable-records');
    assert.match(unusable!.examples[0], message);
  });
}

test('a tree without any usable annotation is refused', async () => {
  await assert.rejects(() => voc.read(treeOf({ 'a.xml': '<svg/>' })), CocoError);
  await assert.rejects(() => voc.read(treeOf({ 'a.jpg': '' })), /expected Pascal VOC annotations/);
});

test('only XML files with the root element <annotation> are taken for VOC', async () => {
  assert.equal(await voc.recognises(treeOf({ 'a/b.xml': annotationXml('b.jpg') })), true);
  assert.equal(await voc.recognises(treeOf({ 'annotations.xml': '<annotations/>' })), false);
  assert.equal(await voc.recognises(treeOf({ 'a.xml': 'no XML' })), false);
  assert.equal(await voc.recognises(treeOf({ 'a.jpg': '' })), false);
});

test('a picture whose name leads out of the folder is not written', () => {
  const dataset = {
    images: [{ id: 1, file_name: '../a.jpg', ...size }],
    annotations: [],
    categories: [],
  };
  assert.throws(() => voc.write(dataset), /inside the dataset's folder, found "\.\.\/a\.jpg"/);
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
    ['masks', 'boxes'],
  );
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

const bccd = new URL('../../../../../shared/data/bccd/', import.meta.url);
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
