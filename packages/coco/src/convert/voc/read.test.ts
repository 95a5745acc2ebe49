import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CocoError } from '../../coco-error.ts';
import { inEnglish } from '../../phrase.ts';
import { isPictureLabel } from '../conventions.ts';
import { lossesInEnglish } from '../testing/losses-in-english.ts';
import { annotationXml, boxXml, objectXml, size, sizeXml, treeOf } from './testing/voc-file.ts';
import { voc } from './voc.ts';

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
  assert.deepEqual(lossesInEnglish(losses), [
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
  assert.deepEqual(lossesInEnglish(losses), [
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
    <object><name>cat</name>${boxXml}
      <point><x>1</x><y>2</y></point>
    </object>
  </annotation>`;
  const files = { 'Annotations/1.xml': xml, 'SegmentationObject/1.png': '' };
  const { losses } = await voc.read(treeOf(files));
  assert.deepEqual(
    lossesInEnglish(losses).map(({ feature, examples }) => [feature, ...examples]),
    [
      ['masks', 'SegmentationObject/1.png, left out'],
      ['image-details', 'Annotations/1.xml:1 verified', 'Annotations/1.xml:3 <source>'],
      ['attributes', 'Annotations/1.xml:6 <point>'],
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
    assert.match(inEnglish(losses[0].examples[0]), message);
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
    assert.match(inEnglish(unusable!.examples[0]), message);
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
