// What is in the making, and what the pointer would do: redrawn with every move.

import {
  type AnnotationObject,
  type Draft,
  type EditorState,
  type ScreenPoint,
  type ToolName,
  toolNames,
  toolOf,
  upcomingKeypoint,
} from '@migaki/annotator';
import { type CanvasPlace, resetTransform, toPicture } from './canvas-place.ts';
import { dot, drawHandles } from './handles.ts';
import { drawLabels, type Label } from './labels.ts';
import type { ObjectScene } from './object-layer.ts';
import { dashesOf, paintObject, paintSelected } from './paint-object.ts';
import type { Ring } from './pointer-layer.ts';

export interface Pointer {
  /** Null while it is elsewhere. */
  readonly at: ScreenPoint | null;
  readonly isPanning: boolean;
}

/** Whether there may be anything to draw. */
export function hasDraft(state: EditorState, draft: Draft, pointer: Pointer): boolean {
  const { objects, path, points, marquee } = draft;
  const isInTheMaking =
    objects.length > 0 || path.length > 0 || points.length > 0 || marquee !== null;
  const tool = toolOf(state.tool);
  const hasHandles = tool === 'select' && state.selection.length === 1;
  const isAtPointer = pointer.at !== null && !pointer.isPanning && upcomingKeypoint(state) !== null;
  return isInTheMaking || hasHandles || isAtPointer;
}

/** Tools that have a crosshair, if people want one. */
const withCrosshair: ReadonlySet<ToolName> = new Set(
  toolNames.filter((name) => name !== 'select' && name !== 'pan' && name !== 'tag'),
);

/** What goes along with the pointer. */
export function atPointer(
  { settings, tool, view }: EditorState,
  color: string,
): { ring: Ring | null; isCrosshairShown: boolean } {
  const name = toolOf(tool);
  const { shape, sizePixels } = settings.brush;
  const isBrush = name === 'brush' || name === 'eraser';
  const side = Math.max(2, sizePixels * view.scale);
  return {
    ring: isBrush ? { shape, side, color: name === 'eraser' ? '#fff' : color } : null,
    isCrosshairShown: settings.look.isCrosshairShown && withCrosshair.has(name),
  };
}

export function drawDraft(
  context: CanvasRenderingContext2D,
  state: EditorState,
  draft: Draft,
  scene: ObjectScene,
  place: CanvasPlace,
  pointer: Pointer,
): void {
  const color = draftColor(state, draft, scene);
  toPicture(context, place);
  const { scale } = place.view;
  for (const object of draft.objects) {
    paintObject(context, object, scale, scene.paint);
    if (state.selection.includes(object.id)) paintSelected(context, object, scale, scene.paint);
  }
  resetTransform(context, place);
  drawPath(context, draft.path, place, color);
  for (const { x, y } of draft.points) {
    const { view } = place;
    cross(context, { x: x * view.scale + view.x, y: y * view.scale + view.y }, color);
  }
  drawMarquee(context, state, draft, place, color);
  const held = heldObject(state, draft);
  if (held !== null) {
    const chosen = state.tool.name === 'select.idle' ? state.tool.vertex : null;
    drawHandles(context, held, place, scene.paint.colorOf(held), chosen);
  }
  const next = upcomingKeypoint(state);
  if (next === null || pointer.at === null || pointer.isPanning) return;
  const { x, y } = pointer.at;
  drawLabels(context, [{ text: next, color, x: x + 14, y: y - 6 }], place);
}

/** New objects have the colour of the category that they will get, changed ones their own. */
export function draftColor(
  { document, selection, settings, tool }: EditorState,
  draft: Draft,
  { paint }: ObjectScene,
): string {
  const changedId = draft.mask?.object ?? ('target' in tool ? tool.target : null);
  const isOfSelected = 'role' in tool && tool.role !== 'object' ? selection[0] : changedId;
  const object = document.objects.get(isOfSelected ?? Number.NaN);
  return paint.colorOf(
    object ?? ({ id: -1, categoryId: settings.categoryId, origin: 'human' } as AnnotationObject),
  );
}

