// Changes of colour that are affine in red, green and blue, so that any number of them is one matrix.

import type { Random } from '../random/random.ts';

/** A row each for red, green and blue: three factors and what is added (0 to 255). */
export type ColourMap = readonly [
  ...[number, number, number, number],
  ...[number, number, number, number],
  ...[number, number, number, number],
];

export const sameColours: ColourMap = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];

/** What the eye takes a colour's lightness for (ITU-R BT.601). */
const luma = [0.299, 0.587, 0.114] as const;

const rows = (entry: (row: number, column: number) => number): ColourMap =>
  Array.from({ length: 12 }, (_, i) => entry(Math.floor(i / 4), i % 4)) as unknown as ColourMap;

/** The change that does `first` first. */
export const inTurn = (first: ColourMap, second: ColourMap): ColourMap =>
  rows((row, column) => {
    let sum = column === 3 ? second[4 * row + 3] : 0;
    for (let k = 0; k < 3; k++) sum += second[4 * row + k] * first[4 * k + column];
    return sum;
  });

export const brightness = (factor: number): ColourMap =>
  rows((row, column) => (row === column ? factor : 0));

/** Away from the middle grey where above 1. */
export const contrast = (factor: number): ColourMap =>
  rows((row, column) => (column === 3 ? 127.5 * (1 - factor) : row === column ? factor : 0));

/** 0 leaves greys, 1 all as it is. */
export const saturation = (factor: number): ColourMap =>
  rows((row, column) =>
    column === 3 ? 0 : (1 - factor) * luma[column] + (row === column ? factor : 0),
  );

/** Turns the hue about the axis of greys, in the YIQ colour space. */
export function hue(radians: number): ColourMap {
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
  const turned = [
    [0.701 * cosine + 0.168 * sine, -0.587 * cosine + 0.33 * sine, -0.114 * cosine - 0.497 * sine],
    [-0.299 * cosine - 0.328 * sine, 0.413 * cosine + 0.035 * sine, -0.114 * cosine + 0.292 * sine],
    [-0.3 * cosine + 1.25 * sine, -0.588 * cosine - 1.05 * sine, 0.886 * cosine - 0.203 * sine],
  ];
  return rows((row, column) => (column === 3 ? 0 : luma[column] + turned[row][column]));
}

/** How far colours may be changed, each either way: 0.3 is between 0.7 and 1.3 times. */
export interface ColourJitter {
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** Radians. */
  readonly hue: number;
}

export function jitteredColours(random: Random, jitter: ColourJitter): ColourMap {
  const factor = (most: number) => random.between(1 - most, 1 + most);
  return [
    brightness(factor(jitter.brightness)),
    contrast(factor(jitter.contrast)),
    saturation(factor(jitter.saturation)),
    hue(random.between(-jitter.hue, jitter.hue)),
  ].reduce(inTurn, sameColours);
}
