import type { ObjectId } from '../../document/object-map.ts';
import type { ImagePoint } from '../../geometry/point.ts';

/** Points that the person left out, by index: of a pose, or for null of the one that the next click begins. */
export interface Skipped {
  readonly pose: ObjectId | null;
  readonly keypoints: readonly number[];
}

/** Between clicks. The pose is the selected object; which point comes next follows from it. */
export interface KeypointsIdle {
  readonly name: 'keypoints.idle';
  readonly skipped: Skipped;
}

export interface KeypointsMoving {
  readonly name: 'keypoints.moving';
  readonly id: ObjectId;
  readonly keypoint: number;
  readonly to: ImagePoint;
  readonly skipped: Skipped;
}

export type KeypointsState = KeypointsIdle | KeypointsMoving;

export const keypointsIdle: KeypointsIdle = {
  name: 'keypoints.idle',
  skipped: { pose: null, keypoints: [] },
};
