import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bitmapFromRle } from '../../mask/rle.ts';
import { rleFromSegmentation } from '../../mask/segmentation.ts';
import { rotatedCorners } from '../cvat/rotated-box.ts';
import { lossesInEnglish } from '../testing/losses-in-english.ts';
import { cvat } from './cvat.ts';
import {
  annotationsXml,
  outline,
  readOne,
  readShapes,
  size,
  textOf,
  treeOf,
} from './testing/cvat-file.ts';

test('labels come with colours, keypoints and edges, and the task with its name', async () => {
  const { dataset, losses } = await readShapes('');
  assert.deepEqual(dataset, {
    info: { description: 'Cells' },
    images: [{ id: 1, file_name: 'a.jpg', ...size }],
    annotations: [],
    categories: [
      { id: 1, name: 'car', color: '#c06060' },
      { id: 2, name: '人', keypoints: ['nose', 'eye'], skeleton: [[1, 2]] },
    ],
  });
  assert.deepEqual(losses, []);
});

test('a box keeps its attributes with the types that its label declares', async () => {
  const { annotation } = await readOne(
    `<box label="car" source="auto" occluded="1" xtl="10.10" ytl="20.00" xbr="110.30" ybr="60.50" z_order="2" group_id="7">
       <attribute name="parked">true</attribute><attribute name="doors">5</attribute>
       <attribute name="plate">5</attribute><attribute name="undeclared">true</attribute></box>`,
  );
  assert.deepEqual(annotation, {
    bbox: [10.1, 20, 100.2, 40.5],
    area: 100.2 * 40.5,
    attributes: {
      parked: true,
      doors: 5,
      plate: '5',
      undeclared: 'true',
      occluded: true,
      z_order: 2,
      source: 'auto',
      group_id: 7,
    },
  });
});

test('what every shape has by default leaves nothing behind', async () => {
  const { annotation } = await readOne(
    '<box label="car" source="manual" occluded="0" xtl="0" ytl="0" xbr="2" ybr="3" z_order="0"/>',
  );
  assert.deepEqual(annotation, { bbox: [0, 0, 2, 3], area: 6 });
});

test('a tag is a label of the whole picture', async () => {
  const { annotation } = await readOne(
    '<tag label="car" source="manual"><attribute name="doors">3</attribute></tag>',
  );
  assert.deepEqual(annotation, { attributes: { doors: 3 } });
});

test('a turned box becomes its four corners, and is written as the same turned box', async () => {
  const shape =
    '<box label="car" source="manual" occluded="0" xtl="100.12" ytl="100.5" xbr="300.12" ybr="200.5" rotation="30" z_order="0"/>';
  const { annotation, losses } = await readOne(shape);
  assert.deepEqual(annotation.segmentation, [rotatedCorners([100.12, 100.5, 200, 100], 30)]);
  // The top left corner moves right and up: the turn is clockwise as the picture is seen.
  assert.deepEqual(annotation.segmentation![0].slice(0, 2).map(Math.round), [139, 57]);
  assert.deepEqual(annotation.attributes, { rotation: 30 });
  assert.deepEqual(
    losses.map(({ feature }) => feature),
    ['rotation'],
  );
  const { dataset } = await readShapes(shape);
  assert.ok((await textOf(dataset)).includes(shape));
  assert.deepEqual(cvat.write(dataset).losses, []);
});

test('a mask runs along the rows of its rectangle, zeros first', async () => {
  const { annotation } = await readOne(
    '<mask label="car" source="manual" occluded="0" rle="1, 2, 1, 2" left="3" top="1" width="3" height="2" z_order="0"/>',
  );
  // .##
  // .##
  const rle = rleFromSegmentation(annotation.segmentation!, 480, 640);
  const inside = [...bitmapFromRle(rle).entries()].filter(([, value]) => value === 1);
  assert.deepEqual(
    inside.map(([at]) => [at % 640, Math.floor(at / 640)]),
    [
      [4, 1],
      [5, 1],
      [4, 2],
      [5, 2],
    ],
  );
  assert.deepEqual([annotation.bbox, annotation.area], [[4, 1, 2, 2], 4]);
});

