import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish } from '../../phrase.ts';
import type { CocoDataset } from '../../types.ts';
import type { LossFeature } from '../loss.ts';
import { memoryTree, wholeText } from '../memory-tree.ts';
import { box, oneAnnotation, square } from '../testing/one-annotation.ts';
import { anyDataset, inReadingOrder, plainDataset } from '../testing/random-dataset.ts';
import {
  holdsLossesComplete,
  holdsLossless,
  holdsUnderDamage,
  lossesOfRoundTrip,
} from '../testing/round-trip.ts';
import { csv } from './csv.ts';

const size = { width: 640, height: 480 };

function treeOf(files: Record<string, string | Uint8Array>) {
  const sizes = Object.keys(files).filter((path) => /\.(?:jpg|png)$/.test(path));
  return memoryTree(new Map(Object.entries(files)), new Map(sizes.map((path) => [path, size])));
}

/** Pictures and annotations without what every table gives the same. */
async function contentOf(files: Record<string, string | Uint8Array>) {
  const tree = treeOf(files);
  assert.equal(await csv.recognises(tree), true);
  const { dataset, losses } = await csv.read(tree);
  const names = new Map(dataset.categories.map(({ id, name }) => [id, name]));
  return {
    images: dataset.images.map(({ file_name }) => file_name),
    annotations: dataset.annotations.map(({ image_id, category_id, ...annotation }) => {
      const { id: _, area: __, iscrowd: ___, ...shape } = annotation;
      return { on: dataset.images[image_id - 1].file_name, is: names.get(category_id), ...shape };
    }),
    losses,
  };
}

test("reads TensorFlow's tables", async () => {
  const content = await contentOf({
    'labels.csv': `filename,width,height,class,xmin,ymin,xmax,ymax
写真 1.jpg,640,480,WBC,260,177,491,376
写真 1.jpg,640,480,RBC,78.5,336,184,435
C:\\data\\b.jpg,640,480,RBC,0,0,1,1
`,
    'images/b.jpg': '',
  });
  assert.deepEqual(content, {
    images: ['写真 1.jpg', 'b.jpg'],
    annotations: [
      { on: '写真 1.jpg', is: 'WBC', bbox: [260, 177, 231, 199] },
      { on: '写真 1.jpg', is: 'RBC', bbox: [78.5, 336, 105.5, 99] },
      { on: 'b.jpg', is: 'RBC', bbox: [0, 0, 1, 1] },
    ],
    losses: [],
  });
});

test("reads Open Images' boxes, label names and labels of whole pictures", async () => {
  const content = await contentOf({
    'class-descriptions-boxable.csv': '/m/011k07,Tortoise\n/m/011q46kg,"Container, large"\n',
    'train-annotations-bbox.csv':
      'ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsGroupOf\n' +
      '000a1b,xclick,/m/011k07,1,0.0125,0.1953125,0.1484375,0.587890625,0,1\n',
    'train-annotations-human-imagelabels.csv':
      'ImageID,Source,LabelName,Confidence\n000a1b,verification,/m/011q46kg,1\n000a1b,verification,/m/0,0\n',
    'images/000a1b.jpg': '',
  });
  assert.deepEqual(content.images, ['000a1b.jpg']);
  assert.deepEqual(content.annotations, [
    {
      on: '000a1b.jpg',
      is: 'Tortoise',
      bbox: [8, 71.25, 117, 210.9375],
      attributes: { Source: 'xclick', IsOccluded: '0' },
    },
    { on: '000a1b.jpg', is: 'Container, large', attributes: { Source: 'verification' } },
  ]);
  assert.deepEqual(content.losses, [
    {
      feature: 'picture-labels',
      count: 1,
      examples: ['train-annotations-human-imagelabels.csv:3'],
    },
  ]);
});

test("reads Kaggle's box in one cell, with and without a category", async () => {
  const { annotations } = await contentOf({
    'train.csv':
      'image_id,width,height,bbox,source\nb6ab77fd7,1024,1024,"[834.0, 222.0, 56.0, 36.0]",usask_1\n',
  });
  assert.deepEqual(annotations, [
    { on: 'b6ab77fd7', is: 'object', bbox: [834, 222, 56, 36], attributes: { source: 'usask_1' } },
  ]);
});

test('reads a table without header, in the form of keras-retinanet', async () => {
  const { images, annotations } = await contentOf({
    'annotations.csv': '/data/imgs/img_001.jpg,837,346,981,456,cow\n/data/imgs/img_002.jpg,,,,,\n',
    'img_001.jpg': '',
    'img_002.jpg': '',
  });
  assert.deepEqual(images, ['img_001.jpg', 'img_002.jpg']);
  assert.deepEqual(annotations, [{ on: 'img_001.jpg', is: 'cow', bbox: [837, 346, 144, 110] }]);
});

