// Undo, copies, deletion, and what becomes of proposals.

import { type AnnotationObject, placeOf } from '../../document/annotation-object.ts';
import type { Size } from '../../geometry/point.ts';
import { additions, aside, copiesOf, twinOf } from '../../operations/copy.ts';
import { translate } from '../../operations/transform.ts';
import { canPropagate } from '../../save/propagate.ts';
import type { NoticeCode } from '../../tools/notice.ts';
import { changeOf } from '../../transaction/change.ts';
import { commit, redo, remark, undo } from '../commit.ts';
import { tellTool } from '../run-tool.ts';
import {
  type EditorState,
  editableSelection,
  isEditable,
  nextObjectId,
  type Update,
  unchanged,
  visibleObjects,
} from '../state.ts';
import { ask, type Command, nothingToDo, told } from './command.ts';

/** While something is being drawn, undo takes back its last point. */
const undoCommand: Command = (state, atMillis) =>
  tellTool(state, 'back', atMillis) ?? undo(state, atMillis);

const deleteSelected: Command = (state, atMillis) =>
  tellTool(state, 'delete', atMillis) ?? deleteObjects(state, atMillis);

/** What is selected and may be changed, whatever the tool is. */
export const deleteObjects: Command = (state, atMillis) => {
  const objects = editableSelection(state);
  if (objects.length === 0) return nothingToDo(state);
  const changes = objects.map((object) => ({ type: 'delete', object }) as const);
  return unchanged({ ...commit(state, { label: 'delete', changes }, atMillis), selection: [] });
};

const copy: Command = (state) => {
  const { document, selection } = state;
  const objects = selection.flatMap((id) => document.objects.get(id) ?? []);
  return objects.length === 0
    ? told(state, 'nothing-selected')
    : unchanged({ ...state, clipboard: { objects, from: document.picture } });
};

/** How far beside what is there already a copy comes to lie, CSS pixels. */
const asideScreenPixels = 12;

/**
 * Adds objects where they were, and selects them. Nothing comes to lie exactly over what is there already, where nobody would
 * see it: it is left out, and the person is told; or it is moved aside.
 */
export function paste(
  state: EditorState,
  objects: readonly AnnotationObject[],
  from: Size,
  label: 'paste' | 'copy',
  atMillis: number,
  overTwins: 'left-out' | 'aside' = 'left-out',
): Update {
  const { document, index, view } = state;
  const { copies, leftOut } = copiesOf(objects, nextObjectId(state), from, document.picture);
  const twins = copies.map((copy) => twinOf(copy, document, index));
  const isAside = overTwins === 'aside' && copies.some((copy, i) => twins[i] && placeOf(copy));
  const stepPixels = Math.max(1, Math.round(asideScreenPixels / view.scale));
  const wanted = isAside
    ? aside(copies, document, index, stepPixels)
    : copies.filter((_, i) => twins[i] === undefined);
  const notices: NoticeCode[] = [];
  if (leftOut > 0) notices.push('other-size');
  if (wanted.length < copies.length) notices.push('already-there');
  const effects = notices.map((code) => ({ type: 'notice', notice: { code } }) as const);
  if (wanted.length === 0) {
    const there = twins.flatMap((twin) => (twin === undefined ? [] : [twin.id]));
    return { state: there.length === 0 ? state : { ...state, selection: there }, effects };
  }
  const next = commit(state, { label, changes: additions(wanted) }, atMillis);
  return { state: { ...next, selection: wanted.map(({ id }) => id) }, effects };
}

const duplicate: Command = (state, atMillis) => {
  const objects = editableSelection(state);
  if (objects.length === 0) return nothingToDo(state);
  return paste(state, objects, state.document.picture, 'copy', atMillis, 'aside');
};

/** Onto other pictures; those where only proposals are there, or selected, are told of instead. */
const propagateOn: Command = (state, atMillis) => {
  const { objects } = state.document;
  const chosen =
    state.selection.length > 0
      ? state.selection.flatMap((id) => objects.get(id) ?? [])
      : [...objects.values()];
  return !chosen.some(canPropagate) && chosen.some((object) => object.state === 'proposed')
    ? told(state, 'proposals-alone')
    : ask({ type: 'open-dialog', which: 'propagate' })(state, atMillis);
};

