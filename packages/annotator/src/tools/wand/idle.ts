import type { Behaviour } from '../tool.ts';
import { clickOf, fill } from './fill.ts';
import type { WandIdle, WandState } from './state.ts';

export const idle: Behaviour<WandIdle, WandState> = {
  down: (state, input, context) => {
    const click = clickOf(input, context);
    return click === null ? { state } : fill([click], context);
  },
};
