// What was changed of categories and is not saved yet. It stays while another category or page is looked at, and over a
// reload of the tab, until it is saved or discarded.

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

const storageKey = 'migaki-category-drafts';

interface Kept {
  readonly drafts: readonly (readonly [key: string, draft: CategoryDraft])[];
  /** When the datasets were made: another workbench at the same address has others under the same ids. */
  readonly createdAt: Readonly<Record<number, string>>;
}

function readKept(): Kept {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
    return { drafts: stored?.drafts ?? [], createdAt: stored?.createdAt ?? {} };
  } catch {
    return { drafts: [], createdAt: {} };
  }
}

const kept = readKept();
const drafts = createValue<ReadonlyMap<string, CategoryDraft>>(new Map(kept.drafts));
let { createdAt } = kept;
drafts.subscribe(write);

function write(): void {
  try {
    const value: Kept = { drafts: [...drafts.get()], createdAt };
    sessionStorage.setItem(storageKey, JSON.stringify(value));
  } catch {
    // Without room for them they last as long as the page.
  }
}

/** Drops what was changed of another dataset that had this id. */
export function claimDrafts(dataset: { id: number; createdAt: string }): void {
  const { id } = dataset;
  if (createdAt[id] === dataset.createdAt) return;
  const isOthers = createdAt[id] !== undefined;
  createdAt = { ...createdAt, [id]: dataset.createdAt };
  const isOwn = ([key]: [string, CategoryDraft]) => !isOthers || !key.startsWith(`${id}/`);
  drafts.set(new Map([...drafts.get()].filter(isOwn)));
}

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
