// Takes one revision back by a new one: what was born in it goes, what it retired comes again. History only grows.

import { type RawBuilder, sql } from 'kysely';
import { retireAnnotations, reviveAnnotations, touchedImages } from '../annotations/successors.ts';
import type { Store } from '../database/store.ts';
import { takeImagesBack } from '../images/change-images.ts';
import { deleteImages, restoreImages } from '../images/life.ts';
import { recount } from '../images/tally.ts';
import { StoreError } from '../store-error.ts';
import { type ChangeContext, type Revised, revise, type Work } from './revise.ts';
import { revisionOf } from './visibility.ts';

export interface UndoResult extends Revised {
  /** Images, annotations and categories that are as they were before. */
  changed: number;
  /** The revision that was taken back; kept with the revision that did it. */
  undone: number;
}

type Effect = Omit<UndoResult, keyof Revised>;

/**
 * Makes the images, annotations and categories that a revision changed what they were before it. Several changes of one
 * thing are taken back one after the other, the last one first.
 *
 * @throws StoreError `changed-meanwhile` where a later revision that still holds touched the same things, `bad-edit` where the revision
 *   changed none of them, `revision-not-found`, `dataset-not-found`, `name-taken`
 * @example
 * const { revision } = await applyEdits(store, 1, edits, { author: 'ada' });
 * await undoRevision(store, 1, revision, { author: 'ada' });
 */
export async function undoRevision(
  store: Store,
  datasetId: number,
  revision: number,
  context: ChangeContext,
): Promise<UndoResult> {
  return revise<Effect>(store, datasetId, 'undo', context, async (work) => {
    const undone = await revisionOf(work.transaction, datasetId, revision);
    await refuseTouchedLater(work, undone);
    const changed = await takeBack(work, undone);
    if (changed === 0) throw nothingToUndo(undone);
    await refuseOrphans(work, undone);
    return { changed, undone };
  });
}

async function takeBack(work: Work<Effect>, undone: number): Promise<number> {
  const { transaction, datasetId, revision } = work;
  const setAside = async (table: string, of: 'born' | 'retired') => {
    await sql`
      create temporary table ${sql.ref(table)} on commit drop as
      select image_id from image_life
      where dataset_id = ${datasetId} and ${sql.ref(of)} = ${undone}`.execute(transaction);
    return sql`select image_id from ${sql.ref(table)}`;
  };
  const leaving = await setAside('leaving_image', 'born');
  const returning = await setAside('returning_image', 'retired');
  await deleteImages(work, leaving);
  await restoreImages(work, returning, { withAnnotations: false });
  await takeImagesBack(work, sql<boolean>`revision = ${undone}`);
  // By identity: rows born in it may have gone and come back as others under revisions that were taken back.
  await retireAnnotations(
    work,
    sql<boolean>`a.annotation_id in (
      select annotation_id from annotation
      where dataset_id = ${datasetId} and (born = ${undone} or retired = ${undone}))`,
  );
  await reviveAnnotations(
    work,
    sql<boolean>`source.retired = ${undone} and source.born < ${undone}`,
  );
  const categories = await takeBackCategories(work, undone);
  await recount(
    transaction,
    datasetId,
    sql`${touchedImages(work)} union ${leaving} union ${returning}`,
  );
  const { rows } = await sql<{ images: number; annotations: number }>`
    select
      (select count(*) from (
        select image_id from image_life
        where dataset_id = ${datasetId} and (born = ${revision} or retired = ${revision})
        union select image_id from image_history
        where dataset_id = ${datasetId} and revision = ${revision}) as image) as images,
      (select count(distinct annotation_id) from annotation
        where dataset_id = ${datasetId} and (born = ${revision} or retired = ${revision})) as annotations`.execute(
    transaction,
  );
  return rows[0].images + categories + rows[0].annotations;
}

async function takeBackCategories(
  { transaction, datasetId, revision }: Work<Effect>,
  undone: number,
): Promise<number> {
  const { rows: gone } = await sql<{ category_id: number }>`
    update category set retired = ${revision}
    where dataset_id = ${datasetId} and retired is null and category_id in (
      select category_id from category
      where dataset_id = ${datasetId} and (born = ${undone} or retired = ${undone}))
    returning category_id`.execute(transaction);
  const { rows: back } = await sql<{ category_id: number }>`
    insert into category (dataset_id, category_id, name, supercategory, color, keypoints, skeleton,
      extra, position, born)
    select dataset_id, category_id, name, supercategory, color, keypoints, skeleton, extra,
      position, ${revision}
    from category where dataset_id = ${datasetId} and retired = ${undone} and born < ${undone}
    returning category_id`.execute(transaction);
  const { rows: doubled } = await sql<{ name: string }>`
    select name from category where dataset_id = ${datasetId} and retired is null
      and name in (select name from category where dataset_id = ${datasetId} and born = ${revision})
    group by name having count(*) > 1 limit 1`.execute(transaction);
  if (doubled.length > 0) {
    throw new StoreError('name-taken', {
      expected: 'names that no other category has',
      found: JSON.stringify(doubled[0].name),
      advice: 'Rename the category that has it now.',
    });
  }
  return new Set([...gone, ...back].map(({ category_id }) => category_id)).size;
}