test('a mask of a whole picture is one run', async () => {
  const { annotation } = await readOne(
    `<mask label="car" rle="0,${640 * 480}" left="0" top="0" width="640" height="480"/>`,
  );
  const { counts } = rleFromSegmentation(annotation.segmentation!, 480, 640);
  assert.deepEqual(Array.from(counts), [0, 640 * 480]);
});

test('a skeleton becomes keypoints: outside is 0, occluded is 1', async () => {
  const { annotation } = await readOne(
    `<skeleton label="人" source="manual" z_order="0">
       <points label="eye" source="manual" outside="0" occluded="1" points="5.00,6.50"/>
       <points label="nose" source="manual" outside="1" occluded="0" points="3.00,4.00"/>
     </skeleton>`,
  );
  assert.deepEqual(annotation, {
    keypoints: [0, 0, 0, 5, 6.5, 1],
    num_keypoints: 1,
    bbox: [5, 6.5, 0, 0],
    area: 0,
  });
});

test('points without names are called by their numbers, and are written as points again', async () => {
  const shapes = `<points label="car" source="manual" occluded="0" points="1,2;3,4" z_order="0"/>
    <points label="car" source="manual" occluded="1" points="5,6" z_order="0"/>`;
  const { dataset } = await readShapes(shapes);
  assert.deepEqual(dataset.categories[0].keypoints, ['1', '2']);
  assert.deepEqual(
    dataset.annotations.map(({ keypoints }) => keypoints),
    [
      [1, 2, 2, 3, 4, 2],
      [5, 6, 1, 0, 0, 0],
    ],
  );
  const text = await textOf(dataset);
  assert.match(text, /<points label="car" source="manual" occluded="0" points="1,2;3,4"/);
  assert.match(text, /<points label="car" source="manual" occluded="1" points="5,6"/);
});

test('outlines of one group and label are one object of several parts', async () => {
  const { dataset } = await readShapes(
    outline('0,0;9,0;9,9', 3) + outline('0,0;5,0;5,5', 4) + outline('20,0;29,0;29,9', 3),
  );
  assert.deepEqual(
    dataset.annotations.map(({ segmentation, attributes }) => [segmentation, attributes]),
    [
      [
        [
          [0, 0, 9, 0, 9, 9],
          [20, 0, 29, 0, 29, 9],
        ],
        undefined,
      ],
      [[[0, 0, 5, 0, 5, 5]], { group_id: 4 }],
    ],
  );
});

test('groups that are no single object keep their number', async () => {
  const box = (group: number) =>
    `<box label="car" xtl="0" ytl="0" xbr="2" ybr="3" group_id="${group}"/>`;
  const { dataset } = await readShapes(box(1) + box(1) + outline('0,0;9,0;9,9', 1, '人'));
  assert.equal(dataset.annotations.length, 3);
  for (const { attributes } of dataset.annotations) assert.deepEqual(attributes, { group_id: 1 });
  const text = await textOf(dataset);
  assert.equal(text.match(/group_id="1"/g)?.length, 3);
});

test('a polygon and a mask of one group become one mask', async () => {
  const { annotation, losses } = await readOne(
    outline('0,0;2,0;2,2;0,2', 3) +
      '<mask label="car" rle="0,4" left="2" top="0" width="2" height="2" group_id="3"/>',
  );
  assert.deepEqual([annotation.bbox, annotation.area], [[0, 0, 4, 2], 8]);
  assert.equal(losses[0].feature, 'mask-pixels');
});

