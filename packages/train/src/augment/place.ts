// Makes one input of a network out of pictures: where they lie, how their colours change, and their objects along with
// them.

import type { Planes, Raster } from '../pictures/raster.ts';
import { emptyPlanes } from '../pictures/raster.ts';
import type { Random } from '../random/random.ts';
import type { ClassName, LabelledPicture } from '../samples/training-set.ts';
import { type Affine, inOrder, scaling } from './affine.ts';
import { inTurn, jitteredColours, sameColours, saturation } from './colour.ts';
import { drawnLayout, fitted, type Size } from './layout.ts';
import { blur } from './pixel-changes.ts';
import { type PlacedObject, placeObjects } from './place-objects.ts';
import type { Recipe } from './recipe.ts';
import { drawnChange } from './trivial.ts';
import { type Rectangle, warp } from './warp.ts';

/** An input of a network with what is to be learned from it. */
export interface Placed {
  readonly planes: Planes;
  readonly objects: readonly PlacedObject[];
  /** How much of each class the whole picture has, by class; mixed pictures have shares of both. */
  readonly labels: ReadonlyMap<number, number>;
  /** NaN where there is none. */
  readonly value: number;
}

/** A picture with its pixels, which may be fewer than the picture has. */
export interface Opened {
  readonly picture: LabelledPicture;
  readonly raster: Raster;
}

/** The pictures as they are, fitted into the input: for validation. */
export function placeFitted(
  { picture, raster }: Opened,
  input: Size,
  classes: readonly ClassName[],
): Placed {
  const planes = emptyPlanes(input.width, input.height);
  const { map } = fitted(picture, input);
  warp(raster, planes, inOrder(toPicture(raster, picture), map), sameColours);
  return {
    planes,
    objects: placeObjects(picture.objects, classes, map, wholeOf(input)),
    ...labelsOf(picture),
  };
}

/**
 * One varied input. Which pictures take part is decided before (`samples/batches.ts`): one alone, four for a mosaic, or two
 * to mix.
 */
export function placeVaried(
  opened: readonly Opened[],
  input: Size,
  classes: readonly ClassName[],
  recipe: Recipe,
  random: Random,
): Placed {
  if (opened.length === 4) return placeMosaic(opened, input, classes, recipe, random);
  const [first, second] = opened.map((one) => placeOne(one, input, classes, recipe, random));
  return second === undefined ? first : mixed(first, second, random);
}

function placeOne(
  { picture, raster }: Opened,
  input: Size,
  classes: readonly ClassName[],
  recipe: Recipe,
  random: Random,
): Placed {
  const planes = emptyPlanes(input.width, input.height);
  const change = recipe.trivial ? drawnChange(random, input.width, input.height) : null;
  const layout = drawnLayout(picture, input, recipe, random);
  const map = change === null ? layout : inOrder(layout, change.map);
  draw(planes, raster, picture, map, wholeOf(input), recipe, random, change?.colours);
  change?.pixels(planes);
  if (random.chance(recipe.blur)) blur(planes, 1);
  return {
    planes,
    objects: placeObjects(picture.objects, classes, map, wholeOf(input)),
    ...labelsOf(picture),
  };
}

/** Four pictures about a point in the middle half, each filling its quarter. */
function placeMosaic(
  opened: readonly Opened[],
  input: Size,
  classes: readonly ClassName[],
  recipe: Recipe,
  random: Random,
): Placed {
  const planes = emptyPlanes(input.width, input.height);
  const x = Math.round(input.width * random.between(0.3, 0.7));
  const y = Math.round(input.height * random.between(0.3, 0.7));
  const quarters: Rectangle[] = [
    { left: 0, top: 0, right: x, bottom: y },
    { left: x, top: 0, right: input.width, bottom: y },
    { left: 0, top: y, right: x, bottom: input.height },
    { left: x, top: y, right: input.width, bottom: input.height },
  ];
  const objects = opened.flatMap(({ picture, raster }, i) => {
    const quarter = quarters[i];
    // As large as it would be alone, moved so that it covers its quarter where it can.
    const layout = drawnLayout(picture, input, { ...recipe, shift: 0 }, random);
    const map = inOrder(layout, [
      ...[1, 0, (quarter.left + quarter.right - input.width) / 2],
      ...[0, 1, (quarter.top + quarter.bottom - input.height) / 2],
    ] as unknown as Affine);
    draw(planes, raster, picture, map, quarter, recipe, random);
    return placeObjects(picture.objects, classes, map, quarter);
  });
  if (random.chance(recipe.blur)) blur(planes, 1);
  return { planes, objects, labels: new Map(), value: Number.NaN };
}

/** Half of the time one picture is seen through the other (mixup), half of the time a piece of it is in it (CutMix). */
function mixed(first: Placed, second: Placed, random: Random): Placed {
  // The share of the first: Beta(1, 1) for pieces, and about a half for what is seen through.
  const isCut = random.chance(0.5);
  const { width, height, data } = first.planes;
  let share = isCut ? random.uniform() : random.between(0.3, 0.7);
  if (isCut) {
    const side = Math.sqrt(1 - share);
    const w = Math.round(width * side);
    const h = Math.round(height * side);
    const left = random.integer(0, width - w);
    const top = random.integer(0, height - h);
    for (let row = 0; row < 3 * height; row++) {
      const y = row % height;
      if (y < top || y >= top + h) continue;
      const start = row * width + left;
      data.set(second.planes.data.subarray(start, start + w), start);
    }
    share = 1 - (w * h) / (width * height);
  } else {
    const other = second.planes.data;
    for (let i = 0; i < data.length; i++) data[i] = data[i] * share + other[i] * (1 - share) + 0.5;
  }
  const labels = new Map<number, number>();
  for (const [from, part] of [
    [first, share],
    [second, 1 - share],
  ] as const) {
    for (const [label, amount] of from.labels) {
      labels.set(label, (labels.get(label) ?? 0) + amount * part);
    }
  }
  const value = first.value * share + second.value * (1 - share);
  return { planes: first.planes, objects: [...first.objects, ...second.objects], labels, value };
}

function draw(
  planes: Planes,
  raster: Raster,
  picture: LabelledPicture,
  map: Affine,
  clip: Rectangle,
  recipe: Recipe,
  random: Random,
  further = sameColours,
): void {
  const jittered = jitteredColours(random, recipe.colour);
  const greyed = random.chance(recipe.grey) ? inTurn(jittered, saturation(0)) : jittered;
  warp(raster, planes, inOrder(toPicture(raster, picture), map), inTurn(greyed, further), clip);
}

const toPicture = (raster: Size, picture: Size): Affine =>
  scaling(picture.width / raster.width, picture.height / raster.height);

const wholeOf = ({ width, height }: Size): Rectangle => ({
  left: 0,
  top: 0,
  right: width,
  bottom: height,
});

const labelsOf = ({ labels, value }: LabelledPicture) => ({
  labels: new Map(labels.map((label) => [label, 1])),
  value,
});
