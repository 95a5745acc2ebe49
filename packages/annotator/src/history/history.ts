// Undo and redo. An entry is taken back by its inverse as a new transaction, and only while everything it touched is as
// it left it: what someone else did since is never undone along with it.

import type { Document } from '../document/document.ts';
import type { ObjectId } from '../document/object-map.ts';
import { applyChange, type Change, changedId, fits, invertChanges } from '../transaction/change.ts';
import type { Transaction } from '../transaction/transaction.ts';

export interface History {
  /** The latest last. */
  readonly done: readonly Transaction[];
  /** What was undone, the next to be made again last. */
  readonly undone: readonly Transaction[];
}

/** Steps are small, yet somebody may draw all day in one picture. */
const maxEntries = 1000;

export const emptyHistory: History = { done: [], undone: [] };

/** A new step ends what could be made again. */
export const record = ({ done }: History, transaction: Transaction): History => ({
  done: [...done, transaction].slice(-maxEntries),
  undone: [],
});

export interface Step {
  readonly history: History;
  readonly entry: Transaction;
  /** Empty when refused. */
  readonly changes: readonly Change[];
  /** What is no longer as the entry left it. The entry is gone then: it can never be taken back. */
  readonly refused: readonly ObjectId[];
}

/** @returns null where there is nothing to undo */
export function undoStep({ done, undone }: History, document: Document): Step | null {
  const entry = done.at(-1);
  if (entry === undefined) return null;
  const rest = done.slice(0, -1);
  const changes = invertChanges(entry.changes);
  const refused = misfits(document, changes);
  if (refused !== null) return { history: { done: rest, undone }, entry, changes: [], refused };
  return { history: { done: rest, undone: [...undone, entry] }, entry, changes, refused: [] };
}

/** @returns null where there is nothing to make again */
export function redoStep({ done, undone }: History, document: Document): Step | null {
  const entry = undone.at(-1);
  if (entry === undefined) return null;
  const rest = undone.slice(0, -1);
  const { changes } = entry;
  const refused = misfits(document, changes);
  if (refused !== null) return { history: { done, undone: rest }, entry, changes: [], refused };
  return { history: { done: [...done, entry], undone: rest }, entry, changes, refused: [] };
}

/** The objects for which changes cannot be made as they were; null where all can. */
function misfits(document: Document, changes: readonly Change[]): ObjectId[] | null {
  const ids = new Set<ObjectId>();
  let isFit = true;
  let current = document;
  for (const change of changes) {
    if (fits(current, change)) {
      current = applyChange(current, change);
      continue;
    }
    isFit = false;
    const id = changedId(change);
    if (id !== null) ids.add(id);
  }
  return isFit ? null : [...ids];
}
