// The canvas of the editor: four layers, each drawn when what it shows has changed. It decides nothing: it draws what the
// state says, and passes on what hands do.

import {
  draft,
  type EditorState,
  imageFromScreen,
  isVisible,
  type ObjectId,
  objectsAt,
  type ScreenPoint,
  toolOf,
} from '@migaki/annotator';
import type { PictureImage } from '../picture/picture-image.ts';
import type { EditorStore } from '../session/editor-store.ts';
import { createBlankableLayer } from './blankable-layer.ts';
import { type CanvasPlace, clear, placeOn, sizeCanvas } from './canvas-place.ts';
import { atPointer, cursorOf, draftColor, drawDraft, hasDraft } from './draft-layer.ts';
import { createFrameLoop } from './frame-loop.ts';
import { drawMarks, type HoveredPoint, hasMarks, pointUnder } from './mark-layer.ts';
import { createMaskLayer } from './mask-layer.ts';
import { createObjectLayer, type ObjectScene } from './object-layer.ts';
import { createPointerLayer } from './pointer-layer.ts';
import { createSceneOf } from './scene.ts';

export interface CanvasView {
  /** The picture's own pixels, once there are some. */
  setPicture(picture: PictureImage | null): void;
  /** More of the picture has come. */
  pictureChanged(): void;
  setPointer(at: ScreenPoint | null): void;
  setPanning(isReady: boolean): void;
  /** Drawn strongly, as the list beside the canvas points at it. */
  setHovered(id: ObjectId | null): void;
  stop(): void;
}

/** How near the pointer has to be, CSS pixels. */
const hoverPixels = 4;
/** The same to the mark of a keypoint. */
const pointPixels = 8;

