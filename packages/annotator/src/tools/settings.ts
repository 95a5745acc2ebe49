// What stays as it was set, from object to object and from picture to picture.

import { clamp } from '../geometry/point.ts';
import type { Brush } from '../mask/brush.ts';
import { checkedLook, defaultLook, type Look } from '../view/look.ts';
import type { PolygonRole } from './polygon/state.ts';
import type { WandMode } from './wand/state.ts';

export interface Settings {
  /** The last one used, which new objects get; null as long as the dataset has none. */
  readonly categoryId: number | null;
  readonly brush: Brush;
  readonly wand: {
    /** What a click does without a key held. */
    readonly mode: WandMode;
    /** How far a colour may be from the one that was clicked, 0 to 255 in each channel. */
    readonly threshold: number;
    /** Only pixels that hang together with the one that was clicked. */
    readonly isContiguous: boolean;
    /** Radius of the box blur before comparing, pixels of the picture. */
    readonly blurPixels: number;
  };
  /** What a ring becomes that is drawn without a key held. */
  readonly polygonRole: PolygonRole;
  /** Of a keypoint that is set without a key held: 1 hidden, 2 visible. */
  readonly keypointVisibility: 1 | 2;
  readonly isSnapping: boolean;
  /** How far polygons may be from the masks that they replace, pixels of the picture. */
  readonly tolerancePixels: number;
  readonly look: Look;
}

export const defaultSettings: Settings = {
  categoryId: null,
  brush: { shape: 'round', sizePixels: 20 },
  wand: { mode: 'new', threshold: 24, isContiguous: true, blurPixels: 0 },
  polygonRole: 'object',
  keypointVisibility: 2,
  isSnapping: true,
  tolerancePixels: 1,
  look: defaultLook,
};

export const maxBrushPixels = 500;
const maxBlurPixels = 50;

/** Settings as they may be stored or typed, within what the tools can do; what is no number is as at the start. */
export function checkedSettings(settings: Settings): Settings {
  const within = (value: number, low: number, high: number, otherwise: number) =>
    Number.isFinite(value) ? clamp(value, low, high) : otherwise;
  const { brush, wand, tolerancePixels } = settings;
  const { brush: brushBefore, wand: wandBefore } = defaultSettings;
  const blurPixels = within(wand.blurPixels, 0, maxBlurPixels, wandBefore.blurPixels);
  return {
    ...settings,
    brush: {
      ...brush,
      sizePixels: within(brush.sizePixels, 1, maxBrushPixels, brushBefore.sizePixels),
    },
    wand: {
      ...wand,
      threshold: within(wand.threshold, 0, 255, wandBefore.threshold),
      blurPixels: Math.round(blurPixels),
    },
    tolerancePixels: within(tolerancePixels, 0, 100, defaultSettings.tolerancePixels),
    look: checkedLook(settings.look),
  };
}

/** CSS pixels: how near is on it. Fingers and pens are less exact, but then the picture is zoomed in. */
export const hitScreenPixels = 8;
/** CSS pixels: what moved less was a click. */
export const dragScreenPixels = 4;
