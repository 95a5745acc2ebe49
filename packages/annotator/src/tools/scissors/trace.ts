// How a line grows along edges: by the way from its end to the next click, for which the ways from that end are needed.

import { simplifyPolygon } from '@migaki/coco';
import type { ImagePoint } from '../../geometry/point.ts';
import { isRing } from '../../geometry/region.ts';
import { withoutRepeats } from '../../geometry/ring.ts';
import { type LiveWire, pathTo } from '../../pixels/live-wire.ts';
import { drawn } from '../drawing.ts';
import type { Outcome, ToolContext } from '../tool.ts';
import { reachPixels, type ScissorsState, type ScissorsTracing, scissorsIdle } from './state.ts';

type Line = Omit<ScissorsTracing, 'name' | 'wire'>;

/** Asks for the ways from the end of a line. */
export function searched(line: Line): Outcome<ScissorsState> {
  const seed = { x: line.points.at(-2)!, y: line.points.at(-1)! };
  return {
    state: { name: 'scissors.tracing', wire: null, ...line },
    task: { type: 'live-wire', seed, reachPixels },
  };
}

/** Goes on with the first of what was clicked, along ways that are there. */
export function traced(
  { points, clicks, cursor, later: [target, ...later] }: Line,
  wire: LiveWire,
  context: ToolContext,
): Outcome<ScissorsState> {
  if (target === 'finish') return finished({ points, clicks, cursor, later }, wire, context);
  const longer = [...points, ...pathTo(wire, target)];
  return searched({
    points: longer,
    clicks: [...clicks, longer.length / 2],
    cursor: target,
    later,
  });
}

/** From the last click back to the first along the edges, and then fewer points for the whole ring. */
function finished(line: Line, wire: LiveWire, context: ToolContext): Outcome<ScissorsState> {
  const [x, y] = line.points;
  const ring = withoutRepeats([...line.points, ...pathTo(wire, { x, y })]);
  if (!isRing(ring)) {
    const state: ScissorsTracing = { name: 'scissors.tracing', ...line, wire };
    return { state, notice: { code: 'nothing-left' } };
  }
  const outer = simplifyPolygon(ring, context.settings.tolerancePixels);
  const regions = [{ outer, holes: [] }];
  return drawn(scissorsIdle, context, { segmentation: { type: 'polygons', regions } });
}

export const flat = (points: readonly (ImagePoint | 'finish')[]): number[] =>
  points.flatMap((point) => (point === 'finish' ? [] : [point.x, point.y]));
