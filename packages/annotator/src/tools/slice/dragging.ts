import { distance } from '../../geometry/point.ts';
import { segmentationOf } from '../../operations/combine.ts';
import { splitByLine } from '../../operations/split.ts';
import { soleSelected, splitUp } from '../drawing.ts';
import { dragScreenPixels } from '../settings.ts';
import type { Behaviour } from '../tool.ts';
import { type SliceDragging, type SliceState, sliceIdle } from './state.ts';

/** The line goes on beyond both ends, so that a short stroke cuts all through. */
export const dragging: Behaviour<SliceDragging, SliceState> = {
  move: (state, { point }) => ({ state: { ...state, end: point } }),
  up: ({ start }, { point }, context) => {
    const object = soleSelected(context);
    if (object === undefined) return { state: sliceIdle, notice: { code: 'nothing-selected' } };
    const { picture } = context.document;
    if (segmentationOf(object, picture) === null) {
      return { state: sliceIdle, notice: { code: 'not-possible-for-shape' } };
    }
    // A hand that clicks moves a little, and means no line.
    const isLine = distance(start, point) >= dragScreenPixels * context.pixelsPerScreenPixel;
    const halves = isLine ? splitByLine(object, start, point, picture) : null;
    return halves === null
      ? { state: sliceIdle, notice: { code: 'drag-across' } }
      : { state: sliceIdle, ...splitUp(object, halves, context.nextId) };
  },
  commands: { cancel: () => ({ state: sliceIdle }) },
  draft: ({ start, end }) => ({ path: [start.x, start.y, end.x, end.y] }),
};
