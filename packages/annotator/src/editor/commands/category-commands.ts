// Categories: of the picture with the tag tool, of the selected objects, and of those to come.

import { toggleTag } from '../../operations/tags.ts';
import { isDrawing, toolOf } from '../../tools/tool-state.ts';
import { commit } from '../commit.ts';
import {
  type EditorState,
  editableSelection,
  nextObjectId,
  type Update,
  unchanged,
} from '../state.ts';
import { type Command, changeSelected, told } from './command.ts';

export function chooseCategory(state: EditorState, categoryId: number, atMillis: number): Update {
  if (!state.document.categories.some(({ id }) => id === categoryId)) {
    return told(state, 'category-gone');
  }
  if (toolOf(state.tool) === 'tag') {
    const changes = toggleTag(state.document, categoryId, nextObjectId(state));
    return unchanged(commit(state, { label: 'tag', changes }, atMillis));
  }
  const next = { ...state, settings: { ...state.settings, categoryId } };
  // In the middle of drawing the key is meant for what is being drawn, not for what is selected still.
  if (isDrawing(state.tool) || editableSelection(state).length === 0) return unchanged(next);
  // Captions have no category.
  const fieldsOf = ({ caption }: { caption: string | null }) =>
    caption === null ? { categoryId } : null;
  return changeSelected(next, 'category', fieldsOf, atMillis);
}

/** @param position counted from 1, as on the keys */
const choose =
  (position: number): Command =>
  (state, atMillis) => {
    const category = state.document.categories[position - 1];
    return category === undefined
      ? told(state, 'no-category')
      : chooseCategory(state, category.id, atMillis);
  };

export const categoryCommands = {
  'category.1': choose(1),
  'category.2': choose(2),
  'category.3': choose(3),
  'category.4': choose(4),
  'category.5': choose(5),
  'category.6': choose(6),
  'category.7': choose(7),
  'category.8': choose(8),
  'category.9': choose(9),
} satisfies Record<string, Command>;
