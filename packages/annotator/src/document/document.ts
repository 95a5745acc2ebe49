// A picture and all that is said about it: what is saved, and what undo goes back to.

import type { Size } from '../geometry/point.ts';
import type { AnnotationObject } from './annotation-object.ts';
import { ObjectMap } from './object-map.ts';

export interface Category {
  readonly id: number;
  readonly name: string;
  readonly supercategory: string | null;
  /** `#rrggbb`; null for one from the palette. */
  readonly color: string | null;
  /** Names of the keypoints, in order; null for categories without. */
  readonly keypoints: readonly string[] | null;
  /** Edges between keypoints, counted from 1 as COCO does. */
  readonly skeleton: readonly (readonly [from: number, to: number])[] | null;
  /** Of each keypoint the index of the one that it becomes in a mirrored picture. */
  readonly flipIndex?: readonly number[] | null;
}

export type ImageStatus = 'new' | 'in_progress' | 'review' | 'done';

export interface Picture extends Size {
  readonly id: number;
  readonly status: ImageStatus;
}

export interface Document {
  readonly picture: Picture;
  /** In the order of the number keys. Belongs to the dataset: changes come from there, undo leaves it alone. */
  readonly categories: readonly Category[];
  readonly objects: ObjectMap<AnnotationObject>;
}

/** @example documentOf({ id: 7, width: 640, height: 480, status: 'new' }, categories, []); */
export const documentOf = (
  picture: Picture,
  categories: readonly Category[],
  objects: Iterable<AnnotationObject>,
): Document => ({
  picture,
  categories,
  objects: ObjectMap.from(Array.from(objects, (object) => [object.id, object] as const)),
});

export const categoryOf = (
  { categories }: Pick<Document, 'categories'>,
  { categoryId }: Pick<AnnotationObject, 'categoryId'>,
): Category | undefined => categories.find(({ id }) => id === categoryId);
