// What people say of pictures and objects. It is written, edited, settled and deleted by edits, see `applyEdits`.

import { z } from 'zod';
import { route } from '../route.ts';
import { id, imageParams, timestamp } from './common.ts';

export const commentId = z.uuid();
export const commentText = z.string().trim().min(1).max(10_000);

export const comment = z.object({
  id: commentId,
  text: z.string(),
  author: z.string(),
  writtenAt: timestamp,
  /** Null where the text is as it was written. */
  editedAt: timestamp.nullable(),
});
export type Comment = z.infer<typeof comment>;

export const commentThread = comment.extend({
  imageId: id,
  /** The object that it is about. */
  annotationId: id.nullable(),
  /** Where it is pinned, pixels of the picture; null for what is said of all of it. */
  at: z.tuple([z.number(), z.number()]).nullable(),
  /** Who settled it; null while it is open. */
  resolved: z.object({ by: z.string(), at: timestamp }).nullable(),
  /** The first one first. */
  replies: z.array(comment),
});
export type CommentThread = z.infer<typeof commentThread>;

export const commentRoutes = {
  listComments: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/images/:imageId/comments',
    summary: 'The threads of comments on an image, those that are open first',
    permission: 'read',
    params: imageParams,
    response: z.object({ threads: z.array(commentThread) }),
  }),
};