test('reads labels alone, corner and size, centre and size, and fractions', async () => {
  const labels = await contentOf({ 'l.csv': 'file,label\na.jpg,犬\n', 'a.jpg': '' });
  assert.deepEqual(labels.annotations, [{ on: 'a.jpg', is: '犬' }]);
  const tables: [string, number[]][] = [
    ['image,label,x,y,width,height\na.jpg,cat,1,2,3,4', [1, 2, 3, 4]],
    ['image,label,left,top,width,height\na.jpg,cat,1,2,3,4', [1, 2, 3, 4]],
    ['image,label,x_center,y_center,w,h\na.jpg,cat,10,20,6,8', [7, 16, 6, 8]],
    ['image,label,x1,y1,x2,y2\na.jpg,cat,0.1,0.25,0.2,1', [64, 120, 64, 360]],
    [',image,label,x1,y1,x2,y2\n0,a.jpg,cat,0,0,1,1', [0, 0, 1, 1]],
  ];
  for (const [text, bbox] of tables) {
    const { annotations } = await contentOf({ 'l.csv': text, 'a.jpg': '' });
    assert.deepEqual(annotations, [{ on: 'a.jpg', is: 'cat', bbox }], text);
  }
});

test('reads what spreadsheets write: semicolons with decimal commas, tabs in UTF-16, a byte order mark', async () => {
  const semicolons = await contentOf({
    'l.csv': '\ufeffFile Name;Class;X;Y;W;H\r\na.jpg;猫;1,5;2;3;4\r\n',
    'a.jpg': '',
  });
  assert.deepEqual(semicolons.annotations, [{ on: 'a.jpg', is: '猫', bbox: [1.5, 2, 3, 4] }]);

  const text = '\ufefffile_name\tcategory\tx\ty\tw\th\r\na.jpg\t猫\t1\t2\t3\t4\r\n';
  const utf16 = new Uint8Array(2 * text.length);
  for (let i = 0; i < text.length; i++) {
    utf16[2 * i] = text.charCodeAt(i) & 255;
    utf16[2 * i + 1] = text.charCodeAt(i) >> 8;
  }
  const tabs = await contentOf({ 'l.tsv': utf16, 'a.jpg': '' });
  assert.deepEqual(tabs.annotations, [{ on: 'a.jpg', is: '猫', bbox: [1, 2, 3, 4] }]);
});

test('several tables are the splits of one dataset', async () => {
  const { dataset } = await csv.read(
    treeOf({
      'train.csv': 'file,label,width,height\na.jpg,cat,9,9\n',
      'val.csv': 'file,label,width,height\nb.jpg,cat,9,9\n',
    }),
  );
  assert.deepEqual(
    dataset.images.map(({ file_name, split }) => [file_name, split]),
    [
      ['a.jpg', 'train'],
      ['b.jpg', 'val'],
    ],
  );
});

test('a table of something else beside them is reported', async () => {
  const { dataset, losses } = await csv.read(
    treeOf({
      'l.csv': 'file,label\na.jpg,cat\n',
      'cameras.csv': 'id,place\n1,roof\n',
      'a.jpg': '',
    }),
  );
  assert.equal(dataset.annotations.length, 1);
  assert.match(inEnglish(losses[0].examples[0]), /^cameras\.csv:1: expected a header/);
});

test('a bad row is reported with file and line, and the others are read', async () => {
  const header = 'file_name,width,height,category,xmin,ymin,xmax,ymax,segmentation';
  const rows = [
    'a.jpg,9,9,cat,1,1,5,5,',
    'a.jpg,9,9,cat,1,1,5',
    'a.jpg,9,9,cat,1,1,NaN,5,',
    'a.jpg,9,9,cat,1,,5,5,',
    'a.jpg,9,9,cat,5,1,1,5,',
    'a.jpg,9,9,cat,,,,,"[[1,2"',
    'a.jpg,9,9,cat,,,,,"[[1,2,3]]"',
    '../../b.jpg,9,9,cat,1,1,5,5,',
    'c.jpg,0,9,cat,1,1,5,5,',
    ',9,9,cat,1,1,5,5,',
    'a.jpg,9,9,cat,1,1,5,1e10,',
  ];
  const { dataset, losses } = await csv.read(treeOf({ 'l.csv': [header, ...rows].join('\n') }));
  assert.equal(dataset.annotations.length, 1);
  assert.deepEqual(losses[0].count, rows.length - 1);
  const expected = [
    /^l\.csv:3: expected 9 cells, found 7/,
    /^l\.csv:4: expected a number in the column xmax, found "NaN"/,
    /^l\.csv:5: expected a number in the column ymin, found an empty cell/,
    /^l\.csv:6: expected a box with its smaller corner first/,
    /^l\.csv:7: expected JSON in the column segmentation/,
    /^l\.csv:8: expected a shape, found polygon \[1,2,3\] is none/,
    /^l\.csv:9: .*"\.\.\/\.\.\/b\.jpg"/,
    /^l\.csv:10: expected the picture's size, or the picture itself/,
    /^l\.csv:11: expected the name of a picture/,
    /^l\.csv:12: expected a number in the column ymax/,
  ];
  expected.forEach((message, index) => {
    assert.match(inEnglish(losses[0].examples[index]), message);
  });
});

