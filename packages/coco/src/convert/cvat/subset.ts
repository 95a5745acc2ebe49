// CVAT's subsets, which are COCO's splits: a name in the file and a folder of pictures.

import type { CocoImage } from '../../types.ts';
import { splitOf } from '../conventions.ts';
import { isXmlText } from '../xml/characters.ts';

/** Subset of pictures that belong to none. */
export const NO_SUBSET = 'default';

/** The picture's split where it can be a subset and a folder. */
export function subsetOf(image: CocoImage): string | undefined {
  const split = splitOf(image);
  if (split === undefined || split === NO_SUBSET || !isXmlText(split)) return undefined;
  return /^[^/\\\p{Cc}]+$/u.test(split) && !/^\.+$/.test(split) ? split : undefined;
}
