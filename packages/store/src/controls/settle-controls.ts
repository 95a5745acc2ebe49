// Says of pictures that they are looked over, and of the mistakes on them whether they were found. Said once: what is done
// later to a label does not change that it had slipped through.

import { sql } from 'kysely';
import { prepared } from '../database/prepared.ts';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import type { ControlVerdict } from '../database/tables.ts';
import { stateCount } from '../images/tally.ts';
import { isFinished } from './is-control.ts';
import { type SlippedIn, type StandingObject, stands } from './verdict.ts';

/** Kinds of revisions that are a person's work on objects. */
const personsWork = sql`('edit', 'review', 'reject')`;

/**
 * SQL over `c`: whether the one who worked last on the picture has gone on to something else. An accepted picture that nobody
 * marks is looked over as well; one that is being worked on is not.
 */
const isLeft = sql<boolean>`exists (
  select 1 from (
    select greatest(max(a.born), max(a.retired)) as revision from annotation a
    where a.dataset_id = c.dataset_id and a.image_id = c.image_id) as last
  join revision r on r.dataset_id = c.dataset_id and r.revision = last.revision
  where r.kind in ${personsWork} and exists (
    select 1 from revision later
    where later.dataset_id = c.dataset_id and later.author = r.author
      and later.revision > r.revision and later.kind in ${personsWork}))`;

/** SQL over `c`: whether its proposals went without anybody deciding on them, because a run or a change of before was taken back. */
export const isWithdrawn = sql<boolean>`(c.role <> 'control' and exists (
  select 1 from annotation p where p.dataset_id = c.dataset_id and p.image_id = c.image_id
    and p.state = 'proposed' and p.origin = c.origin)
  and not exists (
    select 1 from annotation p
    join revision r on r.dataset_id = p.dataset_id and r.revision = p.retired
    where p.dataset_id = c.dataset_id and p.image_id = c.image_id
      and p.state = 'proposed' and p.origin = c.origin and r.kind in ${personsWork}))`;

export interface SettleOptions {
  /** Leave out pictures without one: that is enough to say in time whether a mistake was found. */
  onlyMistakes?: boolean;
  /** The labels are used now: nobody is waited for. */
  isLast?: boolean;
}

/** Only those that were looked over since the last time. */
export async function settleControls(
  store: Store,
  datasetId: number,
  { onlyMistakes = false, isLast = false }: SettleOptions = {},
): Promise<void> {
  const db = prepared(databaseOf(store));
  // A control has no proposals whose number would tell when it is finished.
  const { rows } = await sql<SlippedIn & { imageId: number; role: string }>`
    select c.image_id as "imageId", c.role, c.kind, c.annotation_id as "annotationId", c.shown, c.truth
    from control_picture c
      join image on image.dataset_id = c.dataset_id and image.image_id = c.image_id
      left join image_tally t on t.dataset_id = c.dataset_id and t.image_id = c.image_id
    where c.dataset_id = ${datasetId} and c.settled_at is null and not image.is_deleted
      and (not ${onlyMistakes} or c.role = 'mistake')
      and coalesce(${stateCount('t', 'proposed')}, 0) = 0 and not ${isWithdrawn}
      and (${isFinished} or (c.role <> 'control' and t.image_id is not null and (${isLast} or ${isLeft})))`.execute(
    db,
  );
  if (rows.length === 0) return;
  const objects = await objectsOn(
    db,
    datasetId,
    rows.filter(({ role }) => role === 'mistake').map(({ imageId }) => imageId),
  );
  const settled = rows.map(({ imageId, role, ...mistake }) => ({
    image_id: imageId,
    verdict: role === 'mistake' ? verdictOf(mistake, objects.get(imageId) ?? []) : null,
  }));
  await sql`
    update control_picture c set settled_at = now(), verdict = told.verdict
    from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as told (image_id bigint, verdict text)
    where c.dataset_id = ${datasetId} and c.image_id = told.image_id and c.settled_at is null`.execute(
    db,
  );
}

const verdictOf = (mistake: SlippedIn, objects: readonly StandingObject[]): ControlVerdict =>
  stands(mistake, objects) ? 'slipped' : 'caught';

/** All that is live on some pictures, by their ids. */
export async function objectsOn(
  database: Database,
  datasetId: number,
  imageIds: readonly number[],
): Promise<Map<number, StandingObject[]>> {
  const { rows } = await sql<StandingObject & { imageId: number }>`
    select a.image_id as "imageId", a.annotation_id as "annotationId", a.state,
      a.category_id as "categoryId", case when a.bbox_width is not null
        then array[a.bbox_x, a.bbox_y, a.bbox_width, a.bbox_height] end as bbox
    from annotation a
    where a.dataset_id = ${datasetId} and a.retired is null
      and a.image_id = any(${[...imageIds]}::bigint[])`.execute(database);
  return Map.groupBy(rows, ({ imageId }) => imageId);
}
