// From what an annotation's `segmentation` holds to a mask: pycocotools' `annToRLE`.

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';
import type { CompressedRle, Segmentation, UncompressedRle } from '../types.ts';
import { mergeRles } from './combine.ts';
import { rleFromBbox, rleFromPolygon } from './rasterize.ts';
import { checkPictureSize, checkRle, type Rle } from './rle.ts';
import { rleFromText } from './rle-text.ts';

/**
 * The mask of a segmentation in a picture of `height × width` pixels.
 * Several polygons mean their union; a list whose first member has just four numbers is a list of boxes
 * `[x, y, width, height]`, by pycocotools' rule. Run lengths keep their own `size`, whatever the picture's
 * is, and need not add up to it: `checkRle` asks for that.
 *
 * @throws CocoError `bad-polygon` or `bad-rle` for what describes no mask at all, naming `where`.
 *
 * @example
 * rleFromSegmentation(annotation.segmentation, image.height, image.width);
 */
export function rleFromSegmentation(
  segmentation: Segmentation,
  height: number,
  width: number,
  where = 'segmentation',
): Rle {
  if (Array.isArray(segmentation)) return rleFromParts(segmentation, height, width, where);
  if (!isRle(segmentation)) {
    throw new CocoError('bad-rle', {
      where,
      expected: phrase`a list of polygons, or an object with size and counts`,
      found:
        segmentation === null
          ? 'null'
          : phrase`a value of type ${typeof segmentation} without them`,
    });
  }
  const [ownHeight, ownWidth] = segmentation.size;
  if (typeof segmentation.counts === 'string') {
    return rleFromText(segmentation.counts, ownHeight, ownWidth, where);
  }
  return rleFromCounts(segmentation.counts, ownHeight, ownWidth, where);
}

/**
 * Whether a value can be drawn and measured: polygons of finite numbers, x and y in turn, or run lengths that add up to their
 * size. An empty list is one, as files of boxes alone carry it.
 *
 * @example
 * isSegmentation([[0, 0, 9, 0, 9, NaN]]); // false
 */
export function isSegmentation(value: unknown): value is Segmentation {
  if (Array.isArray(value)) return value.every(isCoordinates);
  if (typeof value !== 'object' || value === null) return false;
  try {
    checkRle(rleFromSegmentation(value as Segmentation, 0, 0));
    return true;
  } catch (error) {
    if (error instanceof CocoError) return false;
    throw error;
  }
}

const isCoordinates = (part: unknown): boolean =>
  Array.isArray(part) && part.length % 2 === 0 && part.every((value) => Number.isFinite(value));

function isRle(value: Segmentation): value is CompressedRle | UncompressedRle {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const isCounts = typeof value.counts === 'string' || Array.isArray(value.counts);
  return isCounts && Array.isArray(value.size) && value.size.length === 2;
}

function rleFromParts(parts: number[][], height: number, width: number, where: string): Rle {
  checkParts(parts, where);
  const rleFromPart = parts[0].length === 4 ? rleFromBbox : rleFromPolygon;
  if (parts.length === 1) return rleFromPart(parts[0], height, width, `${where}[0]`);
  const rles = parts.map((part, index) => rleFromPart(part, height, width, `${where}[${index}]`));
  return mergeRles(rles, 'union');
}

function checkParts(parts: readonly unknown[], where: string): void {
  if (parts.length === 0) {
    throw new CocoError('bad-polygon', {
      where,
      expected: phrase`at least one polygon`,
      found: phrase`an empty list`,
      advice: phrase`Leave segmentation out where there is no mask.`,
    });
  }
  let areBoxes = false;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (!Array.isArray(part)) {
      throw new CocoError('bad-polygon', {
        where: `${where}[${index}]`,
        expected: phrase`a list of numbers`,
        found: part === null ? 'null' : typeof part,
        advice: phrase`A single polygon is a list in a list: [[x0, y0, x1, y1, …]].`,
      });
    }
    if (index === 0) areBoxes = part.length === 4;
    // Later polygons may be as short as they like: they add no pixel, and pycocotools takes them.
    if (areBoxes ? part.length === 4 : index > 0 || part.length > 4) continue;
    throw new CocoError('bad-polygon', {
      where: `${where}[${index}]`,
      expected: areBoxes
        ? phrase`a box of four numbers like the first`
        : phrase`a polygon of three points or more`,
      found: phrase`${part.length} numbers`,
    });
  }
}

function rleFromCounts(counts: number[], height: number, width: number, where: string): Rle {
  checkPictureSize(height, width, where);
  for (let run = 0; run < counts.length; run++) {
    if (Number.isInteger(counts[run]) && counts[run] >= 0 && counts[run] < 2 ** 32) continue;
    throw new CocoError('bad-rle', {
      where: `${where}.counts[${run}]`,
      expected: phrase`a whole number of pixels, zero or more`,
      found: String(counts[run]),
    });
  }
  return { height, width, counts: Uint32Array.from(counts) };
}
