// What a pose estimator learns from: a detector's boxes, and the keypoints of each object.

import type { Placed } from '../../augment/place.ts';
import type { HostTensor } from '../../loader/host-tensor.ts';
import { detectTargets, sortedObjects } from '../detect/targets.ts';

/** Besides a detector's targets `keypoints` [N,M,3,J]: x, y (pixels of the input) and visibility of J keypoints. */
export function poseTargets(
  placed: readonly Placed[],
  plan: { readonly classCount: number; readonly keypointCount: number },
): Record<string, HostTensor> {
  const { learned, rows } = sortedObjects(placed);
  const count = plan.keypointCount;
  const data = new Float32Array(placed.length * rows * 3 * count);
  learned.forEach((objects, n) => {
    for (const [m, { keypoints }] of objects.entries()) {
      const start = (n * rows + m) * 3 * count;
      for (let k = 0; k < keypoints.length; k++) {
        data[start + (k % 3) * count + Math.floor(k / 3)] = keypoints[k];
      }
    }
  });
  return {
    ...detectTargets(placed, plan),
    keypoints: { type: 'float32', shape: [placed.length, rows, 3, count], data },
  };
}
