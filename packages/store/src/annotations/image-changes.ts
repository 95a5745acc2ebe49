// What became of one image since a revision: what an editor asks that has it open, each time somebody changes the dataset.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import {
  type LiveAnnotation,
  type LiveRow,
  liveAnnotation,
  liveColumns,
} from './live-annotation.ts';

export interface ImageChanges {
  /** New, otherwise or looked at since, in every state. */
  annotations: LiveAnnotation[];
  removed: { annotationId: number; revision: number; author: string }[];
}

/**
 * The annotations of an image that changed after a revision.
 *
 * @example
 * const { annotations, removed } = await imageChanges(store, 1, 7, { since: 12 });
 */
export async function imageChanges(
  store: Store,
  datasetId: number,
  imageId: number,
  { since }: { since: number },
): Promise<ImageChanges> {
  const db = databaseOf(store);
  const [live, removed] = await Promise.all([
    sql<LiveRow>`
      select ${liveColumns} from annotation a
      where a.dataset_id = ${datasetId} and a.image_id = ${imageId} and a.retired is null
        and (a.born > ${since} or a.reviewed_revision > ${since})
      order by a.row_id`.execute(db),
    sql<ImageChanges['removed'][number]>`
      select a.annotation_id as "annotationId", a.retired as revision, r.author
      from annotation a
        join revision r on r.dataset_id = a.dataset_id and r.revision = a.retired
      where a.dataset_id = ${datasetId} and a.retired > ${since} and a.image_id = ${imageId}
        and not exists (
          select from annotation later
          where later.dataset_id = a.dataset_id and later.annotation_id = a.annotation_id
            and later.row_id > a.row_id
        )
      order by a.row_id`.execute(db),
  ]);
  return { annotations: live.rows.map(liveAnnotation), removed: removed.rows };
}
