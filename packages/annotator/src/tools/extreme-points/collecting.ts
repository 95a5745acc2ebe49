import { boxAround } from '../../geometry/box.ts';
import { type ImagePoint, pointInPicture } from '../../geometry/point.ts';
import { isEmptyRle } from '../../mask/mask-of.ts';
import { rleFromTiles } from '../../mask/tiled-mask.ts';
import { grabCut } from '../../pixels/grab-cut.ts';
import { drawn } from '../drawing.ts';
import type { Behaviour, Outcome, ToolContext } from '../tool.ts';
import {
  type ExtremePointsCollecting,
  type ExtremePointsState,
  extremePointsIdle,
} from './state.ts';

/** A mask, and with it the box; just the box as long as the pixels are not there, or where nothing stands out. */
function finish(points: readonly ImagePoint[], context: ToolContext): Outcome<ExtremePointsState> {
  const bbox = boxAround(points.flatMap(({ x, y }) => [x, y]))!;
  if (bbox[2] === 0 || bbox[3] === 0) {
    return { state: extremePointsIdle, notice: { code: 'nothing-left' } };
  }
  const { pixels } = context;
  if (pixels === null) {
    return { notice: { code: 'no-pixels' }, ...drawn(extremePointsIdle, context, { bbox }) };
  }
  const rle = rleFromTiles(grabCut(pixels, points));
  return isEmptyRle(rle)
    ? drawn(extremePointsIdle, context, { bbox })
    : drawn(extremePointsIdle, context, { segmentation: { type: 'mask', rle } });
}

export const collecting: Behaviour<ExtremePointsCollecting, ExtremePointsState> = {
  down: (state, { point }, context) => {
    const points = [...state.points, pointInPicture(point, context.document.picture)];
    return points.length < 4 ? { state: { ...state, points } } : finish(points, context);
  },
  commands: {
    cancel: () => ({ state: extremePointsIdle }),
    back: (state) => {
      const points = state.points.slice(0, -1);
      return { state: points.length === 0 ? extremePointsIdle : { ...state, points } };
    },
  },
  draft: ({ points }) => ({ points }),
};
