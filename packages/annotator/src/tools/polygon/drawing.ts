import { hitPixels, snappedFreely } from '../drawing.ts';
import type { Behaviour, Outcome, ToolContext } from '../tool.ts';
import { closesRing, finishPolygon } from './finish.ts';
import { type PolygonDrawing, type PolygonState, polygonIdle } from './state.ts';

const finish = (state: PolygonDrawing, context: ToolContext): Outcome<PolygonState> =>
  finishPolygon(state, context);

export const drawing: Behaviour<PolygonDrawing, PolygonState> = {
  down: (state, input, context) => {
    const point = snappedFreely(input, context);
    const { role, points } = state;
    if (closesRing(points, input.point, hitPixels(context))) return finish(state, context);
    const more = [...points, point.x, point.y];
    return {
      state: { name: 'polygon.tracing', role, points: more, pointsBefore: points.length / 2 },
    };
  },
  move: (state, input, context) => ({ state: { ...state, cursor: snappedFreely(input, context) } }),
  commands: {
    finish,
    cancel: () => ({ state: polygonIdle }),
    back: (state) => {
      const points = state.points.slice(0, -2);
      return { state: points.length === 0 ? polygonIdle : { ...state, points } };
    },
  },
  draft: ({ points, cursor }) => ({ path: [...points, cursor.x, cursor.y] }),
};
