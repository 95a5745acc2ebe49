// What the commands have in common.

import type { AnnotationObject, ObjectFields } from '../../document/annotation-object.ts';
import { changed } from '../../tools/drawing.ts';
import type { NoticeCode } from '../../tools/notice.ts';
import type { TransactionLabel } from '../../transaction/transaction.ts';
import { commit } from '../commit.ts';
import type { Effect } from '../effect.ts';
import { type EditorState, editableSelection, type Update, unchanged } from '../state.ts';

export type Command = (state: EditorState, atMillis: number) => Update;

/** What only the app can do. */
export const ask =
  (effect: Effect): Command =>
  (state) => ({ state, effects: [effect] });

export const told = (state: EditorState, code: NoticeCode): Update => ({
  state,
  effects: [{ type: 'notice', notice: { code } }],
});

/** Why nothing can be done to the selection: nothing is selected, or all of it is locked or hidden. */
export const nothingToDo = (state: EditorState): Update =>
  told(state, state.selection.length === 0 ? 'nothing-selected' : 'object-locked');

/**
 * Changes every selected object in one step.
 *
 * @param fieldsOf what an object shall have; null where it cannot be
 * @param whyNot told where none of them can
 */
export function changeSelected(
  state: EditorState,
  label: TransactionLabel,
  fieldsOf: (object: AnnotationObject) => Partial<ObjectFields> | null,
  atMillis: number,
  whyNot: NoticeCode = 'not-possible-for-shape',
): Update {
  const objects = editableSelection(state);
  if (objects.length === 0) return nothingToDo(state);
  const wanted = objects.map((object) => ({ object, fields: fieldsOf(object) }));
  if (wanted.every(({ fields }) => fields === null)) return told(state, whyNot);
  const changes = wanted.flatMap(({ object, fields }) =>
    fields === null ? [] : (changed(object, fields, label)?.changes ?? []),
  );
  return changes.length === 0
    ? unchanged(state)
    : unchanged(commit(state, { label, changes }, atMillis));
}
