// What drawn pictures are made of: shapes, colours, and the kind of disorder that cameras see.

import type { Random } from '../random/random.ts';

export type Point = readonly [x: number, y: number];

const number = (value: number): string => String(Math.round(value * 1000) / 1000);

/** `[x0, y0, x1, y1, …]` as SVG has it. */
export const pathOf = (points: ArrayLike<number>): string => {
  const parts: string[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    parts.push(`${i === 0 ? 'M' : 'L'}${number(points[i])} ${number(points[i + 1])}`);
  }
  return `${parts.join('')}Z`;
};

export const polygon = (points: ArrayLike<number>, fill: string, rest = ''): string =>
  `<path d="${pathOf(points)}" fill="${fill}" ${rest}/>`;

export const circle = ([x, y]: Point, radius: number, fill: string, rest = ''): string =>
  `<circle cx="${number(x)}" cy="${number(y)}" r="${number(radius)}" fill="${fill}" ${rest}/>`;

/** A line with round ends. */
export const limb = (a: Point, b: Point, width: number, colour: string): string =>
  `<path d="M${number(a[0])} ${number(a[1])}L${number(b[0])} ${number(b[1])}" stroke="${colour}" ` +
  `stroke-width="${number(width)}" stroke-linecap="round"/>`;

/** Hue in degrees, the others from 0 to 1. */
export const hsl = (hue: number, saturation: number, lightness: number): string =>
  `hsl(${Math.round(((hue % 360) + 360) % 360)},${Math.round(100 * saturation)}%,${Math.round(100 * lightness)}%)`;

export const anyColour = (random: Random, lightness: readonly [number, number]): string =>
  hsl(random.between(0, 360), random.between(0.2, 0.9), random.between(...lightness));

/**
 * A whole picture: a background that is no single colour, strokes and spots that mean nothing, `content`, and grain over all.
 *
 * @param clutter how many strokes and spots
 */
export function scene(
  random: Random,
  { width, height, clutter }: { width: number; height: number; clutter: number },
  content: string,
): string {
  const [from, to] = [anyColour(random, [0.25, 0.85]), anyColour(random, [0.25, 0.85])];
  const angle = Math.round(random.between(0, 360));
  const strokes = Array.from({ length: clutter }, () => clutterOf(random, width, height));
  const grain = number(random.between(0.02, 0.14));
  const seed = random.integer(1, 10_000);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>` +
    `<linearGradient id="b" gradientTransform="rotate(${angle} .5 .5)"><stop stop-color="${from}"/>` +
    `<stop offset="1" stop-color="${to}"/></linearGradient>` +
    `<filter id="g" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency="0.8" seed="${seed}"/>` +
    `<feColorMatrix values="0 0 0 0 .5 0 0 0 0 .5 0 0 0 0 .5 0 0 0 ${grain} 0"/></filter></defs>` +
    `<rect width="100%" height="100%" fill="url(#b)"/>${strokes.join('')}${content}` +
    `<rect width="100%" height="100%" filter="url(#g)"/></svg>`
  );
}

function clutterOf(random: Random, width: number, height: number): string {
  const at = (): Point => [random.between(0, width), random.between(0, height)];
  const colour = anyColour(random, [0.15, 0.9]);
  const size = Math.min(width, height);
  if (random.chance(0.5)) {
    const a = at();
    const angle = random.between(0, 2 * Math.PI);
    const length = random.between(0.05, 0.5) * size;
    const b: Point = [a[0] + length * Math.cos(angle), a[1] + length * Math.sin(angle)];
    return limb(a, b, random.between(0.5, 4), colour);
  }
  return circle(at(), random.between(0.005, 0.04) * size, colour, 'fill-opacity=".8"');
}
