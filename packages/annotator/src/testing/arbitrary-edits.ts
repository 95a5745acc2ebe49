// Random edits of a small document: objects that come, change and go.

import fc from 'fast-check';
import type { AnnotationObject, ObjectFields } from '../document/annotation-object.ts';
import type { Document } from '../document/document.ts';
import { emptyHistory, type History, record } from '../history/history.ts';
import { applyChanges, type Change, changeOf } from '../transaction/change.ts';
import { boxObject, smallDocument, transactionOf } from './documents.ts';

const length = fc.integer({ min: 1, max: 40 });
const fields: fc.Arbitrary<Partial<ObjectFields>> = fc.record(
  {
    categoryId: fc.constantFrom(1, 2, 3),
    bbox: fc.tuple(length, length, length, length),
    isCrowd: fc.boolean(),
    attributes: fc.record({ note: fc.string({ maxLength: 3 }) }),
    keypoints: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 9, maxLength: 9 }),
  },
  { requiredKeys: [] },
);

/** `pick` chooses among the objects that are there. */
export type ArbitraryEdit =
  | { add: [number, number, number, number] }
  | { change: Partial<ObjectFields>; pick: number }
  | { remove: number };

export const arbitraryEdits: fc.Arbitrary<ArbitraryEdit[]> = fc.array(
  fc.oneof(
    fc.record({ add: fc.tuple(length, length, length, length) }),
    fc.record({ change: fields, pick: fc.nat(50) }),
    fc.record({ remove: fc.nat(50) }),
  ),
  { maxLength: 30 },
);

function changesFor(edit: ArbitraryEdit, document: Document, nextId: number): Change[] {
  if ('add' in edit) return [{ type: 'add', object: boxObject(nextId, edit.add) }];
  const all = [...document.objects.values()];
  const pickOne = (index: number): AnnotationObject | undefined => all[index % all.length];
  if ('remove' in edit) {
    const object = pickOne(edit.remove);
    return object === undefined ? [] : [{ type: 'delete', object }];
  }
  const object = pickOne(edit.pick);
  const change = object === undefined ? null : changeOf(object, edit.change);
  return change === null ? [] : [change];
}

/** What comes of edits, one transaction each. */
export function documentAfter(
  edits: readonly ArbitraryEdit[],
  start: Document = smallDocument,
): { start: Document; end: Document; history: History } {
  let end = start;
  let history = emptyHistory;
  for (const [index, edit] of edits.entries()) {
    const changes = changesFor(edit, end, -1 - index);
    if (changes.length === 0) continue;
    end = applyChanges(end, changes);
    history = record(history, transactionOf('draw', changes));
  }
  return { start, end, history };
}
