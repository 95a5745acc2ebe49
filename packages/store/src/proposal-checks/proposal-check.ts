// Accepting many proposals at once on the word of a random sample: the sample is drawn and kept, judged one by one, and then
// all of them are decided on under one revision. Whatever has changed since the draw is left alone.

import { randomInt } from 'node:crypto';
import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import { replaceAnnotations, touchedImages } from '../annotations/successors.ts';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { getDataset } from '../datasets/dataset.ts';
import { type ChangeContext, type Revised, revise } from '../datasets/revise.ts';
import { recount, SCORE_BINS } from '../images/tally.ts';
import { compileObjects } from '../query/compile.ts';
import { beginWork } from '../review/begin-work.ts';
import { lookedAt } from '../review/mark-reviewed.ts';
import { StoreError } from '../store-error.ts';
import { type EstimatedShare, wilson } from './wilson.ts';

export interface ProposalCheck {
  id: number;
  categoryId: number;
  /** Proposals from this score on. */
  score: number;
  seed: number;
  revision: number;
  /** How many proposals it is about. */
  count: number;
  /** In the order in which they are judged. */
  sample: { annotationId: number; isRight: boolean | null }[];
  /** Of what was judged so far, how much is right; null before anything was. */
  precision: EstimatedShare | null;
  author: string;
  createdAt: Date;
  acceptedRevision: number | null;
}

type CheckRow = Omit<ProposalCheck, 'sample' | 'precision'> & {
  sampleIds: number[];
  verdicts: (boolean | null)[];
};

/** Ids as JSON: the driver makes texts of an array of bigint. */
const checkColumns = sql`id, category_id as "categoryId", score, seed, revision,
  cardinality(annotation_ids) as count, to_jsonb(sample_ids) as "sampleIds", verdicts, author,
  created_at as "createdAt", accepted_revision as "acceptedRevision"`;

function checkFromRow({ sampleIds, verdicts, ...row }: CheckRow): ProposalCheck {
  const judged = verdicts.filter((verdict) => verdict !== null);
  return {
    ...row,
    sample: sampleIds.map((annotationId, i) => ({ annotationId, isRight: verdicts[i] })),
    precision: wilson(judged.filter((verdict) => verdict).length, judged.length),
  };
}

/**
 * How many open proposals of each category fall into each twentieth of the scores.
 *
 * @throws StoreError `dataset-not-found`, `bad-query`
 */
export async function proposalScores(
  store: Store,
  datasetId: number,
  { query = '' }: { query?: string } = {},
): Promise<{ categoryId: number; counts: number[] }[]> {
  await getDataset(store, datasetId);
  const db = databaseOf(store);
  const { rows } = await sql<{ categoryId: number; bin: number; count: number }>`
    select a.category_id as "categoryId",
      least(floor(least(greatest(a.score, 0), 1) * ${sql.lit(SCORE_BINS)} + 1e-9), ${sql.lit(SCORE_BINS - 1)})::int as bin,
      count(*) as count
    from ${await openMatches(db, datasetId, query)}
      and a.category_id is not null and a.score is not null
    group by 1, 2`.execute(db);
  return [...Map.groupBy(rows, ({ categoryId }) => categoryId)].map(([categoryId, bins]) => ({
    categoryId,
    counts: Array.from(
      { length: SCORE_BINS },
      (_, bin) => bins.find((each) => each.bin === bin)?.count ?? 0,
    ),
  }));
}

/** SQL: proposals `a` that match and that nobody has decided on; further conditions may follow. */
const openMatches = async (database: Database, datasetId: number, query: string) => sql`
  annotation a join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
  where ${await compileObjects(database, datasetId, query)} and a.state = 'proposed'`;

/**
 * Draws a random sample of the open proposals of a category from a score on.
 *
 * @param seed for the same draw again; a random one where left out
 * @param query of what the view shows; of all where left out
 * @throws StoreError `dataset-not-found`, `bad-query`; `bad-edit` where nothing is proposed so
 * @example
 * const check = await drawProposalCheck(store, 1, { categoryId: 2, score: 0.8, size: 20 }, 'ada');
 */
export async function drawProposalCheck(
  store: Store,
  datasetId: number,
  {
    categoryId,
    score,
    size,
    seed = randomInt(2 ** 31 - 1),
    query = '',
  }: { categoryId: number; score: number; size: number; seed?: number; query?: string },
  author: string,
): Promise<ProposalCheck> {
  const { revision } = await getDataset(store, datasetId);
  const db = databaseOf(store);
  const { rows } = await sql<CheckRow>`
    with meant as materialized (
      select a.annotation_id as id from ${await openMatches(db, datasetId, query)}
        and a.category_id = ${categoryId} and a.score >= ${score} - 1e-9 and a.born <= ${revision}
    ), drawn as (
      -- Hashes of ids and a seed fall as dice do, and fall the same again.
      select id, row_number() over (order by md5(${seed}::text || ' ' || id::text), id) as nth
      from meant order by nth limit ${size}
    )
    insert into proposal_check
      (dataset_id, category_id, score, seed, revision, annotation_ids, sample_ids, verdicts, author)
    select ${datasetId}::int, ${categoryId}::bigint, ${score}::float8, ${seed}::int, ${revision}::int,
      (select array_agg(id order by id) from meant),
      (select array_agg(id order by nth) from drawn),
      (select array_agg(null::boolean) from drawn), ${author}::text
    where exists (select from meant)
    returning ${checkColumns}`.execute(db);
  if (rows.length > 0) return checkFromRow(rows[0]);
  throw new StoreError('bad-edit', {
    expected: phrase`open proposals of the category from a score of ${String(score)} on`,
    found: phrase`none`,
    advice: phrase`Choose a lower score or another category, or let a model propose first.`,
  });
}

