// Sends what is done in grids, one thing after the other, and lets the pages know once the person pauses: fetching all of
// them anew after every key would be most of the work. What cannot be sent now waits, here and in the browser's database.

import { type SaveQueue, saveQueue, saveStatus } from '@migaki/annotator';
import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { listenForReturn } from '../../saving/listen-for-return.ts';
import { tellWaiting } from '../../saving/waiting.ts';
import { client, isTemporary, queryClient } from '../../server/client.ts';
import { datasetQuery } from '../../server/queries.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { changesOf, forgetChanges } from './changes-store.ts';
import { type Deed, type Done, sendDeed, showDeed } from './deed.ts';
import { noteWork } from './grid-work.ts';
import { forgetDeed, type KeptDeed, keepDeed, takeDeedsLeft } from './kept-deeds.ts';

interface Entry {
  readonly key: string;
  readonly deed: Deed;
  readonly show: () => void;
  readonly onEnd: (end: End) => void;
  /** In the database; null where the browser has no room. */
  readonly number: Promise<number | null>;
}

/** What became of something that was done. */
export type End = { done: Done } | { error: unknown } | 'taken back';

/** A list makes ready for what is new, and answers how to show it. */
type Prepare = () => Promise<() => void>;

interface Queue {
  save: SaveQueue<Entry>;
  /** Sent, and not shown yet as the server has it. */
  unsettled: readonly Entry[];
  /** Whether the browser keeps what waits. */
  isKept: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

/** Somebody who presses a key each second is not kept from it by counting. */
const pauseMillis = 500;

const queues = new Map<number, Queue>();
const lists = new Map<number, Set<Prepare>>();
const listeners = new Set<() => void>();
let isListening = false;

function queueOf(datasetId: number): Queue {
  const queue = queues.get(datasetId) ?? {
    save: saveQueue.emptyQueue,
    unsettled: [],
    isKept: true,
  };
  queues.set(datasetId, queue);
  return queue;
}

/**
 * Sends something after what was done before, and shows it at once.
 *
 * @param show what is shown, where it is more than follows from the deed
 */
export function doInGrid(
  datasetId: number,
  deed: Deed,
  onEnd: Entry['onEnd'],
  show = () => showDeed(datasetId, deed),
): void {
  noteWork(datasetId, deed);
  const key = crypto.randomUUID();
  const { createdAt } = queryClient.getQueryData(datasetQuery(datasetId).queryKey) ?? {};
  const kept = createdAt !== undefined && { key, datasetId, datasetCreatedAt: createdAt, deed };
  add(datasetId, { key, deed, show, onEnd, number: kept ? numberOf(kept) : noNumber });
}

const noNumber = Promise.resolve(null);
const numberOf = (kept: KeptDeed) => keepDeed(kept).catch(() => null);

function add(datasetId: number, entry: Entry): void {
  if (!isListening) listenForReturn(resumeAll);
  isListening = true;
  const queue = queueOf(datasetId);
  clearTimeout(queue.timer);
  put(queue, { save: saveQueue.enqueue(queue.save, entry) });
  entry.show();
  void entry.number.then((number) => put(queue, { isKept: number !== null }));
  void advance(datasetId, queue);
}

async function advance(datasetId: number, queue: Queue): Promise<void> {
  const entry = saveQueue.nextToSend(queue.save, Date.now());
  if (entry === null) return;
  put(queue, { save: saveQueue.sent(queue.save) });
  const result = await sendDeed(datasetId, entry.key, entry.deed);
  if ('answer' in result) {
    put(queue, {
      save: saveQueue.saved(queue.save),
      unsettled: [...queue.unsettled, entry],
    });
    end(entry, { done: result.answer });
    // Only of single tiles is shown at once what became of them.
    settleIn(datasetId, queue, entry.deed.to === 'selection' ? 0 : pauseMillis);
  } else {
    const save = saveQueue.failed(queue.save, result.failure, Date.now());
    const { kind } = result.failure;
    if (kind === 'refused' || kind === 'conflict') {
      put(queue, { save: saveQueue.saved(save) });
      end(entry, { error: result.error });
      // What is shown is not so: the server knows what is.
      settleIn(datasetId, queue, 0);
    } else {
      put(queue, { save });
      if (save.phase.type === 'waiting') {
        const waitMillis = save.phase.untilMillis - Date.now();
        setTimeout(() => void advance(datasetId, queue), waitMillis + 1);
      }
    }
  }
  await advance(datasetId, queue);
}

function end({ onEnd, number }: Entry, how: End): void {
  void number.then((known) => (known === null ? undefined : forgetDeed(known))).catch(() => {});
  onEnd(how);
}

function put(queue: Queue, changed: Partial<Queue>): void {
  Object.assign(queue, changed);
  for (const listener of listeners) listener();
  tellWaiting(
    'grids',
    [...queues].flatMap(([datasetId, each]) => waitingOf(datasetId, each)),
  );
}

const isMoving = ({ save: { phase } }: Queue): boolean =>
  phase.type === 'ready' || phase.type === 'in-flight';

function waitingOf(datasetId: number, queue: Queue) {
  const count = queue.save.pending.length;
  if (count === 0 || isMoving(queue)) return [];
  const name = queryClient.getQueryData(datasetQuery(datasetId).queryKey)?.name ?? `${datasetId}`;
  return [{ datasetId, imageId: null, name, count, isStuck: false }];
}

/** Tries again at once. */
export function resumeSending(datasetId: number): void {
  const queue = queues.get(datasetId);
  if (queue === undefined) return;
  put(queue, { save: saveQueue.resumed(queue.save) });
  void advance(datasetId, queue);
}

function resumeAll(): void {
  for (const datasetId of queues.keys()) resumeSending(datasetId);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What of a dataset waits because it cannot be sent now; null where everything is on its way. */
export function useHeldUp(datasetId: number) {
  const save = useSyncExternalStore(subscribe, () => queues.get(datasetId)?.save);
  const queue = queues.get(datasetId);
  if (save === undefined || queue === undefined || isMoving(queue)) return null;
  if (save.pending.length === 0) return null;
  return { status: saveStatus(save), count: save.pending.length, isKept: queue.isKept };
}

/** What this tab has taken over, and cannot tell yet whether it is of this workbench. */
let takenOver: Awaited<ReturnType<typeof takeDeedsLeft>> = [];

/** Sends what tabs that are gone have left. To be called again: tabs go at any time. */
export async function sendDeedsLeft(): Promise<void> {
  takenOver = [...takenOver, ...(await takeDeedsLeft())];
  for (const each of takenOver) {
    const { datasetId, datasetCreatedAt, deed, key, number } = each;
    const coming = client.getDataset({ params: { datasetId } });
    const dataset = await coming.catch((error: unknown) => {
      if (isTemporary(error)) throw error;
      return null;
    });
    takenOver = takenOver.filter((other) => other !== each);
    if (dataset?.createdAt !== datasetCreatedAt) continue;
    // What waits is told under the name of its dataset.
    queryClient.setQueryData(datasetQuery(datasetId).queryKey, dataset);
    const onEnd = (how: End) => {
      if (typeof how === 'object' && 'error' in how) notifyError(how.error);
    };
    const show = () => showDeed(datasetId, deed);
    add(datasetId, { key, deed, show, onEnd, number: Promise.resolve(number) });
  }
}

/**
 * Takes back what was done last, where it waits.
 *
 * @returns `unknown` where the server may have it, for all that this side has heard
 */
export function takeBackWaiting(datasetId: number): 'taken back' | 'nothing' | 'unknown' {
  const queue = queues.get(datasetId);
  const last = queue?.save.pending.at(-1);
  if (queue === undefined || last === undefined || isMoving(queue)) return 'nothing';
  const { pending, phase } = queue.save;
  const isHeard =
    phase.type === 'stopped' || (phase.type === 'waiting' && phase.failure.kind === 'disk-full');
  if (pending.length === 1 && !isHeard) return 'unknown';
  put(queue, { save: { ...queue.save, pending: pending.slice(0, -1) } });
  forgetChanges(datasetId);
  for (const { show } of [...queue.unsettled, ...queue.save.pending]) show();
  end(last, 'taken back');
  return 'taken back';
}

/** Resolves when everything that was done has been answered, or cannot be sent now. */
export function allSent(datasetId: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const queue = queues.get(datasetId);
      if (queue !== undefined && queue.save.pending.length > 0 && isMoving(queue)) return;
      listeners.delete(look);
      resolve();
    };
    listeners.add(look);
    look();
  });
}

