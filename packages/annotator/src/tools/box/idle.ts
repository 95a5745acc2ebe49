import { snapped } from '../drawing.ts';
import type { Behaviour } from '../tool.ts';
import type { BoxIdle, BoxState } from './state.ts';

export const idle: Behaviour<BoxIdle, BoxState> = {
  down: (_, input, context) => {
    const start = snapped(input, context);
    return { state: { name: 'box.dragging', start, end: start } };
  },
};
