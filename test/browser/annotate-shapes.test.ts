/// <reference lib="dom" />
// Every shape, drawn by hand in a browser, exported as COCO, and every number of the file held against the hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bitmapFromRle, rleArea, rleBbox, rleFromBitmap, rleFromSegmentation } from '@migaki/coco';
import type { Point } from './annotator.ts';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { openDrawnDataset } from './drawn-dataset.ts';
import {
  greenBox,
  pictureSize,
  pixelsOfDiscs,
  pixelsWhere,
  redDiscs,
  yellowDisc,
} from './drawn-picture.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

interface CocoAnnotation {
  image_id: number;
  category_id?: number;
  bbox?: number[];
  segmentation?: number[][] | { size: [number, number]; counts: string };
  area?: number;
  iscrowd?: 0 | 1;
  keypoints?: number[];
  num_keypoints?: number;
  caption?: string;
  attributes?: Record<string, unknown>;
}

const { width, height } = pictureSize;
/** What is kept of a coordinate. */
const kept = (value: number) => Math.round(value * 100) / 100;
const ring = (points: readonly Point[]) => points.flatMap(([x, y]) => [kept(x), kept(y)]);

function boxOf(points: readonly number[]): number[] {
  const xs = points.filter((_, i) => i % 2 === 0);
  const ys = points.filter((_, i) => i % 2 === 1);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}

/** By the shoelace formula. */
function areaOf(points: readonly number[]): number {
  let twice = 0;
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[(i + 2) % points.length], points[(i + 3) % points.length]];
    twice += points[i] * y - x * points[i + 1];
  }
  return Math.abs(twice) / 2;
}

function near(actual: readonly number[] | undefined, expected: readonly number[], what: string) {
  assert.equal(actual?.length, expected.length, `${what}: ${actual}`);
  for (const [i, value] of expected.entries()) {
    assert.ok(Math.abs(actual![i] - value) < 0.02, `${what}: ${actual} is not ${expected}`);
  }
}

/** Pixels, one byte each, of what was exported. */
const pixelsOf = ({ segmentation }: CocoAnnotation) =>
  bitmapFromRle(rleFromSegmentation(segmentation!, height, width));

function assertMask(annotation: CocoAnnotation, pixels: Uint8Array, what: string) {
  const rle = rleFromBitmap(pixels, height, width);
  const differing = pixelsOf(annotation).filter((value, i) => value !== pixels[i]).length;
  assert.equal(differing, 0, `${what}: ${differing} pixels differ`);
  assert.deepEqual(annotation.bbox, rleBbox(rle), what);
  assert.equal(annotation.area, rleArea(rle), what);
}

/** How far a pixel's middle is from a stretch. */
function distanceToStretch(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay);
  const along = ((x + 0.5 - ax) * (bx - ax) + (y + 0.5 - ay) * (by - ay)) / length ** 2;
  const share = Math.max(0, Math.min(1, length === 0 ? 0 : along));
  return Math.hypot(x + 0.5 - ax - share * (bx - ax), y + 0.5 - ay - share * (by - ay));
}

