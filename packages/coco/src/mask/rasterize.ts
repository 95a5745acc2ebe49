// From outlines to masks, pixel for pixel as pycocotools does it (`rleFrPoly` in maskApi.c): corners go
// to a grid of fifths of a pixel, and a column of pixels changes between inside and outside where an
// outline passes from its third fifth to its fourth. pycocotools walks every outline fifth by fifth and
// sorts what it meets; here the two fifths that count are computed directly, and each crossing flips one
// bit of a raster, where even numbers of crossings cancel and the order comes for free.
// Checked against pycocotools 2.0.11, which differs for pictures of width 0 alone: it takes every column
// for one of theirs.

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';
import { checkPictureSize, grown, type Rle } from './rle.ts';

/** Beyond it a coordinate in fifths leaves 32 bits, and pycocotools' arithmetic is undefined. */
const maxCoordinatePixels = Math.floor((2 ** 31 - 1) / 5) - 1;

/** A second or two of work; pycocotools needs more than 10 GB for an outline of that many. */
const maxColumnCrossings = 2 ** 28;

/** 16 MB, 134 million pixels: a larger raster is done in several passes. */
const maxRasterWords = 2 ** 22;

// Scratch memory, kept between calls. Corners in fifths of a pixel; the first one again at the end.
let cornerXs = new Int32Array(256);
let cornerYs = new Int32Array(256);
let flips = new Uint32Array(1024);
let rasterWords = new Int32Array(1024);

/**
 * The part of the picture around one outline. Bit `row % 32` of word `row / 32` of a column's words stands
 * for a change before that row; rows run from the top of the picture to `height` itself, its lower edge.
 * Words are numbered through all columns; `rasterWords` holds those from `firstWord` to `endWord`.
 */
const raster = {
  height: 0,
  firstColumn: 0,
  lastColumn: 0,
  firstRow: 0,
  wordsPerColumn: 1,
  firstWord: 0,
  endWord: 0,
};

/**
 * The mask of one polygon `[x0, y0, x1, y1, …]` in pixels of a picture of `height × width`
 * (pycocotools' `frPoly`). What is outside of the picture is cut off; an odd last number is ignored;
 * where the outline crosses itself, inside and outside alternate. `where` names the polygon in errors.
 *
 * @throws CocoError `bad-polygon` at the first coordinate that is no finite number within ±429,496,728,
 * and for outlines that cross 2²⁸ columns or more.
 *
 * @example
 * rleFromPolygon([1, 1, 3, 1, 3, 3, 1, 3], 4, 4).counts; // Uint32Array [5, 2, 2, 2, 5]
 */
export function rleFromPolygon(
  polygon: ArrayLike<number>,
  height: number,
  width: number,
  where = 'polygon',
): Rle {
  checkPictureSize(height, width, where);
  const cornerCount = polygon.length >> 1;
  if (cornerXs.length <= cornerCount) {
    cornerXs = new Int32Array(2 * cornerCount + 1);
    cornerYs = new Int32Array(2 * cornerCount + 1);
  }
  for (let corner = 0; corner < cornerCount; corner++) {
    const x = polygon[2 * corner];
    const y = polygon[2 * corner + 1];
    if (!isCoordinate(x)) throw badCoordinate(x, `${where}[${2 * corner}]`);
    if (!isCoordinate(y)) throw badCoordinate(y, `${where}[${2 * corner + 1}]`);
    // Storing in an Int32Array cuts off towards zero, as C's conversion to int does.
    cornerXs[corner] = 5 * x + 0.5;
    cornerYs[corner] = 5 * y + 0.5;
  }
  return rleFromCorners(cornerCount, height, width, where);
}

/**
 * The mask of a box `[x, y, width, height]`, rasterised as a polygon of four corners (pycocotools' `frBbox`).
 *
 * @throws CocoError `bad-polygon` when a number or a corner is not finite or beyond ±429,496,728.
 */
export function rleFromBbox(
  bbox: ArrayLike<number>,
  height: number,
  width: number,
  where = 'bbox',
): Rle {
  const xEnd = bbox[0] + bbox[2];
  const yEnd = bbox[1] + bbox[3];
  const corners = [bbox[0], bbox[1], bbox[0], yEnd, xEnd, yEnd, xEnd, bbox[1]];
  return rleFromPolygon(corners, height, width, where);
}

