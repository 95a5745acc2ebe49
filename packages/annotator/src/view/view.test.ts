import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { levelFor, parentTile, pyramidOf, tileBox, visibleTiles } from './tile-pyramid.ts';
import {
  fitView,
  imageFromScreen,
  panBy,
  pinchView,
  screenFromImage,
  visibleBox,
  zoomAt,
  zoomToBox,
} from './view.ts';

const picture = { width: 4000, height: 3000 };
const canvas = { width: 1200, height: 800 };
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

test('the whole picture fits, in the middle', () => {
  const view = fitView(picture, canvas);
  const topLeft = screenFromImage(view, { x: 0, y: 0 });
  const bottomRight = screenFromImage(view, { x: 4000, y: 3000 });
  near(topLeft.x, canvas.width - bottomRight.x);
  near(topLeft.y, 16);
  near(bottomRight.y, 784);
});

test('zooming keeps the point under the cursor, as long as the picture stays in sight', () => {
  const point = fc.record({
    x: fc.integer({ min: 300, max: 900 }),
    y: fc.integer({ min: 200, max: 600 }),
  });
  fc.assert(
    fc.property(point, fc.double({ min: 0.8, max: 20, noNaN: true }), (anchor, factor) => {
      const view = fitView(picture, canvas);
      const zoomed = zoomAt(view, anchor, factor, picture, canvas);
      const before = imageFromScreen(view, anchor);
      const after = imageFromScreen(zoomed, anchor);
      near(after.x, before.x);
      near(after.y, before.y);
    }),
  );
});

test('no sequence of zooming and panning loses the picture or makes it nothing', () => {
  const step = fc.record({
    x: fc.integer({ min: -5000, max: 5000 }),
    y: fc.integer({ min: -5000, max: 5000 }),
    factor: fc.double({ min: 0.001, max: 1000, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let view = fitView(picture, canvas);
      for (const { x, y, factor } of steps) {
        view = panBy(zoomAt(view, { x, y }, factor, picture, canvas), x, y, picture, canvas);
        assert.ok(Number.isFinite(view.x + view.y + view.scale) && view.scale > 0);
        assert.notEqual(visibleBox(view, picture, canvas), null);
      }
    }),
  );
});

test('an object is shown with its surroundings, however small it is', () => {
  for (const box of [
    [100, 100, 40, 20],
    [5, 5, 0, 0],
  ] as const) {
    const view = zoomToBox(box, picture, canvas);
    const [x, y, width, height] = visibleBox(view, picture, canvas)!;
    assert.ok(x <= box[0] && y <= box[1] && x + width >= box[0] + box[2] && y + height >= box[1]);
    assert.ok(width < 400);
  }
});

test('zooming to an object that nearly fills the picture never goes further away than the whole picture', () => {
  assert.deepEqual(zoomToBox([100, 100, 3800, 2800], picture, canvas), fitView(picture, canvas));
});

test('points under two fingers stay under them', () => {
  const view = fitView(picture, canvas);
  const before = [
    { x: 500, y: 400 },
    { x: 700, y: 400 },
  ] as const;
  const after = [
    { x: 450, y: 420 },
    { x: 850, y: 420 },
  ] as const;
  const pinched = pinchView(view, before, after, picture, canvas);
  near(pinched.scale, view.scale * 2);
  const [was, is] = [imageFromScreen(view, before[0]), imageFromScreen(pinched, after[0])];
  near(was.x, is.x);
  near(was.y, is.y);
});

test('the tiles that can be seen cover what can be seen, whatever the view', () => {
  const pyramid = pyramidOf({ width: 20_000, height: 15_001 });
  const zoom = fc.double({ min: 0.05, max: 400, noNaN: true });
  fc.assert(
    fc.property(zoom, fc.nat(1200), fc.nat(800), (factor, x, y) => {
      const view = zoomAt(
        fitView(pyramid.picture, canvas),
        { x, y },
        factor,
        pyramid.picture,
        canvas,
      );
      const level = levelFor(pyramid, view);
      const tiles = visibleTiles(pyramid, view, canvas, level);
      const seen = visibleBox(view, pyramid.picture, canvas)!;
      const area = tiles.reduce((sum, tile) => {
        const [left, top, width, height] = tileBox(pyramid, tile);
        const w = Math.min(left + width, seen[0] + seen[2]) - Math.max(left, seen[0]);
        const h = Math.min(top + height, seen[1] + seen[3]) - Math.max(top, seen[1]);
        return sum + w * h;
      }, 0);
      assert.ok(Math.abs(area - seen[2] * seen[3]) < 1e-3 * area);
      assert.ok(tiles.length < 60, `${tiles.length} tiles`);
    }),
  );
});

test('a pyramid ends with one tile, and a tile lies in its parent', () => {
  assert.equal(pyramidOf({ width: 20_000, height: 20_000 }).levelCount, 7);
  assert.equal(pyramidOf({ width: 512, height: 100 }).levelCount, 1);
  assert.equal(pyramidOf({ width: 1, height: 1 }).levelCount, 1);
  assert.deepEqual(parentTile({ level: 1, column: 5, row: 2 }), { level: 2, column: 2, row: 1 });
});
