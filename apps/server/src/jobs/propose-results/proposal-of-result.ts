// From one result to the COCO fields of a proposal. A result may have a box, an outline, keypoints, or none of them, which is a
// class of the whole picture; what follows from what it has is worked out as pycocotools does.

import {
  type Bbox,
  CocoError,
  checkRle,
  type Fault,
  phrase,
  type Rle,
  rleArea,
  rleBbox,
  rleFromSegmentation,
  type Segmentation,
} from '@migaki/coco';
import type { ImageProposals } from '@migaki/store';

type Fields = ImageProposals['found'][number];

export interface ResultPlace {
  /** Pixels; null where nobody has said. */
  readonly width: number | null;
  readonly height: number | null;
  /** Of the dataset. */
  readonly categoryId: number;
  /** That the category has. */
  readonly keypointCount: number;
}

/** @returns the fault in place of fields where it cannot be drawn on the picture */
export function proposalOfResult(
  { score, bbox, segmentation, keypoints }: Readonly<Record<string, unknown>>,
  place: ResultPlace,
): { fields: Fields } | { fault: Fault } {
  try {
    const points = keypoints === undefined ? undefined : checkedKeypoints(keypoints, place);
    const mask = segmentation === undefined ? null : maskOf(segmentation as Segmentation, place);
    const box =
      bbox !== undefined
        ? checkedBox(bbox)
        : mask !== null
          ? checkedBox(rleBbox(mask))
          : points && checkedBox(boxAround(points));
    if (box !== undefined) checkInside(box, place);
    return {
      fields: {
        category_id: place.categoryId,
        score,
        ...(box && {
          bbox: box,
          iscrowd: 0,
          area: mask === null ? rounded(box[2] * box[3]) : rleArea(mask),
        }),
        ...(segmentation !== undefined && { segmentation }),
        ...(points && keypointFields(points)),
      },
    };
  } catch (error) {
    if (error instanceof Unusable) return { fault: error.fault };
    if (error instanceof CocoError) return { fault: error.details };
    throw error;
  }
}

class Unusable extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super();
    this.fault = fault;
  }
}

const isFiniteNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => Number.isFinite(one));

const rounded = (area: number): number => Math.round(100 * area) / 100;

function checkedBox(bbox: unknown): Bbox {
  if (isFiniteNumbers(bbox) && bbox.length === 4 && bbox[2] > 0 && bbox[3] > 0) return bbox as Bbox;
  throw new Unusable({
    where: 'bbox',
    expected: phrase`[x, y, width, height] with a width and height above 0`,
    found: JSON.stringify(bbox).slice(0, 80),
  });
}

function checkInside([x, y, boxWidth, boxHeight]: Bbox, { width, height }: ResultPlace): void {
  if (width === null || height === null) return;
  if (x < width && y < height && x + boxWidth > 0 && y + boxHeight > 0) return;
  throw new Unusable({
    where: 'bbox',
    expected: phrase`a box on the picture of ${width} × ${height} pixels`,
    found: phrase`one beside it`,
    advice: phrase`Was the picture of another size where the model saw it?`,
  });
}

/** @throws CocoError for what describes no mask; Unusable for one of another picture or of nothing */
function maskOf(segmentation: Segmentation, { width, height }: ResultPlace): Rle {
  if (Array.isArray(segmentation)) {
    // The area of polygons is counted in pixels of the picture.
    const isDrawable = width !== null && segmentation.every(isFiniteNumbers);
    if (!isDrawable) {
      throw new Unusable({
        where: 'segmentation',
        expected: phrase`polygons of numbers on a picture whose size is known`,
        found: width === null ? phrase`an unknown size` : phrase`something else`,
      });
    }
  }
  const mask = rleFromSegmentation(segmentation, height ?? 0, width ?? 0);
  checkRle(mask, 'segmentation');
  const isOfPicture = width === null || (mask.width === width && mask.height === height);
  if (isOfPicture && rleArea(mask) > 0) return mask;
  throw new Unusable({
    where: 'segmentation',
    expected: isOfPicture
      ? phrase`an outline of at least one pixel`
      : phrase`a mask of ${height!} × ${width!} pixels, as the picture is`,
    found: isOfPicture ? phrase`one of none` : `${mask.height} × ${mask.width}`,
  });
}

function checkedKeypoints(keypoints: unknown, { keypointCount }: ResultPlace): number[] {
  const isWhole = isFiniteNumbers(keypoints) && keypoints.length === 3 * keypointCount;
  if (isWhole && keypointCount > 0) return keypoints;
  throw new Unusable({
    where: 'keypoints',
    expected: phrase`three numbers for each of the ${keypointCount} keypoints of the category`,
    found: Array.isArray(keypoints) ? phrase`${keypoints.length} numbers` : typeof keypoints,
  });
}

/** Of all points, as `loadRes` of pycocotools takes it. */
function boxAround(points: readonly number[]): Bbox {
  const xs = points.filter((_, i) => i % 3 === 0);
  const ys = points.filter((_, i) => i % 3 === 1);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}

/** From this certainty on a point counts as seen. */
const leastSeen = 0.5;

/** The third number is a visibility where one is 2, else how certain the point is, as COCO's results have it. */
function keypointFields(points: readonly number[]) {
  const thirds = points.filter((_, i) => i % 3 === 2);
  const areVisibilities = thirds.includes(2) && thirds.every((third) => [0, 1, 2].includes(third));
  const mark = (third: number) => (areVisibilities ? third : third >= leastSeen ? 2 : 1);
  const marked = points.map((value, i) => (i % 3 === 2 ? mark(value) : value));
  return {
    keypoints: marked,
    num_keypoints: marked.filter((value, i) => i % 3 === 2 && value > 0).length,
  };
}
