// What of the selected object can be taken hold of: its points, the handles of its frame, the handle that turns it.

import {
  type AnnotationObject,
  canTurn,
  frameOf,
  handlePoint,
  handles,
  type RingPlace,
  ringsOf,
  rotatedBoxOf,
  turnHandleScreenPixels,
  turnPoint,
} from '@migaki/annotator';
import type { CanvasPlace } from './canvas-place.ts';

/** CSS pixels. */
const handleSide = 8;
const pointRadius = 3.5;
/** Closer together than this points would hide the outline. */
const leastSpacing = 7;

/** Draws in CSS pixels of the canvas. @param chosen the point that Delete would take */
export function drawHandles(
  context: CanvasRenderingContext2D,
  object: AnnotationObject,
  place: CanvasPlace,
  color: string,
  chosen: RingPlace | null,
): void {
  const { scale, x, y } = place.view;
  const frame = frameOf(object);
  if (frame === null) return;
  const onScreen = (point: { x: number; y: number }) => ({
    x: point.x * scale + x,
    y: point.y * scale + y,
  });
  const isPlain = object.segmentation?.type === 'polygons' && rotatedBoxOf(object) === null;
  if (isPlain || object.segmentation?.type === 'mask') drawFrame(context, object, place);
  if (isPlain) drawPoints(context, object, place, color, chosen);
  if (canTurn(object)) {
    const from = onScreen(handlePoint(frame, { across: 0, down: -1 }));
    const to = onScreen(turnPoint(frame, turnHandleScreenPixels / scale));
    context.strokeStyle = '#fff';
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    dot(context, to, handleSide / 2 + 1, '#fff', '#1c1c1e');
  }
  const room = Math.min(frame.width, frame.height) * scale;
  for (const handle of handles) {
    // On a small object the corners are enough.
    if (room < 4 * handleSide && handle.across * handle.down === 0) continue;
    const at = onScreen(handlePoint(frame, handle));
    context.save();
    context.translate(at.x, at.y);
    context.rotate((frame.degrees * Math.PI) / 180);
    const side = room < 3 * handleSide ? handleSide * 0.75 : handleSide;
    context.fillStyle = '#fff';
    context.strokeStyle = '#1c1c1e';
    context.lineWidth = 1.25;
    context.beginPath();
    context.roundRect(-side / 2, -side / 2, side, side, 2);
    context.fill();
    context.stroke();
    context.restore();
  }
}

function drawFrame(
  context: CanvasRenderingContext2D,
  { bbox }: AnnotationObject,
  { view }: CanvasPlace,
): void {
  if (bbox === null) return;
  const [left, top, width, height] = bbox;
  context.strokeStyle = 'rgb(255 255 255 / 0.6)';
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.strokeRect(
    left * view.scale + view.x,
    top * view.scale + view.y,
    width * view.scale,
    height * view.scale,
  );
  context.setLineDash([]);
}

function drawPoints(
  context: CanvasRenderingContext2D,
  { segmentation }: AnnotationObject,
  { view: { scale, x, y }, width, height }: CanvasPlace,
  color: string,
  chosen: RingPlace | null,
): void {
  if (segmentation?.type !== 'polygons') return;
  segmentation.regions.forEach((region, regionIndex) => {
    ringsOf(region).forEach((ring, ringIndex) => {
      let last: { x: number; y: number } | null = null;
      for (let point = 0; point < ring.length / 2; point++) {
        const at = { x: ring[2 * point] * scale + x, y: ring[2 * point + 1] * scale + y };
        const isChosen =
          chosen?.region === regionIndex && chosen.ring === ringIndex && chosen.point === point;
        const isSeen = at.x > -9 && at.y > -9 && at.x < width + 9 && at.y < height + 9;
        const isClose = last !== null && Math.hypot(at.x - last.x, at.y - last.y) < leastSpacing;
        if (!isSeen || (isClose && !isChosen)) continue;
        last = at;
        if (isChosen) dot(context, at, pointRadius + 2, color, '#fff');
        else dot(context, at, pointRadius, '#fff', color);
      }
    });
  });
}

export function dot(
  context: CanvasRenderingContext2D,
  { x, y }: { x: number; y: number },
  radius: number,
  fill: string,
  line: string,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = line;
  context.lineWidth = 1.5;
  context.stroke();
}
