// How alike a detection and a truth are: one function per kind of evaluation.
// Sources: `computeIoU` and `computeOks` of pycocotools 2.0.11; OKS is defined at
// https://cocodataset.org/#keypoints-eval. Equal to pycocotools to the last bit, save that OKS depends
// on the platform's exp(), which numpy and JavaScript may round differently in that bit.

import { CocoError } from '../coco-error.ts';
import { bboxIou, rleIous } from '../mask/iou.ts';
import type { Rle } from '../mask/rle.ts';
import { phrase } from '../phrase.ts';
import { oksFor } from './oks.ts';
import type { IouType } from './params.ts';
import type { Prepared } from './prepare.ts';
import { type RowRange, rowNumbers } from './rows.ts';
import type { Shapes } from './shapes.ts';

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
    let pair = 0;
    for (let d = 0; d < detectionRange.count; d++) {
      const box = detections.shapes.box(detections.record[detectionRange.first + d]);
      for (let t = 0; t < truthRange.count; t++) {
        const truth = truthRange.first + t;
        const truthBox = truths.shapes.box(truths.record[truth]);
        out[pair++] = bboxIou(box, truthBox, truths.crowd[truth] === 1);
      }
    }
  };
}

function maskSimilarity({ truths, detections }: Prepared): Similarity {
  return (detectionRange, truthRange, out) => {
    const crowds: boolean[] = [];
    for (const row of rowNumbers(truthRange)) crowds.push(truths.crowd[row] === 1);
    out.set(rleIous(masksOf(detections, detectionRange), masksOf(truths, truthRange), crowds));
  };
}

function masksOf(
  { shapes, record }: { shapes: Shapes; record: Int32Array },
  range: RowRange,
): Rle[] {
  const masks: Rle[] = [];
  for (const row of rowNumbers(range)) masks.push(shapes.mask(record[row]));
  return masks;
}

/** Object keypoint similarity (OKS). */
function keypointSimilarity({ params, truths, detections }: Prepared): Similarity {
  const keypointCount = params.keypointSigmas.length;
  const { toKeypoints, toBox } = oksFor(params.keypointSigmas);

  const checkCount = (length: number, fits: boolean, where: string) => {
    if (fits) return;
    throw new CocoError('bad-evaluation-input', {
      where: `${where}.keypoints`,
      expected: phrase`${keypointCount} keypoints of three numbers, as there are ${keypointCount} sigmas`,
      found: phrase`${length} numbers`,
      advice: phrase`Give one sigma for each keypoint of the category.`,
    });
  };

  return (detectionRange, truthRange, out) => {
    for (let t = 0; t < truthRange.count; t++) {
      const row = truthRange.first + t;
      const position = truths.record[row];
      const area = truths.area[row];
      const truth = truths.shapes.keypoints(position);
      const isLabelled = truth.some((value, i) => i % 3 === 2 && value > 0);
      if (isLabelled) {
        const { length } = truth;
        checkCount(length, length === 3 * keypointCount, truths.shapes.where(position));
      }
      const box = isLabelled ? [] : truths.shapes.box(position);
      for (let d = 0; d < detectionRange.count; d++) {
        const foundAt = detections.record[detectionRange.first + d];
        const found = detections.shapes.keypoints(foundAt);
        // Of results only x and y are read, so that the last visibility may be missing.
        const fits = Math.ceil(found.length / 3) === keypointCount && found.length % 3 !== 1;
        checkCount(found.length, fits, detections.shapes.where(foundAt));
        out[d * truthRange.count + t] = isLabelled
          ? toKeypoints(found, truth, area)
          : toBox(found, box, area);
      }
    }
  };
}
