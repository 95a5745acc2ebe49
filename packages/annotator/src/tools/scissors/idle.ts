import { pointInPicture } from '../../geometry/point.ts';
import type { Behaviour } from '../tool.ts';
import type { ScissorsIdle, ScissorsState } from './state.ts';
import { searched } from './trace.ts';

export const idle: Behaviour<ScissorsIdle, ScissorsState> = {
  down: (state, { point }, { document, hasPixels }) => {
    if (!hasPixels) return { state, notice: { code: 'no-pixels' } };
    const cursor = pointInPicture(point, document.picture);
    // Outlines go along the cracks between pixels.
    const points = [Math.round(cursor.x), Math.round(cursor.y)];
    return searched({ points, clicks: [1], cursor, later: [] });
  },
};
