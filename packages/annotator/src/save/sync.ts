// The document here and the one at the server: answers to what was saved, what other people do meanwhile, and the
// conflicts between both. Where both have changed different fields of an object they are merged; else the conflict stays until a
// person chooses.

import {
  type AnnotationObject,
  fieldNames,
  type ObjectFields,
} from '../document/annotation-object.ts';
import type { Category, Document } from '../document/document.ts';
import { type ObjectId, ObjectMap } from '../document/object-map.ts';
import {
  applyChanges,
  areEqual,
  type Change,
  changedId,
  changeOf,
  invertChanges,
} from '../transaction/change.ts';
import {
  categoriesOf,
  concernedIds,
  type Transaction,
  touchedIds,
  withCategory,
} from '../transaction/transaction.ts';
import type { Failure } from './failure.ts';
import {
  annotationIdOf,
  type Identities,
  objectIdOf,
  withAnnotationId,
  withBorn,
} from './identities.ts';
import {
  emptyQueue,
  enqueue,
  heldBack,
  resumed,
  type SaveQueue,
  saved,
  saveFailure,
} from './save-queue.ts';
import { type ServerEdit, serverEditOf } from './server-edit.ts';

/** An object as the server has it since revision `born`; null for one that this revision deleted. */
export interface ServerObject {
  readonly annotationId: number;
  readonly born: number;
  readonly author: string;
  readonly fields: ObjectFields | null;
}

export interface Conflict {
  readonly theirs: ServerObject;
}

export interface Sync {
  readonly queue: SaveQueue;
  readonly identities: Identities;
  /** News that wait for the answer to the request on its way: it tells whether they are our own. */
  readonly deferred: readonly ServerObject[];
  readonly conflicts: ObjectMap<Conflict>;
}

/** A document and what the server knows of it; the functions here change both together. */
export interface Synced {
  readonly document: Document;
  readonly sync: Sync;
}

export interface SaveRequest {
  readonly key: string;
  readonly edits: readonly ServerEdit[];
}

export interface SaveAnswer {
  readonly revision: number;
  /** Of each edit, in order. */
  readonly annotationIds: readonly (number | null)[];
}

export const startSync = (identities: Identities): Sync => ({
  queue: emptyQueue,
  identities,
  deferred: [],
  conflicts: ObjectMap.empty(),
});

/** The request for a transaction, in words of now. */
export const requestOf = (
  { key, changes }: Transaction,
  { document, sync }: Synced,
): SaveRequest => ({
  key,
  edits: changes.map((change) => {
    const id = changedId(change);
    const now = id === null ? undefined : document.objects.get(id);
    return serverEditOf(change, document.picture.id, sync.identities, now);
  }),
});

/** The oldest transaction has become a revision. */
export function acknowledge({ document, sync }: Synced, answer: SaveAnswer): Synced {
  const [transaction] = sync.queue.pending;
  if (transaction === undefined) return { document, sync };
  let { identities } = sync;
  let { objects } = document;
  const known: ServerObject[] = [];
  for (const [index, change] of transaction.changes.entries()) {
    const id = changedId(change);
    if (id === null) continue;
    const annotationId = answer.annotationIds[index];
    if (annotationId !== null && annotationIdOf(identities, id) === undefined) {
      identities = withAnnotationId(identities, id, annotationId);
      // After a reload the server's own copy may have come before the answer to the request sent again, with what somebody else
      // has done to it since.
      const [copy, born] = [objects.get(annotationId), identities.born.get(annotationId)];
      if (copy !== undefined && born !== undefined) {
        known.push({ annotationId, born, author: '', fields: copy });
      }
      objects = objects.delete(annotationId);
    }
    identities = withBorn(identities, id, answer.revision);
  }
  const settled = { ...sync, identities, queue: saved(sync.queue), deferred: [] };
  return receive({ document: { ...document, objects }, sync: settled }, [
    ...known,
    ...sync.deferred,
  ]);
}

/** What other people did, or the whole picture once more. News that are known already do nothing. */
export function receive(synced: Synced, news: readonly ServerObject[]): Synced {
  return news.reduce(receiveOne, synced);
}

