// Everything that takes long: its progress, its log, and one stream of events for all.

import { z } from 'zod';
import { faultParts } from '../api-error.ts';
import { route } from '../route.ts';
import { id, nothing, pageOf, pageQuery, sessionId, timestamp, words } from './common.ts';

export const jobState = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);

export const job = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: words,
  datasetId: id.nullable(),
  state: jobState,
  done: z.number(),
  /** Null while it is not known. */
  total: z.number().nullable(),
  /** `pictures`, `annotations`, `bytes`. */
  unit: z.string(),
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** What it is doing; empty when it does not say. */
  message: words,
  attempt: z.number().int(),
  /** What came of it, by kind. */
  result: z.unknown(),
  error: z
    .object({
      code: z.string(),
      /** HTTP status of a call that is refused for the same reason. */
      status: z.number().int(),
      message: z.string(),
      ...faultParts,
    })
    .nullable(),
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
});
export type Job = z.infer<typeof job>;

export const logLine = z.object({
  seq: z.number().int(),
  at: timestamp,
  level: z.enum(['info', 'warning', 'error']),
  text: words,
});

/** One revision of a dataset, as those hear of it who have it open. */
export const datasetChange = z.object({
  revision: z.number().int(),
  kind: z.string(),
  author: z.string(),
  /** Those that came with the change, where it had any: whoever made it knows it by them. */
  sessionId: sessionId.nullable(),
  key: z.uuid().nullable(),
  /** At most a hundred; null where it may be any image. */
  imageIds: z.array(id).nullable(),
});
export type DatasetChange = z.infer<typeof datasetChange>;

/** What the stream of events carries, as the data of server-sent events. */
export const serverEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('job'), job }),
  z.object({ type: z.literal('job-removed'), jobId: z.uuid() }),
  /** A dataset is new, or anything of it changed: what a page shows of it may be old. */
  z.object({
    type: z.literal('dataset'),
    datasetId: id,
    revision: z.number().int(),
    /** The revisions since the event before, in order; null where there are more than twenty, or nobody knows. */
    changes: z.array(datasetChange).nullable(),
  }),
  /** A dataset is in the trash now, or gone from there. */
  z.object({ type: z.literal('dataset-removed'), datasetId: id }),
  /** A run is new, or anything of it changed: how far it is, its curves, its samples, its models. */
  z.object({ type: z.literal('run'), runId: id }),
  z.object({ type: z.literal('run-removed'), runId: id }),
  /** A model is new, or anything of it or its versions changed. */
  z.object({ type: z.literal('model'), modelId: id }),
  z.object({ type: z.literal('model-removed'), modelId: id }),
  /** Something may have been missed while the database was away: all that is shown may be old. */
  z.object({ type: z.literal('resynchronise') }),
]);
export type ServerEvent = z.infer<typeof serverEvent>;

const jobParams = z.object({ jobId: z.uuid() });

export const jobRoutes = {
  listJobs: route({
    method: 'GET',
    path: '/api/jobs',
    summary: 'Jobs, the last one first',
    permission: 'read',
    query: pageQuery.extend({ state: jobState.optional(), datasetId: id.optional() }),
    response: pageOf(job),
  }),
  getJob: route({
    method: 'GET',
    path: '/api/jobs/:jobId',
    summary: 'One job',
    permission: 'read',
    params: jobParams,
    response: job,
  }),
  getJobLog: route({
    method: 'GET',
    path: '/api/jobs/:jobId/log',
    summary: 'The log of a job, from a line on',
    permission: 'read',
    params: jobParams,
    query: z.object({ afterSeq: z.coerce.number().int().default(0) }),
    response: z.object({ lines: z.array(logLine) }),
  }),
  cancelJob: route({
    method: 'POST',
    path: '/api/jobs/:jobId/cancel',
    summary: 'Ask a job to stop',
    permission: 'annotate',
    params: jobParams,
    response: job,
  }),
  retryJob: route({
    method: 'POST',
    path: '/api/jobs/:jobId/retry',
    summary: 'Run a failed or cancelled job again, from where it stopped',
    permission: 'annotate',
    params: jobParams,
    response: job,
  }),
  deleteJob: route({
    method: 'DELETE',
    path: '/api/jobs/:jobId',
    summary: 'Forget a finished job',
    permission: 'annotate',
    params: jobParams,
    response: nothing,
  }),
  watchEvents: route({
    method: 'GET',
    path: '/api/events',
    summary: 'All that happens, as server-sent events',
    permission: 'read',
    response: { stream: 'text/event-stream' },
  }),
};
