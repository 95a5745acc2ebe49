// What can be done to an object, to all of a picture, or to a selection by one key: what the server is told, and what is
// shown at once. Pure.

import type { BulkAction, Edit } from '@migaki/api';
import {
  type ImageChange,
  type KnownObject,
  type ObjectChange,
  withObjectChange,
} from './changes.ts';

export type Verb =
  | { do: 'accept' | 'reject' | 'delete' | 'review' }
  | { do: 'categorize'; categoryId: number };

/** An object that something is done to. `born` guards it, unless this tab has changed it itself just now. */
export interface ActedObject extends KnownObject {
  born: number;
}

/** An image that something is done to. */
export interface ActedImage {
  id: number;
  proposalCount: number;
  isReviewed: boolean;
}

export interface Act {
  change: (before: ImageChange) => ImageChange;
  request: { edit: Edit } | { action: BulkAction };
}

/** Null where there is nothing to do: it is so already. */
export function actOnObject(
  verb: Verb,
  object: ActedObject,
  { isOwn }: { isOwn: boolean },
): Act | null {
  const { id: annotationId, state, isReviewed } = object;
  const guard = isOwn ? {} : { born: object.born };
  const act = (edit: Edit, change: ObjectChange): Act => ({
    request: { edit },
    change: (image) => withObjectChange(image, object, change),
  });
  switch (verb.do) {
    case 'accept':
      // What is accepted already is right as it is: somebody has looked at it.
      if (state === 'accepted') {
        return isReviewed ? null : actOnObject({ do: 'review' }, object, { isOwn });
      }
      return act(
        { type: 'accept', annotationId, ...guard },
        { state: 'accepted', isReviewed: true },
      );
    case 'reject':
      if (state === 'rejected') return null;
      return act(
        { type: 'reject', annotationId, ...guard },
        { state: 'rejected', isReviewed: true },
      );
    case 'delete':
      return act({ type: 'delete', annotationId, ...guard }, { isDeleted: true });
    case 'categorize': {
      const { categoryId } = verb;
      if (object.categoryId === categoryId && state === 'accepted') return null;
      const fields = { categoryId };
      return act(
        { type: 'change', annotationId, ...guard, fields },
        { categoryId, isReviewed: true },
      );
    }
    case 'review':
      // A proposal is decided on, not marked.
      if (state === 'proposed') return null;
      return act(
        { type: 'reviewObject', annotationId, ...guard, isReviewed: !isReviewed },
        { isReviewed: !isReviewed },
      );
  }
}

/** The same to all of a picture: its proposals, its objects, itself. */
export function actOnImage(verb: Verb, image: ActedImage): Act | null {
  const { id: imageId, isReviewed } = image;
  const review = (isNow: boolean): Act => ({
    request: { edit: { type: 'reviewImage', imageId, isReviewed: isNow } },
    change: (before) => ({ ...before, isReviewed: isNow }),
  });
  const decided = (proposals: ImageChange['proposals']) => (before: ImageChange) => ({
    ...before,
    proposals,
    decidedCount: before.decidedCount + image.proposalCount,
  });
  switch (verb.do) {
    case 'accept':
      if (image.proposalCount === 0) return isReviewed ? null : review(true);
      return {
        request: { action: { type: 'acceptObjects' } },
        change: decided('accepted'),
      };
    case 'reject':
      if (image.proposalCount === 0) return null;
      return {
        request: { action: { type: 'rejectObjects' } },
        change: decided('rejected'),
      };
    case 'review':
      return review(!isReviewed);
    default:
      // These are told to the server as for any selection: see `bulkActionOf`.
      return null;
  }
}

/** The same to a selection of images or objects. */
export function bulkActionOf(verb: Verb, of: 'images' | 'objects'): BulkAction {
  switch (verb.do) {
    case 'accept':
      return { type: 'acceptObjects' };
    case 'reject':
      return { type: 'rejectObjects' };
    case 'delete':
      return { type: of === 'images' ? 'deleteImages' : 'deleteObjects' };
    case 'categorize':
      return { type: 'setCategory', to: verb.categoryId };
    case 'review':
      return { type: of === 'images' ? 'reviewImages' : 'reviewObjects', isReviewed: true };
  }
}
