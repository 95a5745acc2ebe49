import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { rleFromBbox, rleFromPolygon } from './rasterize.ts';
import { checkRle, rleArea } from './rle.ts';
import { textFromRle } from './rle-text.ts';
import { recorded } from './testing/recorded.ts';

test('polygons get the pixels that pycocotools gives them', () => {
  for (const [polygon, height, width, text] of recorded.polygons) {
    const rle = rleFromPolygon(polygon, height, width);
    assert.equal(textFromRle(rle), text, JSON.stringify([polygon, height, width]));
    checkRle(rle);
  }
});

test('boxes get the pixels that pycocotools gives them', () => {
  for (const [bbox, height, width, text] of recorded.boxes) {
    assert.equal(textFromRle(rleFromBbox(bbox, height, width)), text, JSON.stringify(bbox));
  }
});

const arbitraryCorners = fc.array(
  fc.tuple(fc.double({ min: -30, max: 60, noNaN: true }), fc.integer({ min: -30, max: 60 })),
  { minLength: 1, maxLength: 12 },
);

test('neither the sense of a ring nor its first corner matters', () => {
  fc.assert(
    fc.property(arbitraryCorners, fc.nat(11), (corners, shift) => {
      const { counts } = rleFromPolygon(corners.flat(), 30, 40);
      const turned = [...corners.slice(shift), ...corners.slice(0, shift)];
      assert.deepEqual(rleFromPolygon(turned.flat(), 30, 40).counts, counts);
      assert.deepEqual(rleFromPolygon(corners.toReversed().flat(), 30, 40).counts, counts);
    }),
  );
});

test('a ring walked twice has no inside', () => {
  fc.assert(
    fc.property(arbitraryCorners, (corners) => {
      const twice = [...corners, ...corners, corners[0]].flat();
      assert.deepEqual(rleFromPolygon(twice, 30, 40).counts, Uint32Array.of(1200));
    }),
  );
});

test('a shape too large for one raster is drawn in parts without a seam', () => {
  const [height, width] = [20_011, 20_005];
  const rle = rleFromPolygon(
    [3, 2, width - 5, 2, width - 5, height - 3, 3, height - 3],
    height,
    width,
  );
  const first = 3 * height + 2;
  const between = Array.from({ length: width - 9 }, () => [height - 5, 5]).flat();
  const rest = height * width - first - (width - 8) * (height - 5) - (width - 9) * 5;
  assert.deepEqual(rle.counts, Uint32Array.of(first, ...between, height - 5, rest));
});

test('corners at the ends of the number range cost nothing', () => {
  const far = 400_000_000;
  const rle = rleFromPolygon([-far, -far, far, -far, far, far, -far, far], 300, 400);
  assert.deepEqual(rle.counts, Uint32Array.of(0, 120_000));
  assert.equal(rleArea(rleFromPolygon([-far, -far, far, far, -far, far], 300, 300)), 45_150);
});

test('a polygon of a million corners is drawn', () => {
  const polygon: number[] = [];
  for (let corner = 0; corner < 1_000_000; corner++) {
    const angle = (corner / 1_000_000) * 2 * Math.PI;
    polygon.push(320 + 200 * Math.cos(angle), 240 + 200 * Math.sin(angle));
  }
  const area = rleArea(rleFromPolygon(polygon, 480, 640));
  assert.ok(Math.abs(area - Math.PI * 200 ** 2) < 500, `${area}`);
});

test('an outline too long for any patience is refused', () => {
  const polygon: number[] = [];
  for (let corner = 0; corner < 1_000_000; corner++)
    polygon.push((corner % 2) * 5000, corner % 4000);
  assert.throws(() => rleFromPolygon(polygon, 4000, 5000), {
    code: 'bad-polygon',
    message:
      /crosses at most 268,435,456 columns of pixels, found [\d,]+ crossings by 1,000,000 corners/,
  });
});

test('coordinates that are no place are named', () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 1e9, -1e9, null as unknown as number]) {
    assert.throws(() => rleFromPolygon([1, 1, 3, bad, 3, 3], 4, 4), {
      code: 'bad-polygon',
      message: `polygon[3]: expected a coordinate in pixels within ±429,496,728, found ${bad}.`,
    });
  }
  assert.throws(() => rleFromPolygon([1, 1, 1e9, 1, 3, 3], 4, 4, 'segmentation[2]'), {
    message: /^segmentation\[2\]\[2\]: /,
  });
  assert.throws(() => rleFromBbox([1, 1, Number.NaN, 2], 4, 4), { code: 'bad-polygon' });
  assert.throws(() => rleFromPolygon([1, 1, 3, 1, 3, 3], -4, 4), { code: 'bad-rle' });
});
