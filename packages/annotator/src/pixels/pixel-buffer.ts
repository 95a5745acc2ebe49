/** The decoded picture as a canvas gives it: red, green, blue, alpha, row by row. Never written to. */
export interface PixelBuffer {
  readonly width: number;
  readonly height: number;
  /** `4 × width × height` bytes. */
  readonly rgba: Uint8Array | Uint8ClampedArray;
}
