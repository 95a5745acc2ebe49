// Annotations that were removed from images that are there: to look at and to restore with `applyBulkEdit`.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { isRemovedAnnotation } from './apply-bulk-edit.ts';
import {
  type LiveAnnotation,
  type LiveRow,
  liveAnnotation,
  liveColumns,
} from './live-annotation.ts';

/** A removed annotation, and who removed it. */
export interface RemovedAnnotation {
  annotation: LiveAnnotation;
  removedBy: string;
  removedAt: Date;
}

/** Those of one image, the latest removed first; at most 500. */
export async function removedFromImage(
  store: Store,
  datasetId: number,
  imageId: number,
): Promise<RemovedAnnotation[]> {
  const { rows } = await sql<LiveRow & { removed_by: string; removed_at: Date }>`
    select ${liveColumns}, r.author as removed_by, r.at as removed_at
    from annotation a join revision r on r.dataset_id = a.dataset_id and r.revision = a.retired
    where a.dataset_id = ${datasetId} and a.image_id = ${imageId} and a.retired is not null
      and ${isRemovedAnnotation('a')}
    order by a.retired desc, a.annotation_id desc limit 500`.execute(databaseOf(store));
  return rows.map((row) => ({
    annotation: liveAnnotation(row),
    removedBy: row.removed_by,
    removedAt: row.removed_at,
  }));
}

/**
 * The latest removed first.
 *
 * @param before `retired` and `annotationId` of the last one of the page before
 */
export async function removedAnnotations(
  store: Store,
  datasetId: number,
  {
    before,
    limit = 100,
  }: { before?: { retired: number; annotationId: number }; limit?: number } = {},
): Promise<LiveAnnotation[]> {
  const beyond =
    before === undefined
      ? sql``
      : sql`and (a.retired, a.annotation_id) < (${before.retired}, ${before.annotationId})`;
  const { rows } = await sql<LiveRow>`
    select ${liveColumns} from annotation a
    where a.dataset_id = ${datasetId} and a.retired is not null
      and ${isRemovedAnnotation('a')} ${beyond}
    order by a.retired desc, a.annotation_id desc limit ${limit}`.execute(databaseOf(store));
  return rows.map(liveAnnotation);
}
