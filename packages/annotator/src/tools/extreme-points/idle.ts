import { pointInPicture } from '../../geometry/point.ts';
import type { Behaviour } from '../tool.ts';
import type { ExtremePointsIdle, ExtremePointsState } from './state.ts';

export const idle: Behaviour<ExtremePointsIdle, ExtremePointsState> = {
  down: (_, { point }, { document }) => {
    const points = [pointInPicture(point, document.picture)];
    return { state: { name: 'extreme-points.collecting', points } };
  },
};
