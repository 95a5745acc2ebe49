// The area, box, mask and keypoints of a truth or of a result, found where its record holds them and
// derived where it does not. For results this is `loadRes` of pycocotools 2.0.11: the FIRST result
// decides for all of them what their area and their missing box or mask are taken from.

import { CocoError } from '../coco-error.ts';
import { rleFromBbox } from '../mask/rasterize.ts';
import { type Rle, rleArea, rleBbox } from '../mask/rle.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import type { Bbox, CocoAnnotation, CocoDataset, CocoImage, CocoResult } from '../types.ts';

/** Geometry by position in the list of annotations or of results. Masks are converted anew at each call. */
export interface Shapes {
  /** Square pixels. */
  area(position: number): number;
  box(position: number): Bbox;
  mask(position: number): Rle;
  /** `[x, y, visibility, …]`. */
  keypoints(position: number): readonly number[];
}

type ShapedRecord = CocoAnnotation | CocoResult;

/** The annotations' shapes. A missing area is that of the mask, or of the box where there is no mask. */
export function truthShapes(groundTruth: CocoDataset): Shapes {
  const { annotations } = groundTruth;
  const imageById = imagesById(groundTruth);
  const where = (position: number) => `$.annotations[${position}]`;
  const mask = (position: number) => maskOf(annotations[position], imageById, where(position));
  const box = (position: number): Bbox => {
    const annotation = annotations[position];
    return isAbsent(annotation.bbox) && hasMask(annotation)
      ? rleBbox(mask(position))
      : boxOf(annotation, where(position));
  };
  return {
    area(position) {
      const annotation = annotations[position];
      if (typeof annotation.area === 'number') return annotation.area;
      if (hasMask(annotation)) return rleArea(mask(position));
      const [, , width, height] = boxOf(annotation, where(position));
      return width * height;
    },
    box,
    mask,
    keypoints: (position) => keypointsOf(annotations[position], where(position)),
  };
}

/** The results' shapes, by what the first of them holds. */
export function resultShapes(groundTruth: CocoDataset, results: readonly CocoResult[]): Shapes {
  const imageById = imagesById(groundTruth);
  const where = (position: number) => `results[${position}]`;
  const kind = results.length === 0 ? 'bbox' : kindOfResults(results[0]);
  const keypoints = (position: number) => keypointsOf(results[position], where(position));
  const ownBox = (position: number) => boxOf(results[position], where(position));
  const ownMask = (position: number) => maskOf(results[position], imageById, where(position));
  const boxOrElse = (derived: (position: number) => Bbox) => (position: number) =>
    isAbsent(results[position].bbox) ? derived(position) : ownBox(position);

  const shapesByKind: Record<ResultKind, Omit<Shapes, 'keypoints'>> = {
    bbox: {
      area(position) {
        const [, , width, height] = ownBox(position);
        return width * height;
      },
      box: ownBox,
      mask(position) {
        const result = results[position];
        if (hasMask(result)) return ownMask(position);
        const { height, width } = imageOf(result, imageById, where(position));
        return rleFromBbox(ownBox(position), height, width);
      },
    },
    segmentation: {
      area: (position) => rleArea(ownMask(position)),
      box: boxOrElse((position) => rleBbox(ownMask(position))),
      mask: ownMask,
    },
    // pycocotools takes results with captions as they are and looks for the area in the record.
    caption: {
      area: (position) => results[position].area as number,
      box: ownBox,
      mask: ownMask,
    },
    keypoints: {
      area(position) {
        const [, , width, height] = boxAround(keypoints(position), where(position));
        return width * height;
      },
      box: (position) => boxAround(keypoints(position), where(position)),
      mask: ownMask,
    },
  };
  return { ...shapesByKind[kind], keypoints };
}

const geometryFields = ['bbox', 'segmentation', 'keypoints'] as const;
type ResultKind = 'caption' | (typeof geometryFields)[number];

function kindOfResults(first: CocoResult): ResultKind {
  if (!isAbsent(first.caption) && typeof first.area === 'number') return 'caption';
  const kind = geometryFields.find((field) => !isAbsent(first[field]));
  if (kind !== undefined) return kind;
  throw new CocoError('bad-evaluation-input', {
    where: 'results[0]',
    expected: `one of ${geometryFields.join(', ')}`,
    found: `only ${Object.keys(first).join(', ')}`,
    advice: 'The first result decides how all of them are read.',
  });
}

/** Missing, null, or the empty list that some tools write for "none". */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Whether a record holds a mask of its own. */
export function hasMask(record: ShapedRecord): boolean {
  return !isAbsent(record.segmentation);
}

function boxOf(record: ShapedRecord, where: string): Bbox {
  const { bbox } = record;
  if (
    Array.isArray(bbox) &&
    bbox.length === 4 &&
    typeof bbox[0] === 'number' &&
    typeof bbox[1] === 'number' &&
    typeof bbox[2] === 'number' &&
    typeof bbox[3] === 'number'
  ) {
    return bbox;
  }
  throw new CocoError('bad-evaluation-input', {
    where: `${where}.bbox`,
    expected: 'a box of four numbers',
    found: describe(bbox),
  });
}

function maskOf(
  record: ShapedRecord,
  imageById: ReadonlyMap<number, CocoImage>,
  where: string,
): Rle {
  if (!hasMask(record)) {
    throw new CocoError('bad-evaluation-input', {
      where: `${where}.segmentation`,
      expected: 'polygons or an RLE, as masks are compared',
      found: describe(record.segmentation),
      advice: 'Compare boxes instead.',
    });
  }
  const { height, width } = imageOf(record, imageById, where);
  return rleFromSegmentation(record.segmentation!, height, width);
}

function keypointsOf(record: ShapedRecord, where: string): readonly number[] {
  if (Array.isArray(record.keypoints)) return record.keypoints;
  throw new CocoError('bad-evaluation-input', {
    where: `${where}.keypoints`,
    expected: 'a list of x, y and visibility in turn',
    found: describe(record.keypoints),
  });
}

function boxAround(keypoints: readonly number[], where: string): Bbox {
  if (keypoints.length < 2) {
    throw new CocoError('bad-evaluation-input', {
      where: `${where}.keypoints`,
      expected: 'at least one point',
      found: describe(keypoints),
    });
  }
  let [minX, minY] = [keypoints[0], keypoints[1]];
  let [maxX, maxY] = [minX, minY];
  for (let i = 3; i < keypoints.length; i += 3) {
    minX = Math.min(minX, keypoints[i]);
    maxX = Math.max(maxX, keypoints[i]);
  }
  for (let i = 4; i < keypoints.length; i += 3) {
    minY = Math.min(minY, keypoints[i]);
    maxY = Math.max(maxY, keypoints[i]);
  }
  return [minX, minY, maxX - minX, maxY - minY];
}

/** Of pictures with the same id the last one stands, as in pycocotools. */
function imagesById(groundTruth: CocoDataset): Map<number, CocoImage> {
  return new Map(groundTruth.images.map((image) => [image.id, image]));
}

function imageOf(
  record: ShapedRecord,
  imageById: ReadonlyMap<number, CocoImage>,
  where: string,
): CocoImage {
  const image = imageById.get(record.image_id);
  if (image !== undefined) return image;
  throw new CocoError('bad-evaluation-input', {
    where: `${where}.image_id`,
    expected: 'the id of a picture, whose size its mask needs',
    found: describe(record.image_id),
  });
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
