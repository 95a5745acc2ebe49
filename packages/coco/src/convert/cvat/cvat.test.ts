import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rleFromBitmap } from '../../mask/rle.ts';
import { compressedFromRle } from '../../mask/rle-text.ts';
import type { CocoDataset } from '../../types.ts';
import { anyDataset, plainDataset } from '../testing/random-dataset.ts';
import {
  holdsLossesComplete,
  holdsLossless,
  holdsUnderDamage,
  roundTrip,
} from '../testing/round-trip.ts';
import { cvat } from './cvat.ts';
import { rotatedCorners } from './rotated-box.ts';
import { annotationsXml, goodBox, outline, size, textOf } from './testing/cvat-file.ts';

test('an object of several parts is written as shapes of one group', async () => {
  const text = await textOf({
    images: [{ id: 1, file_name: '写真 <1>.jpg', ...size, split: 'train' }],
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 1,
        segmentation: [
          [0, 0, 9, 0, 9, 9],
          [20, 0, 29.5, 0, 29, 9],
        ],
        keypoints: [1, 2, 2, 0, 0, 0],
        attributes: { occluded: true, age: 7, 'a "b"': 'x\n<y>' },
      },
    ],
    categories: [
      { id: 1, name: '人', color: '#ff0000', keypoints: ['nose', 'eye'], skeleton: [[1, 2]] },
    ],
  });
  assert.equal(
    text.slice(text.indexOf('  <image')),
    `  <image id="0" name="写真 &lt;1&gt;.jpg" subset="train" width="640" height="480">
    <polygon label="人" source="manual" occluded="1" points="0,0;9,0;9,9" z_order="0" group_id="1">
      <attribute name="age">7</attribute>
      <attribute name="a &quot;b&quot;">x
&lt;y&gt;</attribute>
    </polygon>
    <polygon label="人" source="manual" occluded="1" points="20,0;29.5,0;29,9" z_order="0" group_id="1">
      <attribute name="age">7</attribute>
      <attribute name="a &quot;b&quot;">x
&lt;y&gt;</attribute>
    </polygon>
    <skeleton label="人" source="manual" z_order="0" group_id="1">
      <points label="nose" source="manual" outside="0" occluded="0" points="1,2"/>
      <points label="eye" source="manual" outside="1" occluded="0" points="0,0"/>
      <attribute name="age">7</attribute>
      <attribute name="a &quot;b&quot;">x
&lt;y&gt;</attribute>
    </skeleton>
  </image>
</annotations>
`,
  );
});

test('an upright box with a rotation, as in the COCO export of CVAT, is written as a turned box', async () => {
  const dataset: CocoDataset = {
    images: [{ id: 1, file_name: 'a.jpg', ...size }],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, bbox: [10, 20, 30, 40], attributes: { rotation: 15 } },
    ],
    categories: [{ id: 1, name: 'car' }],
  };
  assert.match(await textOf(dataset), /xtl="10" ytl="20" xbr="40" ybr="60" rotation="15"/);
});

test('a polygon that its rotation does not explain stays a polygon', async () => {
  const dataset: CocoDataset = {
    images: [{ id: 1, file_name: 'a.jpg', ...size }],
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 1,
        segmentation: [[0, 0, 9, 0, 9, 9, 0, 8]],
        attributes: { rotation: 15 },
      },
    ],
    categories: [{ id: 1, name: 'car' }],
  };
  const { read } = await roundTrip(cvat, dataset);
  assert.deepEqual(read.dataset.annotations[0].segmentation, [[0, 0, 9, 0, 9, 9, 0, 8]]);
  assert.deepEqual(read.dataset.annotations[0].attributes, { rotation: 15 });
});

const everything = {
  boxes: true,
  polygons: true,
  parts: true,
  masks: true,
  crowds: true,
  pictureLabels: true,
  splits: true,
  outside: true,
  emptyPictures: true,
  unusedCategories: true,
};

test('boxes, outlines, masks, crowds, labels and splits come back without loss', async () => {
  await holdsLossless(cvat, plainDataset(everything));
});

test('keypoints with names and skeletons come back without loss, whatever else the object has', async () => {
  const datasets = plainDataset({ ...everything, keypoints: true, hiddenKeypoints: true }).map(
    (dataset) => ({
      ...dataset,
      categories: dataset.categories.map((category) =>
        category.keypoints === undefined
          ? category
          : {
              ...category,
              skeleton: [
                [1, 2],
                [3, 1],
              ] as [number, number][],
            },
      ),
    }),
  );
  await holdsLossless(cvat, datasets);
});

