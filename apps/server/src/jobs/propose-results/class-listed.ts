import type { AdoptedClass } from '../adopt-categories.ts';

type Edge = [number, number];

const isEdge = (value: unknown): value is Edge =>
  Array.isArray(value) && value.length === 2 && value.every((end) => Number.isInteger(end));

/** A class as a COCO file lists its categories; null for what is none. What is wrong with its keypoints is left out. */
export function classListed(value: unknown): ({ id: number } & AdoptedClass) | null {
  const { id, name, keypoints, skeleton } = (value ?? {}) as Record<string, unknown>;
  if (!Number.isSafeInteger(id) || typeof name !== 'string') return null;
  const points = Array.isArray(keypoints) ? keypoints.filter((one) => typeof one === 'string') : [];
  const edges = Array.isArray(skeleton) ? skeleton.filter(isEdge) : [];
  return { id: id as number, name, keypoints: points, skeleton: edges };
}
