import { pointInPicture, type Size } from '../../geometry/point.ts';
import { isRing } from '../../geometry/region.ts';
import { cornersOf, normalDegrees, rotatedBoxFrom } from '../../geometry/rotated-box.ts';
import { drawn, snapped } from '../drawing.ts';
import type { Behaviour } from '../tool.ts';
import { type RotatedBoxDepth, type RotatedBoxState, rotatedBoxIdle } from './state.ts';

export const depth: Behaviour<RotatedBoxDepth, RotatedBoxState> = {
  move: (state, input, context) => ({ state: { ...state, reach: snapped(input, context) } }),
  down: ({ a, b }, input, context) => {
    const box = rotatedBoxFrom(a, b, snapped(input, context));
    const outer = cornersOf(box);
    if (!isRing(outer)) return { state: rotatedBoxIdle, notice: { code: 'nothing-left' } };
    const inPicture = cornersInPicture(outer, context.document.picture);
    // Cut at the border it is no box any more, and says so by having no rotation.
    const isWhole = outer.every((value, i) => value === inPicture[i]);
    const attributes = isWhole ? { rotation: normalDegrees(box.degrees) } : {};
    const regions = [{ outer: inPicture, holes: [] }];
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

const cornersInPicture = (corners: readonly number[], picture: Size): number[] =>
  [0, 2, 4, 6].flatMap((i) => {
    const { x, y } = pointInPicture({ x: corners[i], y: corners[i + 1] }, picture);
    return [x, y];
  });
