// Where things of a picture lie on a tile. Spaces: picture pixels, and CSS pixels of the tile.

import type { Overlay } from '@migaki/api';

export interface Size {
  width: number;
  height: number;
}

/** How a picture lies on a tile: `tile = picture × scale + (x, y)`. */
export interface Placement extends Size {
  scale: number;
  x: number;
  y: number;
}

/**
 * The whole picture, as large as the tile allows, in its middle (CSS `object-fit: contain`).
 *
 * @example
 * contain({ width: 200, height: 100 }, { width: 100, height: 100 }); // scale 0.5, x 0, y 25
 */
export function contain(picture: Size, tile: Size): Placement {
  const scale = Math.min(tile.width / picture.width, tile.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { scale, width, height, x: (tile.width - width) / 2, y: (tile.height - height) / 2 };
}

/**
 * A box with some of its surroundings, in the middle of a tile. `x` and `y` are those of the whole picture,
 * most of which lies outside the tile.
 *
 * @param context how much wider than the box the view is
 */
export function crop(
  picture: Size,
  [x, y, width, height]: readonly [number, number, number, number],
  tile: Size,
  context = 1.4,
): Placement {
  // A point or a line has a place too.
  const side = Math.max(width / tile.width, height / tile.height, 4 / tile.width) * context;
  const scale = 1 / side;
  return {
    scale,
    width: picture.width * scale,
    height: picture.height * scale,
    x: tile.width / 2 - (x + width / 2) * scale,
    y: tile.height / 2 - (y + height / 2) * scale,
  };
}

/**
 * A placement moved so that the tile shows as much of the picture as it can: not over its border, where it is large enough.
 *
 * @example
 * filling({ scale: 1, width: 200, height: 100, x: 30, y: 0 }, { width: 100, height: 100 }); // x 0
 */
export function filling(placement: Placement, tile: Size): Placement {
  const along = (at: number, length: number, room: number) =>
    length < room ? (room - length) / 2 : Math.min(0, Math.max(room - length, at));
  return {
    ...placement,
    x: along(placement.x, placement.width, tile.width),
    y: along(placement.y, placement.height, tile.height),
  };
}

export type Line = [x1: number, y1: number, x2: number, y2: number];

/** Edges of a skeleton whose both ends are labelled. @param skeleton counted from 1, as COCO does */
export function skeletonLines(
  keypoints: readonly number[],
  skeleton: readonly (readonly [number, number])[],
): Line[] {
  return skeleton.flatMap(([from, to]) => {
    const [a, b] = [(from - 1) * 3, (to - 1) * 3];
    const areLabelled = keypoints[a + 2] > 0 && keypoints[b + 2] > 0;
    return areLabelled
      ? [[keypoints[a], keypoints[a + 1], keypoints[b], keypoints[b + 1]] satisfies Line]
      : [];
  });
}

/** As the API has it: polygons, or run lengths in either form. */
type Segmentation = Overlay['segmentation'];

export const isPolygons = (segmentation: Segmentation): segmentation is number[][] =>
  Array.isArray(segmentation) && segmentation.length > 0;

export const isMask = (
  segmentation: Segmentation,
): segmentation is Exclude<Segmentation, number[][] | null> =>
  segmentation !== null && !Array.isArray(segmentation);

/** Whether an annotation has no place in its picture: it is a caption, or a label of the whole of it. */
export const isOfWholePicture = ({
  bbox,
  segmentation,
  keypoints,
}: Pick<Overlay, 'bbox' | 'segmentation' | 'keypoints'>): boolean =>
  bbox === null && segmentation === null && (keypoints === null || keypoints.length === 0);

type Box = readonly [x: number, y: number, width: number, height: number];

/** The smallest box around others; null around none. */
export function boxAround(boxes: readonly Box[]): [number, number, number, number] | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , width]) => x + width));
  const bottom = Math.max(...boxes.map(([, y, , height]) => y + height));
  return [left, top, right - left, bottom - top];
}
