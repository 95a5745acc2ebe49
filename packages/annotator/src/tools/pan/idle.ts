import type { Behaviour } from '../tool.ts';
import type { PanIdle, PanState } from './state.ts';

export const idle: Behaviour<PanIdle, PanState> = {
  down: (_, { screen }) => ({ state: { name: 'pan.dragging', last: screen } }),
};