test('ellipses and cuboids become polygons, polylines are left out, and all three are reported', async () => {
  const cuboid = 'tl1:10,10 bl1:10,50 tr1:40,10 br1:40,50 tl2:20,5 bl2:20,45 tr2:50,5 br2:50,45'
    .split(' ')
    .map((corner) => {
      const [name, x, y] = corner.split(/[:,]/);
      return `x${name}="${x}" y${name}="${y}"`;
    })
    .join(' ');
  const { dataset, losses } = await readShapes(
    `<ellipse label="car" cx="100" cy="200" rx="50" ry="20" rotation="90"/>
     <cuboid label="car" ${cuboid}/>
     <polyline label="car" points="0,0;9,9"/>`,
  );
  const [ellipse, hull] = dataset.annotations;
  assert.deepEqual(ellipse.bbox!.map(Math.round), [80, 150, 40, 100]);
  assert.ok(Math.abs(ellipse.area! / (Math.PI * 50 * 20) - 1) < 0.0005);
  assert.deepEqual(hull.bbox, [10, 5, 40, 45]);
  assert.equal(hull.area, 30 * 40 + 10 * 40 + 30 * 5);
  assert.deepEqual(lossesInEnglish(losses), [
    {
      feature: 'shapes',
      count: 3,
      examples: [
        'annotations.xml:17 <ellipse>, now a polygon',
        'annotations.xml:18 <cuboid>, now a polygon',
        'annotations.xml:19 <polyline>, left out',
      ],
    },
  ]);
});

test('what a task says beyond its pictures is reported', async () => {
  const rich = `<meta><project><created>2024-01-01</created><owner><username>me</username></owner><labels>
    <label><name>car</name><type>polygon</type><attributes><attribute><name>a</name>
    <input_type>select</input_type><values>x\ny</values></attribute></attributes></label></labels></project></meta>`;
  const { losses } = await readShapes('', rich);
  assert.deepEqual(
    losses.map(({ feature, examples }) => [feature, ...examples]),
    [
      [
        'category-details',
        'annotations.xml:3 <type> polygon',
        'annotations.xml:3 choices or default of attribute "a"',
      ],
      ['info', 'annotations.xml:2 <created>', 'annotations.xml:2 <owner>'],
    ],
  );
});

test('pictures are found below images/, with subset, and frames without extension too', async () => {
  const image = (attributes: string) => `<image id="0" width="9" height="9" ${attributes}/>`;
  const xml = `<annotations>${image('name="d/a.jpg" subset="train"')}${image('name="frame_000001" subset="default"')}${image('name="d/a.jpg" subset="val" task_id="8"')}</annotations>`;
  const { dataset, imagePaths, losses } = await cvat.read(
    treeOf({
      'export/annotations.xml': xml,
      'export/images/train/d/a.jpg': '',
      'export/images/frame_000001.png': '',
      'export/images/val/d/a.jpg': '',
    }),
  );
  assert.deepEqual(
    dataset.images.map(({ file_name, split }) => [file_name, split, imagePaths.get(file_name)]),
    [
      ['d/a.jpg', 'train', 'export/images/train/d/a.jpg'],
      ['frame_000001.png', undefined, 'export/images/frame_000001.png'],
      ['task_8/d/a.jpg', 'val', 'export/images/val/d/a.jpg'],
    ],
  );
  assert.equal(losses[0].feature, 'file-names');
});

test('a file without <meta> is read with the labels that its shapes have', async () => {
  const { category } = await readOne(
    `<skeleton label="person"><points label="ear" outside="0" occluded="0" points="1,2"/></skeleton>`,
    '',
  );
  assert.deepEqual(category, { id: 1, name: 'person', keypoints: ['ear'] });
});

test('the old notation of attributes is understood', async () => {
  const old = `<meta><task><labels><label><name>car</name><attributes>
    <attribute>~checkbox=parked:false</attribute><attribute>@select=make:a,b</attribute>
    </attributes></label></labels></task></meta>`;
  const { annotation } = await readOne(
    '<box label="car" xtl="0" ytl="0" xbr="2" ybr="3"><attribute name="parked">false</attribute></box>',
    old,
  );
  assert.deepEqual(annotation.attributes, { parked: false });
});

test('only XML files with the root element <annotations> are taken for CVAT', async () => {
  assert.equal(await cvat.recognises(treeOf({ 'x/annotations.xml': annotationsXml('') })), true);
  assert.equal(await cvat.recognises(treeOf({ 'a.xml': '<annotation/>' })), false);
  assert.equal(await cvat.recognises(treeOf({ 'a.jpg': '' })), false);
});
