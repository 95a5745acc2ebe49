import assert from 'node:assert/strict';
import test from 'node:test';
import type { Segmentation } from '../types.ts';
import { mergeRles } from './combine.ts';
import { rleFromBbox, rleFromPolygon } from './rasterize.ts';
import { rleFromText } from './rle-text.ts';
import { rleFromSegmentation } from './segmentation.ts';

const left = [1, 1, 3, 1, 3, 5, 1, 5];
const right = [2, 2, 6, 2, 6, 4];

test('one polygon is that polygon, several are their union', () => {
  assert.deepEqual(rleFromSegmentation([left], 8, 9), rleFromPolygon(left, 8, 9));
  const both = mergeRles([rleFromPolygon(left, 8, 9), rleFromPolygon(right, 8, 9)], 'union');
  assert.deepEqual(rleFromSegmentation([left, right], 8, 9), both);
});

test('later polygons may be degenerate, as pycocotools allows', () => {
  assert.deepEqual(
    rleFromSegmentation([left, [1, 1], [2, 2, 5, 5]], 8, 9),
    rleFromPolygon(left, 8, 9),
  );
});

test('a list that begins with four numbers is a list of boxes', () => {
  const boxes = mergeRles(
    [rleFromBbox([1, 1, 3, 2], 8, 9), rleFromBbox([5, 5, 1, 1], 8, 9)],
    'union',
  );
  assert.deepEqual(
    rleFromSegmentation(
      [
        [1, 1, 3, 2],
        [5, 5, 1, 1],
      ],
      8,
      9,
    ),
    boxes,
  );
});

test('run lengths keep their own size and need not add up', () => {
  const compressed = { size: [3, 4] as [number, number], counts: '52203' };
  assert.deepEqual(rleFromSegmentation(compressed, 8, 9), rleFromText('52203', 3, 4));
  const short = rleFromSegmentation({ size: [3, 4], counts: [5, 2] }, 8, 9);
  assert.deepEqual(short, { height: 3, width: 4, counts: Uint32Array.of(5, 2) });
});

test('what is no mask is named with its place', () => {
  const cases: [unknown, RegExp][] = [
    [
      null,
      /^segmentation: expected a list of polygons, or an object with size and counts, found null/,
    ],
    ['52203', /found a value of type string without them/],
    [{ counts: '52203' }, /without them/],
    [{ size: [3, 4, 5], counts: '52203' }, /without them/],
    [{ size: ['3', 4], counts: '52203' }, /a height and a width in whole pixels.*found 3 × 4/],
    [{ size: [3, 4], counts: [5, -2] }, /segmentation\.counts\[1\]: .*found -2/],
    [{ size: [3, 4], counts: [5, 2 ** 32] }, /found 4294967296/],
    [{ size: [3, 4], counts: [5, null] }, /found null/],
    [[], /expected at least one polygon, found an empty list/],
    [
      [1, 1, 3, 1, 3, 3],
      /segmentation\[0\]: expected a list of numbers, found number\. .*\[\[x0, y0/,
    ],
    [[left, null], /segmentation\[1\]: expected a list of numbers, found null/],
    [[[1, 1]], /segmentation\[0\]: expected a polygon of three points or more, found 2 numbers/],
    [[[1, 1, 2, 2], left], /segmentation\[1\]: expected a box of four numbers .*found 8 numbers/],
    [[left, [1, 1, 3, 'x', 3, 3]], /segmentation\[1\]\[3\]: expected a coordinate .*found x/],
  ];
  for (const [segmentation, message] of cases) {
    assert.throws(() => rleFromSegmentation(segmentation as Segmentation, 8, 9), {
      name: 'CocoError',
      message,
    });
  }
});
