// How alike a detection and a truth are: one function per kind of evaluation.
// Sources: `computeIoU` and `computeOks` of pycocotools 2.0.11; OKS is defined at
// https://cocodataset.org/#keypoints-eval. Equal to pycocotools to the last bit, save that OKS depends
// on the platform's exp(), which numpy and JavaScript may round differently in that bit.

import { CocoError } from '../coco-error.ts';
import { bboxIou, rleIous } from '../mask/iou.ts';
import { pairwiseSum } from './pairwise-sum.ts';
import type { IouType } from './params.ts';
import type { Prepared } from './prepare.ts';
import type { RowRange } from './rows.ts';

/** Writes the similarity of every detection with every truth into `out`, detection by detection. */
export type Similarity = (detections: RowRange, truths: RowRange, out: Float64Array) => void;

const similarityByIouType: Record<IouType, (prepared: Prepared) => Similarity> = {
  bbox: boxSimilarity,
  segm: maskSimilarity,
  keypoints: keypointSimilarity,
};

/**
 * The similarity that the params ask for. Masks are converted only where a detection meets a truth, so a
 * broken mask that is never compared stays unnoticed.
 * @throws CocoError (the function returned does) where an object lacks what is compared
 */
export function similarityFor(prepared: Prepared): Similarity {
  return similarityByIouType[prepared.params.iouType](prepared);
}

function boxSimilarity({ truths, detections }: Prepared): Similarity {
  return (detectionRange, truthRange, out) => {
    let next = 0;
    for (let d = 0; d < detectionRange.count; d++) {
      const box = detections.shapes.box(detections.record[detectionRange.first + d]);
      for (let t = 0; t < truthRange.count; t++) {
        const truth = truthRange.first + t;
        const truthBox = truths.shapes.box(truths.record[truth]);
        out[next++] = bboxIou(box, truthBox, truths.crowd[truth] === 1);
      }
    }
  };
}

function maskSimilarity({ truths, detections }: Prepared): Similarity {
  return (detectionRange, truthRange, out) => {
    const detectionMasks = Array.from({ length: detectionRange.count }, (_, d) =>
      detections.shapes.mask(detections.record[detectionRange.first + d]),
    );
    const truthMasks = Array.from({ length: truthRange.count }, (_, t) =>
      truths.shapes.mask(truths.record[truthRange.first + t]),
    );
    const crowds = Array.from(
      { length: truthRange.count },
      (_, t) => truths.crowd[truthRange.first + t] === 1,
    );
    out.set(rleIous(detectionMasks, truthMasks, crowds));
  };
}

/** `numpy.spacing(1)`: keeps an area of 0 from dividing by 0. */
const epsilon = Number.EPSILON;

function keypointSimilarity({ params, truths, detections }: Prepared): Similarity {
  const sigmas = params.keypointSigmas;
  const variances = sigmas.map((sigma) => (sigma * 2) ** 2);
  const terms = new Float64Array(sigmas.length);

  /** Mean over the labelled keypoints of how near the detection has put each. */
  const ofLabelled = (found: readonly number[], truth: readonly number[], area: number) => {
    let count = 0;
    for (let k = 0; k < sigmas.length; k++) {
      if (!(truth[3 * k + 2] > 0)) continue;
      const dx = found[3 * k] - truth[3 * k];
      const dy = found[3 * k + 1] - truth[3 * k + 1];
      terms[count++] = Math.exp(-((dx * dx + dy * dy) / variances[k] / (area + epsilon) / 2));
    }
    return pairwiseSum(terms, 0, count) / count;
  };

  /** Where no keypoint is labelled: how near they lie to the box, made three times as large. */
  const ofUnlabelled = (found: readonly number[], box: ArrayLike<number>, area: number) => {
    const [x, y, width, height] = [box[0], box[1], box[2], box[3]];
    const [minX, maxX, minY, maxY] = [x - width, x + width * 2, y - height, y + height * 2];
    for (let k = 0; k < sigmas.length; k++) {
      const dx = Math.max(0, minX - found[3 * k]) + Math.max(0, found[3 * k] - maxX);
      const dy = Math.max(0, minY - found[3 * k + 1]) + Math.max(0, found[3 * k + 1] - maxY);
      terms[k] = Math.exp(-((dx * dx + dy * dy) / variances[k] / (area + epsilon) / 2));
    }
    return pairwiseSum(terms, 0, sigmas.length) / sigmas.length;
  };

  return (detectionRange, truthRange, out) => {
    for (let t = 0; t < truthRange.count; t++) {
      const row = truthRange.first + t;
      const position = truths.record[row];
      const truth = truths.shapes.keypoints(position);
      const isLabelled = truth.some((value, i) => i % 3 === 2 && value > 0);
      if (isLabelled) checkCount(truth, sigmas.length, 'a truth');
      const box = isLabelled ? null : truths.shapes.box(position);
      for (let d = 0; d < detectionRange.count; d++) {
        const found = detections.shapes.keypoints(detections.record[detectionRange.first + d]);
        if (t === 0) checkCount(found, sigmas.length, 'a result');
        out[d * truthRange.count + t] =
          box === null
            ? ofLabelled(found, truth, truths.area[row])
            : ofUnlabelled(found, box, truths.area[row]);
      }
    }
  };
}

/** A last visibility may be missing: only a truth's is looked at. */
function checkCount(keypoints: readonly number[], count: number, whose: string): void {
  if (
    keypoints.length === 3 * count ||
    (whose === 'a result' && keypoints.length === 3 * count - 1)
  )
    return;
  throw new CocoError('bad-evaluation-input', {
    where: `the keypoints of ${whose}`,
    expected: `${count} keypoints of x, y and visibility, as there are ${count} sigmas`,
    found: `${keypoints.length} numbers`,
    advice: 'Give one keypointSigma for each keypoint of the category.',
  });
}
