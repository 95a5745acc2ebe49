import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish } from '../../phrase.ts';
import { cvat } from './cvat.ts';
import { annotationsXml, goodBox, meta, readShapes, treeOf } from './testing/cvat-file.ts';

const badShapes: [what: string, shape: string, message: RegExp][] = [
  [
    'an unknown label',
    goodBox.replace('car', 'bus'),
    /expected one of the labels in <meta> \("car", "人"\), found "bus"/,
  ],
  [
    'no label',
    goodBox.replace('label', 'name'),
    /expected the attribute label in <box>, found none/,
  ],
  [
    'NaN',
    goodBox.replace('"3"', '"NaN"'),
    /annotations\.xml:17: expected a number for ybr, found "NaN"/,
  ],
  ['an absurd number', goodBox.replace('"3"', '"1e300"'), /found "1e300"/],
  [
    'edges the wrong way round',
    goodBox.replace('"3"', '"-3"'),
    /expected xtl ≤ xbr and ytl ≤ ybr, found 0, 0, 2, -3/,
  ],
  [
    'a polygon of two points',
    '<polygon label="car" points="0,0;1,1"/>',
    /three points or more, found 2/,
  ],
  [
    'broken points',
    '<polygon label="car" points="0,0;1;2,2"/>',
    /expected points as "x,y;x,y", found "1"/,
  ],
  [
    'a mask outside of the picture',
    '<mask label="car" rle="0,4" left="639" top="0" width="2" height="2"/>',
    /a mask inside the picture \(640 × 480\), found 2 × 2 at 639, 0/,
  ],
  [
    'too many pixels in a mask',
    '<mask label="car" rle="0,5" left="0" top="0" width="2" height="2"/>',
    /runs of pixels that add up to 4, found 5/,
  ],
  [
    'no pixels in a mask',
    '<mask label="car" rle="4" left="0" top="0" width="2" height="2"/>',
    /a mask with pixels, found an empty one/,
  ],
  [
    'half a pixel',
    '<mask label="car" rle="0,4" left="0.5" top="0" width="2" height="2"/>',
    /a mask of whole pixels, found 0\.5, 0, 2, 2/,
  ],
  [
    'an unknown keypoint',
    '<skeleton label="人"><points label="knee" points="0,0"/></skeleton>',
    /expected one of "nose", "eye", found "knee"/,
  ],
];

for (const [what, shape, message] of badShapes) {
  test(`a shape with ${what} is left out and reported, and the others are read`, async () => {
    const { dataset, losses } = await readShapes(`${shape}\n${goodBox}`);
    assert.equal(dataset.annotations.length, 1);
    assert.equal(losses[0].feature, 'unusable-records');
    assert.match(inEnglish(losses[0].examples[0]), message);
  });
}

test('a mask of an absurd size is left out, not unpacked', async () => {
  const shape = '<mask label="car" rle="0,1" left="0" top="0" width="1000000" height="1000000"/>';
  const xml = annotationsXml(shape + goodBox).replace(
    'width="640" height="480"',
    'width="1000000" height="1000000"',
  );
  const { losses } = await cvat.read(treeOf({ 'annotations.xml': xml }));
  assert.match(
    inEnglish(losses[0].examples[0]),
    /a mask of at most 268,435,456 pixels, found 1000000 × 1000000/,
  );
});

const badImages: [what: string, image: string, message: RegExp][] = [
  [
    'no name',
    '<image id="1" width="1" height="1"/>',
    /expected the attribute name in <image>, found none/,
  ],
  [
    'no size and no picture',
    '<image id="1" name="b.jpg"/>',
    /the picture's size, or the picture itself, found neither/,
  ],
  [
    'a name outside of the folder',
    '<image id="1" name="../b.jpg" width="1" height="1"/>',
    /inside the dataset's folder, found "\.\.\/b\.jpg"/,
  ],
  [
    'a name that is taken',
    '<image id="1" name="a.jpg" width="1" height="1"/>',
    /expected each picture once, found a\.jpg twice/,
  ],
];

for (const [what, image, message] of badImages) {
  test(`a picture with ${what} is left out and reported, and the others are read`, async () => {
    const xml = annotationsXml(goodBox).replace('</annotations>', `${image}</annotations>`);
    const { dataset, losses } = await cvat.read(treeOf({ 'annotations.xml': xml }));
    assert.equal(dataset.images.length, 1);
    assert.match(inEnglish(losses[0].examples[0]), message);
  });
}

const badFiles: [what: string, xml: string, message: RegExp][] = [
  ['a truncated file', annotationsXml(goodBox).slice(0, -30), /annotations\.xml:17:\d+: expected/],
  [
    'another root element',
    '<annotation/>',
    /annotations\.xml:1: expected <annotations>, found <annotation>/,
  ],
  [
    'a file of CVAT for video',
    `<annotations>${meta}<track id="0" label="car"/></annotations>`,
    /found a <track> of CVAT for video\. Export the task once more/,
  ],
];

for (const [what, xml, message] of badFiles) {
  test(`${what} is refused`, async () => {
    await assert.rejects(() => cvat.read(treeOf({ 'annotations.xml': xml })), message);
  });
}

test('a skeleton whose drawing is broken keeps its keypoints and loses its edges', async () => {
  const { dataset, losses } = await readShapes('', meta.replace('&lt;/line&gt;', ''));
  assert.deepEqual(dataset.categories[1], { id: 2, name: '人', keypoints: ['nose', 'eye'] });
  assert.deepEqual(
    losses.map(({ feature }) => feature),
    ['skeleton'],
  );
});

test('several files of one tree must agree about a skeleton', async () => {
  const other = meta.replaceAll('>eye<', '>ear<').replaceAll('name="eye"', 'name="ear"');
  const tree = treeOf({ 'a.xml': annotationsXml(''), 'b.xml': annotationsXml('', other) });
  await assert.rejects(
    () => cvat.read(tree),
    /b\.xml: expected the keypoints of "人" .*\(nose, eye\), found nose, ear/,
  );
});
