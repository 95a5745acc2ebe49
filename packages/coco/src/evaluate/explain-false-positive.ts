// Why a detection is wrong: what it has missed, and by how much.

import type { FalsePositiveReason } from './diagnosis.ts';
import { effectiveThreshold, unmatched } from './match.ts';
import type { MatchedPicture } from './match-pictures.ts';
import type { Prepared } from './prepare.ts';

/** `truth` is the row of the truth that the reason is about, or `unmatched`. */
export interface Explanation {
  reason: FalsePositiveReason;
  truth: number;
}

/**
 * The first reason of `falsePositiveReasons` that fits a detection which has found no truth, or none that
 * counts.
 * @param ignored by truth row: those that explain nothing
 */
export function explainFalsePositive(
  picture: MatchedPicture,
  detection: number,
  { truths, detections }: Prepared,
  ignored: Uint8Array,
  iouThreshold: number,
  localisationThreshold: number,
): Explanation {
  const found = picture.truthFoundBy(detection);
  if (found !== unmatched) return { reason: 'annotation id 0', truth: found };

  const ofItsCategory = { truth: unmatched, similarity: Number.NEGATIVE_INFINITY };
  const ofAnother = { truth: unmatched, similarity: Number.NEGATIVE_INFINITY };
  const { first, count } = picture.truths;
  for (let truth = first; truth < first + count; truth++) {
    if (ignored[truth] === 1) continue;
    const isOfItsCategory = truths.category[truth] === detections.category[detection];
    const nearest = isOfItsCategory ? ofItsCategory : ofAnother;
    const similarity = picture.similarity(detection, truth);
    if (similarity > nearest.similarity) Object.assign(nearest, { truth, similarity });
  }

  const threshold = effectiveThreshold(iouThreshold);
  // Free it cannot be, or the detection had found it.
  if (ofItsCategory.similarity >= threshold) {
    return { reason: 'duplicate', truth: ofItsCategory.truth };
  }
  if (ofAnother.similarity >= threshold) return { reason: 'wrong class', truth: ofAnother.truth };
  if (ofItsCategory.similarity >= localisationThreshold) {
    return { reason: 'badly placed', truth: ofItsCategory.truth };
  }
  return { reason: 'background', truth: unmatched };
}