function isCoordinate(value: number): boolean {
  // `isFinite` turns away what is no number at all, and files may hold.
  return Number.isFinite(value) && value <= maxCoordinatePixels && value >= -maxCoordinatePixels;
}

function badCoordinate(value: unknown, where: string): CocoError {
  return new CocoError('bad-polygon', {
    where,
    expected: phrase`a coordinate in pixels within ±${maxCoordinatePixels}`,
    found: String(value),
  });
}

function rleFromCorners(cornerCount: number, height: number, width: number, where: string): Rle {
  cornerXs[cornerCount] = cornerXs[0];
  cornerYs[cornerCount] = cornerYs[0];
  if (cornerCount * width > maxColumnCrossings) checkCrossings(cornerCount, width, where);
  let flipCount = 0;
  if (cornerCount > 0 && placeRaster(cornerCount, height, width)) {
    const columns = raster.lastColumn - raster.firstColumn + 1;
    const wordCount = columns * raster.wordsPerColumn;
    if (rasterWords.length < Math.min(wordCount, maxRasterWords)) {
      rasterWords = new Int32Array(Math.min(2 * wordCount, maxRasterWords));
    }
    for (let firstWord = 0; firstWord < wordCount; firstWord += maxRasterWords) {
      raster.firstWord = firstWord;
      raster.endWord = Math.min(wordCount, firstWord + maxRasterWords);
      flipEdges(cornerCount);
      flipCount = takeFlips(flipCount);
    }
  }
  return { height, width, counts: countsFromFlips(flipCount, height * width) };
}

/** Stops outlines that would keep the machine busy for minutes. */
function checkCrossings(cornerCount: number, width: number, where: string): void {
  const end = 5 * width;
  let crossings = 0;
  for (let corner = 0; corner < cornerCount; corner++) {
    const from = Math.min(Math.max(cornerXs[corner], 0), end);
    const to = Math.min(Math.max(cornerXs[corner + 1], 0), end);
    crossings += Math.abs(to - from) / 5;
  }
  if (crossings <= maxColumnCrossings) return;
  throw new CocoError('bad-polygon', {
    where,
    expected: phrase`an outline that crosses at most ${maxColumnCrossings} columns of pixels`,
    found: phrase`${Math.round(crossings)} crossings by ${cornerCount} corners`,
  });
}

/** Lays the raster around the corners; false when they enclose no column of the picture. */
function placeRaster(cornerCount: number, height: number, width: number): boolean {
  let xMin = cornerXs[0];
  let xMax = xMin;
  let yMin = cornerYs[0];
  let yMax = yMin;
  for (let corner = 1; corner < cornerCount; corner++) {
    const x = cornerXs[corner];
    const y = cornerYs[corner];
    if (x < xMin) xMin = x;
    else if (x > xMax) xMax = x;
    if (y < yMin) yMin = y;
    else if (y > yMax) yMax = y;
  }
  raster.height = height;
  raster.firstColumn = Math.max(0, firstColumnFrom(xMin));
  raster.lastColumn = Math.min(width, firstColumnFrom(xMax)) - 1;
  raster.firstRow = rowOf(yMin, height);
  raster.wordsPerColumn = ((rowOf(yMax, height) - raster.firstRow) >>> 5) + 1;
  return raster.firstColumn <= raster.lastColumn;
}

/** The first column whose crossing, between its fifths 2 and 3, is at or right of `x` fifths. */
function firstColumnFrom(x: number): number {
  return Math.ceil((x - 2) / 5);
}

/** The row before which a crossing at `y` fifths changes inside and outside: the nearest, cut to the picture. */
function rowOf(y: number, height: number): number {
  if (y < 3) return 0;
  return Math.min(((y + 2) / 5) | 0, height);
}

