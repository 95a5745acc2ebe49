// What a person did at once: one entry of undo, one request to the server, one revision of the dataset.

import type { ObjectFields } from '../document/annotation-object.ts';
import type { ObjectId } from '../document/object-map.ts';
import { type Change, changedId } from './change.ts';

/** Every kind of edit that a person can name: what the undo button and the history of an object say. */
export const transactionLabels = [
  'draw',
  'move',
  'resize',
  'rotate',
  'edit-points',
  'paint',
  'erase',
  'keypoints',
  'category',
  'attributes',
  'caption',
  'crowd',
  'delete',
  'paste',
  'copy',
  'convert',
  'simplify',
  'combine',
  'split',
  'accept',
  'reject',
  'tag',
  'status',
  'revert',
  'restore',
  'remark',
] as const;
export type TransactionLabel = (typeof transactionLabels)[number];

export interface Transaction {
  /** A UUID made here: the server applies it once, however often it is sent. */
  readonly key: string;
  readonly label: TransactionLabel;
  readonly changes: readonly Change[];
  /** Milliseconds since 1970, from the event that ended the gesture. */
  readonly atMillis: number;
}

/** The objects that a transaction is about, each once. */
export const touchedIds = ({ changes }: Pick<Transaction, 'changes'>): Set<ObjectId> =>
  new Set(changes.map(changedId).filter((id) => id !== null));

/** With those that something is said about. */
export const concernedIds = ({ changes }: Pick<Transaction, 'changes'>): Set<ObjectId> =>
  new Set(
    changes.flatMap((change) => {
      if (change.type !== 'remark') return changedId(change) ?? [];
      const { remark } = change;
      if ('objectId' in remark) return remark.objectId ?? [];
      return 'id' in remark ? remark.id : [];
    }),
  );

/**
 * The n-th key of a session: its random UUID with the last 48 bits replaced by the counter. Unique as long as the first
 * 74 random bits are, and the same again when a stored session is replayed.
 *
 * @example keyAt('3f0e8a52-5f0e-4c3a-9a54-0c9f2f1f7d11', 5); // '3f0e8a52-5f0e-4c3a-9a54-000000000005'
 */
export const keyAt = (sessionId: string, counter: number): string =>
  sessionId.slice(0, 24) + counter.toString(16).padStart(12, '0');

/** The categories that changes give objects: without them, the server does not take them. */
export const categoriesOf = (transactions: readonly Transaction[]): Set<number> =>
  new Set(
    transactions.flatMap(({ changes }) =>
      changes.flatMap((change) => {
        const fields =
          change.type === 'add' ? change.object : change.type === 'change' ? change.after : {};
        return fields.categoryId ?? [];
      }),
    ),
  );

/** The same transaction with another category in the place of one that is gone. */
export function withCategory(transaction: Transaction, from: number, to: number): Transaction {
  const replaced = <Fields extends Partial<ObjectFields>>(fields: Fields): Fields =>
    fields.categoryId === from ? { ...fields, categoryId: to } : fields;
  const changes = transaction.changes.map((change): Change => {
    if (change.type === 'status' || change.type === 'remark') return change;
    return change.type === 'change'
      ? { ...change, before: replaced(change.before), after: replaced(change.after) }
      : { ...change, object: replaced(change.object) };
  });
  return { ...transaction, changes };
}

/** One line per change, for tests and logs: `draw: add −1 (category 1)`. */
export function printTransaction({
  label,
  changes,
}: Pick<Transaction, 'label' | 'changes'>): string {
  const lines = changes.map((change) => {
    if (change.type === 'status') return `status ${change.before} → ${change.after}`;
    if (change.type === 'remark') return change.remark.type;
    const fields = change.type === 'change' ? ` ${Object.keys(change.after).join(', ')}` : '';
    return `${change.type} ${changedId(change)}${fields}`;
  });
  return `${label}: ${lines.join('; ')}`;
}
