// The area, box, mask and keypoints of a truth or of a result, found where its record holds them and
// derived where it does not. For results this is `loadRes` of pycocotools 2.0.11: the FIRST result
// decides for all of them what their area and their missing box or mask are taken from.

import { CocoError } from '../coco-error.ts';
import { rleFromBbox } from '../mask/rasterize.ts';
import { type Rle, rleArea, rleBbox } from '../mask/rle.ts';
import { areaFromText } from '../mask/rle-text.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import { type Phrase, phrase, type Words } from '../phrase.ts';
import type { Bbox, CocoAnnotation, CocoDataset, CocoImage, CocoResult } from '../types.ts';

/**
 * Geometry by position in the list of annotations or of results. Masks are converted anew at each call.
 * Every function throws `bad-evaluation-input` where the record holds nothing to take its answer from.
 */
export interface Shapes {
  /** The record's place, for errors. */
  where(position: number): string;
  /** Square pixels. */
  area(position: number): number;
  box(position: number): Bbox;
  mask(position: number): Rle;
  /** `[x, y, visibility, …]`. */
  keypoints(position: number): readonly number[];
}

/** The annotations' shapes. A missing area is that of the mask, or of the box where there is no mask. */
export function truthShapes(groundTruth: CocoDataset): Shapes {
  const own = ownShapes('$.annotations', groundTruth.annotations, imagesById(groundTruth));
  return {
    where: own.where,
    area(position) {
      const { area } = groundTruth.annotations[position];
      if (typeof area === 'number') return area;
      return own.hasMask(position) ? rleArea(own.mask(position)) : boxArea(own.box(position));
    },
    box: (position) =>
      !own.hasBox(position) && own.hasMask(position)
        ? rleBbox(own.mask(position))
        : own.box(position),
    mask: own.mask,
    keypoints: (position) =>
      isAbsent(groundTruth.annotations[position].keypoints) ? [] : own.keypoints(position),
  };
}

/** The results' shapes, by what the first of them holds. */
export function resultShapes(groundTruth: CocoDataset, results: readonly CocoResult[]): Shapes {
  const imageById = imagesById(groundTruth);
  const own = ownShapes('results', results, imageById);
  const boxAroundKeypoints = (position: number) =>
    boxAround(own.keypoints(position), own.where(position));
  const shapesByKind: Record<ResultKind, Partial<Shapes>> = {
    bbox: {
      area: (position) => boxArea(own.box(position)),
      mask(position) {
        if (own.hasMask(position)) return own.mask(position);
        const { height, width } = imageOf(results[position], imageById, own.where(position));
        return rleFromBbox(own.box(position), height, width, `${own.where(position)}.bbox`);
      },
    },
    segmentation: {
      area(position) {
        const { segmentation } = results[position];
        const text = Array.isArray(segmentation) ? undefined : segmentation?.counts;
        return typeof text === 'string'
          ? areaFromText(text, `${own.where(position)}.segmentation`)
          : rleArea(own.mask(position));
      },
      box: (position) => (own.hasBox(position) ? own.box(position) : rleBbox(own.mask(position))),
    },
    keypoints: {
      area: (position) => boxArea(boxAroundKeypoints(position)),
      box: boxAroundKeypoints,
    },
    // pycocotools takes results with captions as they are, and their area from the record.
    caption: { area: (position) => Number(results[position].area) },
  };
  const kind = results.length === 0 ? 'bbox' : kindOfResults(results[0]);
  return { ...own, ...shapesByKind[kind] } as Shapes;
}

const geometryFields = ['bbox', 'segmentation', 'keypoints'] as const;
type ResultKind = 'caption' | (typeof geometryFields)[number];

function kindOfResults(first: CocoResult): ResultKind {
  if (!isAbsent(first.caption) && typeof first.area === 'number') return 'caption';
  const kind = geometryFields.find((field) => !isAbsent(first[field]));
  if (kind !== undefined) return kind;
  throw new CocoError('bad-evaluation-input', {
    where: 'results[0]',
    expected: phrase`one of ${geometryFields.join(', ')}`,
    found: phrase`only ${Object.keys(first).join(', ')}`,
    advice: phrase`The first result decides how all of them are read.`,
  });
}

/** What the records of a list hold themselves. */
function ownShapes(
  list: string,
  records: readonly (CocoAnnotation | CocoResult)[],
  imageById: ReadonlyMap<number, CocoImage>,
) {
  const where = (position: number) => `${list}[${position}]`;
  const missing = (position: number, field: 'bbox' | 'segmentation' | 'keypoints', what: Phrase) =>
    new CocoError('bad-evaluation-input', {
      where: `${where(position)}.${field}`,
      expected: what,
      found: describe(records[position][field]),
    });
  const hasMask = (position: number) => !isAbsent(records[position].segmentation);
  return {
    where,
    hasMask,
    hasBox: (position: number) => !isAbsent(records[position].bbox),
    box(position: number): Bbox {
      const { bbox } = records[position];
      if (isBox(bbox)) return bbox;
      throw missing(position, 'bbox', phrase`a box of four numbers`);
    },
    mask(position: number): Rle {
      const record = records[position];
      if (!hasMask(position)) throw missing(position, 'segmentation', phrase`polygons or an RLE`);
      const { height, width } = imageOf(record, imageById, where(position));
      const place = `${where(position)}.segmentation`;
      return rleFromSegmentation(record.segmentation!, height, width, place);
    },
    keypoints(position: number): readonly number[] {
      const { keypoints } = records[position];
      if (Array.isArray(keypoints)) return keypoints;
      throw missing(position, 'keypoints', phrase`a list of x, y and visibility in turn`);
    },
  };
}

/** Missing, null, or the empty list that some tools write for "none". */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isBox(bbox: unknown): bbox is Bbox {
  return (
    Array.isArray(bbox) &&
    bbox.length === 4 &&
    typeof bbox[0] === 'number' &&
    typeof bbox[1] === 'number' &&
    typeof bbox[2] === 'number' &&
    typeof bbox[3] === 'number'
  );
}

function boxArea(box: Bbox): number {
  return box[2] * box[3];
}

function boxAround(keypoints: readonly number[], where: string): Bbox {
  if (keypoints.length < 2) {
    throw new CocoError('bad-evaluation-input', {
      where: `${where}.keypoints`,
      expected: phrase`at least one point`,
      found: describe(keypoints),
    });
  }
  const xs = keypoints.filter((_, i) => i % 3 === 0);
  const ys = keypoints.filter((_, i) => i % 3 === 1);
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
  const greatest = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
  return [least(xs), least(ys), greatest(xs) - least(xs), greatest(ys) - least(ys)];
}

/** Of pictures with the same id the last one stands, as in pycocotools. */
function imagesById(groundTruth: CocoDataset): Map<number, CocoImage> {
  return new Map(groundTruth.images.map((image) => [image.id, image]));
}

function imageOf(
  record: CocoAnnotation | CocoResult,
  imageById: ReadonlyMap<number, CocoImage>,
  where: string,
): CocoImage {
  const image = imageById.get(record.image_id);
  if (image !== undefined) return image;
  throw new CocoError('bad-evaluation-input', {
    where: `${where}.image_id`,
    expected: phrase`the id of a picture, whose size its mask needs`,
    found: describe(record.image_id),
  });
}

function describe(value: unknown): Words {
  const text = JSON.stringify(value);
  if (text === undefined) return phrase`nothing`;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
