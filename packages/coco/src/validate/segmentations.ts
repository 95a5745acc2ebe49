// Checks of a segmentation: polygons or run lengths.

import { CocoError } from '../coco-error.ts';
import type { Rle } from '../mask/rle.ts';
import { compressedFromRle, rleFromText } from '../mask/rle-text.ts';
import { inEnglish } from '../phrase.ts';
import type { Polygon, Segmentation } from '../types.ts';
import { edgeTolerancePixels, isFiniteNumber, type PictureSize } from './boxes.ts';
import { clipPolygon } from './clip-polygon.ts';
import { type RecordLog, Words } from './problem.ts';
import { selfCrossing } from './self-crossing.ts';

/**
 * @returns the segmentation to go on with, an empty list where every polygon had to be left out; undefined where
 *   there is none, or none that can be used (then `raw` stays in the file as it came)
 */
export function checkSegmentation(
  raw: unknown,
  picture: PictureSize | undefined,
  log: RecordLog,
): Segmentation | undefined {
  if (raw === undefined || raw === null) return undefined;
  if (Array.isArray(raw)) {
    // Files of boxes alone carry an empty list; it means that there is no outline.
    if (raw.length === 0) return undefined;
    return checkPolygons(raw, picture, log);
  }
  if (typeof raw === 'object' && 'counts' in raw && 'size' in raw) {
    return checkRunLengths(raw as { counts: unknown; size: unknown }, picture, log);
  }
  log.add('bad-segmentation', '.segmentation', {
    expected: 'a list of polygons, or an object with size and counts',
    found: raw,
  });
  return undefined;
}

function checkPolygons(
  raw: unknown[],
  picture: PictureSize | undefined,
  log: RecordLog,
): Segmentation | undefined {
  let rings = raw;
  let isChanged = false;
  if (raw.every(isFiniteNumber)) {
    log.add('bad-segmentation', '.segmentation', {
      expected: 'a list of polygons',
      found: raw,
      repair: 'now a list of this one polygon',
    });
    rings = [raw];
    isChanged = true;
  }
  const polygons: Polygon[] = [];
  rings.forEach((ring, index) => {
    const path = rings === raw ? `.segmentation[${index}]` : '.segmentation';
    const polygon = checkPolygon(ring, path, picture, log);
    if (polygon !== ring) isChanged = true;
    if (polygon !== undefined) polygons.push(polygon);
  });
  return isChanged ? polygons : (raw as Polygon[]);
}

/** Returns the very same ring where nothing is wrong with it, and undefined where it is to be left out. */
function checkPolygon(
  ring: unknown,
  path: string,
  picture: PictureSize | undefined,
  log: RecordLog,
): Polygon | undefined {
  if (!Array.isArray(ring)) {
    log.add('bad-segmentation', path, { expected: 'a polygon', found: ring, repair: 'left out' });
    return undefined;
  }
  const badIndex = ring.findIndex((value) => !isFiniteNumber(value));
  if (badIndex >= 0) {
    log.add('polygon-not-finite', `${path}[${badIndex}]`, {
      expected: 'a finite number',
      found: ring[badIndex],
      repair: 'polygon left out',
    });
    return undefined;
  }
  let polygon = ring as Polygon;
  if (polygon.length % 2 === 1) {
    log.add('polygon-odd-length', path, {
      expected: 'an even count of numbers',
      found: new Words(`${polygon.length} numbers`),
      repair: 'the last number was left out',
    });
    polygon = polygon.slice(0, -1);
  }
  if (polygon.length < 6) {
    log.add('polygon-too-short', path, {
      expected: 'at least three points (6 numbers)',
      found: polygon,
      repair: 'polygon left out',
    });
    return undefined;
  }
  const crossing = selfCrossing(polygon);
  if (crossing !== null) {
    const [first, second] = crossing.map((index) => index + 1);
    log.add('polygon-crosses-itself', path, {
      expected: 'an outline that does not cross itself',
      found: new Words(`its edges after points ${first} and ${second} cross`),
    });
  }
  return picture === undefined ? polygon : checkPolygonInside(polygon, path, picture, log);
}

