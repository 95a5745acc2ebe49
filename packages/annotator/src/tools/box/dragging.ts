import { distance } from '../../geometry/point.ts';
import { snapped } from '../drawing.ts';
import { dragScreenPixels } from '../settings.ts';
import type { Behaviour } from '../tool.ts';
import { draftBox, finishBox } from './finish.ts';
import { type BoxDragging, type BoxState, boxIdle } from './state.ts';

export const dragging: Behaviour<BoxDragging, BoxState> = {
  move: (state, input, context) => ({ state: { ...state, end: snapped(input, context) } }),
  up: (state, input, context) => {
    const end = snapped(input, context);
    const isClick = distance(state.start, end) < dragScreenPixels * context.pixelsPerScreenPixel;
    if (isClick) return { state: { name: 'box.stretching', start: state.start, end } };
    return finishBox({ start: state.start, end }, context);
  },
  commands: { cancel: () => ({ state: boxIdle }) },
  draft: draftBox,
};
