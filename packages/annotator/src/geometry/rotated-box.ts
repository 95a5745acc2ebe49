// Boxes turned about their centre. COCO has none: they are polygons of four corners, from the one that was top left,
// clockwise, with `attributes.rotation` in degrees, clockwise too, as our converters read and write them.

import type { ObjectFields } from '../document/annotation-object.ts';
import { type ImagePoint, roundPixels } from './point.ts';

export interface RotatedBox {
  readonly centre: ImagePoint;
  readonly width: number;
  readonly height: number;
  /** Clockwise on the screen. */
  readonly degrees: number;
}

/** The point at `(dx, dy)` from the centre, after the turn. */
export function turned(centre: ImagePoint, dx: number, dy: number, degrees: number): ImagePoint {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: centre.x + dx * cos - dy * sin, y: centre.y + dx * sin + dy * cos };
}

export function cornersOf({ centre, width, height, degrees }: RotatedBox): number[] {
  return [
    [-0.5, -0.5],
    [0.5, -0.5],
    [0.5, 0.5],
    [-0.5, 0.5],
  ].flatMap(([across, down]) => {
    const { x, y } = turned(centre, across * width, down * height, degrees);
    return [roundPixels(x), roundPixels(y)];
  });
}

/** The box whose first edge runs from a to b, and which reaches as far as `point`. */
export function rotatedBoxFrom(a: ImagePoint, b: ImagePoint, point: ImagePoint): RotatedBox {
  const width = Math.hypot(b.x - a.x, b.y - a.y);
  if (width === 0) return { centre: a, width: 0, height: 0, degrees: 0 };
  const across = { x: (b.x - a.x) / width, y: (b.y - a.y) / width };
  const depth = across.x * (point.y - a.y) - across.y * (point.x - a.x);
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const degrees = (Math.atan2(across.y, across.x) * 180) / Math.PI;
  // Beyond the first edge the box lies on its other side, and that edge becomes its lower one.
  const centre = { x: middle.x - (across.y * depth) / 2, y: middle.y + (across.x * depth) / 2 };
  return { centre, width, height: Math.abs(depth), degrees };
}

/** The turned box that an object is; null where it is none. */
export function rotatedBoxOf({
  segmentation,
  attributes,
}: Pick<ObjectFields, 'segmentation' | 'attributes'>): RotatedBox | null {
  const degrees = attributes.rotation;
  if (segmentation?.type !== 'polygons' || typeof degrees !== 'number') return null;
  const [region, ...others] = segmentation.regions;
  if (others.length > 0 || region.holes.length > 0 || region.outer.length !== 8) return null;
  const [x0, y0, x1, y1, x2, y2, x3, y3] = region.outer;
  const centre = { x: (x0 + x1 + x2 + x3) / 4, y: (y0 + y1 + y2 + y3) / 4 };
  const width = Math.hypot(x1 - x0, y1 - y0);
  const height = Math.hypot(x2 - x1, y2 - y1);
  return { centre, width, height, degrees };
}

/** Attributes of what is no turned box any more. */
export function withoutRotation({
  attributes,
}: Pick<ObjectFields, 'attributes'>): ObjectFields['attributes'] {
  const { rotation: _, ...rest } = attributes;
  return rest;
}

/** Degrees from −180 to 180, to a hundredth. */
export const normalDegrees = (degrees: number): number =>
  roundPixels(((((degrees + 180) % 360) + 360) % 360) - 180);
