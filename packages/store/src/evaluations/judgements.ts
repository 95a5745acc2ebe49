// What became of the objects and pictures of an evaluation: filtered, the most wrong first; and where two models differ.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import { getEvaluation } from './evaluation.ts';
import type { JudgementRecord } from './evaluation-record.ts';

/** The picture as it is now; null where it is gone. */
export interface JudgedPicture {
  fileName: string;
  sha256: string | null;
  width: number;
  height: number;
}

export interface Judgement extends JudgementRecord {
  position: number;
  image: JudgedPicture | null;
}

export interface JudgementFilter {
  outcomes?: readonly string[];
  /** Categories; null for what is none. */
  trueCategoryId?: number | null;
  predictedCategoryId?: number | null;
  leastScore?: number;
  imageId?: number;
}

const pictureOf = sql`(
  select json_build_object('fileName', i.file_name, 'sha256', encode(i.sha256, 'hex'),
    'width', i.width, 'height', i.height)
  from image i where i.dataset_id = e.dataset_id and i.image_id = j.image_id and not i.is_deleted)`;

/** The most wrong first. @throws StoreError `evaluation-not-found` */
export async function listJudgements(
  store: Store,
  evaluationId: number,
  filter: JudgementFilter,
  { from, limit }: { from: number; limit: number },
): Promise<{ total: number; judgements: Judgement[] }> {
  await getEvaluation(store, evaluationId);
  const { outcomes, trueCategoryId, predictedCategoryId, leastScore, imageId } = filter;
  const conditions = [sql`j.evaluation_id = ${evaluationId}`];
  if (outcomes !== undefined) conditions.push(sql`j.outcome = any(${[...outcomes]})`);
  if (trueCategoryId !== undefined) {
    conditions.push(sql`j.true_category_id is not distinct from ${trueCategoryId}::bigint`);
  }
  if (predictedCategoryId !== undefined) {
    conditions.push(
      sql`j.predicted_category_id is not distinct from ${predictedCategoryId}::bigint`,
    );
  }
  if (leastScore !== undefined) conditions.push(sql`j.score >= ${leastScore}`);
  if (imageId !== undefined) conditions.push(sql`j.image_id = ${imageId}`);
  const condition = sql.join(conditions, sql` and `);
  const db = databaseOf(store);
  const [counted, page] = await Promise.all([
    sql<{ total: number }>`
      select count(*) as total from evaluation_judgement j where ${condition}`.execute(db),
    sql<Judgement>`
      select j.position, j.image_id as "imageId", j.outcome, j.annotation_id as "annotationId",
        j.true_category_id as "trueCategoryId", j.predicted_category_id as "predictedCategoryId",
        j.score, j.iou, j.true_box as "trueBox", j.predicted_box as "predictedBox",
        j.true_value as "trueValue", j.predicted_value as "predictedValue", j.wrongness,
        ${pictureOf} as image
      from (select * from evaluation_judgement j where ${condition}
        order by j.wrongness desc, j.position offset ${from} limit ${limit}) as j
      join evaluation e on e.id = j.evaluation_id
      order by j.wrongness desc, j.position`.execute(db),
  ]);
  return { total: counted.rows[0].total, judgements: page.rows };
}

/** A picture that two models were measured on. */
export interface ImageDifference {
  imageId: number;
  image: JudgedPicture | null;
  mistakeCount: number;
  otherMistakeCount: number;
  wrongness: number;
  otherWrongness: number;
}

export interface EvaluationDifferences {
  /** Pictures on which this one is better, on which the other is, and on which neither is. */
  better: number;
  worse: number;
  equal: number;
  total: number;
  /** Those that differ, the greatest difference first. */
  images: ImageDifference[];
}

/** @throws StoreError `evaluation-not-found` */
export async function compareEvaluations(
  store: Store,
  evaluationId: number,
  otherId: number,
  { from, limit }: { from: number; limit: number },
): Promise<EvaluationDifferences> {
  const one = await getEvaluation(store, evaluationId);
  const other = await getEvaluation(store, otherId);
  if (other.dataset.datasetId !== one.dataset.datasetId) {
    throw new StoreError('bad-evaluation', {
      expected: phrase`two evaluations on one dataset`,
      found: phrase`one on ${one.dataset.name} and one on ${other.dataset.name}`,
    });
  }
  const db = databaseOf(store);
  const both = sql`evaluation_image a join evaluation_image b
    on a.evaluation_id = ${evaluationId} and b.evaluation_id = ${otherId} and a.image_id = b.image_id`;
  // Where everything is right on both sides, a box that fits a little better is no difference.
  const sides = sql`
    count(*) filter (where a.wrongness < b.wrongness - 1e-9) as better,
    count(*) filter (where a.wrongness > b.wrongness + 1e-9) as worse,
    count(*) filter (where abs(a.wrongness - b.wrongness) <= 1e-9) as equal`;
  const [counted, page] = await Promise.all([
    sql<{ better: number; worse: number; equal: number }>`select ${sides} from ${both}`.execute(db),
    sql<ImageDifference>`
      select j.image_id as "imageId", ${pictureOf} as image, j.mistakes as "mistakeCount",
        j.other_mistakes as "otherMistakeCount", j.wrongness, j.other as "otherWrongness"
      from (select a.image_id, a.mistake_count as mistakes, b.mistake_count as other_mistakes,
          a.wrongness, b.wrongness as other
        from ${both} where abs(a.wrongness - b.wrongness) > 1e-9
        order by abs(a.wrongness - b.wrongness) desc, a.image_id offset ${from} limit ${limit}) as j
      join evaluation e on e.id = ${one.id}
      order by abs(j.wrongness - j.other) desc, j.image_id`.execute(db),
  ]);
  const { better, worse, equal } = counted.rows[0];
  return { better, worse, equal, total: better + worse, images: page.rows };
}