/** The one selected object, on which the select tool has handles. */
function heldObject(state: EditorState, draft: Draft): AnnotationObject | null {
  const [id, ...others] = state.selection;
  const canHold = toolOf(state.tool) === 'select' && state.tool.name !== 'select.marquee';
  if (!canHold || id === undefined || others.length > 0 || state.locked.has(id)) return null;
  return draft.objects.find((object) => object.id === id) ?? state.document.objects.get(id) ?? null;
}

function drawPath(
  context: CanvasRenderingContext2D,
  path: readonly number[],
  { view: { scale, x, y } }: CanvasPlace,
  color: string,
): void {
  if (path.length === 0) return;
  const line = new Path2D();
  for (let at = 0; at < path.length; at += 2) {
    line.lineTo(path[at] * scale + x, path[at + 1] * scale + y);
  }
  context.lineJoin = 'round';
  context.strokeStyle = 'rgb(0 0 0 / 0.55)';
  context.lineWidth = 4;
  context.stroke(line);
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.stroke(line);
  // Along edges and by hand there are hundreds of points.
  const step = Math.max(1, Math.ceil(path.length / 400)) * 2;
  for (let at = 0; at < path.length; at += step) {
    const point = { x: path[at] * scale + x, y: path[at + 1] * scale + y };
    dot(
      context,
      point,
      at === 0 ? 5.5 : path.length > 120 ? 1.5 : 3.5,
      at === 0 ? color : '#fff',
      at === 0 ? '#fff' : color,
    );
  }
}

function drawMarquee(
  context: CanvasRenderingContext2D,
  state: EditorState,
  { marquee }: Draft,
  { view: { scale, x, y }, ...bounds }: CanvasPlace,
  color: string,
): void {
  if (marquee === null) return;
  const [left, top, width, height] = [
    marquee[0] * scale + x,
    marquee[1] * scale + y,
    marquee[2] * scale,
    marquee[3] * scale,
  ];
  const isSelection = toolOf(state.tool) === 'select';
  context.fillStyle = isSelection ? '#6988ed' : color;
  context.globalAlpha = 0.15;
  context.fillRect(left, top, width, height);
  context.globalAlpha = 1;
  context.strokeStyle = 'rgb(0 0 0 / 0.5)';
  context.lineWidth = 3;
  context.strokeRect(left, top, width, height);
  context.strokeStyle = isSelection ? '#fff' : color;
  context.lineWidth = 1.75;
  context.setLineDash(isSelection ? dashesOf({ state: 'proposed', isCrowd: false }) : []);
  context.strokeRect(left, top, width, height);
  context.setLineDash([]);
  if (isSelection) return;
  const text = `${Math.round(marquee[2])} × ${Math.round(marquee[3])}`;
  const label: Label = { text, color, x: left + width + 6, y: top + height + 22 };
  drawLabels(context, [label], bounds);
}

function cross(context: CanvasRenderingContext2D, { x, y }: ScreenPoint, color: string): void {
  const arm = 7;
  const lines = new Path2D();
  lines.moveTo(x - arm, y);
  lines.lineTo(x + arm, y);
  lines.moveTo(x, y - arm);
  lines.lineTo(x, y + arm);
  context.strokeStyle = 'rgb(0 0 0 / 0.55)';
  context.lineWidth = 4;
  context.stroke(lines);
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.stroke(lines);
}

/** What the pointer looks like over the canvas. */
export function cursorOf(state: EditorState, isPanning: boolean): string {
  const { tool } = state;
  if (isPanning || tool.name === 'pan.dragging') return 'grabbing';
  if (tool.name === 'pan.idle') return 'grab';
  if (tool.name.startsWith('select.')) return tool.name === 'select.moving' ? 'move' : 'default';
  if (tool.name.startsWith('brush.')) return 'none';
  return tool.name === 'tag.idle' ? 'default' : 'crosshair';
}
