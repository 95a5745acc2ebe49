// What an evaluation is asked to do, and COCO's own defaults for it.
// Defaults and their rounding: `Params` of pycocotools 2.0.11, which takes its thresholds from numpy.linspace.

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';
import type { CocoDataset } from '../types.ts';
import { checkGroundTruth } from './check-records.ts';

/** What two objects are compared by: box overlap, mask overlap, or object keypoint similarity (OKS). */
export type IouType = 'bbox' | 'segm' | 'keypoints';

/** Objects of `min` to `max` square pixels, both included; the others are ignored, not wrong. */
export interface AreaRange {
  label: string;
  min: number;
  max: number;
}

/** Every field but `iouType` has COCO's default. */
export interface EvaluationOptions {
  iouType: IouType;
  /** Default: 0.5, 0.55, …, 0.95. */
  iouThresholds?: readonly number[];
  /** Where precision is sampled. Default: 0, 0.01, …, 1. */
  recallThresholds?: readonly number[];
  /** How many detections of one category count in one picture. Default: 1, 10, 100; keypoints: 20. */
  maxDetections?: readonly number[];
  /** Default: all, small (to 32²), medium (to 96²), large; keypoints: without small. */
  areaRanges?: readonly AreaRange[];
  /** False compares objects whatever their category, as class-agnostic proposals are scored. Default: true. */
  useCategories?: boolean;
  /** Default: every picture of the ground truth. */
  imageIds?: readonly number[];
  /** Default: every category of the ground truth. */
  categoryIds?: readonly number[];
  /** Spread of each keypoint for OKS, in the order of the keypoints. Default: COCO's 17 of a person. */
  keypointSigmas?: readonly number[];
}

/** The options with every default filled in; pictures ascending, and categories too. */
export type EvaluationParams = Required<EvaluationOptions>;

const all: AreaRange = { label: 'all', min: 0, max: 1e5 ** 2 };
const small: AreaRange = { label: 'small', min: 0, max: 32 ** 2 };
const medium: AreaRange = { label: 'medium', min: 32 ** 2, max: 96 ** 2 };
const large: AreaRange = { label: 'large', min: 96 ** 2, max: 1e5 ** 2 };

const defaultsByIouType: Record<
  IouType,
  { maxDetections: readonly number[]; areaRanges: readonly AreaRange[] }
> = {
  bbox: { maxDetections: [1, 10, 100], areaRanges: [all, small, medium, large] },
  segm: { maxDetections: [1, 10, 100], areaRanges: [all, small, medium, large] },
  keypoints: { maxDetections: [20], areaRanges: [all, medium, large] },
};

/** How far each of COCO's keypoints of a person may be off: nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles
 * (https://cocodataset.org/#keypoints-eval). */
export const personSigmas: readonly number[] = [
  0.26, 0.25, 0.25, 0.35, 0.35, 0.79, 0.79, 0.72, 0.72, 0.62, 0.62, 1.07, 1.07, 0.87, 0.87, 0.89,
  0.89,
].map((tenfold) => tenfold / 10);

/**
 * Fills in COCO's defaults, and checks the options and the ground truth they are resolved against.
 * @throws CocoError `bad-evaluation-input` for an option that cannot be meant
 */
export function resolveParams(
  groundTruth: CocoDataset,
  options: EvaluationOptions,
): EvaluationParams {
  const defaults = defaultsByIouType[options.iouType];
  if (defaults === undefined) {
    throw new CocoError('bad-evaluation-input', {
      where: 'iouType',
      expected: phrase`one of ${Object.keys(defaultsByIouType).join(', ')}`,
      found: String(options.iouType),
    });
  }
  checkGroundTruth(groundTruth);
  const useCategories = options.useCategories ?? true;
  const categoryIds = options.categoryIds ?? groundTruth.categories.map((category) => category.id);
  const maxDetections = [...(options.maxDetections ?? defaults.maxDetections)].sort(
    (a, b) => a - b,
  );
  if (maxDetections.length === 0 || !maxDetections.every(isLimit)) {
    throw new CocoError('bad-evaluation-input', {
      where: 'maxDetections',
      expected: phrase`whole numbers from 0`,
      found: JSON.stringify(options.maxDetections),
    });
  }
  return {
    iouType: options.iouType,
    iouThresholds:
      checkedNumbers('iouThresholds', options.iouThresholds) ?? linspace(0.5, 0.95, 10),
    recallThresholds:
      checkedNumbers('recallThresholds', options.recallThresholds) ?? linspace(0, 1, 101),
    maxDetections,
    areaRanges: options.areaRanges ?? defaults.areaRanges,
    useCategories,
    imageIds: ascending(new Set(options.imageIds ?? groundTruth.images.map((image) => image.id))),
    categoryIds: orderedCategories(categoryIds, useCategories, options.categoryIds !== undefined),
    keypointSigmas: checkedNumbers('keypointSigmas', options.keypointSigmas) ?? personSigmas,
  };
}

/** `numpy.linspace`, rounding included: 0.55 comes out as 0.55, 0.6 as 0.6, 0.9 as 0.8999999999999999. */
export function linspace(start: number, stop: number, count: number): number[] {
  const step = (stop - start) / (count - 1);
  return Array.from({ length: count }, (_, index) =>
    index === count - 1 ? stop : index * step + start,
  );
}

/**
 * With categories each counts once. Without, pycocotools lays the objects of the listed categories end
 * to end, so that a repeated category repeats its objects and the caller's order decides ties.
 */
function orderedCategories(
  ids: readonly number[],
  useCategories: boolean,
  givenByCaller: boolean,
): number[] {
  if (useCategories) return ascending(new Set(ids));
  return givenByCaller ? [...ids] : ascending(ids);
}

/** By `<`, which orders ids that are strings too. */
function ascending(ids: Iterable<number>): number[] {
  return [...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function isLimit(value: number): boolean {
  return value >= 0 && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY);
}

function checkedNumbers(
  where: string,
  values: readonly number[] | undefined,
): readonly number[] | undefined {
  const stray = values?.find((value) => typeof value !== 'number' || Number.isNaN(value));
  if (stray === undefined) return values;
  throw new CocoError('bad-evaluation-input', {
    where,
    expected: phrase`numbers`,
    found: JSON.stringify(stray),
  });
}
