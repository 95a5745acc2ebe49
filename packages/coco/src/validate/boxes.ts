// Checks of a bbox `[x, y, width, height]`, on its own, against the picture and against the outline.

import type { Bbox } from '../types.ts';
import { numberInText } from './fields.ts';
import { type RecordLog, shown } from './problem.ts';

export interface PictureSize {
  width: number;
  height: number;
}

/** Pixels by which shapes may stand over the picture's edge: rounding, not a mistake. */
export const edgeTolerancePixels = 0.5;

export const isFiniteNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/**
 * @param picture undefined where the picture or its size is unknown
 * @param outlineBox the box around the annotation's mask, to compare with and to repair from
 * @returns the box to go on with, or undefined where there is none that can be used
 */
export function checkBbox(
  raw: unknown,
  picture: PictureSize | undefined,
  outlineBox: Bbox | undefined,
  log: RecordLog,
): Bbox | undefined {
  // An outline that could not be cut at the edge of the picture reaches beyond it.
  const repaired = outlineBox && picture ? partInside(outlineBox, picture) : outlineBox;
  const fromOutline = repaired === undefined ? null : `now ${shown(repaired)}, around the outline`;
  if (raw === undefined) {
    const expected = 'a box around the outline or the keypoints';
    if (repaired !== undefined)
      log.add('missing-bbox', '', { expected, found: raw, repair: fromOutline });
    return repaired;
  }
  const bbox = boxOfNumbers(raw, log);
  if (bbox === undefined) {
    log.add('bad-bbox', '.bbox', {
      expected: 'four finite numbers [x, y, width, height]',
      found: raw,
      repair: fromOutline,
    });
    return repaired;
  }
  const upright = checkSign(bbox, log);
  if (upright[2] === 0 || upright[3] === 0) {
    const isRepairable = repaired !== undefined && repaired[2] > 0 && repaired[3] > 0;
    log.add('zero-size-bbox', '.bbox', {
      expected: 'a width and a height above 0',
      found: raw,
      repair: isRepairable ? fromOutline : null,
    });
    return isRepairable ? repaired : upright;
  }
  const inside = picture === undefined ? upright : checkInside(upright, picture, log);
  if (outlineBox !== undefined && differs(inside, outlineBox)) {
    log.add('bbox-differs-from-mask', '.bbox', {
      expected: shown(outlineBox.map(rounded)),
      found: raw,
    });
  }
  return inside;
}

function boxOfNumbers(raw: unknown, log: RecordLog): Bbox | undefined {
  if (!Array.isArray(raw) || raw.length !== 4) return undefined;
  if (raw.every(isFiniteNumber)) return raw as Bbox;
  const meant = raw.map((value) => numberInText(value) ?? value);
  if (!meant.every(isFiniteNumber)) return undefined;
  log.add('bad-bbox', '.bbox', {
    expected: 'numbers, not texts',
    found: raw,
    repair: `now ${shown(meant)}`,
  });
  return meant as Bbox;
}

/** A box drawn from its lower right corner has negative sides; it means the same region. */
function checkSign(bbox: Bbox, log: RecordLog): Bbox {
  const [x, y, width, height] = bbox;
  if (width >= 0 && height >= 0) return bbox;
  const upright: Bbox = [
    Math.min(x, x + width),
    Math.min(y, y + height),
    Math.abs(width),
    Math.abs(height),
  ];
  log.add('negative-bbox', '.bbox', {
    expected: 'a width and a height of at least 0',
    found: bbox,
    repair: `now ${shown(upright)}, the same region`,
  });
  return upright;
}

function checkInside(bbox: Bbox, picture: PictureSize, log: RecordLog): Bbox {
  if (isInside(bbox, picture)) return bbox;
  const inside = partInside(bbox, picture);
  log.add('bbox-outside-image', '.bbox', {
    expected: `a box inside the picture (${picture.width} × ${picture.height})`,
    found: bbox,
    repair: inside === bbox ? null : `now ${shown(inside)}, the part inside`,
  });
  return inside;
}

function isInside([x, y, width, height]: Bbox, picture: PictureSize): boolean {
  return (
    x >= -edgeTolerancePixels &&
    y >= -edgeTolerancePixels &&
    x + width <= picture.width + edgeTolerancePixels &&
    y + height <= picture.height + edgeTolerancePixels
  );
}

/** The very same box where it lies inside, or where nothing of it does. */
function partInside(bbox: Bbox, picture: PictureSize): Bbox {
  if (isInside(bbox, picture)) return bbox;
  const [x, y, width, height] = bbox;
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  const clipped: Bbox = [
    left,
    top,
    Math.min(picture.width, x + width) - left,
    Math.min(picture.height, y + height) - top,
  ];
  return clipped[2] > 0 && clipped[3] > 0 ? clipped : bbox;
}

/** Masks are made of whole pixels and boxes often of floats: only clear differences count. */
function differs(bbox: Bbox, outlineBox: Bbox): boolean {
  const [x, y, width, height] = bbox;
  const [outlineX, outlineY, outlineWidth, outlineHeight] = outlineBox;
  const toleranceX = Math.max(2, 0.05 * outlineWidth);
  const toleranceY = Math.max(2, 0.05 * outlineHeight);
  return (
    Math.abs(x - outlineX) > toleranceX ||
    Math.abs(x + width - outlineX - outlineWidth) > toleranceX ||
    Math.abs(y - outlineY) > toleranceY ||
    Math.abs(y + height - outlineY - outlineHeight) > toleranceY
  );
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
