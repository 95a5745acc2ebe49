// Who changed what of one image or one object, and when. Any of these revisions can be taken back, see `undoRevision`.

import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, id, imageParams, pageOf, pageQuery } from './common.ts';
import { revisionEntry } from './edits.ts';
import { annotation } from './images.ts';

/** `extra`: fields of a COCO file that this API has no name for. `picture`: its SHA-256. */
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

export const imageHistoryEntry = revisionEntry.extend({
  /** Whether the image itself came or went. */
  image: z.enum(['added', 'removed']).nullable(),
  fields: z.array(fieldChange),
  objects: z.object({ added: count, removed: count, changed: count }),
});
export type ImageHistoryEntry = z.infer<typeof imageHistoryEntry>;

export const objectHistoryEntry = revisionEntry.extend({
  change: z.enum(['added', 'changed', 'removed']),
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
};