test('masks with any pixels come back the same', async () => {
  const masks = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    .chain(([height, width]) =>
      fc.record({
        height: fc.constant(height),
        width: fc.constant(width),
        bits: fc
          .uint8Array({ minLength: height * width, maxLength: height * width, max: 1 })
          .filter((bits) => bits.includes(1)),
      }),
    );
  await fc.assert(
    fc.asyncProperty(masks, async ({ height, width, bits }) => {
      const segmentation = compressedFromRle(rleFromBitmap(bits, height, width));
      const dataset: CocoDataset = {
        images: [{ id: 1, file_name: 'a.jpg', width, height }],
        annotations: [{ id: 1, image_id: 1, category_id: 1, segmentation }],
        categories: [{ id: 1, name: 'cell' }],
      };
      const { read } = await roundTrip(cvat, dataset);
      assert.deepEqual(read.dataset.annotations[0].segmentation, segmentation);
    }),
  );
});

test('turned boxes come back where they were, and with them their angle', async () => {
  const coordinate = fc.integer({ min: -9999, max: 99999 }).map((value) => value / 100);
  const length = fc.integer({ min: 0, max: 99999 }).map((value) => value / 100);
  const box = fc.tuple(coordinate, coordinate, length, length);
  const degrees = fc.integer({ min: 1, max: 35999 }).map((value) => value / 100);
  await fc.assert(
    fc.asyncProperty(box, degrees, async (bbox, rotation) => {
      const dataset: CocoDataset = {
        images: [{ id: 1, file_name: 'a.jpg', ...size }],
        annotations: [
          {
            id: 1,
            image_id: 1,
            category_id: 1,
            segmentation: [rotatedCorners(bbox, rotation)],
            attributes: { rotation },
          },
        ],
        categories: [{ id: 1, name: 'car' }],
      };
      const { read, writeLosses } = await roundTrip(cvat, dataset);
      assert.deepEqual(writeLosses, []);
      const { segmentation, attributes } = read.dataset.annotations[0];
      assert.deepEqual(segmentation, dataset.annotations[0].segmentation);
      assert.deepEqual(attributes, { rotation });
    }),
  );
});

/** CVAT does not tell "not occluded" from "nobody said": neither is a value in COCO. */
function withoutDefaults(dataset: CocoDataset): CocoDataset {
  return {
    ...dataset,
    annotations: dataset.annotations.map(({ attributes, ...annotation }) => {
      const { occluded, ...others } = attributes ?? {};
      const kept = occluded === false || occluded === undefined ? others : { occluded, ...others };
      return { ...annotation, ...(Object.keys(kept).length > 0 && { attributes: kept }) };
    }),
  };
}

test('everything else that COCO can say is reported', async () => {
  await holdsLossesComplete(cvat, anyDataset().map(withoutDefaults));
});

test('attributes of one type each come back without loss', async () => {
  const values = fc.record(
    {
      occluded: fc.constant(true),
      z_order: fc.constantFrom(-1, 3),
      source: fc.constantFrom('auto', 'semi-auto'),
      group_id: fc.integer({ min: 1, max: 3 }),
      doors: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      parked: fc.boolean(),
      plate: fc.constantFrom('', '1', 'true', 'a\nb', '札 <&>'),
      ['__proto__']: fc.constant('own'),
    },
    { requiredKeys: [] },
  );
  const datasets = fc
    .tuple(plainDataset(everything), fc.array(values, { minLength: 16, maxLength: 16 }))
    .map(
      ([dataset, attributes]): CocoDataset => ({
        ...dataset,
        annotations: dataset.annotations.map((annotation, i) => {
          const own = attributes[i % 16];
          return Object.keys(own).length > 0 ? { ...annotation, attributes: own } : annotation;
        }),
      }),
    );
  await holdsLossless(cvat, datasets);
});

test('damaged files are read or refused, never more', async () => {
  const shapes = `${goodBox}${outline('0,0;9,0;9,9', 3)}${outline('20,0;29,0;29,9', 3)}
    <mask label="car" rle="1, 2, 1, 2" left="3" top="1" width="3" height="2"/>
    <skeleton label="人"><points label="eye" outside="0" occluded="1" points="5.00,6.50"/></skeleton>
    <box label="car" xtl="10" ytl="10" xbr="30" ybr="20" rotation="30"/><tag label="car"/>`;
  const files = new Map([
    ['annotations.xml', annotationsXml(shapes)],
    ['images/a.jpg', ''],
  ]);
  await holdsUnderDamage(cvat, files, new Map([['images/a.jpg', size]]));
});
