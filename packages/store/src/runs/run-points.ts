// The points of curves: added as a run goes, read with as many as a picture of them has room for.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { jobStateWords } from '../jobs/jobs.ts';
import { StoreError } from '../store-error.ts';
import { notExternal } from './change-run.ts';
import { getRun } from './run.ts';

export interface RunPoint {
  name: string;
  step: number;
  epoch: number | null;
  /** Of training, pauses between its parts not counted. */
  seconds: number;
  value: number;
  /** Default: now. */
  at?: Date;
}

export interface CurvePoint {
  step: number;
  epoch: number | null;
  seconds: number;
  /** Mean of what the point stands for, and the least and the greatest of it. */
  value: number;
  least: number;
  greatest: number;
}

export interface Curve {
  runId: number;
  name: string;
  points: CurvePoint[];
}

/**
 * Adds points; one of a name and a step that is there replaces it, so that the same may be said twice. What is no number
 * is left out.
 */
export async function addRunPoints(
  store: Store,
  runId: number,
  points: readonly RunPoint[],
): Promise<void> {
  // Of two of one key in one statement PostgreSQL would take neither.
  const last = new Map(
    points
      .filter(({ value }) => Number.isFinite(value))
      .map((point) => [`${point.step} ${point.name}`, point]),
  );
  const rows = [...last.values()];
  if (rows.length === 0) return;
  const column = <Key extends keyof RunPoint>(key: Key) => rows.map((row) => row[key]);
  await sql`
    insert into run_point (run_id, name, step, epoch, seconds, value, at)
    select ${runId}, name, step, epoch, seconds, value, coalesce(at, now())
    from unnest(${column('name')}::text[], ${column('step')}::bigint[], ${column('epoch')}::float8[],
      ${column('seconds')}::float8[], ${column('value')}::float8[],
      ${rows.map(({ at }) => at ?? null)}::timestamptz[]) as said (name, step, epoch, seconds, value, at)
    where exists (select from run where id = ${runId})
    on conflict (run_id, name, step) do update
      set epoch = excluded.epoch, seconds = excluded.seconds, value = excluded.value, at = excluded.at`.execute(
    databaseOf(store),
  );
}

/**
 * Adds what another program logs, and keeps the last value of each name with the run.
 *
 * @throws StoreError `run-not-found`, `run-state` for a training of the workbench, and for a run that was said to have ended
 */
export async function logRunPoints(
  store: Store,
  runId: number,
  points: readonly (Pick<RunPoint, 'name' | 'step' | 'value' | 'at'> & { epoch?: number })[],
): Promise<void> {
  const run = await getRun(store, runId);
  if (run.kind !== 'external') throw notExternal(run);
  if (run.finishedAt !== null) {
    throw new StoreError('run-state', {
      where: run.name,
      expected: phrase`a run that has not ended`,
      found: jobStateWords[run.state],
      advice: phrase`Log everything before the run is finished, or begin another one.`,
    });
  }
  const start = (run.startedAt ?? run.createdAt).getTime();
  await addRunPoints(
    store,
    runId,
    points.map(({ at = new Date(), epoch = null, ...point }) => ({
      ...point,
      at,
      epoch,
      seconds: Math.max(0, (at.getTime() - start) / 1000),
    })),
  );
  const names = [...new Set(points.map(({ name }) => name))];
  await sql`
    update run set changed_at = clock_timestamp(),
      metrics = metrics || coalesce((
        select jsonb_object_agg(name, value) from (
          select distinct on (name) name, value from run_point
          where run_id = ${runId} and name = any(${names}) order by name, step desc) as last), '{}'),
      step = greatest(step, ${Math.max(...points.map(({ step }) => step))}),
      epoch = greatest(epoch, ${points.findLast(({ epoch }) => epoch !== undefined)?.epoch ?? null}::float8),
      elapsed_seconds = (select max(seconds) from run_point where run_id = ${runId})
    where id = ${runId}`.execute(databaseOf(store));
}

/** Forgets what comes after a step, of a run that goes on from there and makes those steps again. */
export async function cutRunPoints(store: Store, runId: number, afterStep: number): Promise<void> {
  const db = databaseOf(store);
  for (const table of ['run_point', 'run_sample'] as const) {
    await db.deleteFrom(table).where('run_id', '=', runId).where('step', '>', afterStep).execute();
  }
}

/** The last value of everything of a run that has a curve, by name. */
export async function latestValues(store: Store, runId: number): Promise<Record<string, number>> {
  // Jumps from name to name along the key, where `distinct` would read every point.
  const { rows } = await sql<{ name: string; value: number }>`
    with recursive found as (
      (select name from run_point where run_id = ${runId} order by name limit 1)
      union all
      select (select p.name from run_point p where p.run_id = ${runId} and p.name > found.name
        order by p.name limit 1)
      from found where found.name is not null)
    select name, (select value from run_point p where p.run_id = ${runId} and p.name = found.name
      order by step desc limit 1) as value
    from found where name is not null`.execute(databaseOf(store));
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

/**
 * Curves, each with at most so many points: neighbours share one, which says how far they spread.
 *
 * @param names all that there are where left out
 */
export async function runCurves(
  store: Store,
  runIds: readonly number[],
  { names, points }: { names?: readonly string[]; points: number },
): Promise<Curve[]> {
  const isNamed = names === undefined ? sql`true` : sql`name = any(${[...names]})`;
  const { rows } = await sql<CurvePoint & { runId: number; name: string }>`
    select run_id as "runId", name, max(step) as step, max(epoch) as epoch, max(seconds) as seconds,
      avg(value) as value, min(value) as least, max(value) as greatest
    from (
      select *, ntile(${points}) over (partition by run_id, name order by step) as part
      from run_point where run_id = any(${[...runIds]}::int[]) and ${isNamed}) as parted
    group by run_id, name, part order by run_id, name, part`.execute(databaseOf(store));
  const curves = Map.groupBy(rows, ({ runId, name }) => `${runId} ${name}`);
  return [...curves.values()]
    .map((of) => ({
      runId: of[0].runId,
      name: of[0].name,
      points: of.map(({ runId: _, name: __, ...point }) => point),
    }))
    .sort((a, b) => runIds.indexOf(a.runId) - runIds.indexOf(b.runId));
}
