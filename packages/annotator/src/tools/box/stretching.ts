import { snapped } from '../drawing.ts';
import type { Behaviour } from '../tool.ts';
import { draftBox, finishBox } from './finish.ts';
import { type BoxState, type BoxStretching, boxIdle } from './state.ts';

export const stretching: Behaviour<BoxStretching, BoxState> = {
  move: (state, input, context) => ({ state: { ...state, end: snapped(input, context) } }),
  down: (state, input, context) =>
    finishBox({ start: state.start, end: snapped(input, context) }, context),
  commands: { cancel: () => ({ state: boxIdle }), back: () => ({ state: boxIdle }) },
  draft: draftBox,
};
