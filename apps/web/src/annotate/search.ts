// What the address of the annotator holds: the view of the dataset in which the arrows go on, and the object to begin at.

import { type GridSearch, readGridSearch } from '../dataset/search.ts';
import type { View } from '../server/queries.ts';

/** Where pictures are opened from, beside the grid of images. */
const tabs = ['objects', 'mistakes', 'statistics', 'versions'] as const;

export interface AnnotateSearch extends Pick<GridSearch, 'q' | 'sort'> {
  /** Id of the object that is selected and zoomed to at first. */
  object?: string;
  /** The tab to which Back leads; images without it. */
  back?: (typeof tabs)[number];
  /** Looking over: the next picture is the most doubtful one that was not seen. */
  over?: '1';
}

export function readAnnotateSearch(raw: Record<string, unknown>): AnnotateSearch {
  const { q, sort } = readGridSearch(raw);
  const back = tabs.find((each) => each === raw.back);
  const object = /^\d+$/.test(String(raw.object)) ? String(raw.object) : undefined;
  return {
    ...(q !== undefined && { q }),
    ...(sort !== undefined && { sort }),
    ...(object !== undefined && { object }),
    ...(back !== undefined && { back }),
    ...(String(raw.over) === '1' && { over: '1' as const }),
  };
}

export const viewOf = ({ q = '', sort = 'name' }: AnnotateSearch): View => ({ q, sort });
