// Copies of objects: in the same picture, from another one, onto the next frames.

import {
  type AnnotationObject,
  asHumans,
  placeOf,
  reshape,
} from '../document/annotation-object.ts';
import type { ObjectId } from '../document/object-map.ts';
import type { Size } from '../geometry/point.ts';
import type { Change } from '../transaction/change.ts';
import { translate } from './transform.ts';

/**
 * New objects like others. Shapes keep their place. In a picture of another size masks cannot be kept, and what would lie
 * outside goes to the nearest place inside.
 *
 * @param nextId id of the first copy; those that follow count downwards
 * @returns the copies, and how many could not be made
 */
export function copiesOf(
  objects: readonly AnnotationObject[],
  nextId: ObjectId,
  from: Size,
  to: Size,
): { copies: AnnotationObject[]; leftOut: number } {
  const isSameSize = from.width === to.width && from.height === to.height;
  const fitting = objects.filter(({ segmentation }) => isSameSize || segmentation?.type !== 'mask');
  const copies = fitting.map((object, index) => {
    const shape = isSameSize ? reshape(object, {}) : broughtInto(object, to);
    return { ...object, ...shape, ...asHumans(object), id: nextId - index };
  });
  return { copies, leftOut: objects.length - fitting.length };
}

/** Moved by as little as it takes; what is larger than the picture is cut. */
function broughtInto(object: AnnotationObject, picture: Size) {
  const [x, y, width, height] = placeOf(object) ?? [0, 0, 0, 0];
  const dx = Math.max(-x, Math.min(0, picture.width - x - width));
  const dy = Math.max(-y, Math.min(0, picture.height - y - height));
  return translate(object, { dx, dy }, picture);
}

export const additions = (objects: readonly AnnotationObject[]): Change[] =>
  objects.map((object) => ({ type: 'add', object }));
