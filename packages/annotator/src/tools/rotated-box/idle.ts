import { snappedFreely } from '../drawing.ts';
import type { Behaviour } from '../tool.ts';
import type { RotatedBoxIdle, RotatedBoxState } from './state.ts';

export const idle: Behaviour<RotatedBoxIdle, RotatedBoxState> = {
  down: (_, input, context) => {
    const a = snappedFreely(input, context);
    return { state: { name: 'rotated-box.edge', a, b: a } };
  },
};