/** @throws StoreError `proposal-check-not-found` */
export async function getProposalCheck(
  store: Store,
  datasetId: number,
  checkId: number,
): Promise<ProposalCheck> {
  return checkFromRow(await requireCheck(databaseOf(store), datasetId, checkId));
}

/** What somebody has drawn last and not decided on; null where there is nothing like that. */
export async function unfinishedProposalCheck(
  store: Store,
  datasetId: number,
  author: string,
): Promise<ProposalCheck | null> {
  const { rows } = await sql<CheckRow>`
    select ${checkColumns} from proposal_check
    where dataset_id = ${datasetId} and author = ${author} order by id desc limit 1`.execute(
    databaseOf(store),
  );
  return rows[0] === undefined || rows[0].acceptedRevision !== null ? null : checkFromRow(rows[0]);
}

async function requireCheck(
  database: Database,
  datasetId: number,
  checkId: number,
): Promise<CheckRow> {
  const { rows } = await sql<CheckRow>`
    select ${checkColumns} from proposal_check
    where dataset_id = ${datasetId} and id = ${checkId}`.execute(database);
  if (rows.length > 0) return rows[0];
  throw new StoreError('proposal-check-not-found', {
    expected: phrase`the number of a sample of the dataset`,
    found: String(checkId),
  });
}

/**
 * Says of one of the sample whether it is right; null takes that back.
 *
 * @throws StoreError `proposal-check-not-found`, `annotation-not-found`; `changed-meanwhile` once the rest was accepted
 */
export async function judgeProposal(
  store: Store,
  datasetId: number,
  checkId: number,
  { annotationId, isRight }: { annotationId: number; isRight: boolean | null },
): Promise<ProposalCheck> {
  const check = await requireCheck(databaseOf(store), datasetId, checkId);
  if (!check.sampleIds.includes(annotationId)) {
    throw new StoreError('annotation-not-found', {
      expected: phrase`the id of an object of the sample`,
      found: String(annotationId),
    });
  }
  const { rows } = await sql<CheckRow>`
    update proposal_check
    set verdicts[array_position(sample_ids, ${annotationId}::bigint)] = ${isRight}::boolean
    where id = ${checkId} and accepted_revision is null returning ${checkColumns}`.execute(
    databaseOf(store),
  );
  if (rows.length > 0) return checkFromRow(rows[0]);
  throw new StoreError('changed-meanwhile', alreadyAccepted);
}

const alreadyAccepted = {
  expected: phrase`a sample whose rest was not accepted yet`,
  found: phrase`one that was decided on`,
  advice: phrase`Draw another sample.`,
};

/** Below, most of what would be accepted may be wrong. */
const leastPrecision = 0.5;

export interface ProposalsAccepted extends Revised {
  /** Of the sample and of the rest. */
  acceptedCount: number;
  /** Of the sample. */
  rejectedCount: number;
  /** What somebody has decided on or changed since the draw, or what a later run has replaced. */
  leftCount: number;
}

/**
 * Accepts all of which a sample was judged, and rejects what was wrong in the sample, under one revision. Only the sample counts
 * as looked at.
 *
 * @throws StoreError `proposal-check-not-found`; `bad-edit` while not all of the sample was judged, or where half of it was
 *   wrong; `changed-meanwhile` where it was accepted already
 */
export function acceptProposals(
  store: Store,
  datasetId: number,
  checkId: number,
  context: ChangeContext,
): Promise<ProposalsAccepted> {
  type Counts = Omit<ProposalsAccepted, keyof Revised>;
  return revise<Counts>(store, datasetId, 'edit', context, async (work) => {
    const { transaction } = work;
    const check = await requireCheck(transaction, datasetId, checkId);
    if (check.acceptedRevision !== null) {
      throw new StoreError('changed-meanwhile', alreadyAccepted);
    }
    refusePoor(checkFromRow(check));
    const openAmong = (ids: RawBuilder<number[]>) =>
      sql<boolean>`a.state = 'proposed' and a.born <= ${check.revision}
        and a.annotation_id = any(${ids}::bigint[])`;
    const judged = (isRight: boolean) =>
      openAmong(sql`${check.sampleIds.filter((_, i) => check.verdicts[i] === isRight)}`);
    const rejectedCount = await replaceAnnotations(work, judged(false), {
      state: sql`'rejected'::text`,
      ...lookedAt(work),
    });
    const rightCount = await replaceAnnotations(work, judged(true), {
      state: sql`'accepted'::text`,
      ...lookedAt(work),
    });
    const restCount = await replaceAnnotations(
      work,
      openAmong(sql`(select c.annotation_ids from proposal_check c where c.id = ${checkId})`),
      { state: sql`'accepted'::text` },
    );
    await sql`
      update proposal_check set accepted_revision = ${work.revision} where id = ${checkId}`.execute(
      transaction,
    );
    await recount(transaction, datasetId, touchedImages(work));
    await beginWork(work, touchedImages(work));
    const acceptedCount = rightCount + restCount;
    return { acceptedCount, rejectedCount, leftCount: check.count - acceptedCount - rejectedCount };
  });
}

function refusePoor({ sample, precision }: ProposalCheck): void {
  const open = sample.filter(({ isRight }) => isRight === null).length;
  if (open > 0 || precision === null) {
    throw new StoreError('bad-edit', {
      expected: phrase`a sample of which all is judged`,
      found: phrase`${String(open)} that nobody has judged`,
    });
  }
  if (precision.share > leastPrecision) return;
  throw new StoreError('bad-edit', {
    expected: phrase`a sample of which more than half is right`,
    found: phrase`${String(Math.round(100 * precision.share))} %`,
    advice: phrase`Choose a higher score, or look over these one by one.`,
  });
}
