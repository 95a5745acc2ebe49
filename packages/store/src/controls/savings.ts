// What a model has saved the people of a dataset, as far as it was measured: how labels came to be, actions, time, and what slips
// through.

import {
  type CorrectableObject,
  type CorrectionCounts,
  correctionActions,
  countActions,
  type SlippedKind,
  slippedKinds,
} from '@migaki/coco';
import { sql } from 'kysely';
import type { AnnotationFields } from '../annotations/annotation-record.ts';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { getDataset } from '../datasets/dataset.ts';
import { stateCount } from '../images/tally.ts';
import { type EstimatedShare, wilson } from '../proposal-checks/wilson.ts';
import {
  type CorrectionWork,
  correctionWork,
  type LabelOrigins,
  labelOrigins,
} from './label-origins.ts';
import {
  leastTimedPictures,
  median,
  millisPerObject,
  savedShare,
  type TimedPicture,
} from './saved-share.ts';
import { objectsOn, settleControls } from './settle-controls.ts';

/** Pictures that were looked over, and on which work was timed. */
export interface TimedArm {
  pictureCount: number;
  objectCount: number;
  millis: number;
  /** Null without any. */
  medianMillisPerPicture: number | null;
  millisPerObject: number | null;
}

export interface Savings {
  labels: LabelOrigins;
  /** Of all proposals that were decided on. */
  work: CorrectionWork;
  time: {
    /** Of all work on the dataset. */
    recordedMillis: number;
    /** Pictures with proposals, of jobs that left controls. */
    assisted: TimedArm;
    /** Controls. */
    byHand: TimedArm;
    /** Of each so many are needed before anything is told. */
    leastCount: number;
    /** Of the time per object; null while there are too few. */
    saved: EstimatedShare | null;
  };
  controls: {
    count: number;
    /** Of these, what is drawn by hand by now. */
    finishedCount: number;
    /** What the model would have had to be corrected there, by people who did not see its proposals. */
    corrections: CorrectionCounts;
  };
  mistakes: {
    /** Slipped in. */
    count: number;
    /** Of these, on pictures that are not looked over yet. */
    openCount: number;
    /** Of these, on pictures that are looked over; those of which somebody says that they are none count nowhere. */
    judgedCount: number;
    slippedCount: number;
    /** The share that slips through; null before any was judged. */
    rate: EstimatedShare | null;
    byKind: { kind: SlippedKind; judgedCount: number; slippedCount: number }[];
  };
}

/** What pictures tell that were made for it: quick, however large the dataset is. */
export type ControlFindings = Pick<Savings, 'time' | 'controls' | 'mistakes'>;

/**
 * As it is now: looks first what was looked over since the last time.
 *
 * @throws StoreError `dataset-not-found`
 */
export async function controlFindings(store: Store, datasetId: number): Promise<ControlFindings> {
  await getDataset(store, datasetId);
  await settleControls(store, datasetId);
  const db = databaseOf(store);
  const [time, controls, mistakes] = await Promise.all([
    timeSaved(db, datasetId),
    controlsFound(db, datasetId),
    mistakesFound(db, datasetId),
  ]);
  return { time, controls, mistakes };
}

/** @throws StoreError `dataset-not-found` */
export async function datasetSavings(store: Store, datasetId: number): Promise<Savings> {
  const found = await controlFindings(store, datasetId);
  // Right after much was written the planner knows nothing of it, and would look all of it through for each row.
  const told = await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      await sql`set local enable_nestloop = off`.execute(transaction);
      await sql`set local enable_mergejoin = off`.execute(transaction);
      const labels = await labelOrigins(transaction, datasetId);
      return { labels, work: await correctionWork(transaction, datasetId) };
    });
  return { ...told, ...found };
}

