// How long people really worked: editors tell of each stretch, statistics sum them up.

import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, id, queryText, sessionId, timestamp } from './common.ts';

/** At most a day: whatever is longer was not active. */
const millis = z.number().min(0).max(86_400_000);
const total = z.number().int();
const seconds = z.array(z.object({ from: z.number(), to: z.number(), count: total }));

export const workStretch = z.object({
  /** The session's own, counting up: a stretch that is sent again is counted once. */
  counter: z.number().int().min(0).max(2_147_483_647),
  /** When it ended. */
  at: timestamp,
  imageId: id,
  millis,
  /** What of it went into which objects. */
  objects: z
    .array(z.object({ annotationId: id, millis }))
    .max(10_000)
    .default([]),
});
export type WorkStretch = z.input<typeof workStretch>;

export const workTime = z.object({
  /** Of all stretches on images that match. */
  millis: total,
  /** Images on which somebody worked. */
  imageCount: total,
  /** What went into objects that are there and match. */
  objectMillis: total,
  objectCount: total,
  /** Who worked most first. */
  users: z.array(z.object({ user: z.string(), millis: total, imageCount: total })),
  /** In order; days are those of UTC, as `2024-05-31`. */
  days: z.array(z.object({ day: z.iso.date(), millis: total, imageCount: total })),
  /** What took longest first; null for objects without a category. */
  categories: z.array(z.object({ categoryId: id.nullable(), millis: total, objectCount: total })),
  /** How many images took how many seconds. */
  perImage: seconds,
  /** How many objects took how many seconds. */
  perObject: seconds,
});
export type WorkTime = z.infer<typeof workTime>;

const view = z.object({ q: queryText.default('') });

export const workTimeRoutes = {
  addWorkTime: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/work-time',
    summary: 'Tell how long somebody worked on pictures and objects',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({ sessionId, stretches: z.array(workStretch).min(1).max(1_000) }),
    /** How many of the stretches had not been told before. */
    response: z.object({ added: total }),
  }),
  getWorkTime: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/work-time',
    summary: 'How long people worked: on pictures, objects, categories, by whom and when',
    permission: 'read',
    params: datasetParams,
    query: view,
    response: workTime,
  }),
  downloadWorkTime: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/work-time/file',
    summary: 'Work time as a table: a row for each person and picture, object or day',
    permission: 'read',
    params: datasetParams,
    query: view.extend({
      by: z.enum(['image', 'object', 'day']).default('image'),
      format: z.enum(['csv', 'json']).default('csv'),
    }),
    response: { stream: 'text/csv' },
  }),
};
