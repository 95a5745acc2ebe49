// Poses: keypoints with a visibility, in the order of their category's names.

import { carriedPose } from '@migaki/coco';
import { type ObjectFields, reshape } from '../document/annotation-object.ts';
import { categoryOf, type Document } from '../document/document.ts';
import type { ImagePoint } from '../geometry/point.ts';
import type { Reshaped } from './transform.ts';

/** As COCO has it: not labelled, labelled but hidden, visible. */
export type Visibility = 0 | 1 | 2;

/** The pose with one point set; points that are not labelled are all zeros, as COCO writes them. */
export function withKeypoint(
  keypoints: readonly number[] | null,
  count: number,
  index: number,
  { x, y }: ImagePoint,
  visibility: Visibility,
): number[] {
  const set = Array.from({ length: 3 * count }, (_, i) => keypoints?.[i] ?? 0);
  set.splice(3 * index, 3, ...(visibility === 0 ? [0, 0, 0] : [x, y, visibility]));
  return set;
}

/** The pose with one labelled point visible, hidden, or not labelled any more. */
export function withKeypointVisibility(
  keypoints: readonly number[],
  index: number,
  visibility: Visibility,
): number[] {
  const [x, y] = keypoints.slice(3 * index, 3 * index + 2);
  return withKeypoint(keypoints, Math.floor(keypoints.length / 3), index, { x, y }, visibility);
}

/** What of a pose changes with the category, by the rule that the server has, too; null where it stays as it is. */
export function poseInCategory(
  document: Pick<Document, 'categories'>,
  object: ObjectFields,
  categoryId: number,
): { fields: Partial<ObjectFields>; lost: readonly string[] } | null {
  const { keypoints, bbox, segmentation } = object;
  if (keypoints === null || object.categoryId === categoryId) return null;
  const [before, after] = [object, { categoryId }].map(
    (each) => categoryOf(document, each)?.keypoints,
  );
  const pose = { keypoints, bbox, isOutlined: segmentation !== null };
  const carried = carriedPose(pose, before, after);
  if (carried === null) return null;
  const box = carried.bbox === bbox ? {} : reshape(object, { keypoints: null, bbox: carried.bbox });
  return { fields: { ...box, keypoints: carried.keypoints }, lost: carried.lost };
}

/** One labelled point at another place; null where the object has no such point. */
export function withKeypointMoved(
  pose: ObjectFields,
  index: number,
  to: ImagePoint,
): Reshaped | null {
  const { keypoints } = pose;
  const visibility = keypoints?.[3 * index + 2] ?? 0;
  if (keypoints === null || visibility === 0) return null;
  const moved = keypoints.toSpliced(3 * index, 2, to.x, to.y);
  return reshape(pose, { keypoints: moved });
}

/** Indices of the points that are labelled. */
export const labelledKeypoints = (
  pose: Partial<Pick<ObjectFields, 'keypoints'>> | undefined,
): number[] =>
  (pose?.keypoints ?? []).flatMap((value, at) => (at % 3 === 2 && value > 0 ? (at - 2) / 3 : []));

/** The first point that is neither labelled nor left out, looking on from the last one labelled; null when done. */
export function nextKeypoint(
  { keypoints }: Pick<ObjectFields, 'keypoints'>,
  count: number,
  skipped: readonly number[],
): number | null {
  const isLabelled = (index: number) => (keypoints?.[3 * index + 2] ?? 0) > 0;
  const indices = Array.from({ length: count }, (_, index) => index);
  const last = indices.findLast(isLabelled) ?? -1;
  const open = indices.filter((index) => !isLabelled(index) && !skipped.includes(index));
  return open.find((index) => index > last) ?? open[0] ?? null;
}
