// How pictures are varied where nothing else is asked for.

import { plain, type Recipe } from '../augment/recipe.ts';

/** For pictures as people take them: upright, in any light. */
export const natural: Recipe = {
  ...plain,
  scale: [0.75, 1.35],
  stretch: 0.15,
  shift: 1,
  flip: 'horizontal',
  colour: { brightness: 0.3, contrast: 0.3, saturation: 0.3, hue: 0.08 },
  blur: 0.05,
  grey: 0.02,
};
