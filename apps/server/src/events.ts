// What pages are told as it happens: jobs as they change, and which dataset has a new revision.

import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerEvent } from '@migaki/api';
import { datasetRevisions, type Jobs, type Store } from '@migaki/store';
import { job } from './handlers/answers.ts';

export interface Events {
  /** Starts telling; returns how to stop. */
  subscribe(tell: (event: ServerEvent) => void): () => void;
  stop(): Promise<void>;
}

/** Whoever changes a dataset, in this process or another, is noticed after at most this long. */
const POLL_MILLIS = 400;

export function openEvents(store: Store, jobs: Jobs): Events {
  const listeners = new Set<(event: ServerEvent) => void>();
  const stopping = new AbortController();
  const { signal } = stopping;
  const publish = (event: ServerEvent) => {
    for (const tell of listeners) tell(event);
  };

  const followJobs = async () => {
    for await (const event of jobs.watch(signal)) {
      if (event.type === 'changed') publish({ type: 'job', job: job(event.job) });
    }
  };
  const followDatasets = async () => {
    let known: Map<number, number> | null = null;
    while (!signal.aborted) {
      await sleep(POLL_MILLIS, null, { signal }).catch(() => {});
      if (listeners.size === 0) {
        known = null;
        continue;
      }
      // While the database is away there is nothing to tell.
      const now = await datasetRevisions(store).catch(() => known);
      for (const [datasetId, revision] of now ?? []) {
        const isNews = known !== null && known.get(datasetId) !== revision;
        if (isNews) publish({ type: 'dataset', datasetId, revision });
      }
      known = now;
    }
  };
  const following = Promise.all([followJobs(), followDatasets()]);
  return {
    subscribe(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    async stop() {
      stopping.abort();
      await following;
    },
  };
}