/** @param host element that the layers fill, and that hands work on */
export function createCanvasView(host: HTMLElement, store: EditorStore): CanvasView {
  const layer = <Tag extends 'canvas' | 'div'>(tag: Tag, name: string) => {
    const element = document.createElement(tag);
    element.className = 'annotate-layer';
    element.dataset.layer = name;
    element.ariaHidden = 'true';
    host.append(element);
    return element;
  };
  const layers = {
    picture: layer('canvas', 'picture'),
    objects: layer('canvas', 'objects'),
    mask: layer('div', 'mask'),
    marks: layer('canvas', 'marks'),
    draft: layer('canvas', 'draft'),
    pointer: layer('div', 'pointer'),
  };
  const pictureContext = layers.picture.getContext('2d')!;
  const marks = createBlankableLayer(layers.marks);
  const making = createBlankableLayer(layers.draft);
  const maskLayer = createMaskLayer(layers.mask);
  const pointerLayer = createPointerLayer(layers.pointer);
  const objectLayer = createObjectLayer(layers.objects);
  const sceneOf = createSceneOf();
  let picture: PictureImage | null = null;
  let pointer: ScreenPoint | null = null;
  let isReadyToPan = false;
  let listHovered: ObjectId | null = null;
  let isPictureOld = true;
  let last: {
    state: EditorState;
    place: CanvasPlace;
    scene: ObjectScene;
    hovered: ObjectId | null;
    point: HoveredPoint | null;
    pointer: ScreenPoint | null;
    isReadyToPan: boolean;
  } | null = null;
  let filter = '';

  const hoveredIn = (state: EditorState): ObjectId | null => {
    if (listHovered !== null) return listHovered;
    if (pointer === null || state.tool.name !== 'select.idle' || isReadyToPan) return null;
    const point = imageFromScreen(state.view, pointer);
    const tolerance = hoverPixels / state.view.scale;
    const under = objectsAt(state.document, state.index, point, tolerance);
    return under.find(({ id }) => isVisible(state, id))?.id ?? null;
  };

  /** Of the selected pose, or of that under the pointer. The same one as long as it is. */
  const pointIn = (state: EditorState, hovered: ObjectId | null): HoveredPoint | null => {
    if (pointer === null || isReadyToPan || !state.tool.name.endsWith('.idle')) return null;
    const sole = state.selection.length === 1 ? state.selection : [];
    const objects = [...sole, hovered].flatMap((id) => state.document.objects.get(id ?? 0) ?? []);
    const at = imageFromScreen(state.view, pointer);
    const point = pointUnder(objects, at, pointPixels / state.view.scale);
    const before = last?.point ?? null;
    const isSame = point?.id === before?.id && point?.keypoint === before?.keypoint;
    return isSame ? before : point;
  };

  const drawFrame = (): boolean => {
    const state = store.get();
    const { width, height } = state.canvas;
    if (width === 0 || height === 0) return false;
    const place = samePlace(
      last?.place,
      placeOn(state.view, state.canvas, window.devicePixelRatio || 1),
    );
    const inTheMaking = draft(state);
    const scene = sceneOf(state, inTheMaking);
    const hovered = hoveredIn(state);
    const point = pointIn(state, hovered);
    const isPlaceNew = last?.place !== place;
    if (isPlaceNew) tellPlace(place);
    if (isPlaceNew || isPictureOld) drawPicture(place);
    showColors(state);
    const hasMore = objectLayer.draw(scene, place);
    const areMarksOld =
      isPlaceNew ||
      last?.scene !== scene ||
      last.hovered !== hovered ||
      last.point !== point ||
      last.state.selection !== state.selection ||
      last.state.settings !== state.settings;
    if (areMarksOld) {
      marks.draw(place, hasMarks(state, hovered), (context) =>
        drawMarks(context, state, scene, place, hovered, point),
      );
    }
    const color = draftColor(state, inTheMaking, scene);
    const isPanning = isReadyToPan || state.panning !== null;
    maskLayer.draw(inTheMaking.mask?.tiles ?? null, place, color);
    pointerLayer.draw(isPanning ? null : pointer, atPointer(state, color));
    const isDraftOld =
      areMarksOld ||
      last?.state !== state ||
      last.pointer !== pointer ||
      last.isReadyToPan !== isReadyToPan;
    if (isDraftOld) {
      const hand = { at: pointer, isPanning };
      making.draw(place, hasDraft(state, inTheMaking, hand), (context) =>
        drawDraft(context, state, inTheMaking, scene, place, hand),
      );
      host.style.cursor =
        hovered !== null && toolOf(state.tool) === 'select' && state.tool.name === 'select.idle'
          ? 'pointer'
          : cursorOf(state, isPanning);
    }
    last = { state, place, scene, hovered, point, pointer, isReadyToPan };
    const drawn = hasMore ? 'partly' : 'wholly';
    if (host.dataset.drawn !== drawn) host.dataset.drawn = drawn;
    return hasMore;
  };
  /** For whoever has to know where the picture lies and is no part of the page: tests, and scripts of people. */
  const tellPlace = ({ view }: CanvasPlace): void => {
    host.dataset.scale = String(view.scale);
    host.dataset.left = String(view.x);
    host.dataset.top = String(view.y);
  };
  const drawPicture = (place: CanvasPlace): void => {
    isPictureOld = false;
    sizeCanvas(layers.picture, place);
    clear(pictureContext, place);
    picture?.draw(pictureContext, place);
    host.dataset.picture = picture?.state ?? 'missing';
  };
  /** Done by the browser to what is on the layer: the pixels themselves stay as they are. */
  const showColors = ({ settings: { look } }: EditorState): void => {
    const wanted =
      look.brightness === 1 && look.contrast === 1 && !look.isInverted
        ? ''
        : `brightness(${look.brightness}) contrast(${look.contrast}) invert(${look.isInverted ? 1 : 0})`;
    if (wanted === filter) return;
    filter = wanted;
    layers.picture.style.filter = wanted;
  };

  const loop = createFrameLoop(drawFrame);
  const endFollowing = store.subscribe(loop.request);
  loop.request();
  return {
    setPicture(next) {
      picture = next;
      isPictureOld = true;
      loop.request();
    },
    pictureChanged() {
      isPictureOld = true;
      loop.request();
    },
    setPointer(at) {
      pointer = at;
      loop.request();
    },
    setPanning(isReady) {
      isReadyToPan = isReady;
      loop.request();
    },
    setHovered(id) {
      listHovered = id;
      loop.request();
    },
    stop() {
      endFollowing();
      loop.stop();
      for (const element of Object.values(layers)) element.remove();
    },
  };
}

/** The former place where nothing differs, so that layers see it at a glance. */
function samePlace(before: CanvasPlace | undefined, now: CanvasPlace): CanvasPlace {
  const isSame =
    before !== undefined &&
    before.width === now.width &&
    before.height === now.height &&
    before.ratio === now.ratio &&
    before.view.scale === now.view.scale &&
    before.view.x === now.view.x &&
    before.view.y === now.view.y;
  return isSame ? before : now;
}
