// All objects but those in the making, kept as pixels: an edit draws what lies where it changed something, a pan moves what
// is there and draws the stripes that come into view, and only another scale draws everything. What takes longer than a
// frame goes on in the next ones, while the former pixels are shown, stretched.

import {
  type AnnotationObject,
  type Box,
  type EditorState,
  idsNear,
  type ObjectId,
  paintOrder,
  placeOf,
  type View,
} from '@migaki/annotator';
import {
  type CanvasPlace,
  imageBoxOf,
  prepare,
  resetTransform,
  sizeCanvas,
} from './canvas-place.ts';
import { type Paint, paintObject } from './paint-object.ts';
import { changedIds, joinRectangles, type Rectangle } from './rectangles.ts';

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
const stride = 16;
/** Lines and points reach beyond the box of their object, CSS pixels. */
const margin = 8;
/** More patches than this are drawn as one. */
const mostPatches = 24;

/** Part of the canvas that is being drawn anew. */
interface Job {
  readonly context: CanvasRenderingContext2D;
  readonly place: CanvasPlace;
  readonly scene: ObjectScene;
  readonly objects: readonly AnnotationObject[];
  readonly patch: Rectangle;
  at: number;
}

export interface ObjectLayer {
  /** @returns whether there is more to draw in the next frame */
  draw(scene: ObjectScene, place: CanvasPlace): boolean;
}

/** @param canvas in the page @param spare of the same kind, beside it */
export function createObjectLayer(
  canvas: HTMLCanvasElement,
  spare: HTMLCanvasElement,
): ObjectLayer {
  const front = canvas.getContext('2d')!;
  const back = spare.getContext('2d')!;
  /** What the front shows once its patches are drawn. */
  let shown: { scene: ObjectScene; place: CanvasPlace } | null = null;
  let patches: Rectangle[] = [];
  let job: Job | null = null;
  let isOld = true;

  /** Draws on a job until it is done or the time is over. */
  const goOn = (current: Job, deadline: number): boolean => {
    const { context, place, scene, objects, patch } = current;
    context.save();
    prepare(context, place, patch);
    while (current.at < objects.length) {
      paintObject(context, objects[current.at++], place.view.scale, scene.paint);
      if (current.at % stride === 0 && performance.now() > deadline) break;
    }
    context.restore();
    return current.at >= objects.length;
  };

  const startPatch = (
    context: CanvasRenderingContext2D,
    scene: ObjectScene,
    place: CanvasPlace,
    patch: Rectangle,
  ): Job => {
    const { document, index } = scene;
    const objects = idsNear(index, imageBoxOf(patch, place.view, margin))
      .flatMap((id) => document.objects.get(id) ?? [])
      .filter(scene.isShown);
    resetTransform(context, place);
    context.clearRect(patch.left, patch.top, patch.right - patch.left, patch.bottom - patch.top);
    return { context, place, scene, patch, objects: paintOrder(objects), at: 0 };
  };

  /** Everything anew beside what is shown, which then takes its place. */
  const drawAll = (scene: ObjectScene, place: CanvasPlace, deadline: number): boolean => {
    const isUnderWay =
      job !== null &&
      job.context === back &&
      job.scene === scene &&
      job.place.view.scale === place.view.scale &&
      job.place.width === place.width &&
      job.place.height === place.height &&
      job.place.ratio === place.ratio;
    if (!isUnderWay) {
      sizeCanvas(spare, place);
      job = startPatch(back, scene, place, wholeOf(place));
    }
    if (!goOn(job!, deadline)) return false;
    sizeCanvas(canvas, job!.place);
    front.setTransform(1, 0, 0, 1, 0, 0);
    front.globalCompositeOperation = 'copy';
    front.drawImage(spare, 0, 0);
    front.globalCompositeOperation = 'source-over';
    shown = { scene, place: job!.place };
    patches = [];
    job = null;
    isOld = false;
    return true;
  };

  return {
    draw(scene, place) {
      const now = performance.now();
      const deadline = now + (shown === null ? firstBudgetMillis : budgetMillis);
      const canKeep =
        shown !== null &&
        shown.place.view.scale === place.view.scale &&
        shown.place.ratio === place.ratio &&
        shown.place.width === place.width &&
        shown.place.height === place.height &&
        shown.scene.paint === scene.paint;
      if (shown !== null && canKeep && shown.scene !== scene) {
        patches.push(...changedPatches(shown.scene, scene, shown.place));
        shown = { scene, place: shown.place };
        job = null;
        // What is cleared in the middle of the view and drawn over several frames would flicker.
        isOld ||= patches.some((patch) => isLarge(patch, place));
      }
      if ((!canKeep || isOld) && !drawAll(scene, place, deadline)) {
        if (shown !== null) stretch(canvas, shown.place.view, place.view);
        return true;
      }
      // Given up: the scale is again what it was.
      if (job?.context === back) job = null;
      const { place: oldPlace } = shown!;
      if (oldPlace.view.x !== place.view.x || oldPlace.view.y !== place.view.y) {
        patches = shifted(front, canvas, patches, oldPlace, place);
        shown = { scene, place };
        job = null;
      }
      stretch(canvas, place.view, place.view);
      patches = joinRectangles(patches, mostPatches);
      while (patches.length > 0) {
        job ??= startPatch(front, scene, place, patches[0]);
        if (!goOn(job, deadline)) return true;
        job = null;
        patches.shift();
      }
      return false;
    },
  };
}

