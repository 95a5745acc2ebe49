import { boxAround } from '../../geometry/box.ts';
import type { ImagePoint } from '../../geometry/point.ts';
import { drawn } from '../drawing.ts';
import type { Outcome, ToolContext } from '../tool.ts';
import { type ExtremePointsState, extremePointsIdle } from './state.ts';

/** Four points: enough for an object. */
const enough = 4;

export const boxOf = (points: readonly ImagePoint[]) =>
  boxAround(points.flatMap(({ x, y }) => [x, y]))!;

/** As far as some clicks get: to an object to be found, or to wait for more. */
export function collect(
  points: readonly ImagePoint[],
  context: ToolContext,
): Outcome<ExtremePointsState> {
  if (points.length === 0) return { state: extremePointsIdle };
  if (points.length < enough) return { state: { name: 'extreme-points.collecting', points } };
  const [corners, later] = [points.slice(0, enough), points.slice(enough)];
  const bbox = boxOf(corners);
  if (bbox[2] === 0 || bbox[3] === 0) {
    return { state: extremePointsIdle, notice: { code: 'nothing-left' } };
  }
  // Just the box, as long as the pixels are not there.
  if (!context.hasPixels) {
    return { notice: { code: 'no-pixels' }, ...drawn(extremePointsIdle, context, { bbox }) };
  }
  return {
    state: { name: 'extreme-points.cutting', points: corners, later },
    task: { type: 'grab-cut', points: corners },
  };
}
