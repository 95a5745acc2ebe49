import { pointInPicture } from '../../geometry/point.ts';
import { isEmptyRle } from '../../mask/mask-of.ts';
import { drawn } from '../drawing.ts';
import type { Behaviour } from '../tool.ts';
import { boxOf, collect } from './collect.ts';
import { type ExtremePointsCutting, type ExtremePointsState, extremePointsIdle } from './state.ts';

export const cutting: Behaviour<ExtremePointsCutting, ExtremePointsState> = {
  down: (state, { point }, { document }) => ({
    state: { ...state, later: [...state.later, pointInPicture(point, document.picture)] },
  }),
  /** A mask, and with it the box; just the box where nothing stands out. */
  result: ({ points, later }, result, context) => {
    const isFound = result?.type === 'mask' && !isEmptyRle(result.rle);
    const geometry = isFound
      ? { segmentation: { type: 'mask', rle: result.rle } as const }
      : { bbox: boxOf(points) };
    const { state: _, ...object } = drawn(extremePointsIdle, context, geometry);
    return { ...object, ...collect(later, context) };
  },
  commands: { cancel: () => ({ state: extremePointsIdle }) },
  draft: ({ points, later }) => ({ points: [...points, ...later] }),
};
