import { regionsInPicture } from '../../geometry/clip-regions.ts';
import { isRing } from '../../geometry/region.ts';
import { cornersOf, normalDegrees, rotatedBoxFrom } from '../../geometry/rotated-box.ts';
import { drawn, snappedFreely } from '../drawing.ts';
import type { Behaviour } from '../tool.ts';
import { type RotatedBoxDepth, type RotatedBoxState, rotatedBoxIdle } from './state.ts';

export const depth: Behaviour<RotatedBoxDepth, RotatedBoxState> = {
  move: (state, input, context) => ({ state: { ...state, reach: snappedFreely(input, context) } }),
  down: ({ a, b }, input, context) => {
    const box = rotatedBoxFrom(a, b, snappedFreely(input, context));
    const outer = cornersOf(box);
    if (!isRing(outer)) return { state: rotatedBoxIdle, notice: { code: 'nothing-left' } };
    const whole = { outer, holes: [] };
    const regions = regionsInPicture([whole], context.document.picture);
    if (regions.length === 0) return { state: rotatedBoxIdle, notice: { code: 'nothing-left' } };
    // Cut at the border it is no box any more, and says so by having no rotation.
    const attributes = regions[0] === whole ? { rotation: normalDegrees(box.degrees) } : {};
    return drawn(
      rotatedBoxIdle,
      context,
      { segmentation: { type: 'polygons', regions } },
      attributes,
    );
  },
  commands: {
    cancel: () => ({ state: rotatedBoxIdle }),
    back: ({ a, b }) => ({ state: { name: 'rotated-box.edge', a, b } }),
  },
  draft: ({ a, b, reach }) => {
    const corners = cornersOf(rotatedBoxFrom(a, b, reach));
    return { path: [...corners, corners[0], corners[1]] };
  },
};
