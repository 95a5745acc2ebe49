// People out of a few strokes, for pose: seen from the front or from behind, in any stance and size, over one another. Left
// and right are theirs: of somebody who looks at you, the left hand is on the right side of the picture.

import type { CocoAnnotation } from '@migaki/coco';
import { type Random, randomOf } from '../random/random.ts';
import type { DrawnSet } from './drawn-set.ts';
import { anyColour, circle, limb, type Point, scene } from './svg.ts';

const [width, height] = [256, 256];

const keypoints = [
  'head',
  'left shoulder',
  'right shoulder',
  'left elbow',
  'right elbow',
  'left hand',
  'right hand',
  'left hip',
  'right hip',
  'left knee',
  'right knee',
  'left foot',
  'right foot',
];
const skeleton: [number, number][] = [
  [2, 3],
  [2, 4],
  [4, 6],
  [3, 5],
  [5, 7],
  [2, 8],
  [3, 9],
  [8, 9],
  [8, 10],
  [10, 12],
  [9, 11],
  [11, 13],
];

interface Walker {
  /** In the order of `keypoints`. */
  readonly points: readonly Point[];
  /** Height in pixels. */
  readonly size: number;
  readonly isFacing: boolean;
  readonly colours: { skin: string; shirt: string; trousers: string };
}

export function drawnWalkers(count: number, seed = 0): DrawnSet {
  const pictures = Array.from({ length: count }, (_, i) => walkersOf(randomOf(seed, 21, i)));
  const annotations: CocoAnnotation[] = pictures.flatMap((walkers, index) =>
    walkers.map((walker, i) => annotationOf(walker, walkers.slice(i + 1), index + 1)),
  );
  return {
    dataset: {
      images: pictures.map((_, i) => ({
        id: i + 1,
        file_name: `walkers-${String(i + 1).padStart(4, '0')}.jpg`,
        width,
        height,
      })),
      categories: [{ id: 1, name: 'walker', keypoints, skeleton }],
      annotations: annotations.map((annotation, i) => ({ ...annotation, id: i + 1 })),
    },
    svg: (index) =>
      scene(
        randomOf(seed, 22, index),
        { width, height, clutter: 20 },
        pictures[index].map(drawingOf).join(''),
      ),
  };
}

function walkersOf(random: Random): Walker[] {
  const count = random.integer(1, 3);
  return Array.from({ length: count }, () => walkerAt(random)).sort((a, b) => a.size - b.size);
}

function walkerAt(random: Random): Walker {
  const size = random.between(80, 200);
  const isFacing = random.chance(0.5);
  const [x, y] = [
    random.between(0.25 * size, width - 0.25 * size),
    random.between(0.3 * size, height - 0.3 * size),
  ];
  const lean = random.normal(0, 0.12);
  /** From a point, in a direction counted from straight down, clockwise as seen. */
  const from = ([px, py]: Point, angle: number, length: number): Point => [
    px - Math.sin(angle) * length * size,
    py + Math.cos(angle) * length * size,
  ];
  const hipMiddle: Point = [x, y];
  const neck = from(hipMiddle, Math.PI + lean, 0.3);
  const head = from(neck, Math.PI + lean + random.normal(0, 0.15), 0.12);
  /** 1 for the side that is on the right of the picture. */
  const side = (isLeft: boolean) => (isLeft === isFacing ? 1 : -1);
  const across = ([px, py]: Point, isLeft: boolean, distance: number): Point => [
    px + side(isLeft) * distance * size * Math.cos(lean),
    py + side(isLeft) * distance * size * Math.sin(lean),
  ];
  const limbOf = (isLeft: boolean) => {
    const out = -side(isLeft);
    const shoulder = across(neck, isLeft, 0.09);
    const upperArm = out * random.between(-0.2, 2.6);
    const elbow = from(shoulder, upperArm, 0.15);
    const hand = from(elbow, upperArm + out * random.between(-0.3, 2), 0.14);
    const hip = across(hipMiddle, isLeft, 0.06);
    const thigh = out * random.between(-0.25, 0.9);
    const knee = from(hip, thigh, 0.2);
    const foot = from(knee, thigh - out * random.between(0, 0.9), 0.2);
    return { shoulder, elbow, hand, hip, knee, foot };
  };
  const [left, right] = [limbOf(true), limbOf(false)];
  const names = ['shoulder', 'elbow', 'hand', 'hip', 'knee', 'foot'] as const;
  return {
    points: [head, ...names.flatMap((name) => [left[name], right[name]])],
    size,
    isFacing,
    colours: {
      skin: `hsl(${random.integer(15, 40)},${random.integer(30, 70)}%,${random.integer(35, 85)}%)`,
      shirt: anyColour(random, [0.25, 0.75]),
      trousers: anyColour(random, [0.15, 0.6]),
    },
  };
}

