import { distance } from '../../geometry/point.ts';
import { snappedFreely } from '../drawing.ts';
import { dragScreenPixels } from '../settings.ts';
import type { Behaviour, Outcome, PointerInput, ToolContext } from '../tool.ts';
import { type RotatedBoxEdge, type RotatedBoxState, rotatedBoxIdle } from './state.ts';

/** The edge ends with the drag, or with a second click after a first one. */
function end(
  { a }: RotatedBoxEdge,
  input: PointerInput,
  context: ToolContext,
): Outcome<RotatedBoxState> {
  const b = snappedFreely(input, context);
  const isLong = distance(a, b) >= dragScreenPixels * context.pixelsPerScreenPixel;
  return {
    state: isLong
      ? { name: 'rotated-box.depth', a, b, reach: b }
      : { name: 'rotated-box.edge', a, b },
  };
}

export const edge: Behaviour<RotatedBoxEdge, RotatedBoxState> = {
  move: (state, input, context) => ({ state: { ...state, b: snappedFreely(input, context) } }),
  down: end,
  up: end,
  commands: {
    cancel: () => ({ state: rotatedBoxIdle }),
    back: () => ({ state: rotatedBoxIdle }),
  },
  draft: ({ a, b }) => ({ path: [a.x, a.y, b.x, b.y] }),
};
