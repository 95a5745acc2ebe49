// All objects but those in the making, kept as pixels on a sheet that is not in the page and larger than what is seen of it:
// an edit draws what lies where it changed something, a pan shows another part of the sheet and now and then draws the
// stripes that lie ahead, and only another scale draws everything. What takes longer than a frame goes on in the next
// ones; meanwhile the former pixels are shown, stretched.

import {
  type AnnotationObject,
  type Box,
  type EditorState,
  idsNear,
  type ObjectId,
  ObjectMap,
  paintOrder,
  placeOf,
  type View,
} from '@migaki/annotator';
import {
  type CanvasPlace,
  clear,
  imageBoxOf,
  prepare,
  resetTransform,
  sizeCanvas,
} from './canvas-place.ts';
import { type Paint, paintObject } from './paint-object.ts';
import { areaOf, joinRectangles, type Rectangle } from './rectangles.ts';

/** What of the state the layer shows. */
export interface ObjectScene {
  readonly document: EditorState['document'];
  readonly index: EditorState['index'];
  /** Whether an object is drawn here: neither hidden nor in the making. The same function as long as nothing changes. */
  readonly isShown: (object: AnnotationObject) => boolean;
  readonly paint: Paint;
}

/** Of a frame, for drawing. */
const budgetMillis = 8;
/** While nothing is there yet that could be shown meanwhile. */
const firstBudgetMillis = 40;
/** Objects between two looks at the clock. */
const stride = 64;
/** Lines and points reach beyond the box of their object, CSS pixels. */
const margin = 8;
const mostPatches = 24;
/** How far the sheet reaches beyond what is seen, CSS pixels. */
const surplus = 256;
/** From so many objects in a picture on, a scale that goes on changing is not worth drawing for. */
const slowObjects = 300;
/** From so many objects in view on, their lines are fine ones, which cost a fraction of thick ones. */
const manyObjects = 800;

/** Part of a sheet that is being drawn anew. */
interface Job {
  readonly sheet: Sheet;
  readonly place: CanvasPlace;
  readonly scene: ObjectScene;
  readonly objects: readonly AnnotationObject[];
  readonly patch: Rectangle;
  readonly isFine: boolean;
  at: number;
}

interface Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

export interface ObjectLayer {
  /** @returns whether there is more to draw in the next frame */
  draw(scene: ObjectScene, place: CanvasPlace): boolean;
}

/** @param canvas in the page */
export function createObjectLayer(canvas: HTMLCanvasElement): ObjectLayer {
  const display = canvas.getContext('2d')!;
  let front = newSheet();
  let back = newSheet();
  /** What the front shows once its patches are drawn. */
  let shown: { scene: ObjectScene; place: CanvasPlace; isFine: boolean } | null = null;
  let patches: Rectangle[] = [];
  let job: Job | null = null;
  let isOld = true;
  let lastView: View | null = null;

  const startJob = (
    sheet: Sheet,
    scene: ObjectScene,
    place: CanvasPlace,
    patch: Rectangle,
    fine: boolean | null,
  ): Job => {
    const objects = objectsIn(scene, place, patch);
    const isFine = fine ?? objects.length > manyObjects;
    resetTransform(sheet.context, place);
    sheet.context.clearRect(
      patch.left,
      patch.top,
      patch.right - patch.left,
      patch.bottom - patch.top,
    );
    return { sheet, place, scene, patch, objects: paintOrder(objects), isFine, at: 0 };
  };

  /** Everything anew beside what is shown, which then takes its place. */
  const drawAll = (scene: ObjectScene, place: CanvasPlace, deadline: number): boolean => {
    const isUnderWay =
      job !== null &&
      job.sheet === back &&
      job.scene === scene &&
      isSameSize(job.place, withSurplus(place));
    if (!isUnderWay) {
      const sheetPlace = withSurplus(place);
      sizeCanvas(back.canvas, sheetPlace);
      job = startJob(back, scene, sheetPlace, wholeOf(sheetPlace), null);
    }
    if (!goOn(job!, deadline)) return false;
    shown = { scene, place: job!.place, isFine: job!.isFine };
    [front, back] = [back, front];
    patches = [];
    job = null;
    isOld = false;
    return true;
  };

  const show = (place: CanvasPlace): void => {
    sizeCanvas(canvas, place);
    clear(display, place);
    if (shown === null) return;
    const { view: from, width, height } = shown.place;
    const { view: to } = place;
    const scale = to.scale / from.scale;
    display.imageSmoothingEnabled = scale !== 1;
    const [left, top] = [to.x - from.x * scale, to.y - from.y * scale];
    display.drawImage(front.canvas, left, top, width * scale, height * scale);
  };

  return {
    draw(scene, place) {
      const deadline = performance.now() + (shown === null ? firstBudgetMillis : budgetMillis);
      const canKeep =
        shown !== null &&
        isSameSize(shown.place, withSurplus(place)) &&
        shown.scene.paint === scene.paint;
      let isChanged = !canKeep || lastView !== place.view;
      const isZooming = lastView !== null && lastView.scale !== place.view.scale;
      lastView = place.view;
      if (shown !== null && isZooming && scene.document.objects.size > slowObjects) {
        show(place);
        return true;
      }
      if (shown !== null && canKeep && shown.scene !== scene) {
        patches.push(...changedPatches(shown.scene, scene, shown.place));
        shown = { ...shown, scene };
        job = null;
        // What is cleared in the middle of the view and drawn over several frames would flicker.
        isOld ||= patches.some((patch) => areaOf(patch) > 0.4 * areaOf(wholeOf(place)));
      }
      if ((!canKeep || isOld) && !drawAll(scene, place, deadline)) {
        show(place);
        return true;
      }
      // Given up: the scale is again what it was.
      if (job?.sheet === back) job = null;
      const { place: oldPlace } = shown!;
      const sheetPlace = withSurplus(place);
      const away = Math.max(
        Math.abs(oldPlace.view.x - sheetPlace.view.x),
        Math.abs(oldPlace.view.y - sheetPlace.view.y),
      );
      // Early enough for what comes into view to be drawn by then.
      if (away > surplus / 2) {
        patches = moved(front, patches, oldPlace, sheetPlace);
        shown = { ...shown!, place: sheetPlace };
        job = null;
        isChanged = true;
      }
      patches = joinRectangles(patches, mostPatches);
      while (patches.length > 0) {
        isChanged = true;
        job ??= startJob(front, scene, shown!.place, patches[0], shown!.isFine);
        if (!goOn(job, deadline)) break;
        job = null;
        patches.shift();
      }
      if (isChanged) show(place);
      return patches.length > 0;
    },
  };
}