function receiveOne({ document, sync }: Synced, theirs: ServerObject): Synced {
  const { identities, queue } = sync;
  const id = objectIdOf(identities, theirs.annotationId);
  if (theirs.born <= (identities.born.get(id) ?? Number.NEGATIVE_INFINITY)) {
    return { document, sync };
  }
  // Also one that failed for want of an answer: the server may have had it all the same.
  const onItsWay = queue.phase.type === 'stopped' ? undefined : queue.pending[0];
  const mayBeOurs =
    onItsWay !== undefined &&
    (touchedIds(onItsWay).has(id) ||
      (!identities.born.has(id) && onItsWay.changes.some(({ type }) => type === 'add')));
  if (mayBeOurs) return { document, sync: { ...sync, deferred: [...sync.deferred, theirs] } };
  if (queue.pending.some((transaction) => touchedIds(transaction).has(id))) {
    const mine = document.objects.get(id);
    const both = { document, sync: { ...sync, conflicts: sync.conflicts.set(id, { theirs }) } };
    // Where both have done the same there is nothing to choose.
    if (agree(mine, theirs)) return settleConflict(both, id, 'theirs');
    // Nor where theirs is what mine began with: somebody has taken a deletion back.
    if (agree(beforeUnsaved(document, id, queue.pending), theirs)) {
      return settleConflict(both, id, 'mine');
    }
    const merged = mergedOf(document, id, queue.pending, theirs);
    if (merged === null) return both;
    const conflicts = sync.conflicts.delete(id);
    const isSettled = sync.conflicts.size > 0 && conflicts.size === 0;
    return {
      document: { ...document, objects: document.objects.set(id, merged) },
      sync: {
        ...sync,
        conflicts,
        identities: withBorn(identities, id, theirs.born),
        queue: isSettled ? resumed(queue) : queue,
      },
    };
  }
  return {
    document: { ...document, objects: withServerObject(document.objects, id, theirs) },
    sync: { ...sync, identities: withBorn(identities, id, theirs.born) },
  };
}

/**
 * The whole picture as the server has it: what is not among it was deleted meanwhile.
 *
 * @param revision at which the picture was read
 */
export function reload(synced: Synced, all: readonly ServerObject[], revision: number): Synced {
  const { identities, queue } = synced.sync;
  const listed = new Set(all.map(({ annotationId }) => objectIdOf(identities, annotationId)));
  const unsaved = new Set(queue.pending.flatMap((transaction) => [...touchedIds(transaction)]));
  const gone = Array.from(identities.born.keys()).flatMap((id): ServerObject[] => {
    const annotationId = annotationIdOf(identities, id);
    const isOfInterest = synced.document.objects.has(id) || unsaved.has(id);
    if (listed.has(id) || !isOfInterest || annotationId === undefined) return [];
    return [{ annotationId, born: revision, author: '', fields: null }];
  });
  const { document, sync } = receive(synced, [...all, ...gone]);
  const { phase } = sync.queue;
  const wasConflict = phase.type === 'stopped' && phase.failure.kind === 'conflict';
  if (!wasConflict || sync.conflicts.size > 0) return { document, sync };
  return { document, sync: { ...sync, queue: resumed(sync.queue) } };
}

/**
 * Gives up the transaction that the server refuses for good, and with it what was done to the same objects since. What
 * the server has of them comes back with the reload that must follow.
 */
export function giveUp({ document, sync }: Synced): Synced {
  const refused = firstRefused(sync.queue);
  if (refused === undefined) return { document, sync };
  let { objects } = document;
  let { identities, conflicts } = sync;
  let pending: readonly Transaction[] = sync.queue.pending.filter((each) => each !== refused);
  for (const id of touchedIds(refused)) {
    pending = rewrite(pending, id, null);
    conflicts = conflicts.delete(id);
    objects = objects.delete(id);
    identities = { ...identities, born: identities.born.delete(id) };
  }
  const queue = resumed({ ...sync.queue, pending });
  return { document: { ...document, objects }, sync: { ...sync, identities, conflicts, queue } };
}

