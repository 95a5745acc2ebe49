import { pointInPicture } from '../../geometry/point.ts';
import type { Behaviour } from '../tool.ts';
import type { ScissorsIdle, ScissorsState } from './state.ts';
import { searched } from './trace.ts';

export const idle: Behaviour<ScissorsIdle, ScissorsState> = {
  down: (state, { point }, { document, hasPixels }) => {
    if (!hasPixels) return { state, notice: { code: 'no-pixels' } };
    const cursor = pointInPicture(point, document.picture);
    return searched({ points: [cursor.x, cursor.y], clicks: [1], cursor, later: [] });
  },
};
