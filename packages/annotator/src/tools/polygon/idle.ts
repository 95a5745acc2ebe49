import { snappedFreely, soleSelected } from '../drawing.ts';
import type { Behaviour } from '../tool.ts';
import type { PolygonIdle, PolygonState } from './state.ts';

/** Shift begins another part of the selected object, Ctrl a hole in it. */
export const idle: Behaviour<PolygonIdle, PolygonState> = {
  down: (state, input, context) => {
    const { shift, mod } = input.modifiers;
    const wanted = mod ? 'hole' : shift ? 'part' : context.settings.polygonRole;
    const hasTarget = soleSelected(context) !== undefined;
    if (!hasTarget && (shift || mod || wanted === 'hole')) {
      return { state, notice: { code: 'nothing-selected' } };
    }
    const { x, y } = snappedFreely(input, context);
    // The first part of nothing is an object.
    const role = hasTarget ? wanted : 'object';
    return { state: { name: 'polygon.tracing', role, points: [x, y], pointsBefore: 0 } };
  },
};
