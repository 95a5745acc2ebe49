// Points say in their type which space they are in, so that a screen position cannot be taken for one in the picture.

/** Pixels of the picture, origin at its top left corner; pixel (0, 0) reaches from 0 to 1. */
export interface ImagePoint {
  readonly x: number;
  readonly y: number;
  readonly space?: 'image';
}

/** CSS pixels of the canvas, origin at its top left corner. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
  readonly space?: 'screen';
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Coordinates are kept to a hundredth of a pixel: finer than anybody can point, and short in a file. */
export const roundPixels = (pixels: number): number => Math.round(pixels * 100) / 100;

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);

export const distance = (a: ImagePoint, b: ImagePoint): number => Math.hypot(a.x - b.x, a.y - b.y);

export const roundPoint = ({ x, y }: ImagePoint): ImagePoint => ({
  x: roundPixels(x),
  y: roundPixels(y),
});

export const isInPicture = ({ x, y }: ImagePoint, { width, height }: Size): boolean =>
  x >= 0 && y >= 0 && x <= width && y <= height;

/** The nearest point of the picture, rounded to what is kept: where a click counts that fell beside it. */
export function pointInPicture({ x, y }: ImagePoint, { width, height }: Size): ImagePoint {
  return { x: roundPixels(clamp(x, 0, width)), y: roundPixels(clamp(y, 0, height)) };
}
