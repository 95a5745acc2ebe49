// The one way to change the document: a transaction that is applied, remembered for undo, and queued for saving.

import { placeOf } from '../document/annotation-object.ts';
import type { Document } from '../document/document.ts';
import type { ObjectId } from '../document/object-map.ts';
import { record, redoStep, type Step, undoStep } from '../history/history.ts';
import { moveInIndex } from '../hit-test/spatial-index.ts';
import { enqueueFree } from '../save/sync.ts';
import type { Commit } from '../tools/tool.ts';
import { initialStates, toolOf } from '../tools/tool-state.ts';
import { applyChanges, type Change } from '../transaction/change.ts';
import type { Remark } from '../transaction/remark.ts';
import { keyAt, type Transaction, touchedIds } from '../transaction/transaction.ts';
import { workedOn } from '../work-time/work-time.ts';
import { type EditorState, type Update, unchanged } from './state.ts';

export function commit(state: EditorState, wanted: Commit, atMillis: number): EditorState {
  const [transaction, next] = transact(state, wanted, atMillis);
  return { ...next, history: record(state.history, transaction) };
}

/** Queues what is said beside the document: there is nothing to undo. */
export function remark(state: EditorState, said: Remark, atMillis: number): EditorState {
  const changes = [{ type: 'remark', remark: said }] as const;
  const [, next] = transact(state, { label: 'remark', changes }, atMillis);
  return next;
}

/** The first edit of a picture begins its work. The server does so by itself, so it is nothing to be sent. */
function begun(document: Document, changes: readonly Change[]): Document {
  const { picture } = document;
  const isWork =
    picture.status === 'new' && changes.some(({ type }) => type !== 'status' && type !== 'remark');
  return isWork ? { ...document, picture: { ...picture, status: 'in_progress' } } : document;
}

/** Applies and queues; the caller says what becomes of the history. */
function transact(
  state: EditorState,
  { label, changes }: Commit,
  atMillis: number,
): [Transaction, EditorState] {
  const { session, sync } = state;
  const key = keyAt(session.id, session.transactionCount);
  const transaction: Transaction = { key, label, changes, atMillis };
  const ids = touchedIds(transaction);
  const made = changes
    .filter(({ type }) => type === 'add')
    .map((change) => -(change as Change & { type: 'add' }).object.id);
  const next = withDocument(state, begun(applyChanges(state.document, changes), changes), ids);
  return [
    transaction,
    {
      ...next,
      sync: { ...sync, queue: enqueueFree(sync.queue, transaction) },
      session: {
        ...session,
        transactionCount: session.transactionCount + 1,
        objectCount: Math.max(session.objectCount, ...made),
      },
      workTime: workedOn(state.workTime, ids),
    },
  ];
}

/** Another document, with the index and the selection in step. @param ids the objects that may differ */
export function withDocument(
  state: EditorState,
  document: Document,
  ids: Iterable<ObjectId>,
): EditorState {
  let { index } = state;
  for (const id of ids) {
    const before = state.document.objects.get(id);
    const after = document.objects.get(id);
    if (before === after) continue;
    const from = before === undefined ? null : placeOf(before);
    index = moveInIndex(index, id, from, after === undefined ? null : placeOf(after));
  }
  const selection = state.selection.filter((id) => document.objects.has(id));
  const isSame = selection.length === state.selection.length;
  return { ...state, document, index, selection: isSame ? state.selection : selection };
}

export const undo = (state: EditorState, atMillis: number): Update =>
  takeStep(state, undoStep(state.history, state.document), 'nothing-to-undo', atMillis);

export const redo = (state: EditorState, atMillis: number): Update =>
  takeStep(state, redoStep(state.history, state.document), 'nothing-to-redo', atMillis);

function takeStep(
  state: EditorState,
  step: Step | null,
  none: 'nothing-to-undo' | 'nothing-to-redo',
  atMillis: number,
): Update {
  if (step === null) return { state, effects: [{ type: 'notice', notice: { code: none } }] };
  const { history, entry, changes, refused } = step;
  if (changes.length === 0) {
    const notice = { code: 'undo-refused', ids: refused } as const;
    return { state: { ...state, history }, effects: [{ type: 'notice', notice }] };
  }
  const [, next] = transact(state, { label: entry.label, changes }, atMillis);
  const touched = [...touchedIds({ changes })].filter((id) => next.document.objects.has(id));
  // What was judged at once is looked at one by one: the next key should not meet all of it.
  const wasJudged = entry.label === 'accept' || entry.label === 'reject';
  const selection = wasJudged && touched.length > 1 ? [] : touched;
  // A gesture under way is about a document that is no more.
  return unchanged({ ...next, history, selection, tool: initialStates[toolOf(state.tool)] });
}
