// Jobs, and the one stream of events.

import type { Permission, ServerEvent } from '@migaki/api';
import { phrase } from '@migaki/coco';
import type { Jobs } from '@migaki/store';
import { eventStream } from '../http/event-stream.ts';
import type { Handlers } from '../http/handlers.ts';
import { HttpError } from '../http/http-error.ts';
import { job, time } from './answers.ts';

type JobHandlers = Pick<
  Handlers,
  'listJobs' | 'getJob' | 'getJobLog' | 'cancelJob' | 'retryJob' | 'deleteJob' | 'watchEvents'
>;

/** Kinds of jobs that only who may start them may start again, and what that takes. */
const neededToRetry = new Map<string, Permission>([
  ['backup', 'admin'],
  ['restore', 'admin'],
  ['train', 'manage'],
]);

export type Subscribe = (tell: (event: ServerEvent) => void) => () => void;

export function jobHandlers(jobs: Jobs, subscribe: Subscribe): JobHandlers {
  return {
    listJobs: async ({ query: { state, datasetId, after, limit } }) => {
      const filter = { datasetId, states: state === undefined ? undefined : [state] };
      const before = after === undefined ? undefined : Number(after);
      const found = await jobs.list(filter, { limit, before });
      return {
        items: found.map(job),
        next: found.length < limit ? null : String(found.at(-1)!.number),
      };
    },
    getJob: async ({ params }) => job(await jobs.get(params.jobId)),
    getJobLog: async ({ params, query }) => ({
      lines: (await jobs.log(params.jobId, { after: query.afterSeq })).map((line) => ({
        ...line,
        at: time(line.at),
      })),
    }),
    cancelJob: async ({ params }) => job(await jobs.cancel(params.jobId)),
    retryJob: async ({ params }, { caller }) => {
      const { kind } = await jobs.get(params.jobId);
      const needed = neededToRetry.get(kind);
      if (needed !== undefined && !caller.permissions.includes(needed)) {
        throw new HttpError('not-allowed', {
          expected: phrase`the permission “${needed}” for a job of the kind ${kind}`,
          found: phrase`only ${caller.permissions.join(', ')}`,
        });
      }
      return job(await jobs.retry(params.jobId));
    },
    deleteJob: async ({ params }) => {
      await jobs.delete(params.jobId);
      return {};
    },
    watchEvents: async (_, { reply, signal }) => {
      reply.headers({
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      return eventStream(subscribe, signal);
    },
  };
}
