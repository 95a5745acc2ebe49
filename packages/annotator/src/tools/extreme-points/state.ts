import type { ImagePoint } from '../../geometry/point.ts';

/** The top, the left, the bottom and the right of an object, in any order; the fourth click makes it. */
export interface ExtremePointsState {
  readonly name: 'extreme-points.collecting';
  readonly points: readonly ImagePoint[];
}

export const noExtremePoints: ExtremePointsState = {
  name: 'extreme-points.collecting',
  points: [],
};
