// The same objects in the pictures that follow: each gets them in one request of its own, which the app sends, as those
// pictures are not open here.

import { type AnnotationObject, isPictureLabel } from '../document/annotation-object.ts';
import type { Size } from '../geometry/point.ts';
import { additions, copiesOf } from '../operations/copy.ts';
import { noIdentities } from './identities.ts';
import { type ServerEdit, serverEditOf } from './server-edit.ts';

/** One picture of a sequence, as far as propagation needs to know it. */
export interface Frame extends Size {
  readonly imageId: number;
}

export interface Propagation {
  readonly imageId: number;
  readonly edits: readonly ServerEdit[];
  /** How many objects this frame cannot take: masks, where it has another size. */
  readonly leftOut: number;
}

/** What somebody has drawn or accepted goes onto other pictures; what is merely proposed would be taken for decided there. */
export const canPropagate = (object: AnnotationObject): boolean =>
  object.state === 'accepted' && !isPictureLabel(object);

/** @example propagate(selected, document.picture, nextFrames); // one request each, with keys of your own */
export const propagate = (
  objects: readonly AnnotationObject[],
  from: Size,
  frames: readonly Frame[],
): Propagation[] =>
  frames.map((frame) => {
    const { copies, leftOut } = copiesOf(objects, -1, from, frame);
    const edits = additions(copies).map((change) =>
      serverEditOf(change, frame.imageId, noIdentities),
    );
    return { imageId: frame.imageId, edits, leftOut };
  });
