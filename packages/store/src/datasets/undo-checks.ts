// What stands in the way of taking a revision back: later changes of the same things, and things that would come back
// without what they belong to.

import { phrase, type Words } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import type { Work } from './revise.ts';

type Change = Pick<Work<never>, 'transaction' | 'datasetId' | 'revision'>;

/** Of a revision that is taken back: all of it, or what it did to some objects. */
export interface Undoing {
  undone: number;
  /** Null for all of it. */
  annotationIds: readonly number[] | null;
  /** Later revisions that were taken back, and those that did it: together they changed nothing. */
  voided: readonly number[];
}

/** Later revisions that were taken back, as far as it concerns what is to be undone now, and those that did it. */
export async function voidedAfter(
  { transaction, datasetId }: Change,
  undoing: Omit<Undoing, 'voided'>,
): Promise<number[]> {
  return [...(await takenBackAfter(transaction, datasetId, undoing))].flat();
}

/** Of later revisions those that were taken back, each with the one that did it and was not taken back itself. */
export async function takenBackAfter(
  database: Database,
  datasetId: number,
  { undone: revision, annotationIds }: Omit<Undoing, 'voided'>,
): Promise<Map<number, number>> {
  const { rows } = await sql<{ revision: number; undone: number; of: number[] | null }>`
    select revision, (result ->> 'undone')::bigint as undone, result -> 'annotationIds' as of
    from revision
    where dataset_id = ${datasetId} and revision > ${revision} and kind = 'undo'
      and result ->> 'undone' is not null
    order by revision desc`.execute(database);
  const takenBack = new Map<number, number>();
  // From the last one on: who was taken back himself took nothing back.
  for (const each of rows) {
    const of = each.of;
    const isOfAll = of === null || annotationIds?.every((id) => of.includes(id));
    if (isOfAll && each.undone > revision && !takenBack.has(each.revision)) {
      takenBack.set(each.undone, each.revision);
    }
  }
  return takenBack;
}

/** SQL: the revision, where it is a later one that holds; else null. */
export function laterThan(
  { undone, voided }: Undoing,
  revision: RawBuilder<unknown>,
): RawBuilder<number | null> {
  return sql`case
    when ${revision} > ${undone} and ${revision} <> all(${[...voided]}::bigint[]) then ${revision} end`;
}

