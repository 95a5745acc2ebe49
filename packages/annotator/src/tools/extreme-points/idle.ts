import { pointInPicture } from '../../geometry/point.ts';
import type { Behaviour } from '../tool.ts';
import { collect } from './collect.ts';
import type { ExtremePointsIdle, ExtremePointsState } from './state.ts';

export const idle: Behaviour<ExtremePointsIdle, ExtremePointsState> = {
  down: (_, { point }, context) =>
    collect([pointInPicture(point, context.document.picture)], context),
};
