// Annotations as the editor and the grid see them: the COCO record and what the store knows besides.

import type { CocoAnnotation } from '@migaki/coco';
import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import type { AnnotationState } from '../database/tables.ts';
import { revisionOf, visibleAt } from '../datasets/visibility.ts';
import { type Review, type ReviewColumns, reviewOf } from '../review/review.ts';
import { type AnnotationContent, readableFromContent } from './annotation-record.ts';
import { contentOf } from './content-sql.ts';

export interface LiveAnnotation {
  annotationId: number;
  imageId: number;
  /** Without what nobody can draw or measure. */
  coco: CocoAnnotation;
  /** `human`, `import`, or `model name@version`. */
  origin: string;
  state: AnnotationState;
  author: string;
  /** The revision that made it as it is. */
  born: number;
  /** The revision that changed or removed it; null for what is live. */
  retired: number | null;
  /** Who has looked at it as it is; null: nobody yet. */
  reviewed: Review | null;
}

/** The columns that `liveAnnotation` reads, of the alias `a`. */
export const liveColumns = sql`a.annotation_id, a.image_id, ${contentOf('a')},
  a.origin, a.state, a.author, a.born, a.retired,
  a.reviewed_by, a.reviewed_at, a.reviewed_revision`;

export interface LiveRow extends AnnotationContent, ReviewColumns {
  annotation_id: number;
  image_id: number;
  origin: string;
  state: AnnotationState;
  author: string;
  born: number;
  retired: number | null;
}

export function liveAnnotation(row: LiveRow): LiveAnnotation {
  const { origin, state, author, born, retired } = row;
  const annotationId = row.annotation_id;
  return {
    annotationId,
    imageId: row.image_id,
    coco: readableFromContent(row, row),
    origin,
    state,
    author,
    born,
    retired,
    reviewed: reviewOf(row),
  };
}

/**
 * The annotations of some images, image by image in the order in which they came.
 *
 * @param at a version's name or a revision; default now
 * @param states default: accepted and proposed
 */
export async function annotationsOfImages(
  store: Store,
  datasetId: number,
  imageIds: readonly number[],
  {
    at,
    states = ['accepted', 'proposed'],
  }: { at?: string | number; states?: readonly AnnotationState[] } = {},
): Promise<LiveAnnotation[]> {
  const db = databaseOf(store);
  const revision = at === undefined ? null : await revisionOf(db, datasetId, at);
  const { rows } = await sql<LiveRow>`
    select ${liveColumns} from annotation a
    where a.dataset_id = ${datasetId} and a.image_id = any(${[...imageIds]}::bigint[])
      and ${visibleAt('a', revision)} and a.state = any(${[...states]})
    order by array_position(${[...imageIds]}::bigint[], a.image_id), a.row_id`.execute(db);
  return rows.map(liveAnnotation);
}

/**
 * The annotations that went into the trash with some images, image by image in the order in which they came.
 *
 * @param states default: accepted and proposed
 */
export async function annotationsGoneWith(
  store: Store,
  datasetId: number,
  imageIds: readonly number[],
  { states = ['accepted', 'proposed'] }: { states?: readonly AnnotationState[] } = {},
): Promise<LiveAnnotation[]> {
  const { rows } = await sql<LiveRow>`
    select ${liveColumns} from annotation a
      join (
        select image_id, max(retired) as gone from image_life
        where dataset_id = ${datasetId} and image_id = any(${[...imageIds]}::bigint[])
        group by image_id
      ) as life on life.image_id = a.image_id and life.gone = a.retired
    where a.dataset_id = ${datasetId} and a.retired is not null
      and a.image_id = any(${[...imageIds]}::bigint[]) and a.state = any(${[...states]})
    order by array_position(${[...imageIds]}::bigint[], a.image_id), a.row_id`.execute(
    databaseOf(store),
  );
  return rows.map(liveAnnotation);
}
