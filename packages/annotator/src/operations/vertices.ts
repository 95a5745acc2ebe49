// Single points of polygons.

import { type ObjectFields, reshape } from '../document/annotation-object.ts';
import { regionsInPicture } from '../geometry/clip-regions.ts';
import { type ImagePoint, isInPicture, type Size } from '../geometry/point.ts';
import { isRing, type Region, ringsOf } from '../geometry/region.ts';
import type { Ring } from '../geometry/ring.ts';
import type { RingPlace } from '../hit-test/hit-test.ts';
import type { Reshaped } from './transform.ts';

/** What reaches out of the picture with the point is cut off at the border. */
export const moveVertex = (object: ObjectFields, place: RingPlace, to: ImagePoint, picture: Size) =>
  editRing(
    object,
    place,
    (ring) => ring.toSpliced(2 * place.point, 2, to.x, to.y),
    cutFor(to, picture),
  );

/** Puts a point into the side that begins at `place.point`; see {@link moveVertex}. */
export const insertVertex = (
  object: ObjectFields,
  place: RingPlace,
  at: ImagePoint,
  picture: Size,
) =>
  editRing(
    object,
    place,
    (ring) => ring.toSpliced(2 * place.point + 2, 0, at.x, at.y),
    cutFor(at, picture),
  );

/** Takes a point out. A hole with less than three points is none, a part with less goes. */
export const deleteVertex = (object: ObjectFields, place: RingPlace) =>
  editRing(object, place, (ring) => ring.toSpliced(2 * place.point, 2));

/** Whether a part or a hole would go together with its point. */
export function isNeeded(object: ObjectFields, place: RingPlace): boolean {
  const ringCount = (segmentation: ObjectFields['segmentation'] | undefined) =>
    segmentation?.type === 'polygons' ? segmentation.regions.flatMap(ringsOf).length : 0;
  const { segmentation } = deleteVertex(object, place) ?? {};
  return ringCount(segmentation) < ringCount(object.segmentation);
}

/** An import may reach out of the picture elsewhere: that stays until somebody takes hold of it. */
const cutFor = (to: ImagePoint, picture: Size) =>
  isInPicture(to, picture)
    ? undefined
    : (regions: readonly Region[]) => regionsInPicture(regions, picture);

/** @returns null where nothing would be left of the object, or there is no such point */
function editRing(
  object: ObjectFields,
  place: RingPlace,
  edit: (ring: Ring) => number[],
  cut = (regions: readonly Region[]): readonly Region[] => regions,
): Reshaped | null {
  const { segmentation } = object;
  if (segmentation?.type !== 'polygons') return null;
  const target = segmentation.regions[place.region];
  if (target === undefined || ringsOf(target)[place.ring] === undefined) return null;
  const edited = editRegion(target, place.ring, edit);
  const regions = segmentation.regions.flatMap((region, index) =>
    index === place.region ? cut(edited) : [region],
  );
  if (regions.length === 0) return null;
  return reshape(object, { segmentation: { type: 'polygons', regions } });
}

function editRegion(region: Region, ring: number, edit: (ring: Ring) => number[]): Region[] {
  if (ring === 0) {
    const outer = edit(region.outer);
    return isRing(outer) ? [{ ...region, outer }] : [];
  }
  const holes = region.holes.flatMap((hole, index) => {
    const edited = index === ring - 1 ? edit(hole) : hole;
    return isRing(edited) ? [edited] : [];
  });
  return [{ ...region, holes }];
}
