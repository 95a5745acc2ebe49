// One picture after the other with all its detections and truths, matched at one threshold: what the
// diagnosis and the confusion matrix look at.

import { detectionRange, largestSizes, truthRange } from './groups.ts';
import { allocateCandidates, collectCandidates, matchGroup, unmatched } from './match.ts';
import type { Prepared } from './prepare.ts';
import type { RowRange } from './rows.ts';
import { similarityFor } from './similarity.ts';

/** Valid until the next picture is asked for. */
export interface MatchedPicture {
  readonly detections: RowRange;
  readonly truths: RowRange;
  /** Of two rows of this picture. */
  similarity(detection: number, truth: number): number;
  /** The truth row that a detection row has found, or `unmatched`. */
  truthFoundBy(detection: number): number;
}

/**
 * @param prepared grouped by image
 * @param ignored by truth row: those that a detection takes only where it finds no other
 * @param mayMatch which pairs of rows can be matched at all
 */
export function* matchPictures(
  prepared: Prepared,
  iouThreshold: number,
  ignored: Uint8Array,
  mayMatch: (detection: number, truth: number) => boolean,
): Generator<MatchedPicture> {
  const { truths, detections, groups } = prepared;
  const measure = similarityFor(prepared);
  const room = largestSizes(groups, Number.POSITIVE_INFINITY);
  const similarities = new Float64Array(room.groupPairs);
  const candidates = allocateCandidates(room.groupDetections, room.groupPairs);
  const found = new Int32Array(room.groupDetections);
  const taken = new Uint8Array(truths.record.length);
  const truthOf = new Int32Array(detections.record.length).fill(unmatched);

  for (let group = 0; group < groups.count; group++) {
    const detectionRows = detectionRange(groups, group, Number.POSITIVE_INFINITY);
    const truthRows = truthRange(groups, group);
    if (detectionRows.count > 0 && truthRows.count > 0) {
      measure(detectionRows, truthRows, similarities);
      collectCandidates(candidates, similarities, detectionRows, truthRows, iouThreshold, mayMatch);
      matchGroup(candidates, ignored, truths.crowd, iouThreshold, taken, found);
      for (let i = 0; i < candidates.count; i++) truthOf[candidates.detection[i]] = found[i];
    }
    yield {
      detections: detectionRows,
      truths: truthRows,
      similarity: (detection, truth) =>
        similarities[(detection - detectionRows.first) * truthRows.count + truth - truthRows.first],
      truthFoundBy: (detection) => truthOf[detection],
    };
  }
}
