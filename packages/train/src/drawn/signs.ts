// Road signs of eight kinds, for classification: seen at an angle, in any light, in front of anything, and only the symbol
// tells the kind. With several signs in a picture it is a task of several labels.

import type { CocoAnnotation } from '@migaki/coco';
import { type Random, randomOf } from '../random/random.ts';
import type { DrawnSet } from './drawn-set.ts';
import { anyColour, circle, limb, type Point, polygon, scene } from './svg.ts';

const side = 128;

/** Symbols within −1 … 1, in a colour. */
const symbols: readonly { name: string; draw: (colour: string) => string }[] = [
  {
    name: 'arrow left',
    draw: (c) =>
      polygon([-0.7, 0, -0.1, -0.6, -0.1, -0.2, 0.7, -0.2, 0.7, 0.2, -0.1, 0.2, -0.1, 0.6], c),
  },
  {
    name: 'arrow right',
    draw: (c) =>
      polygon([0.7, 0, 0.1, -0.6, 0.1, -0.2, -0.7, -0.2, -0.7, 0.2, 0.1, 0.2, 0.1, 0.6], c),
  },
  {
    name: 'cross',
    draw: (c) => limb([-0.5, -0.5], [0.5, 0.5], 0.28, c) + limb([0.5, -0.5], [-0.5, 0.5], 0.28, c),
  },
  {
    name: 'bar',
    draw: (c) => polygon([-0.65, -0.2, 0.65, -0.2, 0.65, 0.2, -0.65, 0.2], c),
  },
  {
    name: 'two bars',
    draw: (c) =>
      polygon([-0.5, -0.6, -0.15, -0.6, -0.15, 0.6, -0.5, 0.6], c) +
      polygon([0.15, -0.6, 0.5, -0.6, 0.5, 0.6, 0.15, 0.6], c),
  },
  {
    name: 'exclamation',
    draw: (c) =>
      polygon([-0.16, -0.7, 0.16, -0.7, 0.1, 0.2, -0.1, 0.2], c) + circle([0, 0.52], 0.16, c),
  },
  {
    name: 'ring',
    draw: (c) => circle([0, 0], 0.45, 'none', `stroke="${c}" stroke-width="0.24"`),
  },
  {
    name: 'zigzag',
    draw: (c) =>
      limb([-0.6, 0.4], [-0.2, -0.4], 0.22, c) +
      limb([-0.2, -0.4], [0.2, 0.4], 0.22, c) +
      limb([0.2, 0.4], [0.6, -0.4], 0.22, c),
  },
];

export interface SignsOptions {
  /** How many signs a picture has at most; with more than one it may also have none. */
  readonly mostSigns?: number;
}

export function drawnSigns(
  count: number,
  seed = 0,
  { mostSigns = 1 }: SignsOptions = {},
): DrawnSet {
  const pictures = Array.from({ length: count }, (_, i) => {
    const random = randomOf(seed, 31, i);
    const signs = mostSigns === 1 ? 1 : random.integer(0, mostSigns);
    return Array.from({ length: signs }, () => random.integer(0, symbols.length - 1));
  });
  let id = 0;
  const annotations: CocoAnnotation[] = pictures.flatMap((kinds, index) =>
    [...new Set(kinds)].map((kind) => ({
      id: ++id,
      image_id: index + 1,
      category_id: kind + 1,
    })),
  );
  return {
    dataset: {
      images: pictures.map((_, i) => ({
        id: i + 1,
        file_name: `signs-${String(i + 1).padStart(4, '0')}.jpg`,
        width: side,
        height: side,
      })),
      categories: symbols.map(({ name }, i) => ({ id: i + 1, name })),
      annotations,
    },
    svg: (index) => {
      const random = randomOf(seed, 32, index);
      const content = pictures[index].map((kind) => signOf(random, kind, mostSigns)).join('');
      return scene(random, { width: side, height: side, clutter: 14 }, content);
    },
  };
}

function signOf(random: Random, kind: number, mostSigns: number): string {
  const size = side * random.between(0.14, mostSigns === 1 ? 0.4 : 0.26);
  const at: Point = [
    random.between(0.6 * size, side - 0.6 * size),
    random.between(0.6 * size, side - 0.6 * size),
  ];
  const isLight = random.chance(0.5);
  const plate = anyColour(random, isLight ? [0.65, 0.95] : [0.1, 0.4]);
  const ink = anyColour(random, isLight ? [0.05, 0.3] : [0.75, 0.98]);
  const shapes = [
    () => circle([0, 0], 1, plate, `stroke="${ink}" stroke-width="0.08"`),
    () => polygon([-0.95, -0.95, 0.95, -0.95, 0.95, 0.95, -0.95, 0.95], plate),
    () => polygon([0, -1.25, 1.25, 0, 0, 1.25, -1.25, 0], plate),
  ];
  const [a, b] = [random.between(0.7, 1.1), random.between(-0.25, 0.25)];
  const turn = Math.round(random.normal(0, 9));
  return (
    `<g transform="translate(${at.map((value) => value.toFixed(1)).join(' ')}) rotate(${turn}) ` +
    `matrix(${(a * size).toFixed(2)} 0 ${(b * size).toFixed(2)} ${size.toFixed(2)} 0 0)">` +
    `${random.pick(shapes)()}${symbols[kind].draw(ink)}</g>`
  );
}
