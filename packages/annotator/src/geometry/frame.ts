// The frame around an object, upright or turned, and the handles on it.

import type { Box } from './box.ts';
import type { ImagePoint } from './point.ts';
import { type RotatedBox, turned } from './rotated-box.ts';

/** −1, 0 or 1 across and down: `{ across: 1, down: 1 }` is the lower right corner before any turn. */
export interface Handle {
  readonly across: -1 | 0 | 1;
  readonly down: -1 | 0 | 1;
}

/** Corners first: on small objects handles lie close together, and corners can do more. */
export const handles: readonly Handle[] = [
  { across: -1, down: -1 },
  { across: 1, down: -1 },
  { across: 1, down: 1 },
  { across: -1, down: 1 },
  { across: 0, down: -1 },
  { across: 1, down: 0 },
  { across: 0, down: 1 },
  { across: -1, down: 0 },
];

export const frameOfBox = ([x, y, width, height]: Box): RotatedBox => ({
  centre: { x: x + width / 2, y: y + height / 2 },
  width,
  height,
  degrees: 0,
});

export const boxOfFrame = ({ centre, width, height }: RotatedBox): Box => [
  centre.x - width / 2,
  centre.y - height / 2,
  width,
  height,
];

export const handlePoint = (frame: RotatedBox, { across, down }: Handle): ImagePoint =>
  turned(frame.centre, (across * frame.width) / 2, (down * frame.height) / 2, frame.degrees);

/** Where the handle for turning stands: above the frame, as it is turned. */
export const turnPoint = (frame: RotatedBox, awayPixels: number): ImagePoint =>
  turned(frame.centre, 0, -frame.height / 2 - awayPixels, frame.degrees);

/** The frame after a handle was pulled to a point; the opposite side or corner stays where it is. */
export function pullHandle(frame: RotatedBox, handle: Handle, to: ImagePoint): RotatedBox {
  const { centre, width, height, degrees } = frame;
  const local = turned({ x: 0, y: 0 }, to.x - centre.x, to.y - centre.y, -degrees);
  const [left, right] = pulled(width, handle.across, local.x);
  const [top, bottom] = pulled(height, handle.down, local.y);
  return {
    centre: turned(centre, (left + right) / 2, (top + bottom) / 2, degrees),
    width: right - left,
    height: bottom - top,
    degrees,
  };
}

/** Both ends of a length about 0, one of which was pulled; pulled past the other, they change places. */
function pulled(length: number, side: -1 | 0 | 1, to: number): [number, number] {
  if (side === 0) return [-length / 2, length / 2];
  const fixed = (-side * length) / 2;
  return [Math.min(fixed, to), Math.max(fixed, to)];
}
