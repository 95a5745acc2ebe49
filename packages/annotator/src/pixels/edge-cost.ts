// How little an outline should like to pass each corner between pixels of a window: the static features of Mortensen and
// Barrett, "Intelligent scissors for image composition" (SIGGRAPH 1995), section 2: zero crossings of the Laplacian, and the
// strength and direction of the gradient. The paper's outlines go from pixel to pixel; these go along the cracks between
// pixels, where an edge is, so that a shape is as large as what it follows.

import type { PixelBuffer } from './pixel-buffer.ts';

export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One element for each corner of the window, row by row: corner (x, y) is the upper left one of pixel (x, y). */
export interface EdgeFeatures extends Window {
  /** 1 minus the gradient's share of the strongest in the window: 0 on the strongest edge. */
  readonly weakness: Float32Array;
  /** 0 at zero crossings of the Laplacian, 1 elsewhere. */
  readonly offEdge: Uint8Array;
  /** Unit vector along the edge; none where there is no gradient. */
  readonly alongX: Float32Array;
  readonly alongY: Float32Array;
}

/** Pixels around each corner that its features look at. */
export const edgeReachPixels = 2;

/** @param window of corners: as many as the picture has pixels, and one more each way, at most */
export function edgeFeatures(pixels: PixelBuffer, window: Window): EdgeFeatures {
  const { left, top, width, height } = window;
  const luma = lumaOf(pixels, window);
  const stride = width + 2 * edgeReachPixels - 1;
  const count = width * height;
  const weakness = new Float32Array(count);
  const alongX = new Float32Array(count);
  const alongY = new Float32Array(count);
  let strongest = 1e-6;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // The four pixels at the corner, and those beside them along each direction, which count for a third.
      const se = (y + edgeReachPixels) * stride + x + edgeReachPixels;
      const ne = se - stride;
      const acrossX = (p: number) => luma[p] - luma[p - 1];
      const acrossY = (p: number) => luma[p] - luma[p - stride];
      const gradientX =
        acrossX(ne - stride) + 3 * acrossX(ne) + 3 * acrossX(se) + acrossX(se + stride);
      const gradientY = acrossY(se - 2) + 3 * acrossY(se - 1) + 3 * acrossY(se) + acrossY(se + 1);
      const strength = Math.hypot(gradientX, gradientY);
      const i = y * width + x;
      weakness[i] = strength;
      if (strength > 0) {
        alongX[i] = gradientY / strength;
        alongY[i] = -gradientX / strength;
      }
      if (strength > strongest) strongest = strength;
    }
  }
  for (let i = 0; i < count; i++) weakness[i] = 1 - weakness[i] / strongest;
  const offEdge = zeroCrossings(luma, stride, window);
  return { left, top, width, height, weakness, offEdge, alongX, alongY };
}

/** Brightness of the pixels around the corners; at the picture's border the nearest pixel stands for those beyond. */
function lumaOf({ rgba, width, height }: PixelBuffer, window: Window): Float32Array {
  const around = 2 * edgeReachPixels - 1;
  const stride = window.width + around;
  const luma = new Float32Array(stride * (window.height + around));
  for (let row = 0; row < window.height + around; row++) {
    const y = Math.min(height - 1, Math.max(0, window.top + row - edgeReachPixels));
    for (let column = 0; column < stride; column++) {
      const x = Math.min(width - 1, Math.max(0, window.left + column - edgeReachPixels));
      const at = 4 * (y * width + x);
      luma[row * stride + column] = 0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2];
    }
  }
  return luma;
}

/** The corners at both ends of a crack between two pixels with Laplacians of opposite signs. */
function zeroCrossings(luma: Float32Array, stride: number, { width, height }: Window): Uint8Array {
  const offEdge = new Uint8Array(width * height).fill(1);
  const laplacian = new Float32Array(luma.length);
  for (let row = 1; row < height + edgeReachPixels; row++) {
    for (let p = row * stride + 1; p < (row + 1) * stride - 1; p++) {
      laplacian[p] = luma[p - 1] + luma[p + 1] + luma[p - stride] + luma[p + stride] - 4 * luma[p];
    }
  }
  const isCrack = (a: number, b: number): boolean => laplacian[a] * laplacian[b] < 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const se = (y + edgeReachPixels) * stride + x + edgeReachPixels;
      const ne = se - stride;
      const isOnEdge =
        isCrack(ne - 1, ne) || isCrack(se - 1, se) || isCrack(ne - 1, se - 1) || isCrack(ne, se);
      if (isOnEdge) offEdge[y * width + x] = 0;
    }
  }
  return offEdge;
}
