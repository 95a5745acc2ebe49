import type { Behaviour } from '../tool.ts';
import { type PanDragging, type PanState, panIdle } from './state.ts';

export const dragging: Behaviour<PanDragging, PanState> = {
  move: ({ last }, { screen }) => ({
    state: { name: 'pan.dragging', last: screen },
    pan: { dx: screen.x - last.x, dy: screen.y - last.y },
  }),
  up: () => ({ state: panIdle }),
  commands: { cancel: () => ({ state: panIdle }) },
};
