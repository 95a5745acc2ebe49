// What became of every detection and every truth, and why the wrong ones are wrong.
// Which are wrong is checked against `evaluate`, and so against pycocotools.

import type { CocoDataset, CocoResult } from '../types.ts';
import { ignoredTruths, isOutside } from './area-range.ts';
import {
  countPerCategory,
  type DetectionDiagnosis,
  type Diagnosis,
  type TruthDiagnosis,
} from './diagnosis.ts';
import { explainFalsePositive } from './explain-false-positive.ts';
import { detectionRange } from './groups.ts';
import { unmatched } from './match.ts';
import { type MatchedPicture, matchPictures } from './match-pictures.ts';
import { type EvaluationOptions, resolveParams } from './params.ts';
import { type Prepared, prepare } from './prepare.ts';
import { type Rows, rowNumbers } from './rows.ts';

export interface DiagnoseOptions
  extends Pick<EvaluationOptions, 'iouType' | 'imageIds' | 'categoryIds' | 'keypointSigmas'> {
  /** From which similarity on a detection finds a truth. Default: 0.5. */
  iouThreshold?: number;
  /** Detections of a lower score are left out. Default: none are. */
  scoreThreshold?: number;
  /** From which similarity on a miss is near a truth. Default: 0.1. */
  localisationThreshold?: number;
  /** How many detections of one category count in one picture. Default: 100; keypoints: 20. */
  maxDetections?: number;
}

/**
 * Matches detections and truths at one threshold, in COCO's area range `all`, exactly as pycocotools does,
 * and tells for each wrong detection the reason: of several that fit, the first one of
 * `falsePositiveReasons`. Ignored truths explain nothing. Of several truths that fit the reason the one
 * most alike is named.
 *
 * With `iouType: 'segm'` every mask of a picture is compared with every other, so that a broken one throws
 * even where `evaluate` never looks at it.
 *
 * @throws CocoError `bad-evaluation-input` like `evaluate`
 * @example
 * const { detections, categories } = diagnose(groundTruth, results, { iouType: 'bbox' });
 * detections.filter(({ reason }) => reason === 'wrong class');
 */
export function diagnose(
  groundTruth: CocoDataset,
  results: readonly CocoResult[],
  options: DiagnoseOptions,
): Diagnosis {
  const {
    iouThreshold = 0.5,
    scoreThreshold = Number.NEGATIVE_INFINITY,
    localisationThreshold = 0.1,
    maxDetections,
    ...scope
  } = options;
  const limits = maxDetections === undefined ? undefined : [maxDetections];
  const params = resolveParams(groundTruth, { ...scope, maxDetections: limits });
  const prepared = prepare(groundTruth, results, params, 'image');
  const { truths, detections } = prepared;
  const [all] = params.areaRanges;
  const ignored = ignoredTruths(truths, all);
  const { takesPart, belowScore, pastLimit } = chooseDetections(prepared, scoreThreshold);
  const pictures = matchPictures(
    prepared,
    iouThreshold,
    ignored,
    (detection, truth) =>
      takesPart[detection] === 1 && detections.category[detection] === truths.category[truth],
  );

  const truthId = (row: number) => groundTruth.annotations[truths.record[row]].id;
  const detectionId = (row: number) => detections.record[row] + 1;
  const placeOf = (rows: Rows, row: number) => ({
    imageId: params.imageIds[rows.image[row]],
    categoryId: params.categoryIds[rows.category[row]],
  });

  const diagnoseDetection = (picture: MatchedPicture, row: number): DetectionDiagnosis => {
    const found = picture.truthFoundBy(row);
    const isOnIgnored = found !== unmatched && ignored[found] === 1;
    const isHit = found !== unmatched && !isOnIgnored && truths.idIsZero[found] === 0;
    const isIgnored = isOnIgnored || (!isHit && isOutside(detections.area[row], all));
    const { reason, truth } =
      isHit || isIgnored
        ? { reason: null, truth: found }
        : explainFalsePositive(
            picture,
            row,
            prepared,
            ignored,
            iouThreshold,
            localisationThreshold,
          );
    return {
      detectionId: detectionId(row),
      ...placeOf(detections, row),
      score: detections.score[row],
      outcome: isIgnored ? 'ignored' : isHit ? 'true positive' : 'false positive',
      reason,
      truthId: truth === unmatched ? null : truthId(truth),
      iou: truth === unmatched ? 0 : picture.similarity(row, truth),
    };
  };

  const diagnoseTruth = (picture: MatchedPicture, row: number): TruthDiagnosis => {
    const rows = [...rowNumbers(picture.detections)].filter((other) => takesPart[other] === 1);
    const finder =
      ignored[row] === 1 || truths.idIsZero[row] === 1
        ? undefined
        : rows.find((other) => picture.truthFoundBy(other) === row);
    const detection = finder ?? mostAlike(picture, row, rows);
    return {
      truthId: truthId(row),
      ...placeOf(truths, row),
      outcome: ignored[row] === 1 ? 'ignored' : finder === undefined ? 'missed' : 'matched',
      detectionId: detection === unmatched ? null : detectionId(detection),
      iou: detection === unmatched ? 0 : picture.similarity(detection, row),
    };
  };

  const ofDetections: DetectionDiagnosis[] = [];
  const ofTruths: TruthDiagnosis[] = [];
  for (const picture of pictures) {
    for (const row of rowNumbers(picture.detections)) {
      if (takesPart[row] === 1) ofDetections.push(diagnoseDetection(picture, row));
    }
    for (const row of rowNumbers(picture.truths)) ofTruths.push(diagnoseTruth(picture, row));
  }
  return {
    detections: ofDetections,
    truths: ofTruths,
    categories: countPerCategory(params.categoryIds, ofDetections, ofTruths),
    leftOut: {
      belowScore,
      pastLimit,
      otherImageOrCategory: results.length - detections.record.length,
    },
  };
}

/** The detections of a sufficient score, up to the limit for each picture and category. */
function chooseDetections(
  { params, detections, groups }: Prepared,
  scoreThreshold: number,
): { takesPart: Uint8Array; belowScore: number; pastLimit: number } {
  const limit = params.maxDetections.at(-1)!;
  const takesPart = new Uint8Array(detections.record.length);
  const ranked = new Int32Array(params.categoryIds.length);
  let belowScore = 0;
  let pastLimit = 0;
  for (let group = 0; group < groups.count; group++) {
    ranked.fill(0);
    for (const row of rowNumbers(detectionRange(groups, group, Number.POSITIVE_INFINITY))) {
      if (detections.score[row] < scoreThreshold) belowScore++;
      else if (ranked[detections.category[row]]++ >= limit) pastLimit++;
      else takesPart[row] = 1;
    }
  }
  return { takesPart, belowScore, pastLimit };
}

/** The first of the detections that are most like a truth, if they are at all. */
function mostAlike(picture: MatchedPicture, truth: number, detections: readonly number[]): number {
  let nearest = unmatched;
  let greatest = 0;
  for (const detection of detections) {
    const similarity = picture.similarity(detection, truth);
    if (!(similarity > greatest)) continue;
    greatest = similarity;
    nearest = detection;
  }
  return nearest;
}
