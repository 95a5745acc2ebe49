// From the text of a query to SQL conditions over the aliases `image` and, for objects, `a`.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { controlsStamp } from '../controls/control-picture.ts';
import type { Database } from '../database/store.ts';
import { visibleAt } from '../datasets/visibility.ts';
import { keepDoubts } from '../doubt/keep-doubts.ts';
import { embeddingsStamp } from '../embeddings/dataset-embeddings.ts';
import { nextToLabelNumber } from '../embeddings/next-to-label.ts';
import { everything, mentions, type Query, type Term } from './ast.ts';
import { type Condition, comparedTo } from './comparisons.ts';
import { type Beside, evaluationIn, fieldOf, type QueryScope } from './fields.ts';
import { badQuery, parseOrEverything } from './parse.ts';
import { similarTo } from './similar-to.ts';
import { asksDoubts, asksEmbeddings, asksNext } from './sort.ts';

/**
 * SQL: whether an image matches. Says of which dataset and that it is not deleted, too.
 *
 * @param at the revision whose categories the query names; see `matches-at.ts`
 * @throws StoreError `bad-query`
 */
export async function compileImages(
  database: Database,
  datasetId: number,
  text = '',
  { deleted = false, at = null }: { deleted?: boolean; at?: number | null } = {},
): Promise<Condition> {
  const query = parseOrEverything(text);
  const scope = await scopeOf(database, datasetId, query, at);
  const isThere = deleted ? sql`image.is_deleted` : sql`not image.is_deleted`;
  const isOfDataset = sql<boolean>`image.dataset_id = ${datasetId} and ${isThere}`;
  return query === everything
    ? isOfDataset
    : sql`${isOfDataset} and ${imageCondition(query, scope)}`;
}

/**
 * SQL: whether an object `a` on `image` matches: what the query says of objects must hold for this very one.
 *
 * @param withRejected also those that were rejected, which else are there only for who asks for their state
 * @throws StoreError `bad-query`
 */
export async function compileObjects(
  database: Database,
  datasetId: number,
  text = '',
  { withRejected = false } = {},
): Promise<Condition> {
  const query = parseOrEverything(text);
  const scope = await scopeOf(database, datasetId, query);
  return sql`a.dataset_id = ${datasetId} and a.retired is null
    ${withRejected ? sql`` : hidesRejected(query)} and ${objectCondition(query, scope)}`;
}

/** Whether a query says nothing of single objects: then all objects of the images that match do. @throws StoreError `bad-query` */
export const isOfImagesAlone = (text: string): boolean =>
  !mentions(parseOrEverything(text), (term) => fieldOf(term).of === 'object');

/**
 * Tells whether an answer to a query still holds although the dataset has not changed: some filters and orders ask of what is
 * kept beside it. Always the same for others.
 *
 * @throws StoreError `bad-query`
 */
export async function stampBeside(
  database: Database,
  datasetId: number,
  text: string,
  sort?: string,
): Promise<string> {
  const query = parseOrEverything(text);
  const asks = (beside: Beside) => mentions(query, (term) => fieldOf(term).beside === beside);
  const [work, evaluation, embeddings, doubts, next, controls] = await Promise.all([
    asks('work') ? lastWork(database, datasetId) : 0,
    asks('evaluations') ? lastEvaluation(database, datasetId) : 0,
    asks('embeddings') || asksEmbeddings(sort) ? embeddingsStamp(database, datasetId) : 0,
    asksDoubts(sort) ? keepDoubts(database, datasetId) : 0,
    asks('next') || asksNext(sort) ? nextToLabelNumber(database, datasetId) : 0,
    asks('controls') ? controlsStamp(database, datasetId) : 0,
  ]);
  return `${work} ${evaluation} ${embeddings} ${doubts} ${next} ${controls}`;
}

async function lastWork(database: Database, datasetId: number): Promise<number> {
  const { rows } = await sql<{ stamp: number }>`
    select coalesce(max(number), 0) as stamp from work_time where dataset_id = ${datasetId}`.execute(
    database,
  );
  return rows[0].stamp;
}

async function lastEvaluation(database: Database, datasetId: number): Promise<number> {
  const { rows } = await sql<{ stamp: number }>`
    select coalesce(max(id), 0) as stamp from evaluation where dataset_id = ${datasetId}`.execute(
    database,
  );
  return rows[0].stamp;
}

/** Fields whose values or arguments are names of categories. */
const namesCategories = new Set(['category', 'count', 'confused']);

