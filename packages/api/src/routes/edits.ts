// Changes to annotations and images. Every call is one transaction and one revision.

import { z } from 'zod';
import { route } from '../route.ts';
import { commentId, commentText } from './comments.ts';
import {
  annotationState,
  datasetParams,
  editKey,
  id,
  imageStatus,
  queryText,
  sessionId,
  timestamp,
} from './common.ts';
import { datasetName } from './datasets.ts';
import { geometry } from './images.ts';

const annotationFields = geometry.partial().extend({
  categoryId: id.nullable().optional(),
  caption: z.string().nullable().optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
  area: z.number().nullable().optional(),
  num_keypoints: z.number().int().nullable().optional(),
  score: z.number().nullable().optional(),
});

/** Whose work an object is and what became of it. By default what a person changes is theirs, and accepted. */
const provenance = {
  origin: z.string().optional(),
  state: annotationState.optional(),
};
const born = z.number().int().optional();

const newComment = {
  /** A UUID of the caller's own. */
  commentId,
  text: commentText,
  /** Where it is pinned, pixels of the picture; nothing for what is said of all of it. */
  at: z.tuple([z.number(), z.number()]).optional(),
  /** The object that it is about. */
  annotationId: id.optional(),
  /** A comment of the thread that it goes on with. */
  replyTo: commentId.optional(),
};

/** One change. `born` of a changed object guards against overwriting what someone else did meanwhile. */
export const edit = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('add'),
    imageId: id,
    fields: annotationFields,
    ...provenance,
  }),
  z.object({
    type: z.literal('change'),
    annotationId: id,
    born,
    fields: annotationFields,
    ...provenance,
  }),
  /** Brings a deleted object back under its id; fields that are not given are as they were. */
  z.object({
    type: z.literal('restore'),
    annotationId: id,
    fields: annotationFields,
    ...provenance,
  }),
  z.object({ type: z.literal('delete'), annotationId: id, born }),
  z.object({ type: z.literal('accept'), annotationId: id, born }),
  z.object({ type: z.literal('reject'), annotationId: id, born }),
  z.object({ type: z.literal('setStatus'), imageId: id, status: imageStatus }),
  /** The picture needs more work: its status is `in_progress` again, and the comment says why. */
  z.object({ type: z.literal('rejectImage'), imageId: id, ...newComment }),
  /** Somebody has looked at the whole picture and at all that is on it, or takes that back. */
  z.object({ type: z.literal('reviewImage'), imageId: id, isReviewed: z.boolean() }),
  /** The same of one object. A proposal is accepted or rejected instead. */
  z.object({ type: z.literal('reviewObject'), annotationId: id, born, isReviewed: z.boolean() }),
  z.object({ type: z.literal('comment'), imageId: id, ...newComment }),
  /** Of one's own comment. */
  z.object({ type: z.literal('editComment'), commentId, text: commentText }),
  /** Settles the thread of a comment, or opens it again. */
  z.object({ type: z.literal('resolveComment'), commentId, isResolved: z.boolean() }),
  /** One's own comment; with the first of a thread the whole thread, as long as nobody else has said anything there. */
  z.object({ type: z.literal('deleteComment'), commentId }),
]);
export type Edit = z.infer<typeof edit>;

export const imageSelection = z.union([
  z.object({ q: queryText }),
  z.object({ imageIds: z.array(id).min(1).max(100_000) }),
]);
export type ImageSelection = z.infer<typeof imageSelection>;

/** What a bulk action is done to. */
export const selection = z.union([
  ...imageSelection.options,
  z.object({ annotationIds: z.array(id).min(1).max(100_000) }),
]);
export type Selection = z.infer<typeof selection>;

/**
 * Those on objects act on every object of the selected images where images were selected. Objects are rejected only where
 * they are proposals, unless they are named by their ids.
 */
