import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleArea, rleBbox, rleFromBitmap, rleIou } from '@migaki/coco';
import fc from 'fast-check';
import { rleFromTiles } from '../mask/tiled-mask.ts';
import { discPicture, pictureOf } from '../testing/pictures.ts';
import { boxBlur } from './box-blur.ts';
import { floodFill } from './flood-fill.ts';
import { grabCut } from './grab-cut.ts';
import { liveWireFrom, pathTo } from './live-wire.ts';
import { type Arc, minimumCut } from './max-flow.ts';

const discMask = (width: number, height: number, cx: number, cy: number, radius: number) =>
  rleFromBitmap(
    Uint8Array.from({ length: width * height }, (_, i) =>
      Math.hypot((i % width) + 0.5 - cx, Math.floor(i / width) + 0.5 - cy) < radius ? 1 : 0,
    ),
    height,
    width,
  );

test('the wand takes what has the colour and hangs together', () => {
  // Cells of some pixels, so that stretches are short and long and begin anywhere.
  const cell = 37;
  const [width, height] = [9 * cell, 7];
  const cellOf = (px: number, py: number) => py * 9 + Math.floor(px / cell);
  const bits = fc.array(fc.boolean(), { minLength: 63, maxLength: 63 });
  fc.assert(
    fc.property(bits, fc.nat(8), fc.nat(6), fc.boolean(), (isLight, x, y, isContiguous) => {
      const picture = pictureOf(width, height, (px, py) =>
        isLight[cellOf(px, py)] ? [200, 200, 200] : [190, 100, 190],
      );
      const seed = { x: x * cell + 5, y };
      const filled = floodFill(picture, seed, { threshold: 20, isContiguous, blurPixels: 0 });
      const wanted = new Uint8Array(63);
      const visit = (px: number, py: number) => {
        const i = py * 9 + px;
        const isIn = px >= 0 && py >= 0 && px < 9 && py < 7;
        if (!isIn || wanted[i] === 1 || isLight[i] !== isLight[y * 9 + x]) return;
        wanted[i] = 1;
        for (const [dx, dy] of [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ])
          visit(px + dx, py + dy);
      };
      if (isContiguous) visit(x, y);
      else
        isLight.forEach((light, i) => {
          if (light === isLight[y * 9 + x]) wanted[i] = 1;
        });
      const bitmap = Uint8Array.from(
        { length: width * height },
        (_, i) => wanted[cellOf(i % width, Math.floor(i / width))],
      );
      assert.deepEqual(filled, rleFromBitmap(bitmap, height, width));
    }),
  );
});

test('a large region is filled whole', () => {
  const picture = discPicture(700, 600, 350, 300, 250, 10);
  const options = { threshold: 40, isContiguous: true, blurPixels: 0 };
  const filled = floodFill(picture, { x: 350, y: 300 }, options);
  assert.deepEqual(filled, discMask(700, 600, 350, 300, 250));
});

test('blur lets noise pass that the threshold would stop at', () => {
  const picture = discPicture(200, 200, 100, 100, 60, 30);
  const area = (blurPixels: number) =>
    rleArea(
      floodFill(picture, { x: 100, y: 100 }, { threshold: 12, isContiguous: true, blurPixels }),
    );
  assert.ok(area(0) < 5000, `${area(0)}`);
  assert.ok(area(3) > 9000 && area(3) < 12_500, `${area(3)}`);
});

test('the blur is the mean of the square around each pixel', () => {
  const picture = pictureOf(13, 11, (x, y) => [x * 19, y * 23, (x * y) % 256]);
  const radius = 2;
  const { rgba } = boxBlur(picture, radius);
  for (let y = 0; y < 11; y++) {
    for (let x = 0; x < 13; x++) {
      let sum = 0;
      for (let dy = -radius; dy <= radius; dy++) {
        for (let dx = -radius; dx <= radius; dx++) {
          const px = Math.min(12, Math.max(0, x + dx));
          const py = Math.min(10, Math.max(0, y + dy));
          sum += picture.rgba[4 * (py * 13 + px)];
        }
      }
      // Rounded once along the rows and once down the columns.
      assert.ok(Math.abs(rgba[4 * (y * 13 + x)] - sum / 25) <= 1);
    }
  }
});

test('the scissors follow an edge, not the straight way', () => {
  const picture = discPicture(300, 300, 150, 150, 100, 8);
  const wire = liveWireFrom(picture, { x: 150, y: 50 }, 200);
  const way = pathTo(wire, { x: 250, y: 150 });
  for (let i = 4; i < way.length - 4; i += 2) {
    const away = Math.abs(Math.hypot(way[i] - 150, way[i + 1] - 150) - 100);
    assert.ok(away < 4, `${away} pixels away`);
  }
  assert.deepEqual([way[0], way[1]], [150, 50]);
  assert.deepEqual(way.slice(-2), [250, 150]);
});

