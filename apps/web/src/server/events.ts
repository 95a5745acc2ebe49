// The stream of server-sent events: keeps what pages show fresh, and knows whether the workbench answers.
// After a restart of the server everything that is shown is fetched again, so a tab left open heals itself. A page that
// nobody sees has no stream: browsers allow six connections to a server, which a few tabs would take for good.

import { type Job, routes, type ServerEvent, serverEvent } from '@migaki/api';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { ownSession } from './own-changes.ts';
import { jobQuery } from './queries.ts';

export type Connection = 'connecting' | 'open' | 'lost';

const reconnectMillis = 2000;
/** An import changes its dataset many times a second; nobody needs to see each. */
const refreshMillis = 1000;
/** Kinds of jobs whose results lie beside a dataset. */
const beside: readonly string[] = ['embed', 'find-mistakes', 'next-to-label'];

/** Kinds of jobs that measure models, and crown them. */
const measuring: readonly string[] = ['evaluate', 'retrain'];

let connection: Connection = 'connecting';
const listeners = new Set<() => void>();

function setConnection(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const listener of listeners) listener();
}

/** Whoever keeps something fresh by itself. `missed`: the stream was away, and anything may have happened. */
export type EventListener = (event: ServerEvent | { type: 'missed' }) => void;
const eventListeners = new Set<EventListener>();

/** @returns what ends it */
export function listenToEvents(listener: EventListener): () => void {
  eventListeners.add(listener);
  return () => eventListeners.delete(listener);
}

function tell(event: ServerEvent | { type: 'missed' }): void {
  for (const listener of eventListeners) listener(event);
}

export const useConnection = (): Connection =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
  );

/** @returns what ends it */
export function watchEvents(queries: QueryClient): () => void {
  let source: EventSource | undefined;
  let hasMissed = false;
  let reconnect: ReturnType<typeof setTimeout> | undefined;
  const refreshes = new Map<string, ReturnType<typeof setTimeout>>();

  const refreshSoon = (key: readonly unknown[]): void => {
    const name = JSON.stringify(key);
    if (refreshes.has(name)) return;
    refreshes.set(
      name,
      setTimeout(() => {
        refreshes.delete(name);
        void queries.invalidateQueries({ queryKey: key });
      }, refreshMillis),
    );
  };

  const connect = (): void => {
    source = new EventSource(routes.watchEvents.path);
    source.onopen = () => {
      if (hasMissed) void queries.invalidateQueries();
      if (hasMissed) tell({ type: 'missed' });
      hasMissed = false;
      setConnection('open');
    };
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const { success, data: event } = serverEvent.safeParse(JSON.parse(data));
      if (!success) return;
      tell(event);
      switch (event.type) {
        case 'job':
          putJob(queries, event.job);
          if (event.job.finishedAt !== null) refreshSoon(['datasets']);
          // What a model sees, or has against labels, changes without a revision.
          if (event.job.finishedAt !== null && measuring.includes(event.job.kind)) {
            refreshSoon(['evaluations']);
            refreshSoon(['models']);
          }
          if (event.job.finishedAt !== null && beside.includes(event.job.kind)) {
            refreshSoon(['dataset', event.job.datasetId]);
          }
          break;
        case 'job-removed':
          refreshSoon(['jobs']);
          break;
        case 'dataset':
          if (!isOwnChange(event)) refreshSoon(['dataset', event.datasetId]);
          refreshSoon(['datasets']);
          break;
        case 'dataset-removed':
          refreshSoon(['dataset', event.datasetId]);
          refreshSoon(['datasets']);
          break;
        case 'run':
        case 'run-removed':
          // Whatever of it is shown: its numbers, its curves, its place in a list.
          refreshSoon(['runs']);
          break;
        case 'model':
        case 'model-removed':
          refreshSoon(['models']);
          break;
        case 'resynchronise':
          void queries.invalidateQueries();
      }
    };
    source.onerror = () => {
      hasMissed = true;
      setConnection('lost');
      // A browser reconnects by itself only where it got no answer at all.
      if (source?.readyState !== EventSource.CLOSED) return;
      reconnect = setTimeout(connect, reconnectMillis);
    };
  };
  const disconnect = (): void => {
    source?.close();
    clearTimeout(reconnect);
  };
  const follow = (): void => {
    disconnect();
    if (document.visibilityState === 'visible') connect();
    else hasMissed = true;
  };
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    disconnect();
    for (const refresh of refreshes.values()) clearTimeout(refresh);
  };
}

/** Whether whoever made the changes in this tab lets the pages know of them. */
export const isOwnChange = ({ changes }: Extract<ServerEvent, { type: 'dataset' }>): boolean =>
  changes !== null &&
  changes.length > 0 &&
  changes.every(({ sessionId }) => sessionId === ownSession);

type JobPages = InfiniteData<{ items: Job[]; next: string | null }>;

/** Puts what is new about a job into every list that shows it; a job that no list has yet goes on top. */
function putJob(queries: QueryClient, job: Job): void {
  queries.setQueryData(jobQuery(job.id).queryKey, job);
  queries.setQueriesData<JobPages>({ queryKey: ['jobs', 'list'] }, (pages) => {
    if (pages === undefined) return pages;
    let isKnown = false;
    const updated = pages.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => {
        if (item.id !== job.id) return item;
        isKnown = true;
        return job;
      }),
    }));
    if (!isKnown) updated[0] = { ...updated[0], items: [job, ...updated[0].items] };
    return { ...pages, pages: updated };
  });
}