/** @throws StoreError `changed-meanwhile`: undoing would undo what came later, too */
export async function refuseTouchedLater(
  { transaction, datasetId }: Change,
  undoing: Undoing,
): Promise<void> {
  const { undone, annotationIds } = undoing;
  const later = (revision: RawBuilder<unknown>) => laterThan(undoing, revision);
  const latest = (alias: string) =>
    sql`greatest(${later(sql.ref(`${alias}.born`))}, ${later(sql.ref(`${alias}.retired`))})`;
  const touchedLater = (table: string, key: string): RawBuilder<unknown> => sql`
    select ${latest('later')} as revision
    from ${sql.table(table)} touched join ${sql.table(table)} later
      on later.dataset_id = touched.dataset_id
        and ${sql.ref(`later.${key}`)} = ${sql.ref(`touched.${key}`)}
    where touched.dataset_id = ${datasetId}
      and (touched.born = ${undone} or touched.retired = ${undone})`;
  const isMeant =
    annotationIds === null
      ? sql``
      : sql`and touched.annotation_id = any(${[...annotationIds]}::bigint[])`;
  const ofObjects = [
    sql`${touchedLater('annotation', 'annotation_id')} ${isMeant}`,
    sql`
      select ${latest('later')}
      from review_history touched join annotation later
        on later.dataset_id = touched.dataset_id and later.annotation_id = touched.annotation_id
      where touched.dataset_id = ${datasetId} and touched.revision = ${undone} ${isMeant}`,
    sql`
      select ${later(sql`later.revision`)}
      from review_history touched join review_history later
        on later.dataset_id = touched.dataset_id and later.annotation_id = touched.annotation_id
      where touched.dataset_id = ${datasetId} and touched.revision = ${undone} ${isMeant}`,
  ];
  const ofOthers = [
    touchedLater('image_life', 'image_id'),
    touchedLater('category', 'category_id'),
    touchedLater('comment', 'comment_id'),
    sql`
      select ${latest('reply')}
      from comment first join comment reply
        on reply.dataset_id = first.dataset_id and reply.reply_to = first.comment_id
      where first.dataset_id = ${datasetId} and first.born = ${undone}`,
    sql`
      select ${latest('a')}
      from image_life added join annotation a
        on a.dataset_id = added.dataset_id and a.image_id = added.image_id
      where added.dataset_id = ${datasetId} and added.born = ${undone}`,
    sql`
      select ${latest('said')}
      from image_life added join comment said
        on said.dataset_id = added.dataset_id and said.image_id = added.image_id
      where added.dataset_id = ${datasetId} and added.born = ${undone}`,
    // A status that went on by itself stands in nobody's way.
    sql`
      select ${later(sql`later.revision`)}
      from image_history touched join image_history later
        on later.dataset_id = touched.dataset_id and later.image_id = touched.image_id
      where touched.dataset_id = ${datasetId} and touched.revision = ${undone}
        and later.before ?| array(
          select key from jsonb_object_keys(touched.before) as key
          where not (touched.is_begun and key = 'status'))`,
    // Only what people decided of them: what files and pictures told goes with the images.
    sql`
      select ${later(sql`later.revision`)} from image_life added join image_history later
        on later.dataset_id = added.dataset_id and later.image_id = added.image_id
      where added.dataset_id = ${datasetId} and added.born = ${undone}
        and later.before ?| array['status', 'tags', 'reviewed_by']`,
    sql`
      select ${later(sql`gone.retired`)} from image_history touched join image_life gone
        on gone.dataset_id = touched.dataset_id and gone.image_id = touched.image_id
      where touched.dataset_id = ${datasetId} and touched.revision = ${undone}
        and not exists (
          select 1 from image_life back where back.dataset_id = gone.dataset_id
            and back.image_id = gone.image_id and back.retired is null)`,
  ];
  const all = annotationIds === null ? [...ofObjects, ...ofOthers] : ofObjects;
  const { rows } = await sql<{ revision: number; author: string }>`
    select revision, author from revision
    where dataset_id = ${datasetId} and revision = (
      select max(revision) from (${sql.join(all, sql` union all `)}) as touched)`.execute(
    transaction,
  );
  if (rows.length === 0) return;
  const [{ revision, author }] = rows;
  throw changedMeanwhile(
    undone,
    phrase`changes of them by ${author} in revision ${String(revision)}`,
  );
}

/** @throws StoreError `changed-meanwhile` where something would come back without its image or category */
export async function refuseOrphans(
  { transaction, datasetId, revision }: Change,
  undone: number,
): Promise<void> {
  const { rows } = await sql<{ annotation_id: number }>`
    select a.annotation_id from annotation a
    where a.dataset_id = ${datasetId} and a.retired is null and (
      (a.born = ${revision} and (
        exists (select 1 from image where image.dataset_id = a.dataset_id
          and image.image_id = a.image_id and image.is_deleted)
        or a.category_id is not null and not exists (select 1 from category
          where category.dataset_id = a.dataset_id and category.category_id = a.category_id
            and category.retired is null)))
      or a.category_id in (
        select category_id from category where dataset_id = ${datasetId} and retired = ${revision}
        except select category_id from category where dataset_id = ${datasetId} and retired is null))
    limit 1`.execute(transaction);
  if (rows.length === 0) return;
  throw changedMeanwhile(
    undone,
    phrase`annotation ${String(rows[0].annotation_id)} without its image or category`,
  );
}

const changedMeanwhile = (undone: number, found: Words) =>
  new StoreError('changed-meanwhile', {
    where: phrase`revision ${String(undone)}`,
    expected: phrase`nothing that later revisions built on`,
    found,
    advice: phrase`Undo the later changes first, or restore a version.`,
  });
