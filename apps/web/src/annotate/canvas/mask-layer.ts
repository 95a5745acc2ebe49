// A mask in the making, at the resolution of the screen. Successive states of a mask share the tiles that no stroke has
// touched, so a move of the brush draws what lies under it and nothing else.

import { type TiledMask, tileSide } from '@migaki/annotator';
import { type CanvasPlace, clear, sizeCanvas } from './canvas-place.ts';
import { rgbaOf } from './ink.ts';

const opacity = 0.5;

interface Shown {
  readonly mask: TiledMask;
  readonly place: CanvasPlace;
  readonly color: string;
}

export interface MaskLayer {
  /** @param color `#rrggbb` */
  draw(mask: TiledMask | null, place: CanvasPlace, color: string): void;
}

export function createMaskLayer(canvas: HTMLCanvasElement): MaskLayer {
  const context = canvas.getContext('2d')!;
  let shown: Shown | null = null;
  canvas.hidden = true;
  return {
    draw(mask, place, color) {
      if (mask === null) {
        canvas.hidden = true;
        shown = null;
        return;
      }
      const isSame = shown !== null && shown.place === place && shown.color === color;
      if (isSame && shown!.mask === mask) return;
      if (!isSame) {
        sizeCanvas(canvas, place);
        clear(context, place);
      }
      canvas.hidden = false;
      for (const box of changedBoxes(isSame ? shown!.mask : null, mask, place)) {
        drawBox(context, mask, place, box, color);
      }
      shown = { mask, place, color };
    },
  };
}

/** In device pixels. */
interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where tiles are others than before, one box for each, as far as it is seen. */
function* changedBoxes(
  before: TiledMask | null,
  { rows, tiles, width, height }: TiledMask,
  { view, ratio, ...canvas }: CanvasPlace,
): Generator<PixelBox> {
  const right = Math.round(canvas.width * ratio);
  const bottom = Math.round(canvas.height * ratio);
  const x = (pixels: number) => (pixels * view.scale + view.x) * ratio;
  const y = (pixels: number) => (pixels * view.scale + view.y) * ratio;
  for (let index = 0; index < tiles.length; index++) {
    const old = before === null ? null : before.tiles[index];
    if (tiles[index] === old) continue;
    const left = Math.floor(index / rows) * tileSide;
    const top = (index % rows) * tileSide;
    const box = {
      left: Math.max(0, Math.floor(x(left))),
      top: Math.max(0, Math.floor(y(top))),
      right: Math.min(right, Math.ceil(x(Math.min(width, left + tileSide)))),
      bottom: Math.min(bottom, Math.ceil(y(Math.min(height, top + tileSide)))),
    };
    if (box.right > box.left && box.bottom > box.top) yield box;
  }
}

/** Asks the mask at the middle of every pixel of the screen. */
function drawBox(
  context: CanvasRenderingContext2D,
  { rows, tiles, width, height }: TiledMask,
  { view, ratio }: CanvasPlace,
  box: PixelBox,
  color: string,
): void {
  const columns = box.right - box.left;
  const image = new ImageData(columns, box.bottom - box.top);
  const pixels = new Uint32Array(image.data.buffer);
  const ink = rgbaOf(color, opacity);
  const step = 1 / (view.scale * ratio);
  const x0 = (box.left + 0.5) * step - view.x / view.scale;
  const y0 = (box.top + 0.5) * step - view.y / view.scale;
  for (let column = 0; column < columns; column++) {
    const x = Math.floor(x0 + column * step);
    if (x < 0 || x >= width) continue;
    const tileColumn = Math.floor(x / tileSide) * rows;
    const inTile = (x % tileSide) * tileSide;
    for (let row = 0, at = column; at < pixels.length; row++, at += columns) {
      const y = Math.floor(y0 + row * step);
      if (y < 0 || y >= height) continue;
      const tile = tiles[tileColumn + Math.floor(y / tileSide)];
      if (tile !== null && tile[inTile + (y % tileSide)] === 1) pixels[at] = ink;
    }
  }
  context.putImageData(image, box.left, box.top);
}
