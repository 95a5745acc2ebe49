// Pixels as the trainer holds them.

/** Three bytes a pixel (red, green, blue), row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The form in which networks take pictures: all reds, then all greens, then all blues, each row by row. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The grey around pictures that do not fill the input. */
export const fillLevel = 114;

export function emptyPlanes(width: number, height: number): Planes {
  return { width, height, data: new Uint8Array(3 * width * height).fill(fillLevel) };
}
