// Fewer points for the same outline: Douglas and Peucker (1973), as `@migaki/coco` has it.

import { simplifyPolygon } from '@migaki/coco';
import { type ObjectFields, reshape } from '../document/annotation-object.ts';
import { isRing, type Region } from '../geometry/region.ts';
import type { Reshaped } from './transform.ts';

/** @returns null for what has no polygons */
export function simplify(object: ObjectFields, tolerancePixels: number): Reshaped | null {
  const { segmentation } = object;
  if (segmentation?.type !== 'polygons') return null;
  const regions = segmentation.regions.map(
    ({ outer, holes }): Region => ({
      outer: simplifyPolygon(outer, tolerancePixels),
      holes: holes.map((hole) => simplifyPolygon(hole, tolerancePixels)).filter(isRing),
    }),
  );
  return reshape(object, { segmentation: { type: 'polygons', regions } });
}
