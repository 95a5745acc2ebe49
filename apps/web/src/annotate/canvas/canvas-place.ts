// How the layers lie: their size, the view, and the device's pixels.

import type { Box, Size, View } from '@migaki/annotator';
import type { Rectangle } from './rectangles.ts';

export interface CanvasPlace extends Size {
  /** Its corner lies on a whole device pixel, so that layers can be moved without being blurred. */
  readonly view: View;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

export function placeOn(view: View, { width, height }: Size, ratio: number): CanvasPlace {
  const whole = (length: number) => Math.round(length * ratio) / ratio;
  return { width, height, ratio, view: { ...view, x: whole(view.x), y: whole(view.y) } };
}

/** Setting the size clears a canvas: it is done only where it differs. */
export function sizeCanvas(canvas: HTMLCanvasElement, { width, height, ratio }: CanvasPlace): void {
  const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
}

/** CSS pixels. */
export function resetTransform(context: CanvasRenderingContext2D, { ratio }: CanvasPlace): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

/** Pixels of the picture. */
export function toPicture(
  context: CanvasRenderingContext2D,
  { view: { scale, x, y }, ratio }: CanvasPlace,
): void {
  context.setTransform(scale * ratio, 0, 0, scale * ratio, x * ratio, y * ratio);
}

/** Draws in pixels of the picture, and nowhere but in a part of the canvas. */
export function prepare(
  context: CanvasRenderingContext2D,
  place: CanvasPlace,
  { left, top, right, bottom }: Rectangle,
): void {
  resetTransform(context, place);
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  toPicture(context, place);
}

export function clear(context: CanvasRenderingContext2D, place: CanvasPlace): void {
  resetTransform(context, place);
  context.clearRect(0, 0, place.width, place.height);
}

/** The part of the picture under a part of the canvas. @param margin CSS pixels around it */
export const imageBoxOf = (
  { left, top, right, bottom }: Rectangle,
  { scale, x, y }: View,
  margin: number,
): Box => [
  (left - margin - x) / scale,
  (top - margin - y) / scale,
  (right - left + 2 * margin) / scale,
  (bottom - top + 2 * margin) / scale,
];
