// Who changed an annotation and when, from its first row to the last.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import {
  type LiveAnnotation,
  type LiveRow,
  liveAnnotation,
  liveColumns,
} from './live-annotation.ts';

export interface AnnotationHistoryEntry {
  revision: number;
  author: string;
  at: Date;
  kind: string;
  note: string;
  change: 'added' | 'changed' | 'removed';
  /** Null where it was not there. */
  before: LiveAnnotation | null;
  after: LiveAnnotation | null;
}

/** The revisions that changed an annotation, the latest first. @throws StoreError `annotation-not-found` */
export async function annotationHistory(
  store: Store,
  datasetId: number,
  annotationId: number,
): Promise<AnnotationHistoryEntry[]> {
  const db = databaseOf(store);
  const { rows } = await sql<LiveRow>`
    select ${liveColumns} from annotation a
    where a.dataset_id = ${datasetId} and a.annotation_id = ${annotationId}
    order by a.row_id`.execute(db);
  if (rows.length === 0) {
    throw new StoreError('annotation-not-found', {
      expected: 'the id of an annotation that is or was there',
      found: String(annotationId),
    });
  }
  const states = rows.map(liveAnnotation);
  const bornIn = new Map(states.map((state) => [state.born, state]));
  const retiredIn = new Map(states.map((state) => [state.retired, state]));
  const { rows: revisions } = await sql<
    Pick<AnnotationHistoryEntry, 'revision' | 'author' | 'at' | 'kind' | 'note'>
  >`
    select revision, author, at, kind, note from revision
    where dataset_id = ${datasetId}
      and revision = any(${states.flatMap(({ born, retired }) => [born, retired ?? born])}::bigint[])
    order by revision desc`.execute(db);
  return revisions.map((revision) => {
    const before = retiredIn.get(revision.revision) ?? null;
    const after = bornIn.get(revision.revision) ?? null;
    const change = before === null ? 'added' : after === null ? 'removed' : 'changed';
    return { ...revision, change, before, after };
  });
}
