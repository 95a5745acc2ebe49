// A mask in the making. Its tiles are shared by successive states, so each becomes pixels once.

import { type TiledMask, tileSide } from '@migaki/annotator';

const canvases = new WeakMap<Uint8Array, { color: string; canvas: HTMLCanvasElement }>();

const opacity = 0.5;

/** Draws in pixels of the picture. @param color `#rrggbb` */
export function drawMaskTiles(
  context: CanvasRenderingContext2D,
  { rows, tiles }: TiledMask,
  color: string,
): void {
  tiles.forEach((tile, index) => {
    if (tile === null) return;
    const left = Math.floor(index / rows) * tileSide;
    const top = (index % rows) * tileSide;
    context.drawImage(canvasOf(tile, color), left, top);
  });
}

function canvasOf(tile: Uint8Array, color: string): HTMLCanvasElement {
  const known = canvases.get(tile);
  if (known?.color === color) return known.canvas;
  const canvas = document.createElement('canvas');
  canvas.width = tileSide;
  canvas.height = tileSide;
  const image = new ImageData(tileSide, tileSide);
  const pixels = new Uint32Array(image.data.buffer);
  const ink = inkOf(color);
  // Tiles run down the columns, pixels along the rows.
  for (let x = 0; x < tileSide; x++) {
    const column = x * tileSide;
    for (let y = 0; y < tileSide; y++) {
      if (tile[column + y] === 1) pixels[y * tileSide + x] = ink;
    }
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  canvases.set(tile, { color, canvas });
  return canvas;
}

/** Alpha, blue, green, red, as a canvas has them in memory. */
function inkOf(color: string): number {
  const value = Number.parseInt(color.slice(1), 16);
  const [red, green, blue] = [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  return ((Math.round(255 * opacity) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
