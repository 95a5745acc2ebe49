import { bitmapFromRle, rleArea, rleFromBitmap } from '../mask/rle.ts';
import { compressedFromRle } from '../mask/rle-text.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import type { Bbox, CocoAnnotation, Segmentation } from '../types.ts';

type Shape = Pick<CocoAnnotation, 'bbox' | 'segmentation' | 'keypoints' | 'area'>;

/**
 * The shape of an object as it is in another box: outline, mask and keypoints are moved and stretched with it.
 *
 * @param shape with a box of some width and height; pixels
 * @param to inside of the picture
 * @returns the fields that differ
 */
export function shapeAt(
  { bbox, segmentation, keypoints }: Shape,
  to: Bbox,
  picture: { readonly width: number; readonly height: number },
): Shape {
  const [left, top, width, height] = bbox!;
  const [toLeft, toTop, toWidth, toHeight] = to;
  const x = (value: number) => hundredths(toLeft + ((value - left) / width) * toWidth);
  const y = (value: number) => hundredths(toTop + ((value - top) / height) * toHeight);
  const moved = segmentation && movedSegmentation(segmentation, { from: bbox!, to, x, y, picture });
  return {
    bbox: to.map(hundredths) as Bbox,
    area: moved?.area ?? hundredths(toWidth * toHeight),
    ...(moved && { segmentation: moved.segmentation }),
    ...(keypoints && {
      keypoints: keypoints.map((value, i) =>
        i % 3 === 2 || keypoints[i - (i % 3) + 2] === 0 ? value : i % 3 === 0 ? x(value) : y(value),
      ),
    }),
  };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

interface Move {
  from: Bbox;
  to: Bbox;
  /** From the picture to the picture. */
  x: (value: number) => number;
  y: (value: number) => number;
  picture: { readonly width: number; readonly height: number };
}

function movedSegmentation(
  segmentation: Segmentation,
  { from, to, x, y, picture }: Move,
): { segmentation: Segmentation; area: number } {
  if (Array.isArray(segmentation)) {
    const polygons = segmentation.map((polygon) =>
      polygon.map((value, i) => (i % 2 === 0 ? x(value) : y(value))),
    );
    const mask = rleFromSegmentation(polygons, picture.height, picture.width);
    return { segmentation: polygons, area: rleArea(mask) };
  }
  const source = rleFromSegmentation(segmentation, picture.height, picture.width);
  const pixels = bitmapFromRle(source);
  const { width, height } = source;
  const moved = new Uint8Array(width * height);
  const [left, top] = [Math.max(0, Math.floor(to[0])), Math.max(0, Math.floor(to[1]))];
  const right = Math.min(width, Math.ceil(to[0] + to[2]));
  const bottom = Math.min(height, Math.ceil(to[1] + to[3]));
  // Each pixel is looked up where it comes from: nothing tears where the box grows.
  for (let row = top; row < bottom; row++) {
    const fromY = Math.floor(from[1] + ((row + 0.5 - to[1]) / to[3]) * from[3]);
    if (fromY < 0 || fromY >= height) continue;
    for (let column = left; column < right; column++) {
      const fromX = Math.floor(from[0] + ((column + 0.5 - to[0]) / to[2]) * from[2]);
      if (fromX >= 0 && fromX < width) moved[row * width + column] = pixels[fromY * width + fromX];
    }
  }
  const mask = rleFromBitmap(moved, height, width);
  return { segmentation: compressedFromRle(mask), area: rleArea(mask) };
}
