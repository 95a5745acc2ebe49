// Where a picture comes to lie in the input of a network.

import type { Random } from '../random/random.ts';
import { type Affine, inOrder, rotation, scaling, translation } from './affine.ts';
import type { Recipe } from './recipe.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * How the whole picture fits into the input: as large as it goes, in the upper left corner. Sides are whole pixels, so the
 * two factors may differ by less than one pixel. An exported model does the same.
 */
export function fitted(picture: Size, input: Size): { size: Size; map: Affine } {
  const factor = Math.min(input.width / picture.width, input.height / picture.height);
  const side = (length: number, most: number) =>
    Math.min(most, Math.max(1, Math.round(length * factor)));
  const size = {
    width: side(picture.width, input.width),
    height: side(picture.height, input.height),
  };
  return { size, map: scaling(size.width / picture.width, size.height / picture.height) };
}

/** A place drawn at random, as the recipe allows: pixels of the picture to pixels of the input. */
export function drawnLayout(picture: Size, input: Size, recipe: Recipe, random: Random): Affine {
  const { scale, stretch, shift, rotate, flip, quarterTurns } = recipe;
  const factor = Math.exp(random.between(Math.log(scale[0]), Math.log(scale[1])));
  const aspect = Math.exp(random.between(-1, 1) * Math.log1p(stretch) * 0.5);
  const isTurned = quarterTurns && random.chance(0.5);
  const angle = (random.between(-rotate, rotate) * Math.PI) / 180 + (isTurned ? Math.PI / 2 : 0);
  const mirrorX = flip !== 'none' && random.chance(0.5) ? -1 : 1;
  const mirrorY = flip === 'both' && random.chance(0.5) ? -1 : 1;
  const { width, height } = picture;
  const fit = isTurned
    ? Math.min(input.width / height, input.height / width)
    : Math.min(input.width / width, input.height / height);
  const [scaleX, scaleY] = [fit * factor * aspect, (fit * factor) / aspect];
  // What is free around the picture, or what is cut off where it is larger than the input.
  const [across, along] = isTurned
    ? [height * scaleY, width * scaleX]
    : [width * scaleX, height * scaleY];
  const spare = (length: number, room: number) =>
    (Math.abs(room - length) / 2) * shift * random.between(-1, 1);
  return inOrder(
    translation(-width / 2, -height / 2),
    scaling(mirrorX * scaleX, mirrorY * scaleY),
    rotation(angle),
    translation(
      input.width / 2 + spare(across, input.width),
      input.height / 2 + spare(along, input.height),
    ),
  );
}
