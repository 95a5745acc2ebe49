// What pages are told as it happens: jobs, datasets, runs and models that changed or are gone. Whoever heard all of it since a page was
// loaded knows whether what the page shows is still so.

import { setTimeout as sleep } from 'node:timers/promises';
import type { DatasetChange, ServerEvent } from '@migaki/api';
import {
  type ChangeStamps,
  changeStamps,
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
  const lookAtRuns = () => changeStamps(store).catch(() => null);
  let knownRuns: ReturnType<typeof lookAtRuns> | null = null;
  const followRuns = async () => {
    while (!signal.aborted) {
      await sleep(POLL_MILLIS, null, { signal }).catch(() => {});
      if (knownRuns === null) continue;
      const [before, now] = [await knownRuns, await lookAtRuns()];
      if (listeners.size === 0) knownRuns = null;
      else if (now !== null) {
        knownRuns = Promise.resolve(now);
        for (const event of runEvents(before ?? now, now)) publish(event);
      }
    }
  };
  const following = Promise.all([followJobs(), followDatasets(), followRuns()]);
  return {
    subscribe(tell) {
      listeners.add(tell);
      // What this page loads from now on is compared with how things are now.
      known ??= look();
      knownRuns ??= lookAtRuns();
      return () => listeners.delete(tell);
    },
    async stop() {
      stopping.abort();
      await following;
    },
  };
}

function* runEvents(before: ChangeStamps, now: ChangeStamps): Generator<ServerEvent> {
  for (const [runId, stamp] of now.runs) {
    if (before.runs.get(runId) !== stamp) yield { type: 'run', runId };
  }
  for (const runId of before.runs.keys()) {
    if (!now.runs.has(runId)) yield { type: 'run-removed', runId };
  }
  for (const [modelId, stamp] of now.models) {
    if (before.models.get(modelId) !== stamp) yield { type: 'model', modelId };
  }
  for (const modelId of before.models.keys()) {
    if (!now.models.has(modelId)) yield { type: 'model-removed', modelId };
  }
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
