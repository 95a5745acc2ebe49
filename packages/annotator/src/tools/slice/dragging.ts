import { splitByLine } from '../../operations/split.ts';
import { soleSelected, splitUp } from '../drawing.ts';
import type { Behaviour } from '../tool.ts';
import { type SliceDragging, type SliceState, sliceIdle } from './state.ts';

/** The line goes on beyond both ends, so that a short stroke cuts all through. */
export const dragging: Behaviour<SliceDragging, SliceState> = {
  move: (state, { point }) => ({ state: { ...state, end: point } }),
  up: ({ start }, { point }, context) => {
    const object = soleSelected(context);
    const halves =
      object === undefined ? null : splitByLine(object, start, point, context.document.picture);
    return object === undefined || halves === null
      ? { state: sliceIdle, notice: { code: 'nothing-left' } }
      : { state: sliceIdle, ...splitUp(object, halves, context.nextId) };
  },
  commands: { cancel: () => ({ state: sliceIdle }) },
  draft: ({ start, end }) => ({ path: [start.x, start.y, end.x, end.y] }),
};