/** Later revisions that were taken back, and those that did it: together they changed nothing. */
async function voidedAfter(
  { transaction, datasetId }: Work<Effect>,
  revision: number,
): Promise<number[]> {
  const { rows } = await sql<{ revision: number; undone: number }>`
    select revision, (result ->> 'undone')::bigint as undone from revision
    where dataset_id = ${datasetId} and revision > ${revision} and kind = 'undo'
      and result ->> 'undone' is not null
    order by revision desc`.execute(transaction);
  const voided = new Set<number>();
  // From the last one on: who was taken back himself took nothing back.
  for (const each of rows) {
    if (each.undone > revision && !voided.has(each.revision)) {
      voided.add(each.revision).add(each.undone);
    }
  }
  return [...voided];
}

/** @throws StoreError `changed-meanwhile`: undoing would undo what came later, too */
async function refuseTouchedLater(work: Work<Effect>, undone: number): Promise<void> {
  const { transaction, datasetId } = work;
  const voided = await voidedAfter(work, undone);
  /** SQL: the revision, where it is a later one that holds. */
  const later = (revision: RawBuilder<unknown>) => sql`case
    when ${revision} > ${undone} and ${revision} <> all(${voided}::bigint[]) then ${revision} end`;
  const touchedLater = (table: string, key: string): RawBuilder<unknown> => sql`
    select greatest(${later(sql`later.born`)}, ${later(sql`later.retired`)}) as revision
    from ${sql.table(table)} touched join ${sql.table(table)} later
      on later.dataset_id = touched.dataset_id
        and ${sql.ref(`later.${key}`)} = ${sql.ref(`touched.${key}`)}
    where touched.dataset_id = ${datasetId}
      and (touched.born = ${undone} or touched.retired = ${undone})`;
  const { rows } = await sql<{ revision: number | null }>`
    select max(revision) as revision from (
      ${touchedLater('annotation', 'annotation_id')}
      union all ${touchedLater('image_life', 'image_id')}
      union all ${touchedLater('category', 'category_id')}
      union all
        select greatest(${later(sql`a.born`)}, ${later(sql`a.retired`)})
        from image_life added join annotation a
          on a.dataset_id = added.dataset_id and a.image_id = added.image_id
        where added.dataset_id = ${datasetId} and added.born = ${undone}
      union all
        select ${later(sql`later.revision`)}
        from image_history touched join image_history later
          on later.dataset_id = touched.dataset_id and later.image_id = touched.image_id
        where touched.dataset_id = ${datasetId} and touched.revision = ${undone}
          and later.before ?| array(select jsonb_object_keys(touched.before))
      union all
        -- Only what people decided of them: what files and pictures told goes with the images.
        select ${later(sql`later.revision`)} from image_life added join image_history later
          on later.dataset_id = added.dataset_id and later.image_id = added.image_id
        where added.dataset_id = ${datasetId} and added.born = ${undone}
          and later.before ?| array['status', 'tags']
      union all
        select ${later(sql`gone.retired`)} from image_history touched join image_life gone
          on gone.dataset_id = touched.dataset_id and gone.image_id = touched.image_id
        where touched.dataset_id = ${datasetId} and touched.revision = ${undone}
          and not exists (
            select 1 from image_life back where back.dataset_id = gone.dataset_id
              and back.image_id = gone.image_id and back.retired is null)
    ) as touched`.execute(transaction);
  const [{ revision }] = rows;
  if (revision === null) return;
  throw changedMeanwhile(undone, `changes of them in revision ${revision}`);
}

/** @throws StoreError `changed-meanwhile` where something would come back without its image or category */
async function refuseOrphans(
  { transaction, datasetId, revision }: Work<Effect>,
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
    `annotation ${rows[0].annotation_id} without its image or category`,
  );
}

const changedMeanwhile = (undone: number, found: string) =>
  new StoreError('changed-meanwhile', {
    where: `revision ${undone}`,
    expected: 'nothing that later revisions built on',
    found,
    advice: 'Undo the later changes first, or restore a version.',
  });

const nothingToUndo = (undone: number) =>
  new StoreError('bad-edit', {
    where: `revision ${undone}`,
    expected: 'changes of images, annotations or categories',
    found: 'none',
    advice: 'What it changed besides, such as the info of a file, has no history.',
  });
