// Draws the objects of a picture on a canvas, from vectors and run lengths, at whatever size the tile has.
// Signs beyond colour: proposals are dashed, paler and have a diamond at their corner, crowds are hatched by a dotted line,
// poses as `draw-pose.ts` says.

import { textOn } from '@migaki/annotator';
import type { Category, Overlay } from '@migaki/api';
import {
  type Bbox,
  type CompressedRle,
  type Rle,
  rleBbox,
  rleFromSegmentation,
} from '@migaki/coco';
import { type ColorOf, rgbOf } from './colors.ts';
import { drawPose } from './draw-pose.ts';
import { isMask, isPolygons, type Placement } from './geometry.ts';
import { maskEdges, sampleMask } from './sample-mask.ts';

/** What is drawn of an object. */
export type DrawnObject = Omit<Overlay, 'isReviewed'>;

export interface OverlayStyle {
  colorOf: ColorOf;
  categories: ReadonlyMap<number, Category>;
  isLabelled: (overlay: DrawnObject) => boolean;
  /** Whether left and right of poses have colours of their own, unless false; not where colours say something else. */
  areSidesColored?: boolean;
  /** Drawn as something that is no longer so. */
  isGhost?: (overlay: DrawnObject) => boolean;
  /** Which line it has, in the place of the one that its state asks for. */
  lineOf?: (overlay: DrawnObject) => LineKind;
  /** Drawn strongly; the others are faded. */
  highlightedId?: number | null;
}

/** CSS pixels. */
const lineWidth = 1.75;
const fillOpacity = 0.14;
/** Of the fill of a proposal, as a part of that of others. */
const proposedPart = 0.45;
/** Of the diamond of a proposal, from its middle. */
const diamondRadius = 3.5;
const maskOpacity = 0.38;

const ghostColor = '#ffffff';

export type LineKind = 'past' | 'proposed' | 'crowd' | 'plain';

const dashes: Record<LineKind, number[]> = {
  past: [2, 2],
  proposed: [5, 3],
  crowd: [1.5, 3],
  plain: [],
};

/**
 * @param canvas is given the size of the tile in device pixels
 * @param tile CSS pixels
 */
export function drawOverlays(
  canvas: HTMLCanvasElement,
  tile: { width: number; height: number },
  placement: Placement,
  overlays: readonly DrawnObject[],
  style: OverlayStyle,
): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(tile.width * ratio);
  canvas.height = Math.round(tile.height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(ratio, ratio);
  context.lineJoin = 'round';
  // Large objects first, so that small ones stay visible.
  for (const overlay of overlays) {
    const isFaded = style.highlightedId != null && style.highlightedId !== overlay.id;
    context.globalAlpha = isFaded || overlay.state === 'rejected' ? 0.25 : 1;
    drawObject(context, placement, overlay, style);
  }
  context.globalAlpha = 1;
  const taken: Rectangle[] = [];
  for (const overlay of overlays) {
    if (style.isLabelled(overlay)) drawLabel(context, placement, overlay, style, taken);
  }
}

function drawObject(
  context: CanvasRenderingContext2D,
  placement: Placement,
  overlay: DrawnObject,
  { colorOf, categories, areSidesColored = true, isGhost, lineOf }: OverlayStyle,
): void {
  const { segmentation, bbox, keypoints, state, iscrowd, categoryId } = overlay;
  const isPast = isGhost?.(overlay) ?? false;
  const color = isPast ? ghostColor : colorOf(overlay);
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = lineWidth;
  const usual = state === 'proposed' ? 'proposed' : iscrowd === 1 ? 'crowd' : 'plain';
  const line = isPast ? 'past' : (lineOf?.(overlay) ?? usual);
  context.setLineDash(dashes[line]);
  const strength = state === 'proposed' || isPast ? proposedPart : 1;
  if (isPolygons(segmentation)) drawPolygons(context, placement, segmentation, strength);
  else if (isMask(segmentation)) drawMask(context, placement, segmentation, color, strength);
  else if (bbox !== null) drawBox(context, placement, bbox);
  context.setLineDash([]);
  if (keypoints !== null && keypoints.length > 0) {
    drawPose(context, keypoints, categories.get(categoryId ?? Number.NaN), placement, {
      color,
      areSidesColored: areSidesColored && !isPast,
      unit: 1,
      isDashed: line === 'proposed' || line === 'past',
    });
  }
  if (state === 'proposed' && bbox !== null && !isPast) drawDiamond(context, placement, bbox);
}

function drawDiamond(
  context: CanvasRenderingContext2D,
  { scale, x, y }: Placement,
  [left, top]: readonly [number, number, number, number],
): void {
  const [middleX, middleY] = [x + left * scale, y + top * scale];
  context.beginPath();
  context.moveTo(middleX, middleY - diamondRadius);
  context.lineTo(middleX + diamondRadius, middleY);
  context.lineTo(middleX, middleY + diamondRadius);
  context.lineTo(middleX - diamondRadius, middleY);
  context.closePath();
  context.fill();
  context.strokeStyle = 'rgb(255 255 255 / 0.9)';
  context.lineWidth = 1;
  context.stroke();
}

