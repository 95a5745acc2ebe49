import { distance } from '../../geometry/point.ts';
import { hitPixels, snappedFreely } from '../drawing.ts';
import type { Behaviour } from '../tool.ts';
import { closesRing, finishPolygon } from './finish.ts';
import { type PolygonState, type PolygonTracing, polygonIdle } from './state.ts';

/** CSS pixels between two points of a line drawn by hand. */
const spacingScreenPixels = 6;

export const tracing: Behaviour<PolygonTracing, PolygonState> = {
  move: (state, input, context) => {
    const point = snappedFreely(input, context);
    const last = { x: state.points.at(-2)!, y: state.points.at(-1)! };
    const spacing = spacingScreenPixels * context.pixelsPerScreenPixel;
    if (distance(last, point) < spacing) return { state };
    return { state: { ...state, points: [...state.points, point.x, point.y] } };
  },
  up: (state, input, context) => {
    const { role, points, pointsBefore } = state;
    const wasTraced = points.length / 2 > pointsBefore + 1;
    const near = hitPixels(context);
    if (wasTraced && closesRing(points, input.point, near)) {
      return finishPolygon({ role, points: withoutWayHome(points, near) }, context);
    }
    const cursor = { x: points.at(-2)!, y: points.at(-1)! };
    return { state: { name: 'polygon.drawing', role, points, cursor } };
  },
  /** What was clicked before stays: who zooms with two fingers goes on drawing. */
  interrupt: ({ role, points, pointsBefore }) => {
    const kept = points.slice(0, 2 * pointsBefore);
    if (kept.length === 0) return { state: polygonIdle };
    const cursor = { x: kept.at(-2)!, y: kept.at(-1)! };
    return { state: { name: 'polygon.drawing', role, points: kept, cursor } };
  },
  commands: { cancel: () => ({ state: polygonIdle }) },
  draft: ({ points }) => ({ path: points }),
};

/** The line ends where it began: what it drew on the last stretch there would only be a very short side. */
function withoutWayHome(points: readonly number[], nearPixels: number): readonly number[] {
  const [x, y] = points;
  let end = points.length;
  while (end > 6 && distance({ x, y }, { x: points[end - 2], y: points[end - 1] }) <= nearPixels) {
    end -= 2;
  }
  return points.slice(0, end);
}
