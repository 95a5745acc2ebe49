// From a ring that was drawn to what it was drawn for.

import { regionsInPicture } from '../../geometry/clip-regions.ts';
import { distance, type ImagePoint } from '../../geometry/point.ts';
import { isRing, type Region } from '../../geometry/region.ts';
import { crossesItself, withoutRepeats } from '../../geometry/ring.ts';
import { addParts, cutHoles } from '../../operations/parts.ts';
import { changed, drawn, soleSelected } from '../drawing.ts';
import type { Outcome, ToolContext } from '../tool.ts';
import { type PolygonRole, type PolygonState, polygonIdle } from './state.ts';

/** Whether a click ends the ring: on its first point, once there are three. */
export const closesRing = (
  points: readonly number[],
  pointer: ImagePoint,
  tolerancePixels: number,
): boolean =>
  points.length >= 6 && distance({ x: points[0], y: points[1] }, pointer) <= tolerancePixels;

export function finishPolygon(
  { role, points }: { role: PolygonRole; points: readonly number[] },
  context: ToolContext,
): Outcome<PolygonState> {
  const ring = withoutRepeats(points);
  const { picture } = context.document;
  const regions = isRing(ring) ? regionsInPicture([{ outer: ring, holes: [] }], picture) : [];
  // Too little to be anything yet: the person goes on drawing, or cancels.
  if (regions.length === 0) {
    const cursor = { x: points.at(-2)!, y: points.at(-1)! };
    const state = { name: 'polygon.drawing', role, points, cursor } as const;
    return { state, notice: { code: 'nothing-left' } };
  }
  const outcome = made(role, regions, context);
  return outcome.notice === undefined && regions.some(({ outer }) => crossesItself(outer))
    ? { ...outcome, notice: { code: 'crosses-itself' } }
    : outcome;
}

function made(
  role: PolygonRole,
  regions: readonly Region[],
  context: ToolContext,
): Outcome<PolygonState> {
  const target = soleSelected(context);
  if (role === 'object' || target === undefined) {
    return drawn(polygonIdle, context, { segmentation: { type: 'polygons', regions } });
  }
  const shape = combine[role](target, regions, context.document.picture);
  if (shape === null) return { state: polygonIdle, notice: { code: 'nothing-left' } };
  return { state: polygonIdle, commit: changed(target, shape, 'edit-points') };
}

const combine = { part: addParts, hole: cutHoles };
