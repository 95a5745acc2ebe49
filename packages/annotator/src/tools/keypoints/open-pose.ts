// Which keypoint comes next follows from the selected pose and from what was left out of it.

import type { AnnotationObject } from '../../document/annotation-object.ts';
import { categoryOf } from '../../document/document.ts';
import type { ObjectId } from '../../document/object-map.ts';
import { nextKeypoint } from '../../operations/pose.ts';
import { soleSelected } from '../drawing.ts';
import type { ToolContext } from '../tool.ts';
import type { KeypointsIdle, Skipped } from './state.ts';

/** The selected object while it is of a category with keypoints and not all of them are set or left out. */
export function openPose(
  { skipped }: KeypointsIdle,
  context: ToolContext,
): { pose: AnnotationObject; count: number; next: number } | null {
  const pose = soleSelected(context);
  if (pose === undefined) return null;
  const count = categoryOf(context.document, pose)?.keypoints?.length ?? 0;
  const next = nextKeypoint(pose, count, skippedOf(skipped, pose.id));
  return next === null ? null : { pose, count, next };
}

/** @param id null for the pose that the next click begins */
export const skippedOf = ({ pose, keypoints }: Skipped, id: ObjectId | null): readonly number[] =>
  pose === id ? keypoints : [];

/** With which point a new pose begins. Who left out all of them begins with the first. */
export const firstKeypoint = ({ skipped }: KeypointsIdle, count: number): number =>
  nextKeypoint({ keypoints: null }, count, skippedOf(skipped, null)) ?? 0;
