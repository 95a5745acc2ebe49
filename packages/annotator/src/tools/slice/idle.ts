import { soleSelected } from '../drawing.ts';
import type { Behaviour } from '../tool.ts';
import type { SliceIdle, SliceState } from './state.ts';

export const idle: Behaviour<SliceIdle, SliceState> = {
  down: (state, { point }, context) =>
    soleSelected(context) === undefined
      ? { state, notice: { code: 'nothing-selected' } }
      : { state: { name: 'slice.dragging', start: point, end: point } },
};
