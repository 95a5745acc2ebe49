// What was changed of categories and is not saved yet. It stays while another category or page is looked at, until it is
// saved or discarded.

import { createValue, useValue } from '../../annotate/session/value.ts';
import type { KeypointDefinition } from './keypoint-definition.ts';

/** What is left out is as it is stored, whatever others make of that meanwhile. */
export interface CategoryDraft {
  name?: string;
  supercategory?: string;
  /** Empty for the one that the app chooses. */
  color?: string;
  keypoints?: KeypointDefinition;
}

/** In the place of an id. */
export const newCategory = 'new';
type CategoryKey = number | typeof newCategory;

const drafts = createValue<ReadonlyMap<string, CategoryDraft>>(new Map());
const keyOf = (datasetId: number, category: CategoryKey) => `${datasetId}/${category}`;

export const draftOf = (datasetId: number, category: CategoryKey): CategoryDraft | undefined =>
  drafts.get().get(keyOf(datasetId, category));

/** @returns nothing while a category is as it is stored */
export const useDraft = (datasetId: number, category: CategoryKey): CategoryDraft | undefined =>
  useValue(drafts).get(keyOf(datasetId, category));

/** Adds to what was changed before. */
export function keepDraft(datasetId: number, category: CategoryKey, changed: CategoryDraft): void {
  const draft = { ...draftOf(datasetId, category), ...changed };
  drafts.set(new Map([...drafts.get(), [keyOf(datasetId, category), draft]]));
}

/** It was saved, or is not wanted. */
export function dropDraft(datasetId: number, category: CategoryKey): void {
  const gone = keyOf(datasetId, category);
  drafts.set(new Map([...drafts.get()].filter(([key]) => key !== gone)));
}
