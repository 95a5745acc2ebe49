// What people say of a picture and of how far they have looked it over. It is no part of the document and undo leaves it
// alone, but it travels as edits do: in order, once, and as soon as there is a way to the server.

import type { ObjectId } from '../document/object-map.ts';
import { annotationIdOf, type Identities } from '../save/identities.ts';

/** A comment's own part. Its id is a UUID that the app draws. */
interface NewComment {
  readonly commentId: string;
  readonly text: string;
  /** Where it is pinned, pixels of the picture; null for what is said of all of it. */
  readonly at: readonly [x: number, y: number] | null;
  /** The object that it is about. */
  readonly objectId: ObjectId | null;
}

export type Remark =
  | ({ readonly type: 'comment' } & NewComment)
  /** The picture needs more work, and the comment says why. */
  | ({ readonly type: 'reject-picture' } & NewComment)
  | {
      readonly type: 'reply';
      readonly commentId: string;
      readonly text: string;
      readonly replyTo: string;
    }
  | { readonly type: 'edit-comment'; readonly commentId: string; readonly text: string }
  | { readonly type: 'delete-comment'; readonly commentId: string }
  | { readonly type: 'resolve-comment'; readonly commentId: string; readonly isResolved: boolean }
  | { readonly type: 'review-picture'; readonly isReviewed: boolean }
  | { readonly type: 'review-object'; readonly id: ObjectId; readonly isReviewed: boolean };

interface ServerComment {
  commentId: string;
  text: string;
  at?: [number, number];
  annotationId?: number;
  replyTo?: string;
}

/** In the server's words. */
export type ServerRemark =
  | ({ type: 'comment' | 'rejectImage'; imageId: number } & ServerComment)
  | { type: 'editComment'; commentId: string; text: string }
  | { type: 'deleteComment'; commentId: string }
  | { type: 'resolveComment'; commentId: string; isResolved: boolean }
  | { type: 'reviewImage'; imageId: number; isReviewed: boolean }
  | { type: 'reviewObject'; annotationId: number; isReviewed: boolean };

/** @throws Error for a remark on an object that the server was never told of, which is a mistake of the caller's */
export function serverRemarkOf(
  remark: Remark,
  imageId: number,
  identities: Identities,
): ServerRemark {
  const known = (id: ObjectId): number => {
    const annotationId = annotationIdOf(identities, id);
    if (annotationId === undefined) throw new Error(`a remark on object ${id} before it was added`);
    return annotationId;
  };
  switch (remark.type) {
    case 'comment':
    case 'reject-picture': {
      const { commentId, text, at, objectId } = remark;
      return {
        type: remark.type === 'comment' ? 'comment' : 'rejectImage',
        imageId,
        commentId,
        text,
        ...(at !== null && { at: [at[0], at[1]] as [number, number] }),
        ...(objectId !== null && { annotationId: known(objectId) }),
      };
    }
    case 'reply': {
      const { commentId, text, replyTo } = remark;
      return { type: 'comment', imageId, commentId, text, replyTo };
    }
    case 'edit-comment':
      return { type: 'editComment', commentId: remark.commentId, text: remark.text };
    case 'delete-comment':
      return { type: 'deleteComment', commentId: remark.commentId };
    case 'resolve-comment': {
      const { commentId, isResolved } = remark;
      return { type: 'resolveComment', commentId, isResolved };
    }
    case 'review-picture':
      return { type: 'reviewImage', imageId, isReviewed: remark.isReviewed };
    case 'review-object':
      return {
        type: 'reviewObject',
        annotationId: known(remark.id),
        isReviewed: remark.isReviewed,
      };
  }
}
