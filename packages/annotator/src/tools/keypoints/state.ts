import type { ObjectId } from '../../document/object-map.ts';
import type { ImagePoint } from '../../geometry/point.ts';

/** Between clicks. The pose is the selected object; which point comes next follows from it. */
export interface KeypointsIdle {
  readonly name: 'keypoints.idle';
  /** Points that the person left out of the selected pose, by index. */
  readonly skipped: readonly number[];
}

export interface KeypointsMoving {
  readonly name: 'keypoints.moving';
  readonly id: ObjectId;
  readonly keypoint: number;
  readonly to: ImagePoint;
  readonly skipped: readonly number[];
}

export type KeypointsState = KeypointsIdle | KeypointsMoving;

export const keypointsIdle: KeypointsIdle = { name: 'keypoints.idle', skipped: [] };
