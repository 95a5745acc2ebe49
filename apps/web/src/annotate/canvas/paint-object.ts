// One object as it lies on the picture. Signs beyond colour: proposals are dashed, crowds dotted, hidden keypoints hollow,
// those of the left and of the right have marks of their own; what is selected has a white line around its own.

import type { AnnotationObject, Category } from '@migaki/annotator';
import { placeOf } from '@migaki/annotator';
import { drawPose } from '../../dataset/overlay/draw-pose.ts';
import { fillRule, pathOf } from './shape-path.ts';

export interface Paint {
  readonly colorOf: (object: AnnotationObject) => string;
  readonly categoryOf: (object: AnnotationObject) => Category | undefined;
  /** 0 to 1. */
  readonly fillOpacity: number;
  /** Whether left and right have colours of their own, unless false; not where colours say whose or which one it is. */
  readonly areSidesColored?: boolean;
}

/** CSS pixels. */
const lineWidth = 1.75;
/** Smaller than this on the screen an object is a dot of its colour: nobody sees more, and there may be thousands. */
const dotSide = 3;
/** Up to here a box stands for the outline. */
const coarseSide = 7;

/**
 * Draws an object. The context's transform takes pixels of the picture to the canvas.
 *
 * @param scale CSS pixels per pixel of the picture
 * @param isFine with lines as fine as the screen has them: browsers draw those many times faster
 */
export function paintObject(
  context: CanvasRenderingContext2D,
  object: AnnotationObject,
  scale: number,
  paint: Paint,
  isFine = false,
): void {
  const place = placeOf(object);
  if (place === null) return;
  const color = paint.colorOf(object);
  const [x, y, width, height] = place;
  const side = Math.max(width, height) * scale;
  if (side < coarseSide && object.keypoints === null) {
    context.fillStyle = color;
    context.globalAlpha = side < dotSide ? 0.9 : 0.65;
    // At least a pixel of the screen.
    const least = 1 / scale;
    context.fillRect(x, y, Math.max(width, least), Math.max(height, least));
    context.globalAlpha = 1;
    return;
  }
  const path = pathOf(object, scale);
  const hasShape = object.segmentation !== null || object.keypoints === null;
  if (path !== null && hasShape) {
    context.fillStyle = color;
    context.globalAlpha = paint.fillOpacity * (object.segmentation === null ? 0.4 : 1);
    if (context.globalAlpha > 0) context.fill(path, fillRule);
    context.globalAlpha = 1;
    if (isFine && object.state === 'accepted') strokeFinely(context, path, color);
    else strokeOutline(context, object, path, scale, color);
  }
  if (object.keypoints !== null) {
    if (!hasShape || object.segmentation === null) strokeFrame(context, object, scale, color);
    paintPose(context, object, scale, paint);
  }
}

/** One pixel of the screen. */
function strokeFinely(context: CanvasRenderingContext2D, path: Path2D, color: string): void {
  context.strokeStyle = color;
  context.lineWidth = 1 / context.getTransform().a;
  context.stroke(path);
}

function strokeOutline(
  context: CanvasRenderingContext2D,
  { state, isCrowd }: AnnotationObject,
  path: Path2D,
  scale: number,
  color: string,
): void {
  const pixel = 1 / scale;
  context.lineJoin = 'round';
  // A dark line around the bright one keeps outlines visible on any picture.
  context.strokeStyle = 'rgb(0 0 0 / 0.35)';
  context.lineWidth = (lineWidth + 1.25) * pixel;
  context.stroke(path);
  context.setLineDash(dashesOf({ state, isCrowd }).map((length) => length * pixel));
  context.strokeStyle = color;
  context.lineWidth = lineWidth * pixel;
  context.stroke(path);
  context.setLineDash([]);
}

export function dashesOf({
  state,
  isCrowd,
}: Pick<AnnotationObject, 'state' | 'isCrowd'>): number[] {
  if (state === 'proposed') return [6, 4];
  return isCrowd ? [1.5, 3] : [];
}

/** The box of a pose, faint: it says what belongs together. */
function strokeFrame(
  context: CanvasRenderingContext2D,
  { bbox, state }: AnnotationObject,
  scale: number,
  color: string,
): void {
  if (bbox === null) return;
  const pixel = 1 / scale;
  context.globalAlpha = 0.5;
  context.strokeStyle = color;
  context.lineWidth = pixel;
  context.setLineDash(state === 'proposed' ? [6 * pixel, 4 * pixel] : [2 * pixel, 3 * pixel]);
  context.strokeRect(...bbox);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function paintPose(
  context: CanvasRenderingContext2D,
  object: AnnotationObject,
  scale: number,
  { colorOf, categoryOf, areSidesColored = true }: Paint,
  isSelected = false,
): void {
  if (object.keypoints === null) return;
  // The context's own transform takes pixels of the picture.
  drawPose(context, object.keypoints, categoryOf(object), unmoved, {
    color: colorOf(object),
    areSidesColored,
    unit: 1 / scale,
    isDashed: object.state === 'proposed',
    isSelected,
  });
}

const unmoved = { scale: 1, x: 0, y: 0 };
/** Lines around what is selected, white about its own colour; it is filled already. */
export function paintSelected(
  context: CanvasRenderingContext2D,
  object: AnnotationObject,
  scale: number,
  paint: Paint,
): void {
  const color = paint.colorOf(object);
  const path =
    object.segmentation === null && object.keypoints !== null ? null : pathOf(object, scale);
  const pixel = 1 / scale;
  if (path !== null) {
    context.lineJoin = 'round';
    const lines = [
      ['rgb(0 0 0 / 0.55)', 5.5],
      ['#fff', 4],
      [color, 1.75],
    ] as const;
    for (const [style, width] of lines) {
      context.strokeStyle = style;
      context.lineWidth = width * pixel;
      context.stroke(path);
    }
  }
  if (object.keypoints === null) return;
  if (path === null) strokeFrame(context, object, scale, '#fff');
  paintPose(context, object, scale, paint, true);
}
