// Names on the picture, each at the corner of its object. A heap of labels says nothing: later ones give way.

import { textOn } from '@migaki/annotator';
import { meet, type Rectangle } from './rectangles.ts';

export interface Label {
  readonly text: string;
  readonly color: string;
  /** Where its lower left corner would like to be, CSS pixels of the canvas. */
  readonly x: number;
  readonly y: number;
}

const font = '600 11px system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", sans-serif';
const height = 16;
const padding = 5;

const widths = new Map<string, number>();

/** The same few names again and again: measuring takes as long as drawing. */
function widthOf(context: CanvasRenderingContext2D, text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    context.font = font;
    width = context.measureText(text).width;
    if (widths.size > 5000) widths.clear();
    widths.set(text, width);
  }
  return width;
}

/** @param labels what matters most first @param bounds of the canvas */
export function drawLabels(
  context: CanvasRenderingContext2D,
  labels: Iterable<Label>,
  bounds: { readonly width: number; readonly height: number },
  most = 300,
): void {
  const taken: Rectangle[] = [];
  context.font = font;
  context.textBaseline = 'middle';
  for (const { text, color, x, y } of labels) {
    if (taken.length >= most) return;
    const width = widthOf(context, text) + 2 * padding;
    const left = Math.max(0, Math.min(bounds.width - width, x));
    const top = Math.max(0, Math.min(bounds.height - height, y - height));
    const place = { left, top, right: left + width, bottom: top + height };
    if (taken.some((other) => meet(place, other))) continue;
    taken.push(place);
    context.fillStyle = color;
    context.beginPath();
    context.roundRect(left, top, width, height, 4);
    context.fill();
    context.fillStyle = textOn(color);
    context.fillText(text, left + padding, top + height / 2 + 0.5);
  }
}

const nameFont = font.replace('600 11px', '600 10px');
const nameHeight = 11;

/** Names of the points of one object, right of each: without a ground, for what they are on has to be seen. */
export function drawNames(
  context: CanvasRenderingContext2D,
  names: Iterable<Label>,
  bounds: { readonly width: number; readonly height: number },
): void {
  const taken: Rectangle[] = [];
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  for (const { text, color, x, y } of names) {
    // As wide as in the other font is wide enough.
    const width = widthOf(context, text);
    const place = {
      left: x,
      top: y - nameHeight / 2,
      right: x + width,
      bottom: y + nameHeight / 2,
    };
    const isSeen = x < bounds.width && y > 0 && y < bounds.height && place.right > 0;
    if (!isSeen || taken.some((other) => meet(place, other))) continue;
    taken.push(place);
    context.font = nameFont;
    context.strokeStyle = 'rgb(0 0 0 / 0.75)';
    context.strokeText(text, x, y);
    context.fillStyle = color;
    context.fillText(text, x, y);
  }
}
