// What stays as it was set, from object to object and from picture to picture.

import type { Brush } from '../mask/brush.ts';

export interface Settings {
  /** The last one used, which new objects get; null as long as the dataset has none. */
  readonly categoryId: number | null;
  readonly brush: Brush;
  readonly wand: {
    /** How far a colour may be from the one that was clicked, 0 to 255 in each channel. */
    readonly threshold: number;
    /** Only pixels that hang together with the one that was clicked. */
    readonly isContiguous: boolean;
    /** Radius of the box blur before comparing, pixels of the picture. */
    readonly blurPixels: number;
  };
  readonly isSnapping: boolean;
  /** How far polygons may be from the masks that they replace, pixels of the picture. */
  readonly tolerancePixels: number;
}

export const defaultSettings: Settings = {
  categoryId: null,
  brush: { shape: 'round', sizePixels: 20 },
  wand: { threshold: 24, isContiguous: true, blurPixels: 0 },
  isSnapping: true,
  tolerancePixels: 1,
};

/** CSS pixels: how near is on it. Fingers and pens are less exact, but then the picture is zoomed in. */
export const hitScreenPixels = 8;
/** CSS pixels: what moved less was a click. */
export const dragScreenPixels = 4;
