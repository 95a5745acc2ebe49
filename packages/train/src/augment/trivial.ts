// TrivialAugment (Müller and Hutter 2021): one change for each picture, drawn from all alike, at any strength.

import type { Planes } from '../pictures/raster.ts';
import type { Random } from '../random/random.ts';
import { type Affine, identity, inOrder, rotation, shearing, translation } from './affine.ts';
import { brightness, type ColourMap, contrast, sameColours, saturation } from './colour.ts';
import { autoContrast, equalize, posterize, sharpen, solarize } from './pixel-changes.ts';

/** What a change does to the picture's place, its colours, and its pixels once it lies in the input. */
export interface Change {
  readonly map: Affine;
  readonly colours: ColourMap;
  readonly pixels: (planes: Planes) => void;
}

const none: Change = { map: identity, colours: sameColours, pixels: () => {} };
const moved = (map: Affine): Change => ({ ...none, map });
const coloured = (colours: ColourMap): Change => ({ ...none, colours });
const changed = (pixels: (planes: Planes) => void): Change => ({ ...none, pixels });

type Drawn = {
  /** From 0 to 1. */
  readonly strength: number;
  /** The same, either way. */
  readonly signed: number;
  /** The shorter side of the input, pixels. */
  readonly side: number;
};

const changes: readonly ((drawn: Drawn) => Change)[] = [
  () => none,
  ({ signed }) => moved(rotation((signed * 45 * Math.PI) / 180)),
  ({ signed }) => moved(shearing(signed * 0.5, 0)),
  ({ signed }) => moved(shearing(0, signed * 0.5)),
  ({ signed, side }) => moved(translation(signed * 0.3 * side, 0)),
  ({ signed, side }) => moved(translation(0, signed * 0.3 * side)),
  ({ signed }) => coloured(brightness(1 + 0.8 * signed)),
  ({ signed }) => coloured(contrast(1 + 0.8 * signed)),
  ({ signed }) => coloured(saturation(1 + 0.95 * signed)),
  ({ signed }) => changed((planes) => sharpen(planes, 2 * signed)),
  ({ strength }) => changed((planes) => posterize(planes, 8 - Math.round(5 * strength))),
  ({ strength }) => changed((planes) => solarize(planes, 255 * (1 - strength))),
  () => changed(autoContrast),
  () => changed(equalize),
];

/** @param center the middle of the input, about which a picture is turned and sheared */
export function drawnChange(random: Random, width: number, height: number): Change {
  const strength = random.uniform();
  const signed = random.chance(0.5) ? strength : -strength;
  const change = random.pick(changes)({ strength, signed, side: Math.min(width, height) });
  const [x, y] = [width / 2, height / 2];
  return { ...change, map: inOrder(translation(-x, -y), change.map, translation(x, y)) };
}
