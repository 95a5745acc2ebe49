// Whether a mistake that was slipped in stands as it was proposed. Pure.

import { bboxIou, type SlippedKind } from '@migaki/coco';
import type { AnnotationFields } from '../annotations/annotation-record.ts';
import type { AnnotationState } from '../database/tables.ts';

export interface SlippedIn {
  kind: SlippedKind;
  annotationId: number | null;
  shown: AnnotationFields | null;
  truth: AnnotationFields | null;
}

/** An object of the picture. */
export interface StandingObject {
  annotationId: number;
  state: AnnotationState;
  categoryId: number | null;
  /** `[x, y, width, height]` in pixels. */
  bbox: readonly number[] | null;
}

/** From this overlap (IoU) on two boxes are of one object. */
const sameObjectIou = 0.5;
/** Pixels: databases and browsers round. */
const sameSide = 0.01;

export interface StandsOptions {
  /** States in which a wrong object counts. Default: accepted. */
  wrong?: readonly AnnotationState[];
  /** States in which an object says something of the place of one that was left out. Default: accepted. */
  deciding?: readonly AnnotationState[];
}

const accepted = ['accepted'] as const;

/**
 * Whether a mistake stands among the labels of a picture: accepted as it was proposed, in what is wrong with it, or still left
 * out. An object that is drawn where one was left out is found whatever category it is of.
 *
 * @param objects all that are live on the picture
 */
export function stands(
  { kind, annotationId, shown, truth }: SlippedIn,
  objects: readonly StandingObject[],
  { wrong = accepted, deciding = accepted }: StandsOptions = {},
): boolean {
  if (kind === 'overlooked') {
    const box = truth?.bbox as number[];
    return !objects.some(
      ({ state, bbox }) =>
        deciding.includes(state) && bbox !== null && bboxIou(bbox, box, false) >= sameObjectIou,
    );
  }
  const object = objects.find((each) => each.annotationId === annotationId);
  if (object === undefined || !wrong.includes(object.state)) return false;
  if (kind === 'swapped') return object.categoryId === shown?.category_id;
  const box = shown?.bbox as number[];
  return object.bbox?.every((side, i) => Math.abs(side - box[i]) < sameSide) ?? false;
}
