// Object keypoint similarity (OKS), as https://cocodataset.org/#keypoints-eval defines it: `computeOks` of pycocotools 2.0.11.

import { pairwiseSum } from './pairwise-sum.ts';

/** Of a detection's keypoints `[x, y, visibility, …]` with one truth of so many square pixels, from 0 to 1. */
export interface Oks {
  /** By the distances to the labelled keypoints of the truth; NaN where it has none. */
  toKeypoints(found: readonly number[], truth: readonly number[], area: number): number;
  /** Where no keypoint is labelled: by the distances to the truth's box, made three times as large. */
  toBox(found: readonly number[], box: readonly number[], area: number): number;
}

/** `numpy.spacing(1)`: keeps an area of 0 from dividing by 0. */
const epsilon = Number.EPSILON;

/**
 * Mean over keypoints of how near each lies: exp(−distance² / (2 · (2σ)² · area)).
 *
 * @param sigmas the spread of each keypoint beside the size of its object, in the order of the keypoints
 *
 * @example
 * oksFor([0.05]).toKeypoints([13, 20, 2], [10, 20, 2], 900); // 0.61: off by 2σ
 */
export function oksFor(sigmas: readonly number[]): Oks {
  const keypointCount = sigmas.length;
  const variances = sigmas.map((sigma) => (sigma * 2) ** 2);
  const terms = new Float64Array(keypointCount);
  const nearness = (dx: number, dy: number, k: number, area: number) =>
    Math.exp(-((dx * dx + dy * dy) / variances[k] / (area + epsilon) / 2));
  return {
    toKeypoints(found, truth, area) {
      let count = 0;
      for (let k = 0; k < keypointCount; k++) {
        if (!(truth[3 * k + 2] > 0)) continue;
        const dx = found[3 * k] - truth[3 * k];
        const dy = found[3 * k + 1] - truth[3 * k + 1];
        terms[count++] = nearness(dx, dy, k, area);
      }
      return pairwiseSum(terms, 0, count) / count;
    },
    toBox(found, [x, y, width, height], area) {
      const [xMin, xMax, yMin, yMax] = [x - width, x + width * 2, y - height, y + height * 2];
      for (let k = 0; k < keypointCount; k++) {
        const dx = Math.max(0, xMin - found[3 * k]) + Math.max(0, found[3 * k] - xMax);
        const dy = Math.max(0, yMin - found[3 * k + 1]) + Math.max(0, found[3 * k + 1] - yMax);
        terms[k] = nearness(dx, dy, k, area);
      }
      return pairwiseSum(terms, 0, keypointCount) / keypointCount;
    },
  };
}