/** The shape that was drawn or selected last, once more where the pointer is: for many things of one size. */
const repeat: Command = (state, atMillis) => {
  const { document, pointer, selection } = state;
  const { picture } = document;
  const model = document.objects.get(selection[0] ?? Number.NaN) ?? lastDrawn(state);
  const place = model === undefined ? null : placeOf(model);
  if (model === undefined || place === null) return told(state, 'nothing-selected');
  const [x, y, width, height] = place;
  const to = pointer ?? { x: picture.width / 2, y: picture.height / 2 };
  const step = { dx: to.x - x - width / 2, dy: to.y - y - height / 2 };
  const moved = { ...model, ...translate(model, step, picture) };
  return paste(state, [moved], picture, 'copy', atMillis);
};

function lastDrawn({ document, history }: EditorState): AnnotationObject | undefined {
  for (const { changes } of history.done.toReversed()) {
    for (const change of changes) {
      const object = change.type === 'add' ? document.objects.get(change.object.id) : undefined;
      if (object !== undefined && placeOf(object) !== null) return object;
    }
  }
}

/** What nobody has judged yet, beginning with what the model is least sure of. */
const proposals = (state: EditorState): AnnotationObject[] =>
  visibleObjects(state)
    .filter((object) => object.state === 'proposed')
    .sort((a, b) => (a.score ?? 0) - (b.score ?? 0));

/** From one proposal to the next, and after the last of this picture to another picture. */
const nextDoubtful: Command = (state) => {
  const ids = proposals(state).map(({ id }) => id);
  const { selection } = state;
  const at = selection.length === 1 ? ids.indexOf(selection[0]) : -1;
  const next = ids[at + 1];
  return next === undefined
    ? { state, effects: [{ type: 'open-picture', which: 'next-doubtful' }] }
    : unchanged({ ...state, selection: [next] });
};

/** Says of the selected proposals what they are, and goes on to the next. Accepted as it is, it stays the model's work. */
const judge =
  (verdict: 'accepted' | 'rejected', label: 'accept' | 'reject'): Command =>
  (state, atMillis) => {
    const objects = editableSelection(state);
    if (objects.length === 0) return nothingToDo(state);
    const changes = objects.flatMap((object) => changeOf(object, { state: verdict }) ?? []);
    const next = changes.length === 0 ? state : commit(state, { label, changes }, atMillis);
    const [following] = proposals(next);
    return unchanged({ ...next, selection: following === undefined ? [] : [following.id] });
  };

/** All that is proposed here and can be seen is right, and so is the picture as a whole: on to the next. */
const allRight: Command = (state, atMillis) => {
  const open = proposals(state).filter(({ id }) => isEditable(state, id));
  const changes = open.flatMap((object) => changeOf(object, { state: 'accepted' }) ?? []);
  const accepted =
    changes.length === 0 ? state : commit(state, { label: 'accept', changes }, atMillis);
  const looked = remark(accepted, { type: 'review-picture', isReviewed: true }, atMillis);
  return {
    state: { ...looked, selection: [] },
    effects: [{ type: 'open-picture', which: 'next' }],
  };
};

export const editCommands = {
  'edit.undo': undoCommand,
  'edit.redo': redo,
  'edit.delete': deleteSelected,
  'edit.copy': copy,
  'edit.paste': (state, atMillis) => {
    const { objects, from } = state.clipboard;
    return objects.length === 0
      ? told(state, 'nothing-copied')
      : paste(state, objects, from, 'paste', atMillis, 'aside');
  },
  'edit.duplicate': duplicate,
  'edit.repeat': repeat,
  'edit.copy-from-previous': ask({ type: 'copy-from', which: 'previous' }),
  'edit.copy-from-next': ask({ type: 'copy-from', which: 'next' }),
  'edit.copy-from': ask({ type: 'open-dialog', which: 'copy-from' }),
  'edit.propagate': propagateOn,
  'edit.interpolate': ask({ type: 'open-dialog', which: 'interpolate' }),
  'edit.accept': judge('accepted', 'accept'),
  'edit.reject': judge('rejected', 'reject'),
  'edit.next-doubtful': nextDoubtful,
  'picture.right': allRight,
} satisfies Record<string, Command>;
