// Keypoints in formats that keep each of them as a labelled point of its own (labelme, Label Studio). COCO's arrays
// have a place for every keypoint of a category; there, a point that was not labelled is simply not there.

import type { CocoAnnotation, CocoCategory } from '../types.ts';
import type { DatasetBuilder } from './dataset-builder.ts';
import type { LossList } from './loss.ts';
import { objectOf } from './text-file.ts';
import type { WritablePicture } from './writable-dataset.ts';

/** Points by keypoint name. */
export type NamedKeypoints = ReadonlyMap<
  string,
  readonly [x: number, y: number, visibility: number]
>;

/** Collects the keypoints of a dataset while it is read, and writes the arrays when every name is known. */
export class KeypointCollector {
  readonly #names = new Map<string, Set<string>>();
  readonly #poses: { annotation: CocoAnnotation; category: string; keypoints: NamedKeypoints }[] =
    [];

  /** @param value An object of category → list of names, as our writers add it to their files; anything else is passed over. */
  addNames(value: unknown): void {
    for (const [category, names] of Object.entries(objectOf(value) ?? {})) {
      if (!Array.isArray(names)) continue;
      for (const name of names) if (typeof name === 'string') this.#namesOf(category).add(name);
    }
  }

  /** Whether there are annotations whose keypoints are still to be written. */
  get hasPoses(): boolean {
    return this.#poses.length > 0;
  }

  addPose(annotation: CocoAnnotation, category: string, keypoints: NamedKeypoints): void {
    for (const name of keypoints.keys()) this.#namesOf(category).add(name);
    this.#poses.push({ annotation, category, keypoints });
  }

  /** Names come in the order in which they were met. */
  finish({ categories }: DatasetBuilder): void {
    for (const [category, names] of this.#names) {
      if (categories.has(category)) categories.named(category).keypoints = [...names];
    }
    for (const { annotation, category, keypoints } of this.#poses) {
      const names = [...this.#namesOf(category)];
      annotation.keypoints = names.flatMap((name) => keypoints.get(name) ?? [0, 0, 0]);
      annotation.num_keypoints = keypoints.size;
      annotation.iscrowd ??= 0;
    }
  }

  #namesOf(category: string): Set<string> {
    let names = this.#names.get(category);
    if (names === undefined) {
      names = new Set();
      this.#names.set(category, names);
    }
    return names;
  }
}

/** Categories without keypoints are missing. */
export type KeypointNames = ReadonlyMap<CocoCategory, readonly string[]>;

/** A name of its own for each keypoint that a category or one of its annotations has. Changed ones are reported. */
export function keypointNamesOf(
  categories: readonly CocoCategory[],
  pictures: readonly WritablePicture[],
  losses: LossList,
): KeypointNames {
  const counts = new Map(categories.map((category) => [category, category.keypoints?.length ?? 0]));
  for (const { annotations } of pictures) {
    for (const { annotation, category } of annotations) {
      const count = (annotation.keypoints?.length ?? 0) / 3;
      if (count > counts.get(category)!) counts.set(category, count);
    }
  }
  const names = new Map<CocoCategory, readonly string[]>();
  categories.forEach((category, index) => {
    const { keypoints = [] } = category;
    const count = counts.get(category)!;
    if (count === 0) return;
    const isUnique = new Set(keypoints).size === keypoints.length;
    const own = Array.from({ length: count }, (_, i) => {
      return (isUnique && keypoints[i]) || `keypoint_${i + 1}`;
    });
    names.set(category, own);
    if (count !== keypoints.length || own.some((name, i) => name !== keypoints[i])) {
      losses.add('skeleton', `categories[${index}].keypoints`);
    }
  });
  return names;
}

/** What a file says of its categories' keypoints, for `KeypointCollector.addNames`; undefined where they have none. */
export function keypointNamesField(
  { annotations }: WritablePicture,
  names: KeypointNames,
): Record<string, readonly string[]> | undefined {
  const listed = annotations.flatMap(({ category }) => {
    const own = names.get(category);
    return own === undefined ? [] : [[category.name, own] as const];
  });
  return listed.length === 0 ? undefined : Object.fromEntries(listed);
}

export interface NamedPoint {
  name: string;
  x: number;
  y: number;
  isHidden: boolean;
}

/** The labelled keypoints of an annotation; what is lost of the others is reported. */
export function namedPoints(
  { keypoints }: CocoAnnotation,
  names: readonly string[],
  where: string,
  losses: LossList,
): NamedPoint[] {
  if (keypoints === undefined) return [];
  const points: NamedPoint[] = [];
  for (let i = 0; i < keypoints.length; i += 3) {
    const [x, y, visibility] = keypoints.slice(i, i + 3);
    if (visibility > 0) points.push({ name: names[i / 3], x, y, isHidden: visibility === 1 });
    else if (x !== 0 || y !== 0 || visibility !== 0) losses.add('keypoints', where);
    if (visibility > 0 && visibility !== 1 && visibility !== 2) {
      losses.add('keypoint-visibility', where);
    }
  }
  // Without a single point nothing tells that there was a place for them.
  if (points.length === 0 || keypoints.length !== 3 * names.length) losses.add('keypoints', where);
  return points;
}

/** A point that is an object itself is called like its category, and has no box. */
export function isLonePoint(
  { bbox, segmentation }: CocoAnnotation,
  { name, keypoints }: CocoCategory,
  points: readonly NamedPoint[],
): boolean {
  const isNamedLikeIt = keypoints?.length === 1 && keypoints[0] === name;
  return bbox === undefined && segmentation === undefined && points.length === 1 && isNamedLikeIt;
}
