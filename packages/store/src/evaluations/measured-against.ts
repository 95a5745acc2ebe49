// Whose labels a model is measured on. What was proposed and accepted as it was has the model's own boxes, so that it finds just
// those again.

import { sql } from 'kysely';
import type { Database } from '../database/store.ts';
import { visibleAt } from '../datasets/visibility.ts';
import type { PinnedDataset } from '../runs/run-record.ts';
import type { EvaluatedClass, MeasuredAgainst } from './evaluation-record.ts';

interface Measured {
  task: string;
  dataset: PinnedDataset;
  classes: readonly EvaluatedClass[];
  imageIds: readonly number[];
}

/** Null where what is compared is a value of pictures. */
export async function measuredAgainst(
  database: Database,
  { task, dataset: { datasetId, revision }, classes, imageIds }: Measured,
): Promise<MeasuredAgainst | null> {
  if (task === 'regress') return null;
  const { rows } = await sql<{ model: string | null; count: number }>`
    select substring(origin from '^model (.*)$') as model, count(*)::int as count from annotation
    where dataset_id = ${datasetId} and section = 'annotations' and state = 'accepted'
      and image_id = any(${[...imageIds]}::bigint[])
      and category_id = any(${classes.map(({ categoryId }) => categoryId)}::bigint[])
      and ${visibleAt('annotation', revision)}
    group by 1 order by count desc, 1`.execute(database);
  return {
    labelCount: rows.reduce((sum, { count }) => sum + count, 0),
    accepted: rows.flatMap(({ model, count }) => (model === null ? [] : [{ model, count }])),
  };
}
