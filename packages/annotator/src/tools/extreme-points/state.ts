import type { ImagePoint } from '../../geometry/point.ts';

export type ExtremePointsIdle = { readonly name: 'extreme-points.idle' };

/** One to three of the top, the left, the bottom and the right of an object, in any order; the fourth makes it. */
export interface ExtremePointsCollecting {
  readonly name: 'extreme-points.collecting';
  readonly points: readonly ImagePoint[];
}

/** The object is being told from its background; who clicks on meanwhile is at the next ones. */
export interface ExtremePointsCutting {
  readonly name: 'extreme-points.cutting';
  readonly points: readonly ImagePoint[];
  readonly later: readonly ImagePoint[];
}

export type ExtremePointsState = ExtremePointsIdle | ExtremePointsCollecting | ExtremePointsCutting;

export const extremePointsIdle: ExtremePointsIdle = { name: 'extreme-points.idle' };
