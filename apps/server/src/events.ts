// What pages are told as it happens: jobs and datasets that changed or are gone. Whoever heard all of it since a page was
// loaded knows whether what the page shows is still so.

import { setTimeout as sleep } from 'node:timers/promises';
import type { DatasetChange, ServerEvent } from '@migaki/api';
import {
  type DatasetStamp,
  datasetStamps,
  type JobEvent,
  type Jobs,
  recentChanges,
  type Store,
} from '@migaki/store';
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
    for await (const event of jobs.watch(signal)) publish(jobEvent(event));
  };
  // While the database is away there is nothing to tell.
  const look = () => datasetStamps(store).catch(() => null);
  /** As the pages know them; null while there are none. */
  let known: ReturnType<typeof look> | null = null;
  const followDatasets = async () => {
    while (!signal.aborted) {
      await sleep(POLL_MILLIS, null, { signal }).catch(() => {});
      if (known === null) continue;
      const [before, now] = [await known, await look()];
      if (listeners.size === 0) known = null;
      else if (now !== null) {
        known = Promise.resolve(now);
        for await (const event of differences(store, before ?? now, now)) publish(event);
      }
    }
  };
  const following = Promise.all([followJobs(), followDatasets()]);
  return {
    subscribe(tell) {
      listeners.add(tell);
      // What this page loads from now on is compared with how things are now.
      known ??= look();
      return () => listeners.delete(tell);
    },
    async stop() {
      stopping.abort();
      await following;
    },
  };
}

function jobEvent(event: JobEvent): ServerEvent {
  if (event.type === 'changed') return { type: 'job', job: job(event.job) };
  return event.type === 'removed' ? { type: 'job-removed', jobId: event.id } : event;
}

async function* differences(
  store: Store,
  before: ReadonlyMap<number, DatasetStamp>,
  now: ReadonlyMap<number, DatasetStamp>,
): AsyncIterable<ServerEvent> {
  for (const [datasetId, stamp] of now) {
    const known = before.get(datasetId);
    if (known?.stamp === stamp.stamp) continue;
    if (stamp.isDeleted) yield { type: 'dataset-removed', datasetId };
    else {
      const changes = await changesBetween(store, datasetId, known, stamp);
      yield { type: 'dataset', datasetId, revision: stamp.revision, changes };
    }
  }
  for (const datasetId of before.keys()) {
    if (!now.has(datasetId)) yield { type: 'dataset-removed', datasetId };
  }
}

async function changesBetween(
  store: Store,
  datasetId: number,
  before: DatasetStamp | undefined,
  { revision, table }: DatasetStamp,
): Promise<DatasetChange[] | null> {
  if (before?.table !== table || before.revision > revision) return null;
  // Where the database goes away just now, all that is shown may be old.
  return recentChanges(store, datasetId, { after: before.revision, upTo: revision }).catch(
    () => null,
  );
}
