// What becomes of objects when their category goes or gets other keypoints.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { carryKeypoints } from '../annotations/carry-keypoints.ts';
import { replaceAnnotations, retireAnnotations, touchedImages } from '../annotations/successors.ts';
import { recount } from '../images/tally.ts';
import { StoreError } from '../store-error.ts';
import type { Work } from './revise.ts';

type Change = Pick<Work<never>, 'transaction' | 'datasetId' | 'revision' | 'author'>;

/** For each keypoint, which one it was before, counted from 0; null for one that is new. */
export type KeypointSources = readonly (number | null)[];

/** Gives the objects of categories to another one, with the keypoints that it has, too; or removes them. Answers how many. */
export async function moveObjects(
  change: Change,
  from: readonly number[],
  to: number | 'remove',
): Promise<number> {
  const areTheirs = sql<boolean>`a.category_id = any(${[...from]}::bigint[])`;
  const count =
    to === 'remove'
      ? await retireAnnotations(change, areTheirs)
      : await replaceAnnotations(change, areTheirs, {
          ...(await carryKeypoints(change, areTheirs, to)).overrides,
          category_id: sql`${to}::bigint`,
        });
  if (count > 0) await recount(change.transaction, change.datasetId, touchedImages(change));
  return count;
}

/** Objects that are there now, rejected ones too. */
export async function countObjects(
  { transaction, datasetId }: Pick<Change, 'transaction' | 'datasetId'>,
  categoryId: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from annotation
    where dataset_id = ${datasetId} and category_id = ${categoryId} and retired is null`.execute(
    transaction,
  );
  return rows[0].count;
}

interface KeypointChange {
  before: readonly string[];
  after: readonly string[];
  sources?: KeypointSources;
}

/**
 * Brings the keypoints of a category's objects into a new order: those left out are lost, new ones are not labelled.
 *
 * @throws StoreError `bad-edit` where sources do not fit, or are missing although objects have another number of points
 */
export async function remapKeypoints(
  change: Change,
  categoryId: number,
  { before, after, sources }: KeypointChange,
): Promise<void> {
  if (sources === undefined) {
    if (before.length !== after.length) await refuseWherePosed(change, categoryId, after.length);
    return;
  }
  checkSources(sources, before.length, after.length);
  if (before.length === after.length && sources.every((source, index) => source === index)) return;
  const steps = sql`unnest(${[...sources]}::int[]) with ordinality as step(source, place)`;
  await replaceAnnotations(
    change,
    sql<boolean>`a.category_id = ${categoryId} and a.keypoints is not null`,
    {
      keypoints: sql`(
        select array_agg(coalesce(source.keypoints[3 * step.source + part], 0) order by place, part)
        from ${steps}, generate_series(1, 3) as part)`,
      num_keypoints:
        sources.length === 0
          ? sql`null::int`
          : sql`case when source.num_keypoints is not null then (
              select count(*) from ${steps} where source.keypoints[3 * step.source + 3] > 0)::int end`,
    },
  );
}

function checkSources(sources: KeypointSources, before: number, after: number): void {
  const used = sources.filter((source) => source !== null);
  const isRight =
    sources.length === after &&
    new Set(used).size === used.length &&
    used.every((source) => Number.isInteger(source) && source >= 0 && source < before);
  if (isRight) return;
  throw new StoreError('bad-edit', {
    where: 'keypointSources',
    expected: phrase`for each of ${after} keypoints null or one of the ${before} before, counted from 0, each once`,
    found: JSON.stringify(sources),
  });
}

async function refuseWherePosed(
  { transaction, datasetId }: Change,
  categoryId: number,
  after: number,
): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from annotation
    where dataset_id = ${datasetId} and category_id = ${categoryId} and retired is null
      and cardinality(keypoints) <> ${3 * after}`.execute(transaction);
  if (rows[0].count === 0) return;
  throw new StoreError('bad-edit', {
    where: 'keypoints',
    expected: phrase`as many keypoints as the objects of the category have`,
    found: phrase`${after}, and ${rows[0].count} objects with another number`,
    advice: phrase`Say by keypointSources which keypoint each one was before.`,
  });
}
