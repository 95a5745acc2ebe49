// Intelligent scissors: from a point that was clicked, the cheapest way along edges to every other corner between pixels
// around it (Mortensen and Barrett 1995). All ways are found at once when the point is set, by Dijkstra's algorithm with a
// ring of buckets (Dial 1969), as costs are small whole numbers; following the pointer is then just a walk back.

import { clamp, type ImagePoint } from '../geometry/point.ts';
import { type EdgeFeatures, edgeFeatures, type Window } from './edge-cost.ts';
import type { PixelBuffer } from './pixel-buffer.ts';

/** Cheapest ways from one corner between pixels to all of a window. */
export interface LiveWire extends Window {
  readonly seed: ImagePoint;
  /** Index of the step that leads back towards the seed; 255 at the seed. */
  readonly back: Uint8Array;
}

/** Weights of the features, as the paper has them. */
const weights = { offEdge: 0.43, direction: 0.43, weakness: 0.14 };
/** The largest cost of a step, and one more than the ring of buckets has to tell apart. */
const maxCost = 255;
const unreached = 0xff;

const steps = [
  { dx: 1, dy: 0 },
  { dx: 1, dy: 1 },
  { dx: 0, dy: 1 },
  { dx: -1, dy: 1 },
  { dx: -1, dy: 0 },
  { dx: -1, dy: -1 },
  { dx: 0, dy: -1 },
  { dx: 1, dy: -1 },
];
/** Angles by their cosines, as a share of a half turn: the arc cosine itself takes most of the time else. */
const cosineSteps = 1024;
const angleShares = Float32Array.from(
  { length: cosineSteps + 1 },
  (_, i) => Math.acos(i / cosineSteps) / Math.PI,
);
const angleShare = (cosine: number): number =>
  angleShares[Math.min(cosineSteps, Math.round(cosine * cosineSteps))];

/** Scaled by its length, so that a diagonal is no short cut. */
const stepScale = steps.map(({ dx, dy }) => (dx !== 0 && dy !== 0 ? 1 : Math.SQRT1_2));

/**
 * @param reachPixels how far from the seed ways are known, each way
 * @example pathTo(liveWireFrom(pixels, { x: 40, y: 60 }, 256), { x: 90, y: 55 }); // [40, 60, …, 90, 55]
 */
export function liveWireFrom(pixels: PixelBuffer, seed: ImagePoint, reachPixels: number): LiveWire {
  const seedX = clamp(Math.round(seed.x), 0, pixels.width);
  const seedY = clamp(Math.round(seed.y), 0, pixels.height);
  const left = Math.max(0, seedX - reachPixels);
  const top = Math.max(0, seedY - reachPixels);
  const width = Math.min(pixels.width, seedX + reachPixels) + 1 - left;
  const height = Math.min(pixels.height, seedY + reachPixels) + 1 - top;
  const features = edgeFeatures(pixels, { left, top, width, height });
  const start = (seedY - top) * width + seedX - left;
  const back = cheapestWays(features, start);
  return { left, top, width, height, seed: { x: seedX, y: seedY }, back };
}

function cheapestWays(features: EdgeFeatures, start: number): Uint8Array {
  const { width, height } = features;
  const back = new Uint8Array(width * height).fill(unreached);
  const costs = new Int32Array(width * height).fill(2 ** 31 - 1);
  const isSettled = new Uint8Array(width * height);
  const buckets = Array.from({ length: maxCost + 1 }, (): number[] => []);
  costs[start] = 0;
  buckets[0].push(start);
  let openCount = 1;
  for (let cost = 0; openCount > 0; cost++) {
    const bucket = buckets[cost % buckets.length];
    while (bucket.length > 0) {
      const corner = bucket.pop()!;
      openCount--;
      if (isSettled[corner] === 1) continue;
      isSettled[corner] = 1;
      const x = corner % width;
      const y = (corner - x) / width;
      for (let step = 0; step < steps.length; step++) {
        const { dx, dy } = steps[step];
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
        const neighbour = corner + dy * width + dx;
        if (isSettled[neighbour] === 1) continue;
        const reached = cost + stepCost(features, corner, neighbour, step);
        if (reached >= costs[neighbour]) continue;
        costs[neighbour] = reached;
        back[neighbour] = (step + 4) % steps.length;
        buckets[reached % buckets.length].push(neighbour);
        openCount++;
      }
    }
  }
  return back;
}

/** 1 to `maxCost`. */
function stepCost(features: EdgeFeatures, from: number, to: number, step: number): number {
  const { weakness, offEdge, alongX, alongY } = features;
  const { dx, dy } = steps[step];
  const length = dx !== 0 && dy !== 0 ? Math.SQRT2 : 1;
  // How far the step turns from the edges that run through both corners: 0 along, 1 across.
  const alongFrom = Math.abs(alongX[from] * dx + alongY[from] * dy) / length;
  const alongTo = Math.abs(alongX[to] * dx + alongY[to] * dy) / length;
  const direction = angleShare(alongFrom) + angleShare(alongTo);
  const cost =
    weights.offEdge * offEdge[to] + weights.direction * direction + weights.weakness * weakness[to];
  return 1 + Math.round(cost * stepScale[step] * (maxCost - 1));
}

/** The way from the seed to a point, from corner to corner; what lies outside the window is reached straight. */
export function pathTo(wire: LiveWire, target: ImagePoint): number[] {
  const { left, top, width, height, back } = wire;
  const [targetX, targetY] = [Math.round(target.x), Math.round(target.y)];
  let x = clamp(targetX - left, 0, width - 1);
  let y = clamp(targetY - top, 0, height - 1);
  const way: number[] = [];
  const isOutside = left + x !== targetX || top + y !== targetY;
  if (isOutside) way.push(target.y, target.x);
  for (;;) {
    way.push(top + y, left + x);
    const step = back[y * width + x];
    if (step === unreached) break;
    x += steps[step].dx;
    y += steps[step].dy;
  }
  return way.reverse();
}
