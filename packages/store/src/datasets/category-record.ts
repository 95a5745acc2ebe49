// A category as COCO files hold it, and the columns that hold it here; see `annotations/annotation-record.ts`.

import type { CocoCategory } from '@migaki/coco';
import { isPlainText } from '../database/json-codec.ts';

export interface CategoryContent {
  name: string;
  supercategory: string | null;
  /** As CSS writes it; other tools' files carry one too. */
  color: string | null;
  keypoints: string[] | null;
  skeleton: [from: number, to: number][] | null;
  extra: Record<string, unknown>;
}

export type CategoryFields = { [Field in keyof CocoCategory]?: unknown };

const isText = (value: unknown): value is string => typeof value === 'string' && isPlainText(value);
const forms: Record<string, (value: unknown) => boolean> = {
  supercategory: isText,
  color: isText,
  keypoints: (value) => Array.isArray(value) && value.every(isText),
  skeleton: (value) =>
    Array.isArray(value) &&
    value.every(
      (edge) => Array.isArray(edge) && edge.length === 2 && edge.every(Number.isSafeInteger),
    ),
};

/** The columns for a COCO category, or null where it has no name. `id` is left to the caller. */
export function categoryFromCoco(fields: CategoryFields): CategoryContent | null {
  if (!isText(fields.name) || fields.name === '') return null;
  const content: CategoryContent = {
    name: fields.name,
    supercategory: null,
    color: null,
    keypoints: null,
    skeleton: null,
    extra: {},
  };
  const others: [string, unknown][] = [];
  for (const [field, value] of Object.entries(fields)) {
    if (field === 'id' || field === 'name' || value === undefined) continue;
    if (Object.hasOwn(forms, field) && forms[field](value)) {
      Object.assign(content, { [field]: value });
    } else {
      others.push([field, value]);
    }
  }
  content.extra = Object.fromEntries(others);
  return content;
}

/** The COCO category that the columns hold. */
export function cocoFromCategory(categoryId: number, content: CategoryContent): CocoCategory {
  const { name, supercategory, color, keypoints, skeleton, extra } = content;
  return {
    id: categoryId,
    name,
    ...(supercategory !== null && { supercategory }),
    ...(color !== null && { color }),
    ...(keypoints !== null && { keypoints }),
    ...(skeleton !== null && { skeleton }),
    ...extra,
  };
}
