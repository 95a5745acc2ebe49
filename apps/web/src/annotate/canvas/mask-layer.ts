// A mask in the making, at the resolution of the screen. Successive states of a mask share the tiles that no stroke has
// touched, so a move of the brush draws what lies under it and nothing else. It is drawn on small canvases beside each
// other: browsers put a canvas on the screen as a whole, however little of it is new.

import { type TiledMask, tileSide } from '@migaki/annotator';
import type { CanvasPlace } from './canvas-place.ts';
import { rgbaOf } from './ink.ts';

const opacity = 0.5;
/** Of each canvas, device pixels. */
const cellSide = 256;

interface Shown {
  readonly mask: TiledMask;
  readonly place: CanvasPlace;
  readonly color: string;
}

export interface MaskLayer {
  /** @param color `#rrggbb` */
  draw(mask: TiledMask | null, place: CanvasPlace, color: string): void;
}

/** @param host holds the canvases */
export function createMaskLayer(host: HTMLElement): MaskLayer {
  const cells = new Map<string, CanvasRenderingContext2D>();
  let shown: Shown | null = null;
  const clear = (): void => {
    host.replaceChildren();
    cells.clear();
  };
  const cellAt = (column: number, row: number, ratio: number): CanvasRenderingContext2D => {
    const key = `${column},${row}`;
    const known = cells.get(key);
    if (known !== undefined) return known;
    const canvas = document.createElement('canvas');
    canvas.width = cellSide;
    canvas.height = cellSide;
    const side = cellSide / ratio;
    const place = { left: column * side, top: row * side, width: side, height: side };
    for (const [name, pixels] of Object.entries(place)) {
      canvas.style.setProperty(name, `${pixels}px`);
    }
    host.append(canvas);
    const context = canvas.getContext('2d')!;
    cells.set(key, context);
    return context;
  };
  return {
    draw(mask, place, color) {
      if (mask === null) {
        if (shown !== null) clear();
        shown = null;
        return;
      }
      const isSame = shown !== null && shown.place === place && shown.color === color;
      if (isSame && shown!.mask === mask) return;
      if (!isSame) clear();
      const ink = rgbaOf(color, opacity);
      for (const box of changedBoxes(isSame ? shown!.mask : null, mask, place)) {
        const [lastColumn, lastRow] = [box.right - 1, box.bottom - 1].map(cellOf);
        for (let column = cellOf(box.left); column <= lastColumn; column++) {
          for (let row = cellOf(box.top); row <= lastRow; row++) {
            const [x, y] = [column * cellSide, row * cellSide];
            const part = {
              left: Math.max(box.left, x),
              top: Math.max(box.top, y),
              right: Math.min(box.right, x + cellSide),
              bottom: Math.min(box.bottom, y + cellSide),
            };
            const image = imageOf(mask, place, part, ink);
            cellAt(column, row, place.ratio).putImageData(image, part.left - x, part.top - y);
          }
        }
      }
      shown = { mask, place, color };
    },
  };
}

const cellOf = (pixel: number): number => Math.floor(pixel / cellSide);

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
  { rows, tiles }: TiledMask,
  { view, ratio, ...canvas }: CanvasPlace,
): Generator<PixelBox> {
  const x = (pixels: number) => (pixels * view.scale + view.x) * ratio;
  const y = (pixels: number) => (pixels * view.scale + view.y) * ratio;
  for (let index = 0; index < tiles.length; index++) {
    const old = before === null ? null : before.tiles[index];
    const now = tiles[index];
    if (now === old) continue;
    const differing = differingBox(old ?? emptyTile, now ?? emptyTile);
    if (differing === null) continue;
    const left = Math.floor(index / rows) * tileSide;
    const top = (index % rows) * tileSide;
    const box = {
      left: Math.max(0, Math.floor(x(left + differing.left))),
      top: Math.max(0, Math.floor(y(top + differing.top))),
      right: Math.min(Math.round(canvas.width * ratio), Math.ceil(x(left + differing.right))),
      bottom: Math.min(Math.round(canvas.height * ratio), Math.ceil(y(top + differing.bottom))),
    };
    if (box.right > box.left && box.bottom > box.top) yield box;
  }
}

const emptyTile = new Uint8Array(tileSide * tileSide);

/** Around the pixels of a tile that differ, which run down its columns; null where none does. */
function differingBox(a: Uint8Array, b: Uint8Array): PixelBox | null {
  let [left, top, right, bottom] = [tileSide, tileSide, 0, 0];
  for (let x = 0; x < tileSide; x++) {
    const start = x * tileSide;
    let first = 0;
    while (first < tileSide && a[start + first] === b[start + first]) first++;
    if (first === tileSide) continue;
    let last = tileSide - 1;
    while (a[start + last] === b[start + last]) last--;
    left = Math.min(left, x);
    right = x + 1;
    top = Math.min(top, first);
    bottom = Math.max(bottom, last + 1);
  }
  return right === 0 ? null : { left, top, right, bottom };
}

/** Asks the mask at the middle of every pixel of the screen. */
function imageOf(
  { rows, tiles, width, height }: TiledMask,
  { view, ratio }: CanvasPlace,
  box: PixelBox,
  ink: number,
): ImageData {
  const columns = box.right - box.left;
  const image = new ImageData(columns, box.bottom - box.top);
  const pixels = new Uint32Array(image.data.buffer);
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
  return image;
}
