import { type ImagePoint, pointInPicture } from '../../geometry/point.ts';
import { pathTo } from '../../pixels/live-wire.ts';
import { hitPixels } from '../drawing.ts';
import { closesRing } from '../polygon/finish.ts';
import type { Behaviour, Outcome, ToolContext } from '../tool.ts';
import { type ScissorsState, type ScissorsTracing, scissorsIdle } from './state.ts';
import { flat, searched, traced } from './trace.ts';

/** At once where the ways are there, else as soon as they are. */
function then(
  state: ScissorsTracing,
  target: ImagePoint | 'finish',
  context: ToolContext,
): Outcome<ScissorsState> {
  const later = [...state.later, target];
  return state.wire === null
    ? { state: { ...state, later } }
    : traced({ ...state, later }, state.wire, context);
}

export const tracing: Behaviour<ScissorsTracing, ScissorsState> = {
  move: (state, { point }, { document }) => ({
    state: { ...state, cursor: pointInPicture(point, document.picture) },
  }),
  down: (state, { point }, context) => {
    const isClosed =
      state.clicks.length + state.later.length > 1 &&
      closesRing([...state.points, ...flat(state.later)], point, hitPixels(context));
    const target = isClosed ? 'finish' : pointInPicture(point, context.document.picture);
    return then(state, target, context);
  },
  result: (state, result, context) => {
    if (result?.type !== 'live-wire') return { state: scissorsIdle, notice: { code: 'no-pixels' } };
    return state.later.length === 0
      ? { state: { ...state, wire: result.wire } }
      : traced(state, result.wire, context);
  },
  commands: {
    finish: (state, context) => then(state, 'finish', context),
    cancel: () => ({ state: scissorsIdle }),
    back: (state) => {
      if (state.later.length > 0) return { state: { ...state, later: state.later.slice(0, -1) } };
      const clicks = state.clicks.slice(0, -1);
      const count = clicks.at(-1);
      if (count === undefined) return { state: scissorsIdle };
      return searched({ ...state, clicks, points: state.points.slice(0, 2 * count) });
    },
  },
  draft: ({ points, wire, cursor, later }) => ({
    path: [
      ...points,
      ...(wire === null ? [...flat(later), cursor.x, cursor.y] : pathTo(wire, cursor)),
    ],
  }),
};
