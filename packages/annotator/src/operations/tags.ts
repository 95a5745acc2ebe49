// Categories and sentences of the whole picture.

import { emptyFields, isPictureLabel } from '../document/annotation-object.ts';
import type { Document } from '../document/document.ts';
import type { ObjectId } from '../document/object-map.ts';
import type { Change } from '../transaction/change.ts';

/** Gives the picture a category, or takes it away where it has it. */
export function toggleTag({ objects }: Document, categoryId: number, newId: ObjectId): Change[] {
  const tags = [...objects.values()].filter(
    (object) =>
      object.categoryId === categoryId && object.caption === null && isPictureLabel(object),
  );
  if (tags.length > 0) return tags.map((object) => ({ type: 'delete', object }));
  return [{ type: 'add', object: { id: newId, ...emptyFields, categoryId } }];
}

/** Adds a sentence about the picture. COCO allows several. */
export const addCaption = (caption: string, newId: ObjectId): Change => ({
  type: 'add',
  object: { id: newId, ...emptyFields, caption },
});
