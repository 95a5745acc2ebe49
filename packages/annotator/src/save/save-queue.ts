// What is not saved yet, in order, and what the next request may do. One request at a time: each is one transaction under
// its own key, so sending it again after a lost answer does no harm. The web app keeps the queue in its database, so
// neither a reload nor ten minutes without network lose a stroke.

import type { Transaction } from '../transaction/transaction.ts';
import { type Failure, type FailureKind, failureKinds } from './failure.ts';

export type SavePhase =
  | { readonly type: 'ready' }
  | { readonly type: 'in-flight' }
  /** Tries again by itself. */
  | {
      readonly type: 'waiting';
      readonly failure: Failure;
      readonly attempts: number;
      readonly untilMillis: number;
    }
  /** Goes on when a person has done something: logged in, chosen a version, given a change up. */
  | { readonly type: 'stopped'; readonly failure: Failure };

/** What the server has refused, and what builds on it: it waits for a person, and the rest goes on. */
export interface HeldBack {
  readonly keys: ReadonlySet<string>;
  readonly failure: Failure;
}

interface Keyed {
  readonly key: string;
}

/** Of transactions, or of whatever else is one request under one key. */
export interface SaveQueue<Entry extends Keyed = Transaction> {
  /** The oldest first; that one is on its way while in flight. What is held back comes after everything else. */
  readonly pending: readonly Entry[];
  readonly phase: SavePhase;
  /** Failures since the last success. */
  readonly attempts: number;
  readonly held: HeldBack | null;
}

export const emptyQueue: SaveQueue<never> = {
  pending: [],
  phase: { type: 'ready' },
  attempts: 0,
  held: null,
};

const firstRetryMillis = 1000;
const lastRetryMillis = 30_000;

export const enqueue = <Entry extends Keyed>(
  queue: SaveQueue<Entry>,
  entry: Entry,
): SaveQueue<Entry> => ({
  ...queue,
  pending: [...queue.pending, entry],
});

/** What to send now: null while something is on its way, waits, is stopped, or all is saved. */
export function nextToSend<Entry extends Keyed>(
  { pending, phase }: SaveQueue<Entry>,
  nowMillis: number,
): Entry | null {
  const isFree =
    phase.type === 'ready' || (phase.type === 'waiting' && nowMillis >= phase.untilMillis);
  return isFree ? (pending[0] ?? null) : null;
}

export const sent = <Entry extends Keyed>(queue: SaveQueue<Entry>): SaveQueue<Entry> => ({
  ...queue,
  phase: { type: 'in-flight' },
});

export const saved = <Entry extends Keyed>({ pending, held }: SaveQueue<Entry>): SaveQueue<Entry> =>
  upToHeld({ pending: pending.slice(1), held });

/** Ready as far as there is more than what is held back. */
function upToHeld<Entry extends Keyed>({
  pending,
  held,
}: Pick<SaveQueue<Entry>, 'pending' | 'held'>): SaveQueue<Entry> {
  const [next] = pending;
  const isHeld = next !== undefined && held?.keys.has(next.key);
  return {
    pending,
    held: next === undefined ? null : held,
    phase: isHeld ? { type: 'stopped', failure: held!.failure } : { type: 'ready' },
    attempts: 0,
  };
}

/** Puts these after everything else, where they wait until the queue is resumed. */
export function heldBack<Entry extends Keyed>(
  { pending }: SaveQueue<Entry>,
  held: HeldBack,
): SaveQueue<Entry> {
  const isHeld = ({ key }: Entry) => held.keys.has(key);
  const free = pending.filter((entry) => !isHeld(entry));
  return upToHeld({ pending: [...free, ...pending.filter(isHeld)], held });
}

/** Waits twice as long after each failure, 30 seconds at most; or stops where waiting does not help. */
export function failed<Entry extends Keyed>(
  queue: SaveQueue<Entry>,
  failure: Failure,
  nowMillis: number,
): SaveQueue<Entry> {
  if (failureKinds[failure.kind] === 'stop') {
    return { ...queue, phase: { type: 'stopped', failure } };
  }
  const attempts = queue.attempts + 1;
  const waitMillis = Math.min(lastRetryMillis, firstRetryMillis * 2 ** (attempts - 1));
  const untilMillis = nowMillis + waitMillis;
  return { ...queue, attempts, phase: { type: 'waiting', failure, attempts, untilMillis } };
}

/** The network is back, the person has logged in or chosen: go on at once. A request on its way stays so. */
export const resumed = <Entry extends Keyed>(queue: SaveQueue<Entry>): SaveQueue<Entry> =>
  queue.phase.type === 'in-flight'
    ? { ...queue, held: null }
    : { ...queue, phase: { type: 'ready' }, attempts: 0, held: null };

/** After a reload nobody knows what became of a request: it is sent again, under the same key. */
export const reopened = (pending: readonly Transaction[]): SaveQueue => ({
  ...emptyQueue,
  pending,
});

/** What the top bar says. */
export type SaveStatus = 'saved' | 'saving' | FailureKind;

/** Why something is not saved; null where nothing is in the way. */
export const saveFailure = <Entry extends Keyed>({
  phase,
  held,
}: SaveQueue<Entry>): Failure | null =>
  'failure' in phase ? phase.failure : (held?.failure ?? null);

export function saveStatus<Entry extends Keyed>(queue: SaveQueue<Entry>): SaveStatus {
  const { pending } = queue;
  const failure = saveFailure(queue);
  if (failure !== null) return failure.kind;
  return pending.length === 0 ? 'saved' : 'saving';
}