export const bulkAction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('addTag'), tag: z.string().trim().min(1).max(100) }),
  z.object({ type: z.literal('removeTag'), tag: z.string() }),
  z.object({ type: z.literal('setStatus'), status: imageStatus }),
  z.object({ type: z.literal('deleteImages') }),
  z.object({ type: z.literal('restoreImages') }),
  /** `from`: only objects of that category. */
  z.object({ type: z.literal('setCategory'), to: id, from: id.optional() }),
  z.object({ type: z.literal('deleteObjects') }),
  z.object({ type: z.literal('restoreObjects') }),
  z.object({ type: z.literal('acceptObjects') }),
  z.object({ type: z.literal('rejectObjects') }),
  z.object({ type: z.literal('reviewImages'), isReviewed: z.boolean() }),
  /** Proposals are passed over. */
  z.object({ type: z.literal('reviewObjects'), isReviewed: z.boolean() }),
  z.object({ type: z.literal('rejectImages'), text: commentText }),
]);
export type BulkAction = z.infer<typeof bulkAction>;

export const revisionEntry = z.object({
  revision: z.number().int(),
  kind: z.string(),
  author: z.string(),
  note: z.string(),
  at: timestamp,
});

/** Everything was so already: `revision` is then the dataset's own, not one that this call made. */
const isUnchanged = z.boolean();

/** Names of the keypoints that objects have lost, since their new category has none of that name. */
const lostKeypoints = z.array(z.string()).optional();

export const editRoutes = {
  applyEdits: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/edits',
    summary: 'Change annotations, images and comments, all or nothing',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      key: editKey,
      sessionId: sessionId.optional(),
      edits: z.array(edit).min(1).max(10_000),
    }),
    response: z.object({
      revision: z.number().int(),
      isUnchanged,
      /** Id of the object of each edit, in order; null for edits of images and comments. */
      annotationIds: z.array(id.nullable()),
      lostKeypoints,
    }),
  }),
  applyBulk: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/bulk',
    summary: 'Do one thing to every image or object of a selection',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      key: editKey,
      sessionId: sessionId.optional(),
      selection,
      action: bulkAction,
    }),
    response: z.object({
      revision: z.number().int(),
      isUnchanged,
      /** Images that were themselves changed, deleted or restored. */
      imageCount: z.number().int(),
      /** Objects that were, by themselves or with their images. */
      objectCount: z.number().int(),
      lostKeypoints,
      /** Of `reviewImages`: pictures of the selection that count as looked over now, and those on which proposals are open. */
      review: z
        .object({ reviewedImages: z.number().int(), openImages: z.number().int() })
        .optional(),
    }),
  }),
  countOtherCategories: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/bulk/categories',
    summary: 'What `setCategory` would change of a selection, category by category',
    permission: 'read',
    params: datasetParams,
    body: z.object({ selection, to: id }),
    response: z.object({
      objectCount: z.number().int(),
      imageCount: z.number().int(),
      /** Those of most objects first; null stands for objects without a category. */
      categories: z.array(
        z.object({
          categoryId: id.nullable(),
          objectCount: z.number().int(),
          imageCount: z.number().int(),
        }),
      ),
    }),
  }),
  undoRevision: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/revisions/:revision/undo',
    summary:
      'Take one revision back, by a new one; that of a move to another dataset on both sides, or on neither',
    permission: 'annotate',
    params: datasetParams.extend({ revision: id }),
    body: z.object({
      key: editKey,
      sessionId: sessionId.optional(),
      /** Takes back only what it did to these objects. */
      annotationIds: z.array(id).min(1).max(10_000).optional(),
    }),
    /** `changed`: images, objects, categories and comments that are as they were before. */
    response: z.object({ revision: z.number().int(), changed: z.number().int() }),
  }),
  undoRevisions: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/revisions/undo',
    summary: 'Take several revisions back, the last one first: all of them, or none',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      revisions: z.array(id).min(1).max(10_000),
      /** The name of the dataset, where it was made for them: it goes with them, unless others have built on it. */
      newDataset: datasetName.optional(),
    }),
    /** The last revision that it took, null where the dataset is gone; and what is as it was before. */
    response: z.object({ revision: z.number().int().nullable(), changed: z.number().int() }),
  }),
};