/** The place of a sheet of which the middle is seen. */
const withSurplus = ({ width, height, ratio, view }: CanvasPlace): CanvasPlace => ({
  width: width + 2 * surplus,
  height: height + 2 * surplus,
  ratio,
  view: { ...view, x: view.x + surplus, y: view.y + surplus },
});

/** The processor draws it, not the graphics card: that is what the clock can be held to. */
function newSheet(): Sheet {
  const canvas = document.createElement('canvas');
  return { canvas, context: canvas.getContext('2d', { willReadFrequently: true })! };
}

/** Draws on a job until it is done or the time is over. @returns whether it is done */
function goOn(job: Job, deadline: number): boolean {
  const { sheet, place, scene, objects, patch, isFine } = job;
  const { context } = sheet;
  context.save();
  prepare(context, place, patch);
  while (job.at < objects.length) {
    paintObject(context, objects[job.at++], place.view.scale, scene.paint, isFine);
    if (job.at % stride !== 0) continue;
    // Browsers note what is to be drawn and do it when they must: one pixel asked for makes them.
    context.getImageData(0, 0, 1, 1);
    if (performance.now() > deadline) break;
  }
  context.restore();
  return job.at >= objects.length;
}

const objectsIn = (
  { document, index, isShown }: ObjectScene,
  { view }: CanvasPlace,
  patch: Rectangle,
): AnnotationObject[] =>
  idsNear(index, imageBoxOf(patch, view, margin))
    .flatMap((id) => document.objects.get(id) ?? [])
    .filter(isShown);

const isSameSize = (a: CanvasPlace, b: CanvasPlace): boolean =>
  a.view.scale === b.view.scale &&
  a.ratio === b.ratio &&
  a.width === b.width &&
  a.height === b.height;

const wholeOf = ({ width, height }: CanvasPlace): Rectangle => ({
  left: 0,
  top: 0,
  right: width,
  bottom: height,
});

/** Moves what is drawn already. @returns what is still to be drawn, where it lies now */
function moved(
  { canvas, context }: Sheet,
  patches: readonly Rectangle[],
  from: CanvasPlace,
  to: CanvasPlace,
): Rectangle[] {
  const [dx, dy] = [to.view.x - from.view.x, to.view.y - from.view.y];
  const { width, height, ratio } = to;
  const whole = wholeOf(to);
  if (Math.abs(dx) >= width || Math.abs(dy) >= height) return [whole];
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalCompositeOperation = 'copy';
  // Views lie on whole device pixels, so nothing is blurred.
  context.drawImage(canvas, Math.round(dx * ratio), Math.round(dy * ratio));
  context.globalCompositeOperation = 'source-over';
  const left = patches.map((patch) => ({
    left: patch.left + dx,
    top: patch.top + dy,
    right: patch.right + dx,
    bottom: patch.bottom + dy,
  }));
  if (dx > 0) left.push({ ...whole, right: dx });
  if (dx < 0) left.push({ ...whole, left: width + dx });
  // The corner belongs to the upright stripe.
  const between = { left: Math.max(0, dx), right: Math.min(width, width + dx) };
  if (dy > 0) left.push({ ...whole, ...between, bottom: dy });
  if (dy < 0) left.push({ ...whole, ...between, top: height + dy });
  return left;
}

/** Where one scene differs from another. */
function changedPatches(before: ObjectScene, after: ObjectScene, place: CanvasPlace): Rectangle[] {
  const ids: Iterable<ObjectId> =
    before.isShown === after.isShown
      ? ObjectMap.changedIds(before.document.objects, after.document.objects)
      : [...before.document.objects.keys(), ...after.document.objects.keys()];
  const patches: Rectangle[] = [];
  for (const id of ids) {
    const [old, now] = [before, after].map((scene) => {
      const object = scene.document.objects.get(id);
      return object !== undefined && scene.isShown(object) ? object : undefined;
    });
    if (old === now) continue;
    for (const object of [old, now]) {
      const box = object === undefined ? null : placeOf(object);
      if (box !== null) patches.push(patchOf(box, place));
    }
    // Where very much changes it is quicker to draw all.
    if (patches.length > 2000) return [wholeOf(place)];
  }
  return patches;
}

/** On whole device pixels: half a pixel cleared would show as a line. */
function patchOf([x, y, width, height]: Box, { view, ratio }: CanvasPlace): Rectangle {
  const { scale } = view;
  const down = (length: number) => Math.floor((length - margin) * ratio) / ratio;
  const up = (length: number) => Math.ceil((length + margin) * ratio) / ratio;
  return {
    left: down(x * scale + view.x),
    top: down(y * scale + view.y),
    right: up((x + width) * scale + view.x),
    bottom: up((y + height) * scale + view.y),
  };
}
