// What an area range leaves out.

import type { AreaRange } from './params.ts';
import type { TruthRows } from './prepare.ts';

/** Both ends belong to the range; an area of NaN is inside every range, as in pycocotools. */
export function isOutside(area: number, range: AreaRange): boolean {
  return area < range.min || area > range.max;
}

/** By truth row: 1 for what is ignored anyway, or lies outside the range. */
export function ignoredTruths(truths: TruthRows, range: AreaRange): Uint8Array {
  return truths.ignored.map((ignored, row) =>
    ignored === 1 || isOutside(truths.area[row], range) ? 1 : 0,
  );
}