function drawingOf({ points, size, isFacing, colours }: Walker): string {
  const [head, ls, rs, le, re, lh, rh, lp, rp, lk, rk, lf, rf] = points;
  const thick = size * 0.055;
  const arm = (a: Point, b: Point, c: Point) =>
    limb(a, b, thick, colours.shirt) + limb(b, c, thick * 0.8, colours.skin);
  const leg = (a: Point, b: Point, c: Point) =>
    limb(a, b, thick * 1.2, colours.trousers) + limb(b, c, thick, colours.trousers);
  const body = [ls, rs, rp, lp].map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const torso =
    `<polygon points="${body}" fill="${colours.shirt}" stroke="${colours.shirt}" ` +
    `stroke-width="${thick.toFixed(1)}" stroke-linejoin="round"/>`;
  const face = isFacing
    ? [-1, 1]
        .map((side) =>
          circle([head[0] + side * size * 0.022, head[1] - size * 0.005], size * 0.012, '#111'),
        )
        .join('') +
      limb(
        [head[0] - size * 0.02, head[1] + size * 0.03],
        [head[0] + size * 0.02, head[1] + size * 0.03],
        size * 0.01,
        '#511',
      )
    : circle([head[0], head[1] - size * 0.005], size * 0.055, 'rgba(40,25,15,.9)');
  return (
    leg(lp, lk, lf) +
    leg(rp, rk, rf) +
    torso +
    arm(ls, le, lh) +
    arm(rs, re, rh) +
    circle(head, size * 0.06, colours.skin) +
    face
  );
}

function annotationOf(walker: Walker, above: readonly Walker[], imageId: number): CocoAnnotation {
  const margin = walker.size * 0.05;
  const xs = walker.points.map(([x]) => x);
  const ys = walker.points.map(([, y]) => y);
  const [left, right] = [Math.min(...xs) - margin, Math.max(...xs) + margin];
  const [top, bottom] = [Math.min(...ys) - margin, Math.max(...ys) + margin];
  const clamped = (value: number, most: number) => Math.min(most, Math.max(0, value));
  const box = [
    clamped(left, width),
    clamped(top, height),
    clamped(right, width),
    clamped(bottom, height),
  ];
  const values = walker.points.flatMap(([x, y]) => {
    const isOutside = x < 0 || y < 0 || x >= width || y >= height;
    if (isOutside) return [0, 0, 0];
    return [x, y, above.some((other) => covers(other, [x, y])) ? 1 : 2];
  });
  return {
    id: 0,
    image_id: imageId,
    category_id: 1,
    bbox: [box[0], box[1], box[2] - box[0], box[3] - box[1]],
    area: (box[2] - box[0]) * (box[3] - box[1]) * 0.4,
    iscrowd: 0,
    keypoints: values,
    num_keypoints: values.filter((value, i) => i % 3 === 2 && value > 0).length,
  };
}

/** Whether a point lies under somebody's body or head. */
function covers({ points, size }: Walker, [x, y]: Point): boolean {
  const [head, ls, rs, , , , , lp, rp] = points;
  if (Math.hypot(x - head[0], y - head[1]) < size * 0.06) return true;
  const [left, right] = [
    Math.min(ls[0], rs[0], lp[0], rp[0]),
    Math.max(ls[0], rs[0], lp[0], rp[0]),
  ];
  return x > left && x < right && y > Math.min(ls[1], rs[1]) && y < Math.max(lp[1], rp[1]);
}