async function timeSaved(db: Database, datasetId: number): Promise<Savings['time']> {
  const { rows } = await sql<TimedPicture & { role: string }>`
    select c.role, coalesce(${stateCount('t', 'accepted')}, 0) as "objectCount",
      sum(w.millis)::bigint as millis
    from control_picture c
      join image on image.dataset_id = c.dataset_id and image.image_id = c.image_id
      left join image_tally t on t.dataset_id = c.dataset_id and t.image_id = c.image_id
      join work_time w on w.dataset_id = c.dataset_id and w.image_id = c.image_id
        and w.at >= c.assigned_at
    where c.dataset_id = ${datasetId} and c.settled_at is not null and c.role <> 'mistake'
      and not image.is_deleted
    group by c.role, c.image_id, t.state_counts
    having sum(w.millis) > 0 order by c.image_id`.execute(db);
  const recorded = await sql<{ millis: number }>`
    select coalesce(sum(millis), 0)::bigint as millis from work_time
    where dataset_id = ${datasetId}`.execute(db);
  const assisted = rows.filter(({ role }) => role === 'plain');
  const byHand = rows.filter(({ role }) => role === 'control');
  return {
    recordedMillis: recorded.rows[0].millis,
    assisted: armOf(assisted),
    byHand: armOf(byHand),
    leastCount: leastTimedPictures,
    saved: savedShare(assisted, byHand),
  };
}

function armOf(pictures: readonly TimedPicture[]): TimedArm {
  const total = (of: keyof TimedPicture) => pictures.reduce((sum, each) => sum + each[of], 0);
  const objectCount = total('objectCount');
  return {
    pictureCount: pictures.length,
    objectCount,
    millis: total('millis'),
    medianMillisPerPicture: median(pictures.map(({ millis }) => millis)),
    millisPerObject: objectCount === 0 ? null : millisPerObject(pictures),
  };
}

async function controlsFound(db: Database, datasetId: number): Promise<Savings['controls']> {
  const { rows } = await sql<{ imageId: number; hidden: AnnotationFields[]; isFinished: boolean }>`
    select c.image_id as "imageId", c.hidden, c.settled_at is not null as "isFinished"
    from control_picture c
      join image on image.dataset_id = c.dataset_id and image.image_id = c.image_id
    where c.dataset_id = ${datasetId} and c.role = 'control' and not image.is_deleted`.execute(db);
  const finished = rows.filter(({ isFinished }) => isFinished);
  const objects = await objectsOn(
    db,
    datasetId,
    finished.map(({ imageId }) => imageId),
  );
  const pictures = finished.map(({ imageId, hidden }) => {
    const drawn = (objects.get(imageId) ?? []).filter(({ state }) => state === 'accepted');
    return correctionActions(
      hidden.flatMap(({ category_id, bbox }) => correctable(category_id, bbox)),
      drawn.flatMap(({ categoryId, bbox }) => correctable(categoryId, bbox)),
    );
  });
  const { corrections } = countActions(pictures);
  return { count: rows.length, finishedCount: finished.length, corrections };
}

/** What is said of whole pictures has no place to compare. */
const correctable = (categoryId: unknown, bbox: unknown): CorrectableObject[] =>
  Array.isArray(bbox)
    ? [{ categoryId: categoryId as number, bbox: bbox as unknown as CorrectableObject['bbox'] }]
    : [];

async function mistakesFound(db: Database, datasetId: number): Promise<Savings['mistakes']> {
  const { rows } = await sql<{
    kind: SlippedKind;
    count: number;
    open: number;
    judged: number;
    slipped: number;
  }>`
    select c.kind, count(*)::int as count,
      (count(*) filter (where c.verdict is null))::int as open,
      (count(*) filter (where c.verdict is not null and c.dismissed_at is null))::int as judged,
      (count(*) filter (where c.verdict = 'slipped' and c.dismissed_at is null))::int as slipped
    from control_picture c
      join image on image.dataset_id = c.dataset_id and image.image_id = c.image_id
    where c.dataset_id = ${datasetId} and c.role = 'mistake' and not image.is_deleted
    group by c.kind`.execute(db);
  const total = (of: 'count' | 'open' | 'judged' | 'slipped') =>
    rows.reduce((sum, each) => sum + each[of], 0);
  const byKind = slippedKinds.map((kind) => {
    const found = rows.find((row) => row.kind === kind);
    return { kind, judgedCount: found?.judged ?? 0, slippedCount: found?.slipped ?? 0 };
  });
  const [judgedCount, slippedCount] = [total('judged'), total('slipped')];
  return {
    count: total('count'),
    openCount: total('open'),
    judgedCount,
    slippedCount,
    rate: wilson(slippedCount, judgedCount),
    byKind,
  };
}
