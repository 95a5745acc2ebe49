// What a person does to objects, pictures and what is said of them, one thing at a time.

import type { AnnotationState, ImageStatus } from '../database/tables.ts';
import type { NewComment } from '../review/change-comments.ts';
import type { AnnotationFields } from './annotation-record.ts';

/** Fields of an annotation are those of COCO; `id` and `image_id` are not among them. */
export type ObjectEdit =
  | {
      do: 'add';
      imageId: number;
      fields: AnnotationFields;
      /** Default `human`. */
      origin?: string;
      /** Default `accepted`. */
      state?: AnnotationState;
    }
  /**
   * Gives fields another value; null takes a field away. Without origin and state, what a model proposed becomes a
   * person's own, and accepted.
   */
  | ({ do: 'change'; annotationId: number; seenBorn?: number } & Revision)
  /** Brings a removed annotation back under its id; fields that are not given are as they were. */
  | ({ do: 'restore'; annotationId: number } & Revision)
  | { do: 'remove' | 'accept' | 'reject'; annotationId: number; seenBorn?: number };

/** How an annotation goes on. Origin and state that are not given follow from what is done. */
export interface Revision {
  fields: AnnotationFields;
  origin?: string;
  state?: AnnotationState;
}

export type ImageEdit =
  | { do: 'set-status'; imageId: number; status: ImageStatus }
  | { do: 'tag'; imageId: number; add?: readonly string[]; remove?: readonly string[] }
  /** The picture needs more work: it is in progress again, and a comment says why. */
  | { do: 'reject-image'; imageId: number; comment: NewComment };

export type ReviewEdit =
  | { do: 'review'; annotationId: number; seenBorn?: number; isReviewed: boolean }
  /** The whole picture, with the objects that are on it. */
  | { do: 'review-image'; imageId: number; isReviewed: boolean };

export type CommentEdit =
  | { do: 'comment'; imageId: number; comment: NewComment }
  | { do: 'edit-comment'; commentId: string; text: string }
  | { do: 'resolve-comment'; commentId: string; isResolved: boolean }
  | { do: 'remove-comment'; commentId: string };

export type Edit = ObjectEdit | ImageEdit | ReviewEdit | CommentEdit;
