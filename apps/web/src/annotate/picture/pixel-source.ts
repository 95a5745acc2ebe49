// The pixels of a picture for tools that look at them, whole or as much as can be held. Runs in a worker.

import type { PixelTask, PixelWindow, Size } from '@migaki/annotator';
import { windowOf } from '@migaki/annotator';
import { tileUrl } from './large.ts';

export interface PixelSource {
  /** @throws Error where the picture does not come, or is of another size */
  windowFor(task: PixelTask): Promise<PixelWindow>;
}

export interface SourceInit {
  readonly sha256: string;
  /** Of the whole picture. */
  readonly url: string;
  readonly picture: Size;
  readonly isTiled: boolean;
}

export const openPixelSource = (init: SourceInit): PixelSource =>
  init.isTiled ? tiledSource(init) : wholeSource(init);

async function bitmapAt(url: string): Promise<ImageBitmap> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the picture did not come: HTTP ${response.status}`);
  return createImageBitmap(await response.blob());
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas to read pixels from');
  return context;
}

function wholeSource({ url, picture }: SourceInit): PixelSource {
  let reading: Promise<PixelWindow> | undefined;
  const read = async (): Promise<PixelWindow> => {
    const bitmap = await bitmapAt(url);
    const { width, height } = bitmap;
    if (width !== picture.width || height !== picture.height) {
      throw new Error(`the picture is ${width} × ${height} pixels, not as large as was said`);
    }
    const context = contextOf(width, height);
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    const { data } = context.getImageData(0, 0, width, height);
    return { left: 0, top: 0, width, height, rgba: data };
  };
  return {
    windowFor() {
      reading ??= read();
      reading.catch(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

const tileSide = 512;
/** Longer sides of what is looked at around a click in a picture that is not held whole. */
const widestWindow = 4096;
const keptTiles = 100;

function tiledSource({ sha256, picture }: SourceInit): PixelSource {
  const tiles = new Map<string, Promise<ImageBitmap>>();
  let last: { key: string; window: PixelWindow } | undefined;
  const tile = (column: number, row: number): Promise<ImageBitmap> => {
    const url = tileUrl(sha256, 0, column, row);
    const known = tiles.get(url);
    if (known !== undefined) return known;
    const coming = bitmapAt(url);
    tiles.set(url, coming);
    coming.catch(() => tiles.delete(url));
    for (const oldest of tiles.keys()) {
      if (tiles.size <= keptTiles) break;
      tiles.delete(oldest);
    }
    return coming;
  };
  const around = (task: PixelTask): readonly [number, number, number, number] => {
    const box = windowOf(task, picture);
    if (box !== null || !('seed' in task)) return box!;
    // By whole tiles, so that clicks beside each other look at the same window.
    const along = (at: number, length: number): [start: number, length: number] => {
      const start = Math.max(0, tileSide * Math.round((at - widestWindow / 2) / tileSide));
      const end = Math.min(length, start + widestWindow);
      return [Math.max(0, end - widestWindow), end - Math.max(0, end - widestWindow)];
    };
    const [left, width] = along(task.seed.x, picture.width);
    const [top, height] = along(task.seed.y, picture.height);
    return [left, top, width, height];
  };
  return {
    async windowFor(task) {
      const [left, top, width, height] = around(task);
      const key = [left, top, width, height].join();
      if (last?.key === key) return last.window;
      const context = contextOf(width, height);
      const drawn: Promise<void>[] = [];
      const lastRow = Math.ceil((top + height) / tileSide);
      const lastColumn = Math.ceil((left + width) / tileSide);
      for (let row = Math.floor(top / tileSide); row < lastRow; row++) {
        for (let column = Math.floor(left / tileSide); column < lastColumn; column++) {
          const place = [column * tileSide - left, row * tileSide - top] as const;
          drawn.push(tile(column, row).then((bitmap) => context.drawImage(bitmap, ...place)));
        }
      }
      await Promise.all(drawn);
      const { data } = context.getImageData(0, 0, width, height);
      const window = { left, top, width, height, rgba: data };
      last = { key, window };
      return window;
    },
  };
}
