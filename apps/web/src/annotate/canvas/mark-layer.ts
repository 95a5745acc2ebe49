// Over the objects: what is selected, and names.

import {
  type AnnotationObject,
  type Box,
  type EditorState,
  type ImagePoint,
  idsNear,
  isVisible,
  keypointSides,
  nearestKeypoint,
  type ObjectId,
  placeOf,
  visibleBox,
} from '@migaki/annotator';
import { sideColor } from '../../dataset/overlay/draw-pose.ts';
import { type CanvasPlace, resetTransform, toPicture } from './canvas-place.ts';
import { drawLabels, drawNames, type Label } from './labels.ts';
import type { ObjectScene } from './object-layer.ts';
import { type Paint, paintSelected } from './paint-object.ts';

/** More than this are selected by a key for all of them: their boxes tell enough. */
const mostHalos = 300;
/** An object smaller than this on the screen has no name there. CSS pixels. */
const leastLabelled = 14;

/** Whether there may be anything to draw. */
export const hasMarks = (
  { selection, settings }: EditorState,
  hoveredId: ObjectId | null,
): boolean => selection.length > 0 || hoveredId !== null || settings.look.areLabelsShown;

export function drawMarks(
  context: CanvasRenderingContext2D,
  state: EditorState,
  scene: ObjectScene,
  place: CanvasPlace,
  hoveredId: ObjectId | null,
  hoveredPoint: HoveredPoint | null,
): void {
  const selected = state.selection
    .flatMap((id) => state.document.objects.get(id) ?? [])
    .filter(scene.isShown);
  toPicture(context, place);
  const { scale } = place.view;
  if (selected.length <= mostHalos) {
    for (const object of selected) paintSelected(context, object, scale, scene.paint);
  } else for (const object of selected) strokeBox(context, object, scale);
  const hovered = hoveredId === null ? undefined : state.document.objects.get(hoveredId);
  if (hovered !== undefined && scene.isShown(hovered) && !state.selection.includes(hovered.id)) {
    context.globalAlpha = 0.7;
    paintSelected(context, hovered, scale, scene.paint);
    context.globalAlpha = 1;
  }
  resetTransform(context, place);
  const first = [...(hovered === undefined ? [] : [hovered]), ...selected.slice(0, mostHalos)];
  const sole = selected.length === 1 ? selected[0] : undefined;
  if (sole !== undefined) drawNames(context, namesOf(sole, scene, place, hoveredPoint), place);
  const pointLabel = hoveredPoint && labelOfPoint(state, scene, place, hoveredPoint);
  const labels = labelsOf(state, scene, place, first);
  drawLabels(context, pointLabel ? [pointLabel, ...labels] : labels, place);
}

/** The keypoint under the pointer. */
export interface HoveredPoint {
  readonly id: ObjectId;
  readonly keypoint: number;
}

/** @param objects of which a point may be meant, the likeliest first */
export function pointUnder(
  objects: readonly AnnotationObject[],
  at: ImagePoint,
  tolerancePixels: number,
): HoveredPoint | null {
  for (const object of objects) {
    const keypoint = nearestKeypoint(object, at, tolerancePixels);
    if (keypoint !== null) return { id: object.id, keypoint };
  }
  return null;
}

/** Beside the mark of a point, CSS pixels. */
const aside = 9;

function pointNames(object: AnnotationObject, { paint }: ObjectScene, { view }: CanvasPlace) {
  const { keypoints } = object;
  const category = paint.categoryOf(object);
  const sides = keypointSides(category);
  return (category?.keypoints ?? []).flatMap((text, keypoint) => {
    const [x, y, visibility] = keypoints?.slice(3 * keypoint, 3 * keypoint + 3) ?? [];
    if (!(visibility > 0)) return [];
    const { areSidesColored = true } = paint;
    const color = sideColor(sides[keypoint], { color: paint.colorOf(object), areSidesColored });
    return [{ keypoint, text, color, x: x * view.scale + view.x, y: y * view.scale + view.y }];
  });
}

/** What the points of the selected pose are called, as far as there is room. */
const namesOf = (
  object: AnnotationObject,
  scene: ObjectScene,
  place: CanvasPlace,
  hovered: HoveredPoint | null,
): Label[] =>
  pointNames(object, scene, place)
    .filter(({ keypoint }) => keypoint !== hovered?.keypoint)
    .map((name) => ({ ...name, x: name.x + aside }));

function labelOfPoint(
  { document }: EditorState,
  scene: ObjectScene,
  place: CanvasPlace,
  { id, keypoint }: HoveredPoint,
): Label | undefined {
  const object = document.objects.get(id);
  if (object === undefined || !scene.isShown(object)) return undefined;
  const name = pointNames(object, scene, place).find((each) => each.keypoint === keypoint);
  return name && { ...name, x: name.x + aside, y: name.y + 8 };
}

function strokeBox(
  context: CanvasRenderingContext2D,
  object: AnnotationObject,
  scale: number,
): void {
  const box = placeOf(object);
  if (box === null) return;
  context.strokeStyle = '#fff';
  context.lineWidth = 1.5 / scale;
  context.strokeRect(...box);
}

function* labelsOf(
  state: EditorState,
  { paint }: ObjectScene,
  place: CanvasPlace,
  first: readonly AnnotationObject[],
): Generator<Label> {
  for (const object of first) {
    const label = labelOf(object, paint, place);
    if (label !== null) yield label;
  }
  if (!state.settings.look.areLabelsShown) return;
  const seen = visibleBox(place.view, state.document.picture, place);
  if (seen === null) return;
  const inView = idsNear(state.index, seen)
    .filter((id) => isVisible(state, id))
    .flatMap((id) => state.document.objects.get(id) ?? [])
    .filter((object) => isLarge(placeOf(object), place))
    .sort((a, b) => (b.area ?? 0) - (a.area ?? 0));
  for (const object of inView) {
    const label = first.includes(object) ? null : labelOf(object, paint, place);
    if (label !== null) yield label;
  }
}

const isLarge = (box: Box | null, { view }: CanvasPlace): boolean =>
  box !== null && Math.max(box[2], box[3]) * view.scale >= leastLabelled;

export function labelOf(
  object: AnnotationObject,
  paint: Paint,
  { view }: CanvasPlace,
): Label | null {
  const box = placeOf(object);
  if (box === null) return null;
  const name = paint.categoryOf(object)?.name ?? '';
  const score = object.score === null ? '' : object.score.toFixed(2);
  const text = [name, score].filter(Boolean).join(' ');
  if (text === '') return null;
  return {
    text,
    color: paint.colorOf(object),
    x: box[0] * view.scale + view.x - 1,
    y: box[1] * view.scale + view.y - 3,
  };
}
