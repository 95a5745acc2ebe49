// Who changed an annotation and when, from its first row to the last.

import { phrase } from '@migaki/coco';
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
  /** `reviewed`: it is the same, and somebody has looked at it; `unreviewed`: that was taken back. */
  change: 'added' | 'changed' | 'removed' | 'reviewed' | 'unreviewed';
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
      expected: phrase`the id of an annotation that is or was there`,
      found: String(annotationId),
    });
  }
  const states = rows.map(liveAnnotation);
  const bornIn = new Map(states.map((state) => [state.born, state]));
  const retiredIn = new Map(states.map((state) => [state.retired, state]));
  const { rows: revisions } = await sql<
    Pick<AnnotationHistoryEntry, 'revision' | 'author' | 'at' | 'kind' | 'note'> & {
      isReviewed: boolean | null;
    }
  >`
    select r.revision, r.author, r.at, r.kind, r.note, h.is_reviewed as "isReviewed"
    from revision r left join review_history h on h.dataset_id = r.dataset_id
      and h.revision = r.revision and h.annotation_id = ${annotationId}
    where r.dataset_id = ${datasetId} and (h.revision is not null
      or r.revision = any(${states.flatMap(({ born, retired }) => [born, retired ?? born])}::bigint[]))
    order by r.revision desc`.execute(db);
  return revisions.map(({ isReviewed, ...revision }) => {
    const before = retiredIn.get(revision.revision) ?? null;
    const after = bornIn.get(revision.revision) ?? null;
    if (before === null && after === null) {
      const same = states.findLast(({ born }) => born < revision.revision) ?? null;
      const change = isReviewed ? 'reviewed' : 'unreviewed';
      return { ...revision, change, before: same, after: same };
    }
    const change = before === null ? 'added' : after === null ? 'removed' : 'changed';
    return { ...revision, change, before, after };
  });
}