test('the scissors run along the cracks between pixels: what they cut out is as large as it is', () => {
  const picture = pictureOf(120, 100, (x, y) => {
    const isIn = x >= 30 && x < 80 && y >= 20 && y < 70;
    return isIn ? [60, 160, 90] : [90 + ((x * 7 + y * 13) % 5), 100, 110];
  });
  const way = pathTo(liveWireFrom(picture, { x: 30, y: 20 }, 100), { x: 80, y: 70 });
  for (let i = 0; i < way.length; i += 2) {
    const [x, y] = [way[i], way[i + 1]];
    assert.ok(x === 30 || x === 80 || y === 20 || y === 70, `${x}, ${y} is beside the edge`);
  }
});

test('every step of a way leads to a neighbour, and beyond the window goes straight', () => {
  const picture = discPicture(80, 60, 40, 30, 20, 20);
  const point = fc.record({ x: fc.nat(79), y: fc.nat(59) });
  fc.assert(
    fc.property(point, point, fc.integer({ min: 1, max: 100 }), (seed, target, reach) => {
      const way = pathTo(liveWireFrom(picture, seed, reach), target);
      const isNear = Math.max(Math.abs(seed.x - target.x), Math.abs(seed.y - target.y)) <= reach;
      const end = isNear ? way.length : way.length - 2;
      for (let i = 2; i < end; i += 2) {
        const step = Math.max(Math.abs(way[i] - way[i - 2]), Math.abs(way[i + 1] - way[i - 1]));
        assert.equal(step, 1);
      }
      const [x, y] = way.slice(-2);
      assert.deepEqual([x, y], [target.x, target.y]);
    }),
  );
});

/** Edmonds and Karp (1972): slow and plain. */
function maximumFlow(source: number[], sink: number[], arcs: readonly Arc[]): number {
  const count = source.length + 2;
  const [s, t] = [source.length, source.length + 1];
  const residual = Array.from({ length: count }, () => new Float64Array(count));
  source.forEach((capacity, i) => {
    residual[s][i] += capacity;
  });
  sink.forEach((capacity, i) => {
    residual[i][t] += capacity;
  });
  for (const { from, to, capacity, reverse } of arcs) {
    residual[from][to] += capacity;
    residual[to][from] += reverse;
  }
  for (let flow = 0; ; ) {
    const parent = new Int32Array(count).fill(-1);
    const queue = [s];
    parent[s] = s;
    for (const node of queue) {
      residual[node].forEach((left, next) => {
        if (left > 0 && parent[next] < 0) {
          parent[next] = node;
          queue.push(next);
        }
      });
    }
    if (parent[t] < 0) return flow;
    let least = Number.POSITIVE_INFINITY;
    for (let node = t; node !== s; node = parent[node])
      least = Math.min(least, residual[parent[node]][node]);
    for (let node = t; node !== s; node = parent[node]) {
      residual[parent[node]][node] -= least;
      residual[node][parent[node]] += least;
    }
    flow += least;
  }
}

test('the cut is as small as the flow is large, on any graph', () => {
  const capacity = fc.nat(12);
  const graph = fc.integer({ min: 1, max: 12 }).chain((count) =>
    fc.record({
      source: fc.array(capacity, { minLength: count, maxLength: count }),
      sink: fc.array(capacity, { minLength: count, maxLength: count }),
      arcs: fc.array(
        fc.record({ from: fc.nat(count - 1), to: fc.nat(count - 1), capacity, reverse: capacity }),
        { maxLength: 40 },
      ),
    }),
  );
  fc.assert(
    fc.property(graph, ({ source, sink, arcs }) => {
      const plain = arcs.filter(({ from, to }) => from !== to);
      const side = minimumCut(source, sink, plain);
      const cut = (isCut: boolean, value: number) => (isCut ? value : 0);
      const size =
        source.reduce((sum, value, i) => sum + cut(side[i] === 0, value), 0) +
        sink.reduce((sum, value, i) => sum + cut(side[i] === 1, value), 0) +
        plain.reduce(
          (sum, { from, to, capacity: there, reverse }) =>
            sum + cut(side[from] > side[to], there) + cut(side[to] > side[from], reverse),
          0,
        );
      assert.equal(size, maximumFlow(source, sink, plain));
    }),
    { numRuns: 1000 },
  );
});

test('four extreme points give the object, within their box', () => {
  const picture = discPicture(400, 300, 200, 150, 90, 25);
  const points = [
    { x: 200, y: 60 },
    { x: 110, y: 150 },
    { x: 200, y: 240 },
    { x: 290, y: 150 },
  ];
  const mask = rleFromTiles(grabCut(picture, points));
  assert.ok(rleIou(mask, discMask(400, 300, 200, 150, 90), false) > 0.97);
  const [x, y, width, height] = rleBbox(mask);
  assert.ok(x >= 110 && y >= 60 && x + width <= 290 && y + height <= 240);
});

test('extreme points of something too small or at the border do no harm', () => {
  const picture = discPicture(60, 40, 30, 20, 10);
  for (const points of [
    [
      { x: 5, y: 5 },
      { x: 6, y: 5 },
      { x: 6, y: 6 },
      { x: 5, y: 6 },
    ],
    [
      { x: 0, y: 0 },
      { x: 60, y: 0 },
      { x: 60, y: 40 },
      { x: 0, y: 40 },
    ],
  ]) {
    const mask = rleFromTiles(grabCut(picture, points));
    assert.deepEqual([mask.width, mask.height], [60, 40]);
  }
});
