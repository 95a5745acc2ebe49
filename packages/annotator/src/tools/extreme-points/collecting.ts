import { pointInPicture } from '../../geometry/point.ts';
import type { Behaviour } from '../tool.ts';
import { collect } from './collect.ts';
import {
  type ExtremePointsCollecting,
  type ExtremePointsState,
  extremePointsIdle,
} from './state.ts';

export const collecting: Behaviour<ExtremePointsCollecting, ExtremePointsState> = {
  down: ({ points }, { point }, context) =>
    collect([...points, pointInPicture(point, context.document.picture)], context),
  commands: {
    cancel: () => ({ state: extremePointsIdle }),
    back: ({ points }, context) => collect(points.slice(0, -1), context),
  },
  draft: ({ points }) => ({ points }),
};
