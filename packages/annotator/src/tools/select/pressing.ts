import { distance } from '../../geometry/point.ts';
import { dragScreenPixels } from '../settings.ts';
import type { Behaviour } from '../tool.ts';
import { type SelectPressing, type SelectState, selectIdle } from './state.ts';

export const pressing: Behaviour<SelectPressing, SelectState> = {
  move: (state, { point }, { pixelsPerScreenPixel }) => {
    const isDrag = distance(state.start, point) >= dragScreenPixels * pixelsPerScreenPixel;
    return { state: isDrag ? { name: 'select.moving', start: state.start, to: point } : state };
  },
  up: ({ onClick, notice }) => ({ state: selectIdle, selection: onClick, notice }),
  commands: { cancel: () => ({ state: selectIdle }) },
};