/** What stands in the way of what builds on it. */
export const firstRefused = ({ pending, held }: SaveQueue): Transaction | undefined =>
  held === null ? pending[0] : pending.find(({ key }) => held.keys.has(key));

/** Refusals that are about a transaction itself: others would be taken. */
const ownFaults: ReadonlySet<string> = new Set(['category-not-found', 'bad-edit']);

/**
 * Holds the oldest transaction back where it is at fault itself, with what builds on it: changes of the same objects, and, after a
 * remark, further remarks. Else nothing is changed: the queue stops.
 */
export function setAside(queue: SaveQueue, failure: Failure): SaveQueue {
  const [refused] = queue.pending;
  if (refused === undefined || !ownFaults.has(failure.code)) return queue;
  const { held } = queue;
  const keys = new Set([...(held?.keys ?? []), refused.key]);
  for (const each of queue.pending) if (buildsOn(each, keys, queue.pending)) keys.add(each.key);
  return heldBack(queue, { keys, failure: held?.failure ?? failure });
}

/** Queues a transaction, before what is held back unless it builds on that. */
export function enqueueFree(queue: SaveQueue, transaction: Transaction): SaveQueue {
  const next = enqueue(queue, transaction);
  const { held, phase } = queue;
  if (held === null) return next;
  const isOn = buildsOn(transaction, held.keys, queue.pending);
  const keys = isOn ? new Set([...held.keys, transaction.key]) : held.keys;
  const placed = heldBack(next, { ...held, keys });
  // What is on its way, or waits for the network, goes on so.
  return phase.type === 'stopped' && phase.failure === held.failure ? placed : { ...placed, phase };
}

function buildsOn(
  transaction: Transaction,
  keys: ReadonlySet<string>,
  pending: readonly Transaction[],
): boolean {
  const refused = pending.filter(({ key }) => keys.has(key));
  const ids = new Set(refused.flatMap((each) => [...concernedIds(each)]));
  const hasRemark = (each: Transaction) => each.changes.some(({ type }) => type === 'remark');
  return (
    [...concernedIds(transaction)].some((id) => ids.has(id)) ||
    (hasRemark(transaction) && refused.some(hasRemark))
  );
}

/** Another category for all that is not saved yet and has one that is gone. What is saved changes at the server. */
export function replaceCategory({ document, sync }: Synced, from: number, to: number): Synced {
  const { queue } = sync;
  let { objects } = document;
  for (const id of new Set(queue.pending.flatMap((each) => [...touchedIds(each)]))) {
    const object = objects.get(id);
    if (object?.categoryId === from) objects = objects.set(id, { ...object, categoryId: to });
  }
  const pending = queue.pending.map((each) => withCategory(each, from, to));
  const kept = { ...sync, queue: resumed({ ...queue, pending }) };
  return { document: { ...document, objects }, sync: kept };
}

/** As the server names a refusal for want of a category. */
export const categoryNotFound = 'category-not-found';

/** Goes on with what was refused for want of a category, where all that it speaks of are there. */
export function resumedWith(sync: Sync, categories: readonly Category[]): Sync {
  const refused = firstRefused(sync.queue);
  if (saveFailure(sync.queue)?.code !== categoryNotFound || refused === undefined) return sync;
  const wanted = categoriesOf([refused]);
  const areThere = [...wanted].every((id) => categories.some((each) => each.id === id));
  return areThere ? { ...sync, queue: resumed(sync.queue) } : sync;
}

const agree = (mine: AnnotationObject | undefined, { fields }: ServerObject): boolean =>
  mine === undefined || fields === null
    ? mine === undefined && fields === null
    : areEqual(mine, { ...fields, id: mine.id });

const geometryFields: ReadonlySet<keyof ObjectFields> = new Set([
  'bbox',
  'segmentation',
  'keypoints',
  'area',
  'isCrowd',
]);

/** Fields of one topic are changed together, or not at all. */
const topicOf = (name: keyof ObjectFields) => (geometryFields.has(name) ? 'geometry' : name);

/**
 * An object with what both have changed of it; null where both have changed the same to something else, or one of them has deleted
 * it. The keypoints are those of a category: with another one they cannot be merged.
 */
