// Objects, found and true: which is which, what is wrong with the others, and how precision falls as recall rises.

import {
  confusionMatrix,
  type Diagnosis,
  diagnose,
  evaluate,
  type FalsePositiveReason,
  precisionRecallCurve,
  scoreSteps,
} from '@migaki/coco';
import { cocoTruth, comparedBy, type IouType } from '../metrics/compared-by.ts';
import type { Answered } from '../metrics/score-answers.ts';
import { cocoResults } from '../predict/picture-answer.ts';
import type { ClassName } from '../samples/training-set.ts';
import {
  type ClassRanking,
  type Judged,
  type Judgement,
  type JudgeOptions,
  judgementOf,
  type Outcome,
} from './judgement.ts';

/** At which IoU, or OKS, an object counts as found. */
export const foundFrom = 0.5;

/** Where no detection is right, no threshold is better than another. */
const anyThreshold = 0.5;

/**
 * Pairs found and true objects as a confusion matrix does, whatever their class, from one score on.
 *
 * @param iouType by what they are compared
 */
export function judgeObjects(
  answered: readonly Answered[],
  classes: readonly ClassName[],
  iouType: IouType,
  { scoreThreshold: given, keypointSigmas }: JudgeOptions & { keypointSigmas?: readonly number[] },
): Omit<Judged, 'scores'> {
  const pictures = answered.map(({ picture }) => picture);
  const truth = cocoTruth(pictures, classes);
  const results = answered.flatMap(({ picture, answer }) => cocoResults(answer, picture, classes));
  const compared = results.map((result) => comparedBy(iouType, result));
  const scope = { iouType, ...(keypointSigmas && { keypointSigmas: [...keypointSigmas] }) };
  const everything = diagnose(truth, compared, { ...scope, iouThreshold: foundFrom });
  const scoreThreshold = given ?? bestThreshold(everything);
  const matrix = confusionMatrix(truth, compared, {
    ...scope,
    iouThreshold: foundFrom,
    scoreThreshold,
  });
  const { detections, truths } = diagnose(truth, compared, {
    ...scope,
    iouThreshold: foundFrom,
    scoreThreshold,
  });
  /** How near anything was to each true object. */
  const nearest = new Map(truths.map(({ truthId, iou }) => [truthId, iou]));
  const diagnosed = new Map(detections.map((one) => [one.detectionId, one]));
  const objects = pictures.flatMap((picture) => picture.objects);
  const indexOf = new Map(classes.map(({ categoryId }, index) => [categoryId, index]));

  const judgements = matrix.pairs.map(({ imageId, truthId, detectionId, iou }): Judgement => {
    const result = detectionId === null ? null : results[detectionId - 1];
    const found = result && {
      predictedClass: indexOf.get(result.category_id)!,
      score: result.score,
      predictedBox: corners(result.bbox!),
    };
    const about = (id: number) => ({
      annotationId: objects[id - 1].annotationId,
      trueBox: objects[id - 1].box,
    });
    if (truthId === null) {
      const { reason, truthId: nearId, iou: nearIou } = diagnosed.get(detectionId!) ?? pastLimit;
      const { score } = result!;
      const near = nearId === null ? {} : { ...about(nearId), iou: nearIou };
      return judgementOf({
        imageId,
        outcome: outcomeOf(reason),
        ...found,
        ...near,
        wrongness: score,
      });
    }
    const trueClass = objects[truthId - 1].classIndex;
    const there = { imageId, trueClass, ...about(truthId), iou };
    if (found === null) {
      const near = nearest.get(truthId) ?? 0;
      return judgementOf({ ...there, outcome: 'missed', wrongness: 1 - near / 2 });
    }
    return found.predictedClass === trueClass
      ? judgementOf({ ...there, ...found, outcome: 'matched', wrongness: (1 - iou) / 2 })
      : judgementOf({ ...there, ...found, outcome: 'wrong class', wrongness: found.score });
  });

  const size = matrix.classes.length;
  const evaluation = evaluate(truth, compared, { ...scope, iouThresholds: [foundFrom] });
  return {
    judgements,
    scoreThreshold,
    confusion: Array.from({ length: size }, (_, row) => [
      ...matrix.counts.subarray(row * size, (row + 1) * size),
    ]),
    curves: classes.map(({ categoryId }) => {
      const curve = precisionRecallCurve(evaluation, { categoryId, iouThreshold: foundFrom });
      return curve?.points.filter(({ score }) => score !== null) ?? [];
    }) as Judged['curves'],
    rankings: rankingsOf(everything, classes),
    calibration: [],
  };
}

/** More than a hundred of one class in one picture are not diagnosed. */
const pastLimit = { reason: 'background', truthId: null, iou: 0 } as const;

/** Of a found object without a partner: where it lies on a true one, whatever that is called, another has found that already. */
function outcomeOf(reason: FalsePositiveReason | null): Outcome {
  return reason === 'badly placed' || reason === 'background' ? reason : 'duplicate';
}

/**
 * The score from which on F1 is greatest, over all classes together.
 *
 * Detections are matched in the order of their scores, so what stands above a threshold does not depend on what is below it.
 */
function bestThreshold({ detections, truths }: Diagnosis): number {
  const counted = detections
    .filter(({ outcome }) => outcome !== 'ignored')
    .sort((a, b) => b.score - a.score);
  const truthCount = truths.filter(({ outcome }) => outcome !== 'ignored').length;
  let hits = 0;
  let best = { f1: 0, score: anyThreshold };
  for (const [i, { outcome, score }] of counted.entries()) {
    if (outcome === 'true positive') hits++;
    if (counted[i + 1]?.score === score) continue;
    const f1 = (2 * hits) / (truthCount + i + 1);
    if (f1 > best.f1) best = { f1, score };
  }
  return best.score;
}

/** By class, with everything that was found and that counts. */
function rankingsOf(
  { detections, categories }: Diagnosis,
  classes: readonly ClassName[],
): ClassRanking[] {
  const found = Map.groupBy(
    detections.filter(({ outcome }) => outcome !== 'ignored'),
    ({ categoryId }) => categoryId,
  );
  const counts = new Map(categories.map(({ categoryId, truths }) => [categoryId, truths]));
  return classes.map(({ categoryId }) => {
    const { matched = 0, missed = 0 } = counts.get(categoryId) ?? {};
    const ofClass = found.get(categoryId) ?? [];
    return {
      truthCount: matched + missed,
      steps: scoreSteps(
        ofClass.map(({ score, outcome }) => ({ score, isRight: outcome === 'true positive' })),
      ),
    };
  });
}

const corners = ([left, top, width, height]: readonly number[]) =>
  [left, top, left + width, top + height] as const;
