// Upright boxes, as COCO writes them.

import { clamp, type ImagePoint, roundPixels, type Size } from './point.ts';

/** `[x, y, width, height]` in pixels of the picture. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** @example boxFromCorners({ x: 9, y: 2 }, { x: 4, y: 8 }); // [4, 2, 5, 6] */
export function boxFromCorners(a: ImagePoint, b: ImagePoint): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return [x, y, roundPixels(Math.abs(a.x - b.x)), roundPixels(Math.abs(a.y - b.y))];
}

/** The smallest box around points `[x0, y0, x1, y1, …]`; null for none. */
export function boxAround(points: ArrayLike<number>): Box | null {
  if (points.length < 2) return null;
  let [left, top, right, bottom] = [points[0], points[1], points[0], points[1]];
  for (let at = 2; at + 1 < points.length; at += 2) {
    left = Math.min(left, points[at]);
    right = Math.max(right, points[at]);
    top = Math.min(top, points[at + 1]);
    bottom = Math.max(bottom, points[at + 1]);
  }
  return [left, top, roundPixels(right - left), roundPixels(bottom - top)];
}

export function unionBox(a: Box, b: Box): Box {
  const x = Math.min(a[0], b[0]);
  const y = Math.min(a[1], b[1]);
  return [x, y, Math.max(a[0] + a[2], b[0] + b[2]) - x, Math.max(a[1] + a[3], b[1] + b[3]) - y];
}

/** Whether two boxes have a point in common; touching counts. */
export const boxesMeet = (a: Box, b: Box): boolean =>
  a[0] <= b[0] + b[2] && b[0] <= a[0] + a[2] && a[1] <= b[1] + b[3] && b[1] <= a[1] + a[3];

export const boxIsWithin = (inner: Box, outer: Box): boolean =>
  inner[0] >= outer[0] &&
  inner[1] >= outer[1] &&
  inner[0] + inner[2] <= outer[0] + outer[2] &&
  inner[1] + inner[3] <= outer[1] + outer[3];

export const boxContains = ([x, y, width, height]: Box, point: ImagePoint): boolean =>
  point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;

export const boxesAreEqual = (a: Box | null, b: Box | null): boolean =>
  a === b || (a !== null && b !== null && a.every((value, i) => value === b[i]));

/** Distance to the frame of a box, from inside as from outside. */
export function distanceToFrame([x, y, width, height]: Box, point: ImagePoint): number {
  const outsideX = Math.max(x - point.x, point.x - x - width);
  const outsideY = Math.max(y - point.y, point.y - y - height);
  const isInside = outsideX <= 0 && outsideY <= 0;
  return isInside
    ? Math.min(-outsideX, -outsideY)
    : Math.hypot(Math.max(0, outsideX), Math.max(0, outsideY));
}

/** The part of a box inside the picture, rounded to what is kept; null where there is none. */
export function boxInPicture([x, y, width, height]: Box, picture: Size): Box | null {
  const left = roundPixels(clamp(x, 0, picture.width));
  const top = roundPixels(clamp(y, 0, picture.height));
  const right = roundPixels(clamp(x + width, 0, picture.width));
  const bottom = roundPixels(clamp(y + height, 0, picture.height));
  const box: Box = [left, top, roundPixels(right - left), roundPixels(bottom - top)];
  return box[2] > 0 && box[3] > 0 ? box : null;
}

/** How far things may be moved so that their box stays inside the picture, as near to the wish as can be. */
export function moveWithin(
  [x, y, width, height]: Box,
  wish: { dx: number; dy: number },
  picture: Size,
): { dx: number; dy: number } {
  // What is larger than the picture, or beyond it since its import, may move freely inwards.
  const dx = clamp(wish.dx, Math.min(0, -x), Math.max(0, picture.width - x - width));
  const dy = clamp(wish.dy, Math.min(0, -y), Math.max(0, picture.height - y - height));
  return { dx: roundPixels(dx), dy: roundPixels(dy) };
}