function checkPolygonInside(
  polygon: Polygon,
  path: string,
  { width, height }: PictureSize,
  log: RecordLog,
): Polygon {
  const tolerance = edgeTolerancePixels;
  let isInside = true;
  for (let i = 0; i < polygon.length && isInside; i += 2) {
    const x = polygon[i];
    const y = polygon[i + 1];
    isInside =
      x >= -tolerance && y >= -tolerance && x <= width + tolerance && y <= height + tolerance;
  }
  if (isInside) return polygon;
  const clipped = clipPolygon(polygon, width, height);
  log.add('polygon-outside-image', path, {
    expected: `points inside the picture (${width} × ${height})`,
    found: polygon,
    repair: clipped.length >= 6 ? 'cut at the edge of the picture' : null,
  });
  return clipped.length >= 6 ? clipped : polygon;
}

function checkRunLengths(
  raw: { counts: unknown; size: unknown },
  picture: PictureSize | undefined,
  log: RecordLog,
): Segmentation | undefined {
  const { size } = raw;
  const isSize =
    Array.isArray(size) &&
    size.length === 2 &&
    size.every((side) => Number.isSafeInteger(side) && side > 0);
  if (!isSize) {
    log.add('bad-rle', '.segmentation.size', {
      expected: '[height, width] in pixels',
      found: size,
    });
    return undefined;
  }
  const [height, width] = size as [number, number];
  if (picture !== undefined && (height !== picture.height || width !== picture.width)) {
    log.add('rle-wrong-size', '.segmentation.size', {
      expected: `the picture's [height, width] = [${picture.height}, ${picture.width}]`,
      found: size,
    });
    return undefined;
  }
  const counts = runLengthsOf(raw.counts, height, width, log);
  if (counts === undefined) return undefined;
  const fitted = fitToSize(counts, height * width, log);
  if (fitted === counts) return raw as Segmentation;
  return typeof raw.counts === 'string'
    ? compressedFromRle({ height, width, counts: Uint32Array.from(fitted) })
    : { size: [height, width], counts: fitted };
}

function runLengthsOf(
  counts: unknown,
  height: number,
  width: number,
  log: RecordLog,
): number[] | undefined {
  if (Array.isArray(counts)) {
    const badIndex = counts.findIndex((run) => !Number.isSafeInteger(run) || run < 0);
    if (badIndex < 0) return counts;
    log.add('bad-rle', `.segmentation.counts[${badIndex}]`, {
      expected: 'a run length: an integer of at least 0',
      found: counts[badIndex],
    });
    return undefined;
  }
  if (typeof counts === 'string') {
    let rle: Rle;
    try {
      rle = rleFromText(counts, height, width);
    } catch (error) {
      log.add('bad-rle', '.segmentation.counts', {
        expected: 'run lengths in the text form of pycocotools',
        found: new Words(
          error instanceof CocoError ? inEnglish(error.details.found) : String(error),
        ),
      });
      return undefined;
    }
    return [...rle.counts];
  }
  log.add('bad-rle', '.segmentation.counts', {
    expected: 'a text or a list of run lengths',
    found: counts,
  });
  return undefined;
}

/** Run lengths that end early mean background to the end; what runs on past the picture is cut there. */
function fitToSize(counts: number[], pixelCount: number, log: RecordLog): number[] {
  const total = counts.reduce((sum, run) => sum + run, 0);
  if (total === pixelCount) return counts;
  log.add('rle-wrong-length', '.segmentation.counts', {
    expected: `run lengths of ${pixelCount.toLocaleString('en')} pixels in all`,
    found: new Words(`${total.toLocaleString('en')} pixels`),
    repair: total < pixelCount ? 'background added at the end' : 'cut at the end of the picture',
  });
  const fitted: number[] = [];
  let rest = pixelCount;
  for (const run of counts) {
    fitted.push(Math.min(run, rest));
    rest -= Math.min(run, rest);
    if (rest === 0) return fitted;
  }
  if (fitted.length % 2 === 1) fitted[fitted.length - 1] += rest;
  else fitted.push(rest);
  return fitted;
}
