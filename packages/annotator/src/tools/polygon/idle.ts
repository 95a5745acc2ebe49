import { snapped, soleSelected } from '../drawing.ts';
import type { Behaviour } from '../tool.ts';
import type { PolygonIdle, PolygonState } from './state.ts';

/** Shift begins another part of the selected object, Ctrl a hole in it. */
export const idle: Behaviour<PolygonIdle, PolygonState> = {
  down: (state, input, context) => {
    const { shift, mod } = input.modifiers;
    const isForSelected = shift || mod;
    if (isForSelected && soleSelected(context) === undefined) {
      return { state, notice: { code: 'nothing-selected' } };
    }
    const { x, y } = snapped(input, context);
    const role = mod ? 'hole' : shift ? 'part' : 'object';
    return { state: { name: 'polygon.tracing', role, points: [x, y], pointsBefore: 0 } };
  },
};
