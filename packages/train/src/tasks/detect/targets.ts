// What a detector learns from: boxes with their classes, and regions of which nothing is known.

import type { Placed } from '../../augment/place.ts';
import type { PlacedObject } from '../../augment/place-objects.ts';
import type { HostTensor } from '../../loader/host-tensor.ts';

/** Rows come in steps of this many, so that the runtime meets few shapes. */
const rowStep = 8;
/** Of a picture with more objects, the largest are learned from and the others ignored. */
export const mostObjects = 256;

/** The objects of each picture that are learned from, and those that are not. */
export function sortedObjects(placed: readonly Placed[]): {
  learned: PlacedObject[][];
  ignored: PlacedObject[][];
  /** How many rows the targets have. */
  rows: number;
} {
  const bySize = (a: PlacedObject, b: PlacedObject) => areaOf(b) - areaOf(a);
  const known = placed.map(({ objects }) => objects.filter(({ isIgnored }) => !isIgnored));
  const learned = known.map((objects) =>
    objects.length <= mostObjects ? objects : objects.toSorted(bySize).slice(0, mostObjects),
  );
  const ignored = placed.map(({ objects }, n) =>
    objects.filter((object) => !learned[n].includes(object)),
  );
  return { learned, ignored, rows: rowsFor(learned) };
}

const areaOf = ({ box: [left, top, right, bottom] }: PlacedObject): number =>
  (right - left) * (bottom - top);

const rowsFor = (lists: readonly PlacedObject[][]): number =>
  Math.max(1, Math.ceil(Math.max(...lists.map(({ length }) => length)) / rowStep)) * rowStep;

/** `boxes` [N,M,4] (left, top, right, bottom; pixels of the input), `classes` [N,M,C], `ignored` [N,Q,4]. */
export function detectTargets(
  placed: readonly Placed[],
  { classCount }: { readonly classCount: number },
): Record<'boxes' | 'classes' | 'ignored', HostTensor> {
  const { learned, ignored, rows } = sortedObjects(placed);
  const classes = new Float32Array(placed.length * rows * classCount);
  learned.forEach((objects, n) => {
    for (const [m, { classIndex }] of objects.entries()) {
      classes[(n * rows + m) * classCount + classIndex] = 1;
    }
  });
  return {
    boxes: boxRows(learned, rows),
    classes: { type: 'float32', shape: [placed.length, rows, classCount], data: classes },
    ignored: boxRows(ignored, rowsFor(ignored)),
  };
}

function boxRows(lists: readonly PlacedObject[][], rows: number): HostTensor {
  const data = new Float32Array(lists.length * rows * 4);
  lists.forEach((objects, n) => {
    for (const [m, { box }] of objects.entries()) data.set(box, (n * rows + m) * 4);
  });
  return { type: 'float32', shape: [lists.length, rows, 4], data };
}
