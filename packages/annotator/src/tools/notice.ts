// What the person is told about what they did, as data: the web app has the words.

import type { ObjectId } from '../document/object-map.ts';

export const noticeCodes = [
  /** The outline was kept as drawn; inside and outside alternate. */
  'crosses-itself',
  /** There was nothing to keep: no area, or all of it outside the picture. */
  'nothing-left',
  /** A line is needed from one side of the object to the other. */
  'drag-across',
  /** A ring has no fewer: without the point it would go as a whole. */
  'three-points',
  /** Alt-click takes a point out of a polygon, and there is none. */
  'no-point',
  'no-category',
  'category-without-keypoints',
  /** The new category has no keypoints of these names. */
  'keypoints-lost',
  /** The tool needs the picture's pixels, which are not there yet. */
  'no-pixels',
  /** The picture is too large to be looked at as a whole: what was found may go on beyond. */
  'cut-to-view',
  'object-locked',
  /** The picture was deleted. */
  'read-only',
  'nothing-selected',
  'nothing-copied',
  /** Exactly the same lies here: a copy over it would not be seen. */
  'already-there',
  /** What is to go onto other pictures has yet to be accepted. */
  'proposals-alone',
  'not-possible-for-shape',
  /** Only polygons have points that can be fewer. */
  'no-polygon',
  /** COCO has crowds as masks alone. */
  'crowd-is-mask',
  'nothing-to-undo',
  'nothing-to-redo',
  /** Somebody else has changed these objects since: undo would take their work back. */
  'undo-refused',
  /** Somebody else changed the object in the middle of a gesture, which ends without effect. */
  'changed-by-other',
  /** Somebody else deleted objects, or the category that they had. */
  'deleted-elsewhere',
  /** The category of these objects was deleted meanwhile. */
  'category-gone',
  /** Pixels or objects of a picture of another size do not fit this one. */
  'other-size',
] as const;
export type NoticeCode = (typeof noticeCodes)[number];

export interface Notice {
  readonly code: NoticeCode;
  readonly ids?: readonly ObjectId[];
  /** Of keypoints. */
  readonly names?: readonly string[];
}