test('what is drawn with every tool is exported as it was drawn', { skip }, async (t) => {
  const { page, client, complaints, finished, datasetId, hands, show } = await openDrawnDataset(
    'shapes',
    ['drawn.png'],
  );
  const { press } = hands;
  const clicks = async (points: readonly Point[]) => {
    for (const point of points) await hands.click(point);
  };
  const wholes = (points: readonly Point[]) => Promise.all(points.map(hands.whole));
  /** What the export has to hold, one check for each object in the order in which they are drawn. */
  const checks: ((annotation: CocoAnnotation) => void)[] = [];

  await show(0);
  await press('Shift+Z');
  const snapping = page.getByRole('switch', { name: 'Snap' });

  await t.test('a box by a drag, and one by two clicks', async () => {
    await press('1', 'r');
    await snapping.setChecked(false, { force: true });
    for (const corners of [
      await wholes([
        [20, 20],
        [100, 80],
      ]),
      await wholes([
        [120, 20],
        [180, 90],
      ]),
    ]) {
      if (checks.length === 0) await hands.drag(...corners);
      else await clicks(corners);
      const bbox = boxOf(ring(corners));
      checks.push((annotation) => {
        near(annotation.bbox, bbox, 'box');
        near([annotation.area!], [bbox[2] * bbox[3]], 'area of the box');
        assert.equal(annotation.segmentation, undefined);
        assert.equal(annotation.category_id, 1);
      });
    }
    await press('Escape');
  });

  await t.test('a box that is turned', async () => {
    await press('Shift+R');
    const [a, b, reach] = await wholes([
      [210, 60],
      [290, 20],
      [300, 80],
    ]);
    await hands.drag(a, b);
    await hands.click(reach);
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const across = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    const depth = across[0] * (reach[1] - a[1]) - across[1] * (reach[0] - a[0]);
    const down = [-across[1] * depth, across[0] * depth];
    const corners = [...a, ...b, b[0] + down[0], b[1] + down[1], a[0] + down[0], a[1] + down[1]];
    const degrees = (Math.atan2(across[1], across[0]) * 180) / Math.PI;
    checks.push((annotation) => {
      near((annotation.segmentation as number[][])[0], corners, 'turned box');
      near(annotation.bbox, boxOf(corners), 'box around the turned box');
      assert.ok(Math.abs(annotation.area! - length * depth) < 2, `${annotation.area}`);
      assert.ok(Math.abs((annotation.attributes!.rotation as number) - degrees) < 0.01);
    });
    await press('Escape');
  });

  await t.test('a polygon with a hole and a second part', async () => {
    await press('2', 'p');
    const outer = await wholes([
      [340, 20],
      [440, 20],
      [440, 100],
      [340, 100],
    ]);
    const hole = await wholes([
      [360, 40],
      [420, 40],
      [420, 80],
      [360, 80],
    ]);
    const part = await wholes([
      [460, 20],
      [500, 20],
      [500, 60],
    ]);
    await clicks(outer);
    await press('n');
    await hands.click(hole[0], ['Control']);
    await clicks(hole.slice(1));
    await press('n');
    await hands.click(part[0], ['Shift']);
    await clicks(part.slice(1));
    await press('Enter');
    const bridged = ring([outer[0], ...hole, hole[0], outer[0], ...outer.slice(1)]);
    checks.push((annotation) => {
      assert.equal(annotation.category_id, 2);
      const [first, second, ...others] = annotation.segmentation as number[][];
      assert.equal(others.length, 0);
      near(first, bridged, 'ring with its hole');
      near(second, ring(part), 'second part');
      near(annotation.bbox, boxOf([...first, ...second]), 'box of the polygon');
      const area = areaOf(ring(outer)) - areaOf(ring(hole)) + areaOf(ring(part));
      near([annotation.area!], [area], 'area of the polygon');
    });
    await press('Escape');
  });

  await t.test('a polygon by a line of the hand', async () => {
    const line = await wholes([
      [540, 20],
      [570, 24],
      [600, 40],
      [610, 70],
      [580, 90],
      [550, 80],
      [530, 50],
    ]);
    await hands.drag(...line, [540, 22]);
    checks.push(({ segmentation, bbox, area }) => {
      near((segmentation as number[][])[0], ring(line), 'line of the hand');
      near(bbox, boxOf(ring(line)), 'its box');
      near([area!], [areaOf(ring(line))], 'its area');
    });
    await press('Escape');
  });

  await t.test('points that go to a corner, an edge and the border', async () => {
    await press('p', 'Shift+N');
    await clicks([
      [104, 84],
      [60, 140],
      [3, 140],
      [16, 60],
    ]);
    await press('n', 'Shift+N');
    const [[, bottom], [right]] = await wholes([
      [0, 140],
      [60, 0],
    ]);
    const [[left, top], [cornerX, cornerY]] = await wholes([
      [20, 60],
      [100, 80],
    ]);
    const expected = [cornerX, cornerY, right, bottom, 0, bottom, left, top].map(kept);
    checks.push(({ segmentation }) => {
      near((segmentation as number[][])[0], expected, 'points that snapped');
    });
    await press('Escape');
  });

  await t.test('a mask by round and square strokes, less what was rubbed out', async () => {
    await press('b');
    const round = await wholes([
      [150, 160],
      [240, 190],
    ]);
    await hands.drag(...round);
    await page.getByText('Square', { exact: true }).click();
    const [square] = await wholes([[290, 160]]);
    await hands.click(square);
    await press('e');
    await page.getByText('Round', { exact: true }).click();
    const rubbed = await wholes([
      [200, 140],
      [200, 210],
    ]);
    await hands.drag(...rubbed);
    const radius = 10;
    const mask = pixelsWhere((x, y) => {
      const isSquare =
        Math.abs(x + 0.5 - square[0]) <= radius && Math.abs(y + 0.5 - square[1]) <= radius;
      const isRound = distanceToStretch(x, y, round[0], round[1]) <= radius;
      return (isRound || isSquare) && distanceToStretch(x, y, rubbed[0], rubbed[1]) > radius;
    });
    checks.push((annotation) => assertMask(annotation, mask, 'mask of strokes'));
    await press('Escape');
  });

  await t.test(
    'the wand finds what hangs together, more of it with Shift, less with Ctrl',
    async () => {
      await press('w');
      const [first, second] = redDiscs.map(({ centre }) => centre);
      await hands.click(first);
      const objects = page.locator('.annotate-status-line');
      await objects.getByText('8 objects').waitFor();
      await hands.click(second, ['Shift']);
      await page.locator('.annotate-working').waitFor({ state: 'hidden' });
      checks.push((annotation) => assertMask(annotation, pixelsOfDiscs(redDiscs), 'both discs'));
      await press('Escape');
      // All of that colour at once, and one disc of it taken away again.
      await page.getByRole('switch', { name: 'Connected only' }).setChecked(false, { force: true });
      await hands.click(first);
      await objects.getByText('9 objects').waitFor();
      await page.getByRole('switch', { name: 'Connected only' }).setChecked(true, { force: true });
      await hands.click(second, ['Control']);
      checks.push((annotation) =>
        assertMask(annotation, pixelsOfDiscs(redDiscs.slice(0, 1)), 'one disc of two'),
      );
      await page.locator('.annotate-working').waitFor({ state: 'hidden' });
      await press('Escape');
    },
  );

  await t.test('scissors follow an edge from corner to corner', async () => {
    await press('Shift+P');
    const [left, top, across, down] = greenBox;
    await clicks([
      [left, top],
      [left + across, top],
      [left + across, top + down],
      [left, top + down],
    ]);
    await press('n');
    await page.locator('.annotate-status-line').getByText('10 objects').waitFor();
    const inBox = pixelsWhere(
      (x, y) => x >= left && x < left + across && y >= top && y < top + down,
    );
    checks.push((annotation) => {
      assert.deepEqual(annotation.bbox, [...greenBox]);
      const differing = pixelsOf(annotation).filter((value, i) => value !== inBox[i]).length;
      assert.equal(differing, 0, 'pixels beside the edges');
    });
    await press('Escape');
  });

  await t.test('a pose: one point is left out, one is hidden', async () => {
    await press('3', 'k');
    const [head, right, foot] = await wholes([
      [560, 130],
      [600, 170],
      [565, 240],
    ]);
    await page.getByText('Next: head').waitFor();
    await hands.click(head);
    await page.getByText('Next: left hand').waitFor();
    await press('.');
    await page.getByText('Next: right hand').waitFor();
    await hands.click(right, ['Shift']);
    await hands.click(foot);
    checks.push((annotation) => {
      assert.equal(annotation.category_id, 3);
      const [a, b, c] = [head, right, foot].map((point) => ring([point]));
      near(annotation.keypoints, [...a, 2, 0, 0, 0, ...b, 1, ...c, 2], 'keypoints');
      assert.equal(annotation.num_keypoints, 3);
      near(annotation.bbox, boxOf([...a, ...b, ...c]), 'box around the pose');
    });
    await press('Escape');
  });

  await t.test('four extreme points give the mask of what lies between them', async () => {
    await press('1', 'x');
    const { centre, radius } = yellowDisc;
    await clicks([
      [centre[0], centre[1] - radius],
      [centre[0] - radius, centre[1]],
      [centre[0], centre[1] + radius],
      [centre[0] + radius, centre[1]],
    ]);
    await page.locator('.annotate-status-line').getByText('12 objects').waitFor();
    const disc = pixelsOfDiscs([yellowDisc]);
    checks.push((annotation) => {
      const found = pixelsOf(annotation);
      const both = found.filter((value, i) => value === 1 && disc[i] === 1).length;
      const either = found.filter((value, i) => value === 1 || disc[i] === 1).length;
      assert.ok(both / either > 0.98, `IoU ${both / either}`);
    });
    await press('Escape');
  });

  await t.test('a crowd', async () => {
    await press('p');
    const crowd = await wholes([
      [20, 200],
      [80, 200],
      [80, 260],
      [20, 260],
    ]);
    await clicks(crowd);
    await press('n', 'c', 'Escape');
    const [[left, top], , [right, bottom]] = crowd;
    checks.push((annotation) => {
      assert.equal(annotation.iscrowd, 1);
      assert.ok(!Array.isArray(annotation.segmentation), 'COCO wants a mask for crowds');
      const isIn = (x: number, y: number) => x >= left && x < right && y >= top && y < bottom;
      const inRing = pixelsWhere((x, y) => isIn(x + 0.5, y + 0.5));
      const differing = pixelsOf(annotation).filter((value, i) => value !== inRing[i]).length;
      assert.ok(differing <= 2 * (right - left + bottom - top), `${differing} pixels differ`);
    });
  });

  await t.test('a category and a caption of the whole picture', async () => {
    await press('t', '2');
    checks.push((annotation) => {
      assert.equal(annotation.category_id, 2);
      assert.equal(annotation.bbox, undefined);
    });
    await press('Shift+T');
    await page.getByRole('textbox', { name: /^Say in a sentence/ }).fill('Discs on a ground.');
    await press('Enter');
  });

  await t.test('the file holds all of it, and nothing else', async () => {
    await hands.saved();
    const { job } = await client.startExport({ body: { datasetId, format: 'coco' } });
    assert.equal((await finished(job)).state, 'succeeded');
    const response = await client.downloadExport({ params: { jobId: job.id } });
    const file = (await response.json()) as {
      images: { width: number; height: number; file_name: string }[];
      annotations: CocoAnnotation[];
      captions: CocoAnnotation[];
    };
    assert.deepEqual(
      file.images.map(({ width, height, file_name }) => [file_name, width, height]),
      [['drawn.png', width, height]],
    );
    assert.equal(file.annotations.length, checks.length);
    for (const [index, check] of checks.entries()) check(file.annotations[index]);
    assert.deepEqual(
      file.captions.map(({ caption }) => caption),
      ['Discs on a ground.'],
    );
  });

  assert.deepEqual(complaints, []);
});
