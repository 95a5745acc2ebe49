// How the picture lies on the canvas: `screen = image × scale + offset`.

import type { Box } from '../geometry/box.ts';
import { clamp, type ImagePoint, type ScreenPoint, type Size } from '../geometry/point.ts';

export interface View {
  /** CSS pixels per pixel of the picture. */
  readonly scale: number;
  /** Where the picture's top left corner is on the canvas, CSS pixels. */
  readonly x: number;
  readonly y: number;
}

const maxScale = 64;
/** At least this much of the picture's shorter side can always be seen, CSS pixels. */
const minVisible = 32;

export const screenFromImage = ({ scale, x, y }: View, point: ImagePoint): ScreenPoint => ({
  x: point.x * scale + x,
  y: point.y * scale + y,
});

export const imageFromScreen = ({ scale, x, y }: View, point: ScreenPoint): ImagePoint => ({
  x: (point.x - x) / scale,
  y: (point.y - y) / scale,
});

/** The whole picture, in the middle of the canvas, with a margin of CSS pixels around it. */
export const fitView = (picture: Size, canvas: Size, margin = 16): View =>
  viewOfBox([0, 0, picture.width, picture.height], canvas, margin);

/** A box with some of its surroundings, in the middle of the canvas; nothing smaller than where the whole picture is seen. */
export function zoomToBox(box: Box, picture: Size, canvas: Size): View {
  const margin = Math.min(canvas.width, canvas.height) * 0.2;
  const near = viewOfBox(box, canvas, margin);
  const whole = fitView(picture, canvas);
  return near.scale < whole.scale ? whole : keepInSight(near, picture, canvas);
}

function viewOfBox([x, y, width, height]: Box, canvas: Size, margin: number): View {
  const roomX = Math.max(1, canvas.width - 2 * margin);
  const roomY = Math.max(1, canvas.height - 2 * margin);
  // A point or a line has a place too.
  const wish = Math.min(roomX / Math.max(width, 1), roomY / Math.max(height, 1));
  const scale = Math.min(wish, maxScale);
  return {
    scale,
    x: canvas.width / 2 - (x + width / 2) * scale,
    y: canvas.height / 2 - (y + height / 2) * scale,
  };
}

/**
 * Zooms about a point, which stays where it is.
 *
 * @param factor above 1 to come nearer
 */
export function zoomAt(
  view: View,
  anchor: ScreenPoint,
  factor: number,
  picture: Size,
  canvas: Size,
): View {
  const smallest = Math.min(fitView(picture, canvas).scale, 1) / 4;
  const scale = clamp(view.scale * factor, smallest, maxScale);
  const image = imageFromScreen(view, anchor);
  const zoomed = { scale, x: anchor.x - image.x * scale, y: anchor.y - image.y * scale };
  return keepInSight(zoomed, picture, canvas);
}

export const panBy = (view: View, dx: number, dy: number, picture: Size, canvas: Size): View =>
  keepInSight({ ...view, x: view.x + dx, y: view.y + dy }, picture, canvas);

/** What a turn of the wheel zooms by; trackpads send many small turns. @param deltaY CSS pixels */
export const wheelFactor = (deltaY: number): number => 2 ** (-clamp(deltaY, -300, 300) / 300);

/** Two fingers: the points under them stay under them. */
export function pinchView(
  view: View,
  before: readonly [ScreenPoint, ScreenPoint],
  after: readonly [ScreenPoint, ScreenPoint],
  picture: Size,
  canvas: Size,
): View {
  const span = ([a, b]: readonly [ScreenPoint, ScreenPoint]) => Math.hypot(a.x - b.x, a.y - b.y);
  const middle = ([a, b]: readonly [ScreenPoint, ScreenPoint]): ScreenPoint => ({
    x: (a.x + b.x) / 2,
    y: (a.y + b.y) / 2,
  });
  const factor = span(before) < 1 ? 1 : span(after) / span(before);
  const [from, to] = [middle(before), middle(after)];
  const zoomed = zoomAt(view, from, factor, picture, canvas);
  return panBy(zoomed, to.x - from.x, to.y - from.y, picture, canvas);
}

/** The part of the picture that can be seen, as a box of the picture; null for none. */
export function visibleBox(view: View, picture: Size, canvas: Size): Box | null {
  const topLeft = imageFromScreen(view, { x: 0, y: 0 });
  const bottomRight = imageFromScreen(view, { x: canvas.width, y: canvas.height });
  const left = clamp(topLeft.x, 0, picture.width);
  const top = clamp(topLeft.y, 0, picture.height);
  const width = clamp(bottomRight.x, 0, picture.width) - left;
  const height = clamp(bottomRight.y, 0, picture.height) - top;
  return width > 0 && height > 0 ? [left, top, width, height] : null;
}

/** Nobody loses the picture: an edge of it always stays on the canvas. */
function keepInSight(view: View, picture: Size, canvas: Size): View {
  const along = (offset: number, pictureLength: number, canvasLength: number) => {
    const length = pictureLength * view.scale;
    const visible = Math.min(minVisible, length, canvasLength);
    return clamp(offset, visible - length, canvasLength - visible);
  };
  return {
    ...view,
    x: along(view.x, picture.width, canvas.width),
    y: along(view.y, picture.height, canvas.height),
  };
}
