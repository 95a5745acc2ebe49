// The objects of a picture as the list shows them: by category, in the order of the categories.

import type { AnnotationObject, Category, ObjectId, ObjectMap } from '@migaki/annotator';

export type ObjectRow =
  | {
      readonly type: 'group';
      readonly category: Category | null;
      readonly ids: readonly ObjectId[];
      readonly isOpen: boolean;
    }
  | { readonly type: 'object'; readonly object: AnnotationObject };

/** CSS pixels. */
export const rowHeight = 26;

/** Where a row lies in the list. @param top CSS pixels */
export const rowStyle = (top: number) => ({
  transform: `translateY(${top}px)`,
  height: rowHeight,
});

export interface ObjectFilter {
  /** Part of a category's name, an id, an attribute or a caption. */
  readonly text: string;
  readonly withRejected: boolean;
  /** Closed groups, by id of the category. */
  readonly closed: ReadonlySet<number | null>;
}

export function objectRows(
  objects: ObjectMap<AnnotationObject>,
  categories: readonly Category[],
  { text, withRejected, closed }: ObjectFilter,
): ObjectRow[] {
  const wanted = text.trim().toLowerCase();
  const byId = new Map(categories.map((category) => [category.id, category]));
  const groups = new Map<number | null, AnnotationObject[]>(categories.map(({ id }) => [id, []]));
  for (const object of objects.values()) {
    if (object.state === 'rejected' && !withRejected) continue;
    if (wanted !== '' && !matches(object, byId, wanted)) continue;
    const group = groups.get(object.categoryId);
    if (group === undefined) groups.set(object.categoryId, [object]);
    else group.push(object);
  }
  return [...groups].flatMap(([categoryId, members]): ObjectRow[] => {
    if (members.length === 0) return [];
    const isOpen = wanted !== '' || !closed.has(categoryId);
    const category = categoryId === null ? null : (byId.get(categoryId) ?? null);
    const ids = members.map(({ id }) => id);
    return [
      { type: 'group', category, ids, isOpen },
      ...(isOpen ? members.map((object) => ({ type: 'object', object }) as const) : []),
    ];
  });
}

function matches(
  { id, categoryId, caption, attributes }: AnnotationObject,
  categories: ReadonlyMap<number, Category>,
  wanted: string,
): boolean {
  const name = categoryId === null ? '' : (categories.get(categoryId)?.name ?? '');
  return [
    name,
    `#${id}`,
    caption ?? '',
    ...Object.entries(attributes).map(([key, value]) => `${key}: ${String(value)}`),
  ].some((each) => each.toLowerCase().includes(wanted));
}