function mergedOf(
  document: Document,
  id: ObjectId,
  pending: readonly Transaction[],
  { fields: theirs }: ServerObject,
): AnnotationObject | null {
  const changes = pending.flatMap((each) => each.changes).filter((each) => changedId(each) === id);
  const [mine, before] = [document.objects.get(id), beforeUnsaved(document, id, pending)];
  if (mine === undefined || before === undefined || theirs === null) return null;
  if (changes.some(({ type }) => type !== 'change')) return null;
  const differing = fieldNames.filter((name) => !areEqual(mine[name], theirs[name]));
  const ours = differing.filter((name) =>
    changes.some((change) => change.type === 'change' && Object.hasOwn(change.after, name)),
  );
  const others = differing.filter((name) => !areEqual(before[name], theirs[name]));
  const isSame = ours.some((name) => others.some((other) => topicOf(other) === topicOf(name)));
  const isPoseOfOther = [
    [ours, others],
    [others, ours],
  ].some(([one, two]) => one.includes('categoryId') && two.includes('keypoints'));
  if (isSame || isPoseOfOther) return null;
  return { ...theirs, ...Object.fromEntries(ours.map((name) => [name, mine[name]])), id };
}

/** An object as it was before anything of it waited. */
const beforeUnsaved = (
  document: Document,
  id: ObjectId,
  pending: readonly Transaction[],
): AnnotationObject | undefined => {
  const changes = pending.flatMap((each) => each.changes).filter((each) => changedId(each) === id);
  return applyChanges(document, invertChanges(changes)).objects.get(id);
};

const withServerObject = (
  objects: ObjectMap<AnnotationObject>,
  id: ObjectId,
  { fields }: ServerObject,
): ObjectMap<AnnotationObject> =>
  fields === null ? objects.delete(id) : objects.set(id, { ...fields, id });

/**
 * Settles the conflict over one object. `mine` saves what is on the screen over what the other person did; `theirs`
 * takes their version and gives up every unsaved change of the object here.
 */
export function settleConflict(
  { document, sync }: Synced,
  id: ObjectId,
  choice: 'mine' | 'theirs',
): Synced {
  const conflict = sync.conflicts.get(id);
  if (conflict === undefined) return { document, sync };
  const { theirs } = conflict;
  const conflicts = sync.conflicts.delete(id);
  const identities = withBorn(sync.identities, id, theirs.born);
  const queueWith = (pending: readonly Transaction[]): SaveQueue => {
    const queue = { ...sync.queue, pending };
    return conflicts.size === 0 ? resumed(queue) : queue;
  };
  if (choice === 'theirs') {
    const pending = rewrite(sync.queue.pending, id, null);
    const objects = withServerObject(document.objects, id, theirs);
    const kept = { ...sync, identities, conflicts, queue: queueWith(pending) };
    return { document: { ...document, objects }, sync: kept };
  }
  const mine = document.objects.get(id);
  const pending = rewrite(sync.queue.pending, id, overwriting(id, mine, theirs));
  return { document, sync: { ...sync, identities, conflicts, queue: queueWith(pending) } };
}

/** The one change that makes the server's object what it is here. */
function overwriting(
  id: ObjectId,
  mine: AnnotationObject | undefined,
  { fields }: ServerObject,
): Change | null {
  if (mine === undefined) {
    return fields === null ? null : { type: 'delete', object: { ...fields, id } };
  }
  if (fields === null) return { type: 'add', object: mine };
  return changeOf({ ...fields, id }, mine);
}

/** Puts one change in the place of all those of an object. Transactions that have nothing left go. */
function rewrite(
  pending: readonly Transaction[],
  id: ObjectId,
  instead: Change | null,
): Transaction[] {
  let rest = instead;
  return pending.flatMap((transaction) => {
    const changes = transaction.changes.flatMap((change) => {
      if (changedId(change) !== id) return [change];
      const first = rest === null ? [] : [rest];
      rest = null;
      return first;
    });
    return changes.length === 0 ? [] : [{ ...transaction, changes }];
  });
}
