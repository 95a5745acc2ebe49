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