test('a table that does not tell what it holds is refused', async () => {
  const refused: [string, RegExp][] = [
    ['a,b,c\n1,2,3', /l\.csv:1: expected a header with a column for the picture/],
    ['file_name,xmin,ymin\na.jpg,1,2', /expected a header/],
    ['file_name\na.jpg', /expected a header/],
    ['', /l\.csv: expected a header, found an empty file/],
    ['file,label,width,height\na.jpg,"cat,9,9\n', /l\.csv:2: expected a closing quote/],
    ['file,label\ngone.jpg,cat\n', /l\.csv:2: expected the picture's size/],
  ];
  for (const [text, message] of refused)
    await assert.rejects(csv.read(treeOf({ 'l.csv': text })), message);
  await assert.rejects(csv.read(treeOf({ 'a.jpg': '' })), /expected a table/);
  assert.equal(await csv.recognises(treeOf({ 'l.csv': 'a,b\n1,2' })), false);
});

test('writes the header that the documentation promises, one row for each object', async () => {
  const dataset = oneAnnotation({ ...square, score: 0.5, attributes: { note: 'a "b", c' } });
  dataset.images.push({ id: 2, file_name: 'b.jpg', ...size, split: 'val' });
  const [file] = csv.write(dataset).files;
  assert.ok('text' in file);
  assert.equal(
    await wholeText(file.text),
    'file_name,width,height,split,category,x,y,w,h,area,iscrowd,score,segmentation,keypoints,attributes,caption\r\n' +
      'a.jpg,100,50,,cat,10,10,20,20,400,0,0.5,"[[10,10,30,10,30,30,10,30]]",,"{""note"":""a \\""b\\"", c""}",\r\n' +
      'b.jpg,640,480,val,,,,,,,,,,,,\r\n',
  );
});

test('everything that a row has a place for comes back without loss', async () => {
  const datasets = plainDataset({
    boxes: true,
    polygons: true,
    parts: true,
    masks: true,
    crowds: true,
    scores: true,
    attributes: true,
    pictureLabels: true,
    captions: true,
    splits: true,
    fineNumbers: true,
    outside: true,
    emptyPictures: true,
    looseMeasures: true,
  }).map((dataset) => {
    const captions = ((dataset.captions ?? []) as { caption: string }[]).filter(
      ({ caption }) => caption !== '',
    );
    const { captions: _, ...rest } = dataset;
    const whole: CocoDataset = captions.length > 0 ? { ...rest, captions } : rest;
    return inReadingOrder(whole, 'first use');
  });
  await holdsLossless(csv, datasets);
});

test('everything else that COCO can say is reported', async () => {
  await holdsLossesComplete(csv, anyDataset());
});

test('each thing that cannot be carried is reported by its own name', async () => {
  const two = oneAnnotation();
  const cases: [LossFeature[], CocoDataset][] = [
    [[], oneAnnotation({ ...box, keypoints: [1, 2, 2] })],
    [['skeleton'], oneAnnotation({}, { category: { keypoints: ['a'] } })],
    [['category-names'], oneAnnotation({}, { category: { name: '' } })],
    [['unused-categories'], { ...two, categories: [...two.categories, { id: 2, name: 'dog' }] }],
    [['captions'], { ...two, captions: [{ id: 1, image_id: 1, caption: '' }] }],
    [['attributes'], oneAnnotation({ track: 7 })],
    // These went into their cells as `NaN`, unreported, and cost the row when it was read.
    [['areas'], oneAnnotation({ ...box, area: Number.NaN })],
    [['crowds'], oneAnnotation({ ...box, iscrowd: Number.NaN as never })],
    [['attributes'], oneAnnotation({ attributes: [1] as never })],
  ];
  for (const [features, dataset] of cases) {
    assert.deepEqual(await lossesOfRoundTrip(csv, dataset), features, JSON.stringify(dataset));
  }
});

test('damaged files are read or refused', async () => {
  const files = new Map([
    [
      'train.csv',
      'file_name,width,height,split,category,x,y,w,h,segmentation,keypoints,attributes,caption\na.jpg,9,8,val,cat,1,2,3,4,"[[0,0,4,0,4,4]]","[1,2,2]","{""a"":1}",\nb.jpg,,,,"dog, big",,,,,"{""size"":[480,640],""counts"":[307200]}",,,\na.jpg,9,8,,,,,,,,,,some words\n',
    ],
    ['oid.csv', 'ImageID,LabelName,Confidence,XMin,XMax,YMin,YMax\nb,/m/1,1,0.1,0.2,0.3,0.4\n'],
    ['class-descriptions.csv', '/m/1,Cat\n'],
    ['b.jpg', ''],
  ]);
  await holdsUnderDamage(csv, files, new Map([['b.jpg', size]]));
});