const waitingCount = (datasetId: number): number => queues.get(datasetId)?.save.pending.length ?? 0;

/** Whether something was done that pages do not show yet as the server has it. */
export const isSettling = (datasetId: number): boolean =>
  changesOf(datasetId).size > 0 || waitingCount(datasetId) > 0;

function settleIn(datasetId: number, queue: Queue, millis: number): void {
  if (queue.save.pending.length > 0) return;
  queue.timer = setTimeout(() => void settle(datasetId), millis);
}

/** Fetches what pages show, and shows it in place of what was noted. */
export async function settle(datasetId: number): Promise<void> {
  const queue = queueOf(datasetId);
  const { unsettled } = queue;
  await queryClient.invalidateQueries({ queryKey: ['dataset', datasetId] });
  const commits = await Promise.all([...(lists.get(datasetId) ?? [])].map((prepare) => prepare()));
  // Something was done meanwhile: its own pause is yet to come.
  if (queue.unsettled !== unsettled || waitingCount(datasetId) > 0) return;
  flushSync(() => {
    for (const commit of commits) commit();
    forgetChanges(datasetId);
  });
  queue.unsettled = [];
}

/** @returns how to leave */
export function joinSettling(datasetId: number, prepare: Prepare): () => void {
  const joined = lists.get(datasetId) ?? new Set();
  lists.set(datasetId, joined);
  joined.add(prepare);
  return () => joined.delete(prepare);
}
