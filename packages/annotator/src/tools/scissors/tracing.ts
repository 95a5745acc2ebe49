import { simplifyPolygon } from '@migaki/coco';
import { pointInPicture } from '../../geometry/point.ts';
import { isRing } from '../../geometry/region.ts';
import { withoutRepeats } from '../../geometry/ring.ts';
import { liveWireFrom, pathTo } from '../../pixels/live-wire.ts';
import { drawn, hitPixels } from '../drawing.ts';
import { closesRing } from '../polygon/finish.ts';
import type { Behaviour, Outcome, ToolContext } from '../tool.ts';
import { reachPixels, type ScissorsState, type ScissorsTracing, scissorsIdle } from './state.ts';

/** From the last click back to the first along the edges, and then fewer points for the whole ring. */
function finish(state: ScissorsTracing, context: ToolContext): Outcome<ScissorsState> {
  const [x, y] = state.points;
  const ring = withoutRepeats([...state.points, ...pathTo(state.wire, { x, y })]);
  if (!isRing(ring)) return { state, notice: { code: 'nothing-left' } };
  const outer = simplifyPolygon(ring, context.settings.tolerancePixels);
  const regions = [{ outer, holes: [] }];
  return drawn(scissorsIdle, context, { segmentation: { type: 'polygons', regions } });
}

export const tracing: Behaviour<ScissorsTracing, ScissorsState> = {
  move: (state, { point }, { document }) => ({
    state: { ...state, cursor: pointInPicture(point, document.picture) },
  }),
  down: (state, { point }, context) => {
    const { document, pixels } = context;
    if (pixels === null) return { state, notice: { code: 'no-pixels' } };
    const target = pointInPicture(point, document.picture);
    const points = [...state.points, ...pathTo(state.wire, target)];
    const isClosed = state.clicks.length > 1 && closesRing(state.points, point, hitPixels(context));
    if (isClosed) return finish(state, context);
    const wire = liveWireFrom(pixels, target, reachPixels);
    const clicks = [...state.clicks, points.length / 2];
    return { state: { ...state, points, clicks, wire, cursor: target } };
  },
  commands: {
    finish,
    cancel: () => ({ state: scissorsIdle }),
    back: (state, { pixels }) => {
      const clicks = state.clicks.slice(0, -1);
      const count = clicks.at(-1);
      if (count === undefined || pixels === null) return { state: scissorsIdle };
      const points = state.points.slice(0, 2 * count);
      const last = { x: points.at(-2)!, y: points.at(-1)! };
      return { state: { ...state, points, clicks, wire: liveWireFrom(pixels, last, reachPixels) } };
    },
  },
  draft: ({ points, wire, cursor }) => ({ path: [...points, ...pathTo(wire, cursor)] }),
};
