// What a model has against the labels of some images, in place of what was said before. What somebody has dismissed stays
// dismissed, whichever model says it again.

import { bboxIou, type MistakeKind } from '@migaki/coco';
import { sql } from 'kysely';
import { contentDigest } from '../annotations/content-sql.ts';
import { encodeJson } from '../database/json-codec.ts';
import { type DatabaseTransaction, databaseOf, type Store } from '../database/store.ts';
import { sameObjectIou } from './suspicion-sql.ts';

export interface NewSuspicion {
  readonly kind: MistakeKind;
  /** 0 to 1. */
  readonly doubt: number;
  /** Null for what was overlooked. */
  readonly annotationId: number | null;
  /** COCO fields, as the model has it. */
  readonly opinion: { readonly category_id: number; readonly bbox?: readonly number[] };
  readonly score: number;
  readonly ownScore: number;
}

export interface ImageSuspicions {
  readonly imageId: number;
  readonly isLearned: boolean;
  readonly found: readonly NewSuspicion[];
}

interface Search {
  /** `name@version` */
  readonly model: string;
  readonly jobId: string;
  /** Whether they count at once; else `settleSuspicions` has the last word. */
  readonly isSettled: boolean;
}

export interface SuspicionsReplaced {
  addedCount: number;
  /** Found again though somebody has said that the label is right. */
  dismissedCount: number;
}

/**
 * Replaces the suspicions about some images that nobody has dismissed. Labels that are gone are passed over. The same call
 * again changes nothing but ids.
 *
 * @example
 * await replaceSuspicions(store, 1, { model: 'cells@3', jobId, isSettled: true },
 *   [{ imageId: 7, isLearned: false, found: [{ kind: 'swapped', doubt: 0.9, annotationId: 4,
 *     opinion: { category_id: 2, bbox: [1, 2, 30, 40] }, score: 0.9, ownScore: 0 }] }]);
 */
export function replaceSuspicions(
  store: Store,
  datasetId: number,
  { model, jobId, isSettled }: Search,
  images: readonly ImageSuspicions[],
): Promise<SuspicionsReplaced> {
  return databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      const imageIds = images.map(({ imageId }) => imageId);
      await transaction
        .deleteFrom('label_suspicion')
        .where('dataset_id', '=', datasetId)
        .where('image_id', '=', sql<number>`any(${imageIds}::bigint[])`)
        .where('dismissed_at', 'is', null)
        .execute();
      const digests = await digestsOf(transaction, datasetId, images);
      const dismissed = await dismissedOf(transaction, datasetId, imageIds);
      const counts: SuspicionsReplaced = { addedCount: 0, dismissedCount: 0 };
      const rows = images.flatMap(({ imageId, isLearned, found }) =>
        found.flatMap((one) => {
          const digest = one.annotationId === null ? null : digests.get(one.annotationId);
          if (digest === undefined) return [];
          const decisions = dismissed.get(imageId) ?? [];
          if (decisions.some((decision) => settles(decision, one, digest))) {
            counts.dismissedCount++;
            return [];
          }
          const { kind, doubt, annotationId, opinion, score, ownScore } = one;
          return {
            dataset_id: datasetId,
            image_id: imageId,
            kind,
            doubt,
            annotation_id: annotationId,
            label_digest: digest,
            opinion: encodeJson(opinion),
            category_id: opinion.category_id,
            bbox: opinion.bbox === undefined ? null : [...opinion.bbox],
            score,
            own_score: ownScore,
            model,
            is_learned: isLearned,
            is_settled: isSettled,
            job_id: jobId,
          };
        }),
      );
      counts.addedCount = rows.length;
      for (let from = 0; from < rows.length; from += rowsPerStatement) {
        const some = rows.slice(from, from + rowsPerStatement);
        await transaction.insertInto('label_suspicion').values(some).execute();
      }
      return counts;
    });
}

const rowsPerStatement = 1_000;

/** What the labels say, by their ids. */
async function digestsOf(
  transaction: DatabaseTransaction,
  datasetId: number,
  images: readonly ImageSuspicions[],
): Promise<Map<number, string>> {
  const ids = images.flatMap(({ found }) =>
    found.flatMap(({ annotationId }) => annotationId ?? []),
  );
  const { rows } = await sql<{ id: number; digest: string }>`
    select a.annotation_id as id, ${contentDigest('a')} as digest from annotation a
    where a.dataset_id = ${datasetId} and a.annotation_id = any(${ids}::bigint[])
      and a.retired is null`.execute(transaction);
  return new Map(rows.map(({ id, digest }) => [id, digest]));
}

interface Dismissed {
  imageId: number;
  kind: MistakeKind;
  annotationId: number | null;
  digest: string | null;
  categoryId: number;
  bbox: number[] | null;
}

async function dismissedOf(
  transaction: DatabaseTransaction,
  datasetId: number,
  imageIds: readonly number[],
): Promise<Map<number, Dismissed[]>> {
  const { rows } = await sql<Dismissed>`
    select image_id as "imageId", kind, annotation_id as "annotationId", label_digest as digest,
      category_id as "categoryId", bbox
    from label_suspicion where dataset_id = ${datasetId}
      and image_id = any(${[...imageIds]}::bigint[]) and dismissed_at is not null`.execute(
    transaction,
  );
  return Map.groupBy(rows, ({ imageId }) => imageId);
}

/** Whether somebody has said already that there is nothing wrong here. A label that says something else now is another matter. */
function settles(decision: Dismissed, one: NewSuspicion, digest: string | null): boolean {
  const { category_id: categoryId, bbox } = one.opinion;
  if (decision.kind !== one.kind || decision.annotationId !== one.annotationId) return false;
  if (one.kind === 'overlooked') {
    return decision.bbox === null || bbox === undefined
      ? decision.bbox === null && bbox === undefined && decision.categoryId === categoryId
      : bboxIou(decision.bbox, bbox, false) >= sameObjectIou;
  }
  return (
    decision.digest === digest && (one.kind !== 'swapped' || decision.categoryId === categoryId)
  );
}

/**
 * Keeps those of a search that hold now that all pictures were seen, and forgets the others.
 *
 * @returns how many are kept
 */
export async function settleSuspicions(
  store: Store,
  jobId: string,
  holds: (one: {
    labelCategoryId: number;
    categoryId: number;
    score: number;
    ownScore: number;
  }) => boolean,
): Promise<number> {
  return databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      const { rows } = await sql<{
        id: number;
        labelCategoryId: number;
        categoryId: number;
        score: number;
        ownScore: number;
      }>`
        select s.id, a.category_id as "labelCategoryId", s.category_id as "categoryId", s.score,
          s.own_score as "ownScore"
        from label_suspicion s join annotation a on a.dataset_id = s.dataset_id
          and a.annotation_id = s.annotation_id and a.retired is null
        where s.job_id = ${jobId}::uuid and not s.is_settled for update of s`.execute(transaction);
      const kept = rows.filter(holds).map(({ id }) => id);
      await sql`delete from label_suspicion where job_id = ${jobId}::uuid and not is_settled
        and id <> all(${kept}::bigint[])`.execute(transaction);
      await sql`update label_suspicion set is_settled = true
        where id = any(${kept}::bigint[])`.execute(transaction);
      return kept.length;
    });
}
