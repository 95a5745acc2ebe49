// Sends what is done in the grid, one change after the other, and lets the pages know once the person pauses: fetching all
// of them anew after every key would be most of the work.

import { flushSync } from 'react-dom';
import { queryClient } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { rememberRevision } from '../bulk/done-revisions.ts';
import { changesOf, forgetChanges } from './changes-store.ts';

export interface Sent {
  revision: number;
  isUnchanged: boolean;
}

/** A list makes ready for what is new, and answers how to show it. */
type Prepare = () => Promise<() => void>;

interface Queue {
  tail: Promise<unknown>;
  waiting: number;
  /** Counts what was sent, so that what is fetched meanwhile is known to be old. */
  sent: number;
  timer?: ReturnType<typeof setTimeout>;
}

/** Somebody who presses a key each second is not kept from it by counting. */
const pauseMillis = 500;

const queues = new Map<number, Queue>();
const lists = new Map<number, Set<Prepare>>();

const queueOf = (datasetId: number): Queue => {
  const queue = queues.get(datasetId) ?? { tail: Promise.resolve(), waiting: 0, sent: 0 };
  queues.set(datasetId, queue);
  return queue;
};

/**
 * Sends a change after those before it. What it shows at once must have been noted.
 *
 * @param onUndone when it was taken back
 */
export function sendChange(
  datasetId: number,
  send: () => Promise<Sent>,
  onUndone?: () => void,
): void {
  const queue = queueOf(datasetId);
  queue.sent++;
  queue.waiting++;
  clearTimeout(queue.timer);
  const settleIn = (millis: number) => {
    if (queue.waiting === 0) queue.timer = setTimeout(() => void settle(datasetId), millis);
  };
  queue.tail = queue.tail.then(send).then(
    ({ revision, isUnchanged }) => {
      queue.waiting--;
      if (!isUnchanged) rememberRevision(datasetId, revision, { onUndone });
      settleIn(pauseMillis);
    },
    (error: unknown) => {
      queue.waiting--;
      notifyError(error);
      // What is shown is not so: the server knows what is.
      settleIn(0);
    },
  );
}

/** Resolves when everything that was done has been answered. */
export const allSent = async (datasetId: number): Promise<void> => {
  await queues.get(datasetId)?.tail;
};

/** Whether something was done that pages do not show yet as the server has it. */
export const isSettling = (datasetId: number): boolean =>
  changesOf(datasetId).size > 0 || (queues.get(datasetId)?.waiting ?? 0) > 0;

/** Fetches what pages show, and shows it in place of what was noted. */
export async function settle(datasetId: number): Promise<void> {
  const queue = queueOf(datasetId);
  const { sent } = queue;
  await queryClient.invalidateQueries({ queryKey: ['dataset', datasetId] });
  const commits = await Promise.all([...(lists.get(datasetId) ?? [])].map((prepare) => prepare()));
  // Something was done meanwhile: its own pause is yet to come.
  if (queue.sent !== sent || queue.waiting > 0) return;
  flushSync(() => {
    for (const commit of commits) commit();
    forgetChanges(datasetId);
  });
}

/** @returns how to leave */
export function joinSettling(datasetId: number, prepare: Prepare): () => void {
  const joined = lists.get(datasetId) ?? new Set();
  lists.set(datasetId, joined);
  joined.add(prepare);
  return () => joined.delete(prepare);
}