async function scopeOf(
  database: Database,
  datasetId: number,
  query: Query,
  at: number | null = null,
): Promise<QueryScope> {
  const categories = mentions(query, ({ field }) => namesCategories.has(field))
    ? await database
        .selectFrom('category')
        .select(['category_id', 'name'])
        .where('dataset_id', '=', datasetId)
        .where(visibleAt('category', at))
        .orderBy('position')
        .execute()
    : [];
  await requireEvaluations(database, datasetId, query);
  return {
    datasetId,
    categories,
    similar: await similarTo(database, 'images', datasetId, query),
    similarObjects: await similarTo(database, 'objects', datasetId, query),
  };
}

/** @throws StoreError `bad-query` for an evaluation that the dataset does not have */
async function requireEvaluations(
  database: Database,
  datasetId: number,
  query: Query,
): Promise<void> {
  const terms: Term[] = [];
  mentions(query, (term) => {
    if (fieldOf(term).beside === 'evaluations') terms.push(term);
    return false;
  });
  for (const term of terms) {
    const id = evaluationIn(term);
    const { rows } = await sql`
      select from evaluation where id = ${id} and dataset_id = ${datasetId}`.execute(database);
    if (rows.length > 0) continue;
    throw badQuery(
      term.position,
      phrase`the number of an evaluation on this dataset in brackets after ${term.field}`,
      String(id),
      phrase`It may have been deleted; the page Runs lists those that there are.`,
    );
  }
}

function imageCondition(query: Query, scope: QueryScope): Condition {
  switch (query.kind) {
    case 'and':
    case 'or':
      return joined(
        query.kind,
        query.parts.map((part) => imageCondition(part, scope)),
      );
    case 'not':
      return sql`not coalesce(${imageCondition(query.part, scope)}, false)`;
    case 'object':
      return hasObject(query.part, scope);
    case 'term': {
      const field = fieldOf(query);
      if (field.of === 'image') return field.compile(query, scope);
      return field.ofImage?.(query, scope) ?? hasObject(query, scope);
    }
  }
}

function objectCondition(query: Query, scope: QueryScope): Condition {
  switch (query.kind) {
    case 'and':
    case 'or':
      return joined(
        query.kind,
        query.parts.map((part) => objectCondition(part, scope)),
      );
    case 'not':
      return sql`not coalesce(${objectCondition(query.part, scope)}, false)`;
    case 'object':
      return objectCondition(onlyObjects(query.part), scope);
    case 'term':
      return fieldOf(query).compile(query, scope);
  }
}

function hasObject(query: Query, scope: QueryScope): Condition {
  return sql`${hasLeastScore(query)} exists (
    select 1 from annotation a
    where a.dataset_id = image.dataset_id and a.image_id = image.image_id and a.retired is null
      ${hidesRejected(query)} and ${objectCondition(onlyObjects(query), scope)})`;
}

/**
 * An object with a score below a bound is on an image whose least score is: that spares looking for the object on most
 * images. Rejected objects are not among those whose least score is kept.
 */
function hasLeastScore(query: Query): Condition {
  const parts = query.kind === 'and' ? query.parts : [query];
  const isBelow = (part: Query): part is Term =>
    part.kind === 'term' && part.field === 'score' && part.operator.startsWith('<');
  const seesRejected = mentions(
    query,
    ({ field, values }) => field === 'state' && /rejected/i.test(`${values}`),
  );
  if (seesRejected) return sql``;
  const bounds = parts
    .filter(isBelow)
    .map((term) => sql`${comparedTo(sql`coalesce(image.least_score, 'infinity')`, term)} and`);
  return sql`${sql.join(bounds, sql` `)}`;
}

/** Rejected objects are there only for those who ask for them. */
const hidesRejected = (query: Query) =>
  namesState(query) ? sql`` : sql`and a.state <> 'rejected'`;

const namesState = (query: Query) => mentions(query, ({ field }) => field === 'state');

/** Whether a query says which states of objects it means. @throws StoreError `bad-query` */
export const asksForState = (text: string): boolean => namesState(parseOrEverything(text));

function joined(kind: 'and' | 'or', conditions: Condition[]): Condition {
  if (conditions.length === 0) return sql`true`;
  return sql`(${sql.join(conditions, kind === 'and' ? sql` and ` : sql` or `)})`;
}

/** @throws StoreError `bad-query` for a filter inside `object(…)` that speaks of images */
function onlyObjects(query: Query): Query {
  mentions(query, (term) => {
    if (fieldOf(term).of === 'object') return false;
    throw badQuery(
      term.position,
      phrase`only filters of objects inside object(…)`,
      phrase`${term.field}, which is of images`,
    );
  });
  return query;
}