function flipEdges(cornerCount: number): void {
  const { wordsPerColumn, firstColumn } = raster;
  const passFirst = firstColumn + Math.floor(raster.firstWord / wordsPerColumn);
  const passLast = firstColumn + Math.floor((raster.endWord - 1) / wordsPerColumn);
  for (let corner = 0; corner < cornerCount; corner++) {
    // pycocotools walks every edge along its longer axis, from the lower coordinate to the higher, so
    // that both senses of an edge give the same points.
    const fromX = cornerXs[corner];
    const toX = cornerXs[corner + 1];
    if (fromX === toX) continue;
    const fromY = cornerYs[corner];
    const toY = cornerYs[corner + 1];
    const isLeftToRight = fromX < toX;
    const left = isLeftToRight ? fromX : toX;
    const right = isLeftToRight ? toX : fromX;
    const first = Math.max(passFirst, firstColumnFrom(left));
    const last = Math.min(passLast, firstColumnFrom(right) - 1);
    if (first > last) continue;
    const dx = right - left;
    const dy = Math.abs(toY - fromY);
    if (dx >= dy) {
      const leftY = isLeftToRight ? fromY : toY;
      const rightY = isLeftToRight ? toY : fromY;
      flipFlatEdge(first, last, left, leftY, (rightY - leftY) / dx);
    } else {
      const isDownwards = fromY < toY;
      const topX = isDownwards ? fromX : toX;
      const bottomX = isDownwards ? toX : fromX;
      flipSteepEdge(first, last, topX, isDownwards ? fromY : toY, (bottomX - topX) / dy);
    }
  }
}

/** An edge at most as high as wide: one point a fifth in x; of the two at a crossing the upper counts. */
function flipFlatEdge(first: number, last: number, x: number, y: number, slope: number): void {
  const upper = slope < 0 ? 3 : 2;
  for (let column = first; column <= last; column++) {
    flip(column, (y + slope * (5 * column + upper - x) + 0.5) | 0);
  }
}

/** An edge higher than wide: one point a fifth in y; a crossing is where its x goes from fifth 2 to 3 or back. */
function flipSteepEdge(first: number, last: number, x: number, y: number, slope: number): void {
  for (let column = first; column <= last; column++) {
    const fifth = 5 * column + 2;
    let step = Math.ceil((fifth + 0.5 - x) / slope);
    // Division and multiplication round differently: settle on the step for which the points themselves
    // change sides, as comparing them does in pycocotools.
    if (slope > 0) {
      while (((x + slope * step + 0.5) | 0) <= fifth) step++;
      while (((x + slope * (step - 1) + 0.5) | 0) > fifth) step--;
    } else {
      while (((x + slope * step + 0.5) | 0) > fifth) step++;
      while (((x + slope * (step - 1) + 0.5) | 0) <= fifth) step--;
    }
    flip(column, y + step - 1);
  }
}

function flip(column: number, y: number): void {
  const row = rowOf(y, raster.height) - raster.firstRow;
  const word = (column - raster.firstColumn) * raster.wordsPerColumn + (row >>> 5);
  if (word < raster.firstWord || word >= raster.endWord) return;
  rasterWords[word - raster.firstWord] ^= 1 << (row & 31);
}

/** Appends the positions of all set bits to `flips`, in order, and clears them. Returns how many there are now. */
function takeFlips(flipCount: number): number {
  const { height, firstColumn, firstRow, wordsPerColumn, firstWord } = raster;
  const wordCount = raster.endWord - firstWord;
  let count = flipCount;
  let wordInColumn = firstWord % wordsPerColumn;
  let columnStart = (firstColumn + Math.floor(firstWord / wordsPerColumn)) * height + firstRow;
  for (let index = 0; index < wordCount; index++) {
    let word = rasterWords[index];
    if (word !== 0) {
      rasterWords[index] = 0;
      if (flips.length < count + 32) flips = grown(flips, count + 32);
      const position = columnStart + 32 * wordInColumn;
      do {
        const lowest = word & -word;
        const flipped = position + 31 - Math.clz32(lowest);
        // The lower end of a column is the upper end of the next: two changes there cancel.
        if (count > 0 && flips[count - 1] === flipped) count--;
        else flips[count++] = flipped;
        word ^= lowest;
      } while (word !== 0);
    }
    if (++wordInColumn === wordsPerColumn) {
      wordInColumn = 0;
      columnStart += height;
    }
  }
  return count;
}

function countsFromFlips(flipCount: number, pixels: number): Uint32Array {
  const endsOnFlip = flipCount > 0 && flips[flipCount - 1] === pixels;
  const counts = new Uint32Array(endsOnFlip ? flipCount : flipCount + 1);
  let last = 0;
  for (let index = 0; index < flipCount; index++) {
    counts[index] = flips[index] - last;
    last = flips[index];
  }
  if (!endsOnFlip) counts[flipCount] = pixels - last;
  return counts;
}
