// The pixels under a brush that is drawn along a straight line: the convex hull of the brush at both ends, column by
// column. A pixel counts when its centre is inside, and the pixel under the very point always does.

import type { ImagePoint } from '../geometry/point.ts';
import type { FillColumn } from './tiled-mask.ts';

export interface Brush {
  readonly shape: 'round' | 'square';
  /** Diameter or side, pixels of the picture. */
  readonly sizePixels: number;
}

/** @example withColumns(mask, 1, (fill) => fillSegment(fill, brush, { x: 3, y: 3 }, { x: 40, y: 9 })) */
export function fillSegment(
  fill: FillColumn,
  brush: Brush,
  from: ImagePoint,
  to: ImagePoint,
): void {
  const radius = brush.sizePixels / 2;
  const first = Math.ceil(Math.min(from.x, to.x) - radius - 0.5);
  const last = Math.floor(Math.max(from.x, to.x) + radius - 0.5);
  const rangeAt = brush.shape === 'round' ? roundRange : squareRange;
  for (let x = first; x <= last; x++) {
    const [top, bottom] = rangeAt(x + 0.5, radius, from, to);
    fill(x, Math.ceil(top - 0.5), Math.floor(bottom - 0.5) + 1);
  }
  for (const { x, y } of [from, to]) fill(Math.floor(x), Math.floor(y), Math.floor(y) + 1);
}

type Range = [top: number, bottom: number];
const nothing: Range = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

const joined = (a: Range, b: Range): Range => [Math.min(a[0], b[0]), Math.max(a[1], b[1])];

function roundRange(x: number, radius: number, from: ImagePoint, to: ImagePoint): Range {
  const disc = (centre: ImagePoint): Range => {
    const half = Math.sqrt(radius * radius - (x - centre.x) ** 2);
    return Number.isNaN(half) ? nothing : [centre.y - half, centre.y + half];
  };
  const ends = joined(disc(from), disc(to));
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return ends;
  // The two sides that touch both discs.
  const offsetX = ((from.y - to.y) / length) * radius;
  const offsetY = ((to.x - from.x) / length) * radius;
  return joined(ends, sweep(x, from, to, [offsetX, -offsetX], [offsetY, -offsetY]));
}

const squareRange = (x: number, radius: number, from: ImagePoint, to: ImagePoint): Range => {
  const square = (centre: ImagePoint): Range =>
    Math.abs(x - centre.x) <= radius ? [centre.y - radius, centre.y + radius] : nothing;
  const corners = sweep(
    x,
    from,
    to,
    [-radius, radius, radius, -radius],
    [-radius, -radius, radius, radius],
  );
  return joined(joined(square(from), square(to)), corners);
};

/** Where the column's middle meets the ways of some points of the brush. */
function sweep(
  x: number,
  from: ImagePoint,
  to: ImagePoint,
  offsetXs: readonly number[],
  offsetYs: readonly number[],
): Range {
  let range = nothing;
  for (let i = 0; i < offsetXs.length; i++) {
    const share = (x - from.x - offsetXs[i]) / (to.x - from.x);
    if (!(share >= 0 && share <= 1)) continue;
    const y = from.y + offsetYs[i] + share * (to.y - from.y);
    range = joined(range, [y, y]);
  }
  return range;
}