function drawBox(
  context: CanvasRenderingContext2D,
  { scale, x, y }: Placement,
  [left, top, width, height]: readonly [number, number, number, number],
): void {
  // A dark line around the bright one keeps boxes visible on any picture.
  const rectangle = [x + left * scale, y + top * scale, width * scale, height * scale] as const;
  const { strokeStyle, lineWidth: width1 } = context;
  context.strokeStyle = 'rgb(0 0 0 / 0.35)';
  context.lineWidth = width1 + 1.5;
  context.strokeRect(...rectangle);
  context.strokeStyle = strokeStyle;
  context.lineWidth = width1;
  context.strokeRect(...rectangle);
}

function drawPolygons(
  context: CanvasRenderingContext2D,
  { scale, x, y }: Placement,
  polygons: readonly number[][],
  strength: number,
): void {
  const path = new Path2D();
  for (const polygon of polygons) {
    for (let at = 0; at + 1 < polygon.length; at += 2) {
      const [tileX, tileY] = [x + polygon[at] * scale, y + polygon[at + 1] * scale];
      if (at === 0) path.moveTo(tileX, tileY);
      else path.lineTo(tileX, tileY);
    }
    path.closePath();
  }
  const alpha = context.globalAlpha;
  context.globalAlpha = alpha * fillOpacity * 1.6 * strength;
  context.fill(path, 'nonzero');
  context.globalAlpha = alpha;
  context.stroke(path);
}

let scratch: HTMLCanvasElement | undefined;

function drawMask(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Placement,
  segmentation: Overlay['segmentation'],
  color: string,
  strength: number,
): void {
  let rle: Rle;
  let box: Bbox;
  try {
    // Run lengths bring their own size; what is passed here is for polygons alone.
    rle = rleFromSegmentation(segmentation as CompressedRle, 1, 1);
    box = rleBbox(rle);
  } catch {
    // What the file holds is no mask: the validator tells so, and there is nothing to draw.
    return;
  }
  const { canvas } = context;
  const { a: ratio } = context.getTransform();
  // Device pixels: the part of the mask that is in view.
  const [scaleX, scaleY] = [(width * ratio) / rle.width, (height * ratio) / rle.height];
  const [originX, originY] = [x * ratio, y * ratio];
  const left = Math.max(0, Math.floor(originX + box[0] * scaleX));
  const top = Math.max(0, Math.floor(originY + box[1] * scaleY));
  const columns = Math.min(canvas.width, Math.ceil(originX + (box[0] + box[2]) * scaleX)) - left;
  const rows = Math.min(canvas.height, Math.ceil(originY + (box[1] + box[3]) * scaleY)) - top;
  if (!(columns > 0 && rows > 0)) return;
  const view = { left: left - originX, top: top - originY, width: columns, height: rows };
  const mask = sampleMask(rle, { ...view, scaleX, scaleY });
  const edges = maskEdges(mask, columns, rows, Math.max(1, Math.round(ratio * lineWidth)));
  const [r, g, b] = rgbOf(color);
  const pixels = new ImageData(columns, rows);
  // The edge is dashed as the outline of a polygon would be.
  const [dash = 1, space = 0] = context.getLineDash();
  const isInked = (at: number) => {
    const along = ((at % columns) + Math.floor(at / columns)) / ratio;
    return along % (dash + space) < dash;
  };
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] === 0) continue;
    const opacity = edges[at] === 1 && (space === 0 || isInked(at)) ? 0.95 : maskOpacity * strength;
    pixels.data.set([r, g, b, 255 * opacity], at * 4);
  }
  scratch ??= document.createElement('canvas');
  scratch.width = columns;
  scratch.height = rows;
  scratch.getContext('2d')?.putImageData(pixels, 0, 0);
  context.drawImage(scratch, left / ratio, top / ratio, columns / ratio, rows / ratio);
}

interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const labelFont = '600 11px system-ui, "Noto Sans JP", sans-serif';

function drawLabel(
  context: CanvasRenderingContext2D,
  { scale, x, y }: Placement,
  overlay: DrawnObject,
  { colorOf, categories, highlightedId }: OverlayStyle,
  taken: Rectangle[],
): void {
  const { bbox, categoryId, score, id } = overlay;
  if (bbox === null || (highlightedId != null && highlightedId !== id)) return;
  const name = categoryId === null ? '' : (categories.get(categoryId)?.name ?? '');
  const text = [name, score === null ? '' : score.toFixed(2)].filter(Boolean).join(' ');
  if (text === '') return;
  context.font = labelFont;
  const color = colorOf(overlay);
  const width = context.measureText(text).width + 8;
  const left = x + bbox[0] * scale;
  const top = Math.max(y, y + bbox[1] * scale - 15);
  // A heap of labels says nothing: those of smaller objects give way.
  const place = { left: left - 1, top, right: left - 1 + width, bottom: top + 15 };
  if (taken.some((other) => overlap(place, other))) return;
  taken.push(place);
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(left - 1, top, width, 15, 3);
  context.fill();
  context.fillStyle = textOn(color);
  context.textBaseline = 'middle';
  context.fillText(text, left + 3, top + 8);
}
