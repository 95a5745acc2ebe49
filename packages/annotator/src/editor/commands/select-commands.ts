// Selection by keys, moving by keys, what is shown and what is locked.

import type { ObjectId } from '../../document/object-map.ts';
import { translate } from '../../operations/transform.ts';
import { type EditorState, hasPlace, type Update, unchanged, visibleObjects } from '../state.ts';
import { type Command, changeSelected, told } from './command.ts';

const step =
  (direction: 1 | -1): Command =>
  (state) => {
    const ids = visibleObjects(state).map(({ id }) => id);
    if (ids.length === 0) return unchanged(state);
    const at = ids.indexOf(state.selection[0] ?? Number.NaN);
    const next = at < 0 ? (direction > 0 ? 0 : ids.length - 1) : at + direction;
    return unchanged({ ...state, selection: [ids[(next + ids.length) % ids.length]] });
  };

/** By one pixel of the picture. */
const nudge =
  (dx: number, dy: number): Command =>
  (state, atMillis) =>
    changeSelected(
      state,
      'move',
      (object) => (hasPlace(object) ? translate(object, { dx, dy }, state.document.picture) : null),
      atMillis,
    );

/** All of them where one is not yet; else none. */
function toggle(state: EditorState, which: 'hidden' | 'locked'): Update {
  if (state.selection.length === 0) return told(state, 'nothing-selected');
  const value = state.selection.some((id) => !state[which].has(id));
  return unchanged(setFlag(state, which, state.selection, value));
}

export function setFlag(
  state: EditorState,
  which: 'hidden' | 'locked',
  ids: readonly ObjectId[],
  value: boolean,
): EditorState {
  const flags = new Set(state[which]);
  for (const id of ids) {
    if (value) flags.add(id);
    else flags.delete(id);
  }
  return { ...state, [which]: flags };
}

export const selectCommands = {
  'select.all': (state) =>
    unchanged({
      ...state,
      selection: visibleObjects(state)
        .filter(hasPlace)
        .map(({ id }) => id),
    }),
  'select.next': step(1),
  'select.previous': step(-1),
  'select.left': nudge(-1, 0),
  'select.right': nudge(1, 0),
  'select.up': nudge(0, -1),
  'select.down': nudge(0, 1),
  'select.lock': (state) => toggle(state, 'locked'),
  'select.hide': (state) => toggle(state, 'hidden'),
  'select.show-all': (state) => unchanged({ ...state, hidden: new Set() }),
  'select.similar': (state) => {
    const [id] = state.selection;
    return id === undefined
      ? told(state, 'nothing-selected')
      : { state, effects: [{ type: 'find-similar', id }] };
  },
} satisfies Record<string, Command>;
