// How little an outline should like to pass each pixel of a window: the static features of Mortensen and Barrett,
// "Intelligent scissors for image composition" (SIGGRAPH 1995), section 2: zero crossings of the Laplacian, and the
// strength and direction of the gradient.

import type { PixelBuffer } from './pixel-buffer.ts';

export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One element for each pixel of the window, row by row. */
export interface EdgeFeatures extends Window {
  /** 1 minus the gradient's share of the strongest in the window: 0 on the strongest edge. */
  readonly weakness: Float32Array;
  /** 0 on zero crossings of the Laplacian, 1 elsewhere. */
  readonly offEdge: Uint8Array;
  /** Unit vector along the edge; none where there is no gradient. */
  readonly alongX: Float32Array;
  readonly alongY: Float32Array;
}

export function edgeFeatures(pixels: PixelBuffer, window: Window): EdgeFeatures {
  const { left, top, width, height } = window;
  const luma = lumaOf(pixels, window);
  const stride = width + 2;
  const count = width * height;
  const weakness = new Float32Array(count);
  const alongX = new Float32Array(count);
  const alongY = new Float32Array(count);
  const laplacian = new Float32Array(count);
  let strongest = 1e-6;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = (y + 1) * stride + x + 1;
      const [nw, n, ne] = [luma[p - stride - 1], luma[p - stride], luma[p - stride + 1]];
      const [w, c, e] = [luma[p - 1], luma[p], luma[p + 1]];
      const [sw, s, se] = [luma[p + stride - 1], luma[p + stride], luma[p + stride + 1]];
      // Sobel's operator.
      const gradientX = ne + 2 * e + se - nw - 2 * w - sw;
      const gradientY = sw + 2 * s + se - nw - 2 * n - ne;
      const strength = Math.hypot(gradientX, gradientY);
      const i = y * width + x;
      weakness[i] = strength;
      laplacian[i] = n + s + e + w - 4 * c;
      if (strength > 0) {
        alongX[i] = gradientY / strength;
        alongY[i] = -gradientX / strength;
      }
      if (strength > strongest) strongest = strength;
    }
  }
  for (let i = 0; i < count; i++) weakness[i] = 1 - weakness[i] / strongest;
  const offEdge = zeroCrossings(laplacian, width, height);
  return { left, top, width, height, weakness, offEdge, alongX, alongY };
}

/** Brightness of the window and one pixel around it; at the picture's border the nearest pixel stands for those beyond. */
function lumaOf({ rgba, width, height }: PixelBuffer, window: Window): Float32Array {
  const stride = window.width + 2;
  const luma = new Float32Array(stride * (window.height + 2));
  for (let row = 0; row < window.height + 2; row++) {
    const y = Math.min(height - 1, Math.max(0, window.top + row - 1));
    for (let column = 0; column < stride; column++) {
      const x = Math.min(width - 1, Math.max(0, window.left + column - 1));
      const at = 4 * (y * width + x);
      luma[row * stride + column] = 0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2];
    }
  }
  return luma;
}

/** Of two neighbours with opposite signs the one nearer to zero is on the edge. */
function zeroCrossings(laplacian: Float32Array, width: number, height: number): Uint8Array {
  const offEdge = new Uint8Array(laplacian.length).fill(1);
  const check = (a: number, b: number) => {
    if (laplacian[a] * laplacian[b] >= 0) return;
    offEdge[Math.abs(laplacian[a]) <= Math.abs(laplacian[b]) ? a : b] = 0;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (x + 1 < width) check(i, i + 1);
      if (y + 1 < height) check(i, i + width);
    }
  }
  return offEdge;
}
