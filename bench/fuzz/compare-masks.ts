// Masks of random segmentations in one small picture: bit for bit what pycocotools makes of them.

import {
  bitmapFromRle,
  compressedFromRle,
  mergeRles,
  rleArea,
  rleBbox,
  rleFromBitmap,
  rleFromSegmentation,
  rleIous,
  type Segmentation,
  textFromRle,
  uncompressedFromRle,
} from '../../packages/coco/src/index.ts';
import { randomOutline } from '../data/outline.ts';
import { type Random, randomOf } from '../data/random.ts';
import type { PeerServer } from '../harness/python-peer.ts';
import { type Comparison, compareNumbers } from './comparison.ts';

type Values = Record<'texts' | 'areas' | 'boxes' | 'pixels' | 'overlaps', (number | string)[]>;

export async function compareMasks(server: PeerServer, seed: number, index: number) {
  const random = randomOf(seed, index);
  const [height, width] = [random.integer(1, 90), random.integer(1, 90)];
  const segmentations = Array.from({ length: random.integer(1, 12) }, () =>
    randomSegmentation(random, height, width),
  );
  const input = { segmentations, height, width };
  const theirs = await server.ask<Values>({ do: 'describe_masks', ...input });
  const comparison: Comparison = compareNumbers(describeMasks(input), theirs);
  return { input, comparison };
}

function describeMasks(input: {
  segmentations: Segmentation[];
  height: number;
  width: number;
}): Values {
  const rles = input.segmentations.map((segmentation) =>
    rleFromSegmentation(segmentation, input.height, input.width),
  );
  const masks = [...rles, mergeRles(rles, 'union'), mergeRles(rles, 'intersection')];
  const crowd = rles.map((_, index) => index % 2 === 1);
  return {
    texts: masks.map(textFromRle),
    areas: masks.map(rleArea),
    boxes: masks.flatMap(rleBbox),
    pixels: masks.map((rle) => bitmapFromRle(rle).reduce((sum, pixel) => sum + pixel, 0)),
    overlaps: Array.from(rleIous(rles, rles, crowd)),
  };
}

function randomSegmentation(random: Random, height: number, width: number): Segmentation {
  const kind = random.pick(['polygons', 'outlines', 'boxes', 'text', 'numbers']);
  const parts = Array.from({ length: random.pick([1, 1, 1, 2, 3]) });
  if (kind === 'polygons') return parts.map(() => randomPolygon(random, height, width));
  if (kind === 'outlines') {
    const side = (limit: number) => random.between(0.5, 1.3 * limit);
    return parts.map(() => {
      const [x, y] = [random.between(-0.3, 0.9) * width, random.between(-0.3, 0.9) * height];
      return randomOutline(random, [x, y, side(width), side(height)]);
    });
  }
  const edge = (limit: number) => jagged(random, random.between(-0.2, 1.1) * limit);
  if (kind === 'boxes') return parts.map(() => [width, height, width, height].map(edge));

  const density = random.pick([0, 0.02, 0.3, 0.5, 0.98, 1]);
  const bitmap = Uint8Array.from({ length: height * width }, () =>
    random.chance(density) ? 1 : 0,
  );
  const rle = rleFromBitmap(bitmap, height, width);
  return kind === 'text' ? compressedFromRle(rle) : uncompressedFromRle(rle);
}

/** Corners anywhere, also outside, on each other, and on the fifths of a pixel to which they are rounded. */
function randomPolygon(random: Random, height: number, width: number): number[] {
  const reach = random.pick([1.1, 1.1, 1.5, 20]);
  const corners = random.integer(3, 14);
  const polygon: number[] = [];
  for (let corner = 0; corner < corners; corner++) {
    if (corner > 1 && random.chance(0.1)) polygon.push(...polygon.slice(0, 2));
    const share = () => 0.5 + random.between(-0.5, 0.5) * reach;
    polygon.push(jagged(random, share() * width), jagged(random, share() * height));
  }
  return polygon;
}

function jagged(random: Random, value: number): number {
  const steps = random.pick([0, 1, 2, 5, 10]);
  return steps === 0 ? value : Math.round(value * steps) / steps;
}
