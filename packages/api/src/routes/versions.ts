// Named revisions of a dataset, what lies between two of them, and the way back.

import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, id, pageOf, pageQuery, queryText, timestamp } from './common.ts';
import { revisionEntry } from './edits.ts';
import { fieldChange, imageField } from './history.ts';
import { annotation, imageSummary } from './images.ts';

const versionName = z.string().trim().min(1).max(200);

export const version = z.object({
  name: z.string(),
  revision: z.number().int(),
  note: z.string(),
  author: z.string(),
  createdAt: timestamp,
  imageCount: z.number().int(),
  annotationCount: z.number().int(),
});
export type Version = z.infer<typeof version>;

/** Counting ends early: with `isMore` there may be more of them, see `countTouched`. */
const touchedCount = z.object({ count: z.number().int(), isMore: z.boolean() });

export const listedRevision = revisionEntry.extend({
  /** Those that it changed, or of which it changed objects or comments. */
  images: touchedCount,
  objects: touchedCount,
  /** Where its pictures went or came from, with the other dataset as it was called then; null where it is part of no transfer. */
  transfer: z
    .object({
      how: z.enum(['copy', 'move']),
      way: z.enum(['to', 'from']),
      datasetId: id,
      name: z.string(),
    })
    .nullable(),
  /** The revision that it took back; null where it is no such. */
  undone: z.number().int().nullable(),
  /** Only what that did to some objects. */
  isUndoneInPart: z.boolean(),
  /** The revision that took all of it back, and was not itself taken back; null where there is none. */
  takenBackBy: z.number().int().nullable(),
});
export type ListedRevision = z.infer<typeof listedRevision>;

const categoryName = z.object({ categoryId: id, name: z.string() });

/** A version's name, a revision's number, or `now`. */
const revisionReference = z.string().min(1);

export const versionRoutes = {
  listVersions: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/versions',
    summary: 'All versions, the last one first',
    permission: 'read',
    params: datasetParams,
    response: z.object({ versions: z.array(version) }),
  }),
  createVersion: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/versions',
    summary: 'Name the present revision; it stays as it is for good',
    permission: 'manage',
    params: datasetParams,
    body: z.object({ name: versionName, note: z.string().default('') }),
    response: version,
  }),
  getVersionExtent: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/versions/:name/extent',
    summary:
      'How much of a version matched a query then, and the categories that it has: what an export of it would hold',
    permission: 'read',
    params: datasetParams.extend({ name: z.string() }),
    query: z.object({ q: queryText.default('') }),
    response: z.object({
      imageCount: z.number().int(),
      annotationCount: z.number().int(),
      /** Names, in their order. */
      categories: z.array(z.string()),
    }),
  }),
  restoreVersion: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/versions/:name/restore',
    summary: 'Make the dataset as it was in a version, by a new revision',
    permission: 'manage',
    params: datasetParams.extend({ name: z.string() }),
    response: z.object({ revision: z.number().int() }),
  }),
  getDifference: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/difference',
    summary:
      'What was added, removed and changed between two revisions, image by image in the order of their names',
    permission: 'read',
    params: datasetParams,
    query: pageQuery.extend({ from: revisionReference, to: revisionReference }),
    response: pageOf(
      z.object({
        image: imageSummary,
        change: z.enum(['added', 'removed', 'changed']),
        /** What differs of the image itself, where it is there both times. */
        fields: z.array(fieldChange),
        before: z.array(annotation),
        after: z.array(annotation),
      }),
    ).extend({
      images: z.object({
        added: z.number().int(),
        removed: z.number().int(),
        changed: z.number().int(),
      }),
      /** Images of which each field differs; images that came or went are not among them. */
      fields: z.array(z.object({ field: imageField, imageCount: z.number().int() })),
      /** What categories were called at either end, also those that are gone. On the first page. */
      names: z.object({ before: z.array(categoryName), after: z.array(categoryName) }),
      categories: z.array(
        z.object({
          categoryId: id.nullable(),
          added: z.number().int(),
          removed: z.number().int(),
          changed: z.number().int(),
        }),
      ),
    }),
  }),
  listRevisions: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/revisions',
    summary: 'Who changed how much when, and what was taken back, the last change first',
    permission: 'read',
    params: datasetParams,
    query: pageQuery,
    response: pageOf(listedRevision),
  }),
  countTouched: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/revisions/:revision/touched',
    summary: 'How many images and objects a change touched, where the list counts no further',
    permission: 'read',
    params: datasetParams.extend({ revision: id }),
    response: z.object({ imageCount: z.number().int(), objectCount: z.number().int() }),
  }),
};
