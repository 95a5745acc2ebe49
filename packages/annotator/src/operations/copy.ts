// Copies of objects: in the same picture, from another one, onto the next frames.

import {
  type AnnotationObject,
  asHumans,
  type ObjectFields,
  placeOf,
  reshape,
} from '../document/annotation-object.ts';
import type { Document } from '../document/document.ts';
import type { ObjectId } from '../document/object-map.ts';
import type { Size } from '../geometry/point.ts';
import { idsNear, type SpatialIndex } from '../hit-test/spatial-index.ts';
import { areEqual, type Change } from '../transaction/change.ts';
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

/** What makes two objects the same thing drawn twice; whose work they are does not. */
const drawnFields = [
  'categoryId',
  'bbox',
  'segmentation',
  'keypoints',
  'isCrowd',
  'caption',
  'attributes',
] as const;

/** The accepted object that says exactly what another would say once more. */
export function twinOf(
  object: ObjectFields,
  { objects }: Document,
  index: SpatialIndex,
): AnnotationObject | undefined {
  const place = placeOf(object);
  // Labels of the picture are in no place.
  const near =
    place === null
      ? [...objects.values()]
      : idsNear(index, place).flatMap((id) => objects.get(id) ?? []);
  return near.find(
    (other) =>
      other.state === 'accepted' &&
      drawnFields.every((name) => areEqual(other[name], object[name])),
  );
}

const diagonals = [
  [1, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
] as const;
const mostSteps = 50;

/**
 * The same objects a little aside, where none of them lies exactly over one that is there; as they are where the picture has no
 * room for that.
 */
export function aside(
  objects: readonly AnnotationObject[],
  document: Document,
  index: SpatialIndex,
  stepPixels: number,
): readonly AnnotationObject[] {
  for (let step = 1; step <= mostSteps; step++) {
    for (const [across, down] of diagonals) {
      const wish = { dx: across * step * stepPixels, dy: down * step * stepPixels };
      const moved = objects.map((object) => ({
        ...object,
        ...translate(object, wish, document.picture),
      }));
      const isMovedAll = moved.every((object, i) => isMoved(objects[i], object, wish));
      if (isMovedAll && moved.every((object) => twinOf(object, document, index) === undefined)) {
        return moved;
      }
    }
  }
  return objects;
}

function isMoved(
  from: AnnotationObject,
  to: AnnotationObject,
  { dx, dy }: { dx: number; dy: number },
): boolean {
  const [before, after] = [placeOf(from), placeOf(to)];
  if (before === null || after === null) return true;
  return Math.abs(after[0] - before[0] - dx) < 0.5 && Math.abs(after[1] - before[1] - dy) < 0.5;
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
