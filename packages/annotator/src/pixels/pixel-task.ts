// What tools want to know of the picture's pixels, as data. These take long on large pictures, so the app works them out
// where they hold nobody up, and tells the result when it is there.

import { type Rle, rleBbox } from '@migaki/coco';
import type { Box } from '../geometry/box.ts';
import type { ImagePoint, Size } from '../geometry/point.ts';
import { placedRle } from '../mask/move-mask.ts';
import { rleFromTiles } from '../mask/tiled-mask.ts';
import { edgeReachPixels } from './edge-cost.ts';
import { type FloodFillOptions, floodFill } from './flood-fill.ts';
import { grabCut, surroundingsOf } from './grab-cut.ts';
import { type LiveWire, liveWireFrom } from './live-wire.ts';
import type { PixelBuffer } from './pixel-buffer.ts';

/** Points are in pixels of the picture. */
export type PixelTask =
  | ({ readonly type: 'flood-fill'; readonly seed: ImagePoint } & FloodFillOptions)
  /** Four extreme points of an object, in any order. */
  | { readonly type: 'grab-cut'; readonly points: readonly ImagePoint[] }
  | { readonly type: 'live-wire'; readonly seed: ImagePoint; readonly reachPixels: number };

export type PixelResult =
  /** `isCut`: it reaches the edge of what was looked at, and may go on beyond. */
  | { readonly type: 'mask'; readonly rle: Rle; readonly isCut: boolean }
  | { readonly type: 'live-wire'; readonly wire: LiveWire };

/** Part of the picture, or all of it. */
export interface PixelWindow extends PixelBuffer {
  /** Where its first pixel lies in the picture. */
  readonly left: number;
  readonly top: number;
}

/**
 * The part of the picture that a task looks at, whole pixels; null where that is all of it. Of a picture too large to be
 * held in one piece as much as can be around the seed does.
 */
export function windowOf(task: PixelTask, picture: Size): Box | null {
  if (task.type === 'flood-fill') return null;
  if (task.type === 'grab-cut') return surroundingsOf(task.points, picture);
  const { seed, reachPixels } = task;
  const [x, y] = [Math.round(seed.x) - reachPixels, Math.round(seed.y) - reachPixels];
  return widened([x, y, 2 * reachPixels, 2 * reachPixels], edgeReachPixels + 1, picture);
}

/**
 * Works a task out.
 *
 * @param window holds at least what `windowOf` asks for
 * @example runPixelTask(task, { ...pixels, left: 0, top: 0 }, pixels)
 */
export function runPixelTask(task: PixelTask, window: PixelWindow, picture: Size): PixelResult {
  const { left, top } = window;
  const local = ({ x, y }: ImagePoint): ImagePoint => ({ x: x - left, y: y - top });
  if (task.type === 'live-wire') {
    const wire = liveWireFrom(window, local(task.seed), task.reachPixels);
    const seed = { x: wire.seed.x + left, y: wire.seed.y + top };
    return {
      type: 'live-wire',
      wire: { ...wire, left: wire.left + left, top: wire.top + top, seed },
    };
  }
  const rle =
    task.type === 'flood-fill'
      ? floodFill(window, local(task.seed), task)
      : rleFromTiles(grabCut(window, task.points.map(local)));
  const isCut = task.type === 'flood-fill' && reachesInnerEdge(rle, window, picture);
  return { type: 'mask', rle: placedRle(rle, left, top, picture), isCut };
}

function reachesInnerEdge(rle: Rle, { left, top }: PixelWindow, picture: Size): boolean {
  const [x, y, width, height] = rleBbox(rle);
  if (width === 0) return false;
  return (
    (x === 0 && left > 0) ||
    (y === 0 && top > 0) ||
    (x + width === rle.width && left + rle.width < picture.width) ||
    (y + height === rle.height && top + rle.height < picture.height)
  );
}

function widened([x, y, width, height]: Box, by: number, picture: Size): Box {
  const left = Math.max(0, x - by);
  const top = Math.max(0, y - by);
  return [
    left,
    top,
    Math.min(picture.width, x + width + by) - left,
    Math.min(picture.height, y + height + by) - top,
  ];
}
