// Who changed what of one image or one object, and when. Any of these revisions can be taken back, see `undoRevision`.

import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, id, imageParams, pageOf, pageQuery } from './common.ts';
import { revisionEntry } from './edits.ts';
import { annotation } from './images.ts';

/** `extra`: fields of a COCO file that this API has no name for. `picture`: its SHA-256. `reviewed`: by whom. */
export const imageField = z.enum([
  'status',
  'tags',
  'metadata',
  'capturedAt',
  'width',
  'height',
  'extra',
  'picture',
  'source',
  'reviewed',
]);
export type ImageField = z.infer<typeof imageField>;

/** Values are as images have them; null for what was not known. */
export const fieldChange = z.object({
  field: imageField,
  before: z.unknown(),
  after: z.unknown(),
});
export type FieldChange = z.infer<typeof fieldChange>;

const count = z.number().int();

export const objectChange = z.object({
  annotationId: id,
  change: z.enum(['added', 'changed', 'removed']),
  before: annotation.nullable(),
  after: annotation.nullable(),
});
export type ObjectChange = z.infer<typeof objectChange>;

export const imageHistoryEntry = revisionEntry.extend({
  /** Whether the image itself came or went. */
  image: z.enum(['added', 'removed']).nullable(),
  fields: z.array(fieldChange),
  objects: z.object({ added: count, removed: count, changed: count }),
  /** Of these the first twelve, as they were and became. */
  changes: z.array(objectChange),
  /** Objects that somebody marked as looked at, or not. */
  reviewedCount: count,
  comments: z.array(
    z.object({
      change: z.enum(['added', 'changed', 'removed']),
      commentId: z.uuid(),
      text: z.string(),
      isResolved: z.boolean(),
    }),
  ),
});
export type ImageHistoryEntry = z.infer<typeof imageHistoryEntry>;

/** `reviewed` and `unreviewed`: the object is the same, and somebody has looked at it, or said that nobody has. */
export const objectHistoryEntry = revisionEntry.extend({
  change: z.enum(['added', 'changed', 'removed', 'reviewed', 'unreviewed']),
  before: annotation.nullable(),
  after: annotation.nullable(),
});
export type ObjectHistoryEntry = z.infer<typeof objectHistoryEntry>;

export const historyRoutes = {
  getImageHistory: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/images/:imageId/history',
    summary: 'Who changed an image, its fields or its objects, the last change first',
    permission: 'read',
    params: imageParams,
    query: pageQuery,
    response: pageOf(imageHistoryEntry),
  }),
  getObjectHistory: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/objects/:annotationId/history',
    summary: 'Who changed an object, and what it was before and after, the last change first',
    permission: 'read',
    params: datasetParams.extend({ annotationId: id }),
    response: z.object({ items: z.array(objectHistoryEntry) }),
  }),
  listRemovedObjects: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/images/:imageId/removed-objects',
    summary:
      'The objects that were deleted from an image, the last one first; an edit restores them',
    permission: 'read',
    params: imageParams,
    response: z.object({
      items: z.array(
        z.object({
          annotation,
          removed: revisionEntry.pick({ revision: true, author: true, at: true }),
        }),
      ),
    }),
  }),
};
