// Categories: of the picture with the tag tool, of the selected objects, and of those to come.

import type { AnnotationObject, ObjectFields } from '../../document/annotation-object.ts';
import { poseInCategory } from '../../operations/pose.ts';
import { toggleTag } from '../../operations/tags.ts';
import { isDrawing, toolOf } from '../../tools/tool-state.ts';
import type { TransactionLabel } from '../../transaction/transaction.ts';
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
  return giveCategory(next, { categoryId }, 'category', atMillis);
}

/**
 * To all that is selected, perhaps with other fields. Poses take those of their keypoints along that the category has, too; the
 * others are named.
 */
export function giveCategory(
  state: EditorState,
  wanted: Partial<ObjectFields> & { categoryId: number },
  label: TransactionLabel,
  atMillis: number,
): Update {
  const lost = new Set<string>();
  const fieldsOf = (object: AnnotationObject) => {
    // Captions have no category.
    if (object.caption !== null) return null;
    const pose = poseInCategory(state.document, object, wanted.categoryId);
    for (const name of pose?.lost ?? []) lost.add(name);
    return { ...pose?.fields, ...wanted };
  };
  return tellingLost(changeSelected(state, label, fieldsOf, atMillis), lost);
}

/** @param lost names of keypoints that objects had and their new category has not */
export function tellingLost(result: Update, lost: ReadonlySet<string>): Update {
  if (lost.size === 0) return result;
  const notice = { code: 'keypoints-lost', names: [...lost] } as const;
  return { ...result, effects: [...result.effects, { type: 'notice', notice }] };
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
