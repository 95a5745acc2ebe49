// One object made several, and several one.

import { outlinesFromRle, type Rle, rleFromPolygon, subtractRle } from '@migaki/coco';
import { type ObjectFields, reshape, type Segmentation } from '../document/annotation-object.ts';
import type { ImagePoint, Size } from '../geometry/point.ts';
import { combineMasks, segmentationOf, toPolygons } from './combine.ts';
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
 * An object cut by a straight line, which goes on beyond both points. Polygons stay polygons, along the pixels' edges.
 *
 * @returns what lies to the left and to the right of the way from a to b; null where one side would be empty
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
  // A half plane as far as it concerns the picture.
  const reach = 4 * (picture.width + picture.height);
  const [ux, uy] = [((b.x - a.x) / length) * reach, ((b.y - a.y) / length) * reach];
  const half: Segmentation = {
    type: 'polygons',
    regions: [
      {
        outer: [
          a.x - ux,
          a.y - uy,
          a.x + ux,
          a.y + uy,
          a.x + ux + uy,
          a.y + uy - ux,
          a.x - ux + uy,
          a.y - uy - ux,
        ],
        holes: [],
      },
    ],
  };
  const left = combineMasks('intersection', [whole, half], picture);
  const right = combineMasks('difference', [whole, half], picture);
  if (left === null || right === null) return null;
  const kindOf = (side: Segmentation): Segmentation =>
    whole.type === 'polygons' ? toPolygons(side, picture, 0)! : side;
  return [
    reshape(object, { segmentation: kindOf(left) }),
    reshape(object, { segmentation: kindOf(right) }),
  ];
}