const wholeOf = ({ width, height }: CanvasPlace): Rectangle => ({
  left: 0,
  top: 0,
  right: width,
  bottom: height,
});

const isLarge = ({ left, top, right, bottom }: Rectangle, { width, height }: CanvasPlace) =>
  (right - left) * (bottom - top) > 0.4 * width * height;

/** Shows the pixels of one view as those of another, until its own are there. */
function stretch(canvas: HTMLCanvasElement, from: View, to: View): void {
  const scale = to.scale / from.scale;
  const isSame = scale === 1 && from.x === to.x && from.y === to.y;
  const [x, y] = [to.x - from.x * scale, to.y - from.y * scale];
  const transform = isSame ? '' : `translate(${x}px, ${y}px) scale(${scale})`;
  if (canvas.style.transform !== transform) canvas.style.transform = transform;
}

/** Moves what is drawn already. @returns what is still to be drawn, where it lies now */
function shifted(
  context: CanvasRenderingContext2D,
  canvas: HTMLCanvasElement,
  patches: readonly Rectangle[],
  from: CanvasPlace,
  to: CanvasPlace,
): Rectangle[] {
  const [dx, dy] = [to.view.x - from.view.x, to.view.y - from.view.y];
  const { width, height, ratio } = to;
  if (Math.abs(dx) >= width || Math.abs(dy) >= height) return [wholeOf(to)];
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalCompositeOperation = 'copy';
  // Views lie on whole device pixels, so nothing is blurred.
  context.drawImage(canvas, Math.round(dx * ratio), Math.round(dy * ratio));
  context.globalCompositeOperation = 'source-over';
  const moved = patches.map(({ left, top, right, bottom }) => ({
    left: left + dx,
    top: top + dy,
    right: right + dx,
    bottom: bottom + dy,
  }));
  const whole = wholeOf(to);
  if (dx > 0) moved.push({ ...whole, right: dx });
  if (dx < 0) moved.push({ ...whole, left: width + dx });
  if (dy > 0) moved.push({ ...whole, bottom: dy });
  if (dy < 0) moved.push({ ...whole, top: height + dy });
  return moved;
}

/** Where one scene differs from another. */
function changedPatches(before: ObjectScene, after: ObjectScene, place: CanvasPlace): Rectangle[] {
  const ids: Iterable<ObjectId> =
    before.isShown === after.isShown
      ? changedIds(before.document.objects, after.document.objects)
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
    // Where half of everything changes it is quicker to draw all.
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
