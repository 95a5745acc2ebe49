// Leaves of three kinds among one another, for detection and instance segmentation: they overlap, come in any size and
// colour, and only their outline tells the kind.

import {
  type CocoAnnotation,
  compressedFromRle,
  type Rle,
  rleArea,
  rleBbox,
  rleFromPolygon,
  subtractRle,
} from '@migaki/coco';
import { type Random, randomOf } from '../random/random.ts';
import type { DrawnSet } from './drawn-set.ts';
import { anyColour, polygon, scene } from './svg.ts';

const [width, height] = [320, 240];
const outlinePoints = 60;

/** How far the outline lies from the middle, as a share of the size, in the direction `t`. */
const kinds: readonly { name: string; radius: (t: number) => number }[] = [
  { name: 'round leaf', radius: (t) => 0.85 + 0.06 * Math.cos(2 * t) },
  { name: 'lobed leaf', radius: (t) => 0.72 + 0.28 * Math.cos(5 * t) },
  { name: 'long leaf', radius: (t) => 1 / Math.hypot(Math.cos(t), 3.2 * Math.sin(t)) },
];

interface Leaf {
  readonly kind: number;
  readonly outline: number[];
  readonly colour: string;
}

/** @param count how many pictures */
export function drawnLeaves(count: number, seed = 0): DrawnSet {
  const pictures = Array.from({ length: count }, (_, i) => leavesOf(randomOf(seed, 11, i)));
  const annotations: CocoAnnotation[] = pictures.flatMap((leaves, index) =>
    visibleParts(leaves).flatMap(({ kind, rle }): CocoAnnotation[] => {
      const area = rleArea(rle);
      // A shred that nobody could name.
      if (area < 40) return [];
      return [
        {
          id: 0,
          image_id: index + 1,
          category_id: kind + 1,
          bbox: rleBbox(rle),
          segmentation: compressedFromRle(rle),
          area,
          iscrowd: 0,
        },
      ];
    }),
  );
  return {
    dataset: {
      images: pictures.map((_, i) => ({
        id: i + 1,
        file_name: `leaves-${String(i + 1).padStart(4, '0')}.jpg`,
        width,
        height,
      })),
      categories: kinds.map(({ name }, i) => ({ id: i + 1, name })),
      annotations: annotations.map((annotation, i) => ({ ...annotation, id: i + 1 })),
    },
    svg: (index) => {
      const random = randomOf(seed, 12, index);
      const content = pictures[index]
        .map(({ outline, colour }) =>
          polygon(outline, colour, `stroke="rgba(0,0,0,.35)" stroke-width="1"`),
        )
        .join('');
      return scene(random, { width, height, clutter: 25 }, content);
    },
  };
}

function leavesOf(random: Random): Leaf[] {
  // The larger ones first, so that small ones lie on top and can be seen.
  const sizes = Array.from({ length: random.integer(2, 11) }, () =>
    Math.exp(random.between(Math.log(11), Math.log(60))),
  ).sort((a, b) => b - a);
  return sizes.map((size) => {
    const kind = random.integer(0, kinds.length - 1);
    const [x, y] = [random.between(0, width), random.between(0, height)];
    const turn = random.between(0, 2 * Math.PI);
    const stretch = random.between(0.85, 1.15);
    const outline = Array.from({ length: outlinePoints }, (_, i) => {
      const t = (2 * Math.PI * i) / outlinePoints;
      const radius = size * kinds[kind].radius(t) * (1 + 0.02 * random.normal(0, 1));
      const [u, v] = [radius * Math.cos(t) * stretch, (radius * Math.sin(t)) / stretch];
      return [
        x + u * Math.cos(turn) - v * Math.sin(turn),
        y + u * Math.sin(turn) + v * Math.cos(turn),
      ];
    }).flat();
    return { kind, outline, colour: anyColour(random, [0.25, 0.75]) };
  });
}

/** Of each leaf what those on top of it leave. */
function visibleParts(leaves: readonly Leaf[]): { kind: number; rle: Rle }[] {
  const whole = leaves.map(({ outline }) => rleFromPolygon(outline, height, width));
  return leaves.map(({ kind }, i) => ({
    kind,
    rle: whole.slice(i + 1).reduce((left, above) => subtractRle(left, above), whole[i]),
  }));
}
