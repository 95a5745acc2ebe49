// One object made several, and several one.

import { outlinesFromRle, type Rle, rleFromPolygon, subtractRle } from '@migaki/coco';
import { type ObjectFields, reshape, type Segmentation } from '../document/annotation-object.ts';
import type { ImagePoint, Size } from '../geometry/point.ts';
import { combine, combineMasks, segmentationOf } from './combine.ts';
import type { Reshaped } from './transform.ts';

/** The parts of an object that do not touch; null where there is just one. */
export function splitIntoParts(object: ObjectFields, picture: Size): Reshaped[] | null {
  const { segmentation } = object;
  if (segmentation === null) return null;
  const parts: Segmentation[] =
    segmentation.type === 'polygons'
      ? segmentation.regions.map((region) => ({ type: 'polygons', regions: [region] }))
      : partsOfMask(segmentation.rle, picture).map((rle) => ({ type: 'mask', rle }));
  if (parts.length < 2) return null;
  return parts.map((part) => reshape(object, { segmentation: part }));
}

function partsOfMask(rle: Rle, { width, height }: Size): Rle[] {
  return outlinesFromRle(rle).map(({ outer, holes }) =>
    holes.reduce(
      (part, hole) => subtractRle(part, rleFromPolygon(hole, height, width)),
      rleFromPolygon(outer, height, width),
    ),
  );
}

/**
 * An object cut by a straight line, which goes on beyond both points. Polygons stay polygons.
 *
 * @returns what lies to the left and to the right of the way from a to b; null where one side would be empty, and where the
 *   way itself does not touch the object
 */
export function splitByLine(
  object: ObjectFields,
  a: ImagePoint,
  b: ImagePoint,
  picture: Size,
): [Reshaped, Reshaped] | null {
  const whole = segmentationOf(object, picture);
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (whole === null || length === 0) return null;
  const along = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
  const touched = [whole, besideLine(a, along, { ahead: length, behind: 0, side: 1 })];
  if (combineMasks('intersection', touched, picture) === null) return null;
  // A half plane as far as it concerns the picture.
  const reach = 4 * (picture.width + picture.height);
  const half = besideLine(a, along, { ahead: reach, behind: reach, side: reach });
  const left = combine('intersection', [whole, half], picture);
  const right = combine('difference', [whole, half], picture);
  if (left === null || right === null) return null;
  return [reshape(object, { segmentation: left }), reshape(object, { segmentation: right })];
}

/** What lies to the left of a line: so far before and behind a point, and to the side. */
function besideLine(
  { x, y }: ImagePoint,
  along: { x: number; y: number },
  { ahead, behind, side }: { ahead: number; behind: number; side: number },
): Segmentation {
  const corner = (forward: number, left: number) => [
    x + forward * along.x + left * along.y,
    y + forward * along.y - left * along.x,
  ];
  const outer = [
    corner(-behind, 0),
    corner(ahead, 0),
    corner(ahead, side),
    corner(-behind, side),
  ].flat();
  return { type: 'polygons', regions: [{ outer, holes: [] }] };
}
