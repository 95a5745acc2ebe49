// Labels that a model speaks against, the most doubtful first, and what people think of that.

import { type CocoAnnotation, type MistakeKind, mistakeKinds } from '@migaki/coco';
import { sql } from 'kysely';
import {
  type LiveAnnotation,
  type LiveRow,
  liveAnnotation,
  liveColumns,
} from '../annotations/live-annotation.ts';
import { databaseOf, type Store } from '../database/store.ts';
import { getImages, type Image } from '../images/image.ts';
import { compileImages } from '../query/compile.ts';
import { isOpen } from './suspicion-sql.ts';

export interface LabelSuspicion {
  id: number;
  kind: MistakeKind;
  /** How much there is to be said against the label, 0 to 1. */
  doubt: number;
  image: Image;
  /** Null for what was overlooked. */
  label: LiveAnnotation | null;
  /** COCO fields, as the model has it. */
  opinion: Partial<CocoAnnotation>;
  /** Of the model, 0 to 1. */
  score: number;
  /** The score that it gives to the category of the label at that place. */
  ownScore: number;
  /** `name@version` */
  model: string;
  /** Whether the model was trained on this picture, so that it may have learned the mistake. */
  isLearned: boolean;
}

export interface SuspicionFilter {
  /** Of images. */
  query?: string;
  kind?: MistakeKind;
}

/** How many there are of each kind, whichever is asked for. */
export type SuspicionCounts = Record<MistakeKind, number>;

/**
 * Those that are still so, and that nobody has dismissed.
 *
 * @throws StoreError `bad-query`
 */
export async function listSuspicions(
  store: Store,
  datasetId: number,
  { query, kind }: SuspicionFilter,
  { from, limit }: { from: number; limit: number },
): Promise<{ counts: SuspicionCounts; suspicions: LabelSuspicion[] }> {
  const db = databaseOf(store);
  const matches = sql`s.dataset_id = ${datasetId} and ${isOpen}
    and ${await compileImages(db, datasetId, query)}`;
  const source = sql`label_suspicion s
    join image on image.dataset_id = s.dataset_id and image.image_id = s.image_id`;
  const [counted, page] = await Promise.all([
    sql<{ kind: MistakeKind; count: number }>`
      select s.kind, count(*) as count from ${source} where ${matches} group by s.kind`.execute(db),
    sql<SuspicionRow>`
      select s.id, s.kind, s.doubt, s.image_id as "imageId", s.annotation_id as "annotationId", s.opinion,
        s.score, s.own_score as "ownScore", s.model, s.is_learned as "isLearned"
      from ${source} where ${matches} and (${kind ?? null}::text is null or s.kind = ${kind ?? null})
      order by s.doubt desc, s.id offset ${from} limit ${limit}`.execute(db),
  ]);
  const rows = page.rows;
  const [images, labels] = await Promise.all([
    getImages(store, datasetId, [...new Set(rows.map(({ imageId }) => imageId))]),
    sql<LiveRow>`
      select ${liveColumns} from annotation a where a.dataset_id = ${datasetId} and a.retired is null
        and a.annotation_id = any(${rows.flatMap(({ annotationId }) => annotationId ?? [])}::bigint[])`.execute(
      db,
    ),
  ]);
  const imageOf = new Map(images.map((image) => [image.imageId, image]));
  const labelOf = new Map(labels.rows.map((row) => [row.annotation_id, liveAnnotation(row)]));
  const counts = Object.fromEntries(
    mistakeKinds.map((of) => [of, counted.rows.find((row) => row.kind === of)?.count ?? 0]),
  ) as SuspicionCounts;
  const suspicions = rows.flatMap(({ imageId, annotationId, ...row }): LabelSuspicion[] => {
    const image = imageOf.get(imageId);
    const label = annotationId === null ? null : labelOf.get(annotationId);
    // Changed between the two looks.
    return image === undefined || label === undefined ? [] : [{ ...row, image, label }];
  });
  return { counts, suspicions };
}

interface SuspicionRow extends Omit<LabelSuspicion, 'image' | 'label'> {
  imageId: number;
  annotationId: number | null;
}

/**
 * Says for good that labels are right, or takes that back. It is no change of the dataset, and takes no revision.
 *
 * @returns how many were not so before; unknown ids are passed over, they may have been replaced meanwhile
 */
export async function dismissSuspicions(
  store: Store,
  datasetId: number,
  ids: readonly number[],
  { author, isDismissed }: { author: string; isDismissed: boolean },
): Promise<number> {
  const { numUpdatedRows } = await databaseOf(store)
    .updateTable('label_suspicion')
    .set({
      dismissed_by: isDismissed ? author : null,
      dismissed_at: isDismissed ? sql`now()` : null,
    })
    .where('dataset_id', '=', datasetId)
    .where('id', 'in', [...ids])
    .where('dismissed_at', isDismissed ? 'is' : 'is not', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
