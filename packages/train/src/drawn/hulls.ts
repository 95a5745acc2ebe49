// Boats from the side, for regression: how full their hull is, from 0 to 100. Size, trim, colours, masts and waves have
// nothing to do with it.

import { type Random, randomOf } from '../random/random.ts';
import type { DrawnSet } from './drawn-set.ts';
import { anyColour, limb, polygon, scene } from './svg.ts';

const [width, height] = [160, 128];
const outlinePoints = 24;

interface Hull {
  /** Of the superellipse that the hull is below the deck: 1 is a triangle, 2 half an ellipse, 5 nearly a box. */
  readonly exponent: number;
  /** The share of its box that the hull fills, from 0 to 100: what is learned. */
  readonly fullness: number;
}

export function drawnHulls(count: number, seed = 0): DrawnSet {
  const hulls = Array.from({ length: count }, (_, i) => hullOf(randomOf(seed, 41, i)));
  return {
    dataset: {
      images: hulls.map(({ fullness }, i) => ({
        id: i + 1,
        file_name: `hulls-${String(i + 1).padStart(4, '0')}.jpg`,
        width,
        height,
        metadata: { fullness },
      })),
      categories: [],
      annotations: [],
    },
    svg: (index) => {
      const random = randomOf(seed, 42, index);
      return scene(random, { width, height, clutter: 10 }, drawingOf(random, hulls[index]));
    },
  };
}

function hullOf(random: Random): Hull {
  const exponent = Math.exp(random.between(Math.log(1), Math.log(5)));
  return { exponent, fullness: Math.round(1000 * filledShare(exponent)) / 10 };
}

/** Of the box around it, by trapezes. */
function filledShare(exponent: number): number {
  const steps = 2_000;
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += depthAt(((i + 0.5) / steps) * 2 - 1, exponent);
  return sum / steps;
}

/** From 0 at the ends (−1 and 1) to 1 in the middle. */
const depthAt = (x: number, exponent: number): number =>
  Math.max(0, 1 - Math.abs(x) ** exponent) ** (1 / exponent);

function drawingOf(random: Random, { exponent }: Hull): string {
  const length = random.between(36, 68);
  const depth = length * random.between(0.28, 0.5);
  const x = random.between(length + 4, width - length - 4);
  const y = random.between(0.35 * height, 0.65 * height);
  const trim = (random.normal(0, 5) * Math.PI) / 180;
  const mirror = random.chance(0.5) ? -1 : 1;
  const place = (u: number, v: number): [number, number] => {
    const [px, py] = [u * length * mirror, v * depth];
    return [
      x + px * Math.cos(trim) - py * Math.sin(trim),
      y + px * Math.sin(trim) + py * Math.cos(trim),
    ];
  };
  const bottom = Array.from({ length: outlinePoints + 1 }, (_, i) => {
    const u = 1 - (2 * i) / outlinePoints;
    return place(u, depthAt(u, exponent));
  });
  const colour = anyColour(random, [0.2, 0.7]);
  const masts = Array.from({ length: random.integer(0, 3) }, () => {
    const u = random.between(-0.7, 0.7);
    return limb(
      place(u, 0),
      place(u, -random.between(0.5, 1.6)),
      random.between(1, 3),
      anyColour(random, [0.1, 0.5]),
    );
  });
  const cabin = random.chance(0.5)
    ? polygon(
        [place(-0.4, 0), place(-0.35, -0.4), place(0.2, -0.4), place(0.3, 0)].flat(),
        anyColour(random, [0.5, 0.95]),
      )
    : '';
  return masts.join('') + cabin + polygon(bottom.flat(), colour, 'stroke="rgba(0,0,0,.3)"');
}
