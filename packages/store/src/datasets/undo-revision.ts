// Takes one revision back by a new one: what was born in it goes, what it retired comes again. History only grows.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { retireAnnotations, reviveAnnotations, touchedImages } from '../annotations/successors.ts';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { takeImagesBack } from '../images/change-images.ts';
import { deleteImages, restoreImages } from '../images/life.ts';
import { recount } from '../images/tally.ts';
import { takeBeginningsBack } from '../review/begin-work.ts';
import { takeCommentsBack } from '../review/change-comments.ts';
import { markedImages, takeReviewsBack } from '../review/mark-reviewed.ts';
import { StoreError } from '../store-error.ts';
import { type ChangeContext, type Revised, revise, type Work } from './revise.ts';
import { refuseOrphans, refuseTouchedLater, type Undoing, voidedAfter } from './undo-checks.ts';
import { revisionOf } from './visibility.ts';

export interface UndoResult extends Revised {
  /** Images, annotations, categories and comments that are as they were before. */
  changed: number;
  /** The revision that was taken back; kept with the revision that did it. */
  undone: number;
  /** Where only what it did to some objects was taken back. */
  annotationIds?: readonly number[];
}

type Effect = Omit<UndoResult, keyof Revised>;

/**
 * Makes the images, annotations, categories and comments that a revision changed what they were before it. Several changes
 * of one thing are taken back one after the other, the last one first.
 *
 * @param context.annotationIds takes back only what it did to these objects
 * @throws StoreError `changed-meanwhile` where a later revision that still holds touched the same things, `bad-edit` where the revision
 *   changed none of them, `revision-not-found`, `dataset-not-found`, `name-taken`
 * @example
 * const { revision } = await applyEdits(store, 1, edits, { author: 'ada' });
 * await undoRevision(store, 1, revision, { author: 'ada' });
 */
export async function undoRevision(
  store: Store | Database,
  datasetId: number,
  revision: number,
  { annotationIds, ...context }: ChangeContext & { annotationIds?: readonly number[] },
): Promise<UndoResult> {
  return revise<Effect>(store, datasetId, 'undo', context, async (work) => {
    const undone = await revisionOf(work.transaction, datasetId, revision);
    const what = { undone, annotationIds: annotationIds ?? null };
    const undoing: Undoing = { ...what, voided: await voidedAfter(work, what) };
    await refuseTouchedLater(work, undoing);
    const changed = await (annotationIds === undefined
      ? takeAllBack(work, undoing)
      : takeObjectsBack(work, undoing));
    if (changed === 0) throw nothingToUndo(undone);
    await refuseOrphans(work, undone);
    return { changed, undone, ...(annotationIds !== undefined && { annotationIds }) };
  });
}

/**
 * Takes several revisions back, the last one first: all of them, or none where one cannot be.
 *
 * @returns the last of what was done for it, with all that is as it was before
 * @throws StoreError what `undoRevision` throws; then nothing is written
 * @example
 * const { changed } = await undoRevisions(store, 1, [4, 5], { author: 'ada' });
 */
export function undoRevisions(
  store: Store,
  datasetId: number,
  revisions: readonly number[],
  context: Pick<ChangeContext, 'author'>,
): Promise<Pick<UndoResult, 'revision' | 'changed'>> {
  return databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      const done: UndoResult[] = [];
      for (const revision of revisions.toSorted((a, b) => b - a)) {
        done.push(await undoRevision(transaction, datasetId, revision, context));
      }
      return {
        revision: done.at(-1)!.revision,
        changed: done.reduce((sum, { changed }) => sum + changed, 0),
      };
    });
}

async function takeObjectsBack(work: Work<Effect>, undoing: Undoing): Promise<number> {
  await takeAnnotationsBack(work, undoing);
  await recount(
    work.transaction,
    work.datasetId,
    sql`${touchedImages(work)} union ${markedImages(work)}`,
  );
  return countChanged(work);
}

async function takeAllBack(work: Work<Effect>, undoing: Undoing): Promise<number> {
  const { transaction, datasetId } = work;
  const { undone } = undoing;
  const setAside = async (table: string, of: 'born' | 'retired') => {
    await sql`
      create temporary table if not exists ${sql.ref(table)} (image_id bigint) on commit drop`.execute(
      transaction,
    );
    // Where several are taken back in one transaction, each sets its own aside, under the locks of the first.
    await sql`truncate ${sql.ref(table)}`.execute(transaction);
    await sql`
      insert into ${sql.ref(table)} select image_id from image_life
      where dataset_id = ${datasetId} and ${sql.ref(of)} = ${undone}`.execute(transaction);
    // Of a table that it knows nothing of, the planner takes the rows one by one.
    await sql`analyze ${sql.ref(table)}`.execute(transaction);
    return sql`select image_id from ${sql.ref(table)}`;
  };
  const leaving = await setAside('leaving_image', 'born');
  const returning = await setAside('returning_image', 'retired');
  await deleteImages(work, leaving);
  await restoreImages(work, returning, { withAnnotations: false });
  await takeImagesBack(
    work,
    sql<boolean>`revision = ${undone} and not (is_begun and key = 'status')`,
  );
  await takeAnnotationsBack(work, undoing);
  await takeBeginningsBack(work, undoing);
  await takeCommentsBack(work, undone);
  const categories = await takeBackCategories(work, undone);
  await recount(
    transaction,
    datasetId,
    sql`${touchedImages(work)} union ${markedImages(work)} union ${leaving} union ${returning}`,
  );
  return categories + (await countChanged(work));
}

async function takeAnnotationsBack(
  work: Work<Effect>,
  { undone, annotationIds }: Undoing,
): Promise<void> {
  const isMeant = (alias: string) =>
    annotationIds === null
      ? sql<boolean>`true`
      : sql<boolean>`${sql.ref(alias)}.annotation_id = any(${[...annotationIds]}::bigint[])`;
  // By identity: rows born in it may have gone and come back as others under revisions that were taken back.
  await retireAnnotations(
    work,
    sql<boolean>`${isMeant('a')} and a.annotation_id in (
      select annotation_id from annotation
      where dataset_id = ${work.datasetId} and (born = ${undone} or retired = ${undone}))`,
  );
  await reviveAnnotations(
    work,
    sql<boolean>`${isMeant('source')} and source.retired = ${undone} and source.born < ${undone}`,
  );
  await takeReviewsBack(work, undone, isMeant('a'));
}

/** Images, annotations and comments that this revision has changed, but for what followed by itself. */
async function countChanged({ transaction, datasetId, revision }: Work<Effect>): Promise<number> {
  const born = (table: string, column: string) => sql`
    select ${sql.ref(column)} from ${sql.table(table)}
    where dataset_id = ${datasetId} and (born = ${revision} or retired = ${revision})`;
  const changed = (table: string, column: string) => sql`
    select ${sql.ref(column)} from ${sql.table(table)}
    where dataset_id = ${datasetId} and revision = ${revision}`;
  const { rows } = await sql<{ count: number }>`
    select
      (select count(*) from (
        ${born('image_life', 'image_id')}
        union ${changed('image_history', 'image_id')} and not is_begun) as image)
      + (select count(*) from (
        ${born('annotation', 'annotation_id')}
        union ${changed('review_history', 'annotation_id')}) as object)
      + (select count(*) from (${born('comment', 'comment_id')}) as said) as count`.execute(
    transaction,
  );
  return rows[0].count;
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
      expected: phrase`names that no other category has`,
      found: JSON.stringify(doubled[0].name),
      advice: phrase`Rename the category that has it now.`,
    });
  }
  return new Set([...gone, ...back].map(({ category_id }) => category_id)).size;
}

const nothingToUndo = (undone: number) =>
  new StoreError('bad-edit', {
    where: phrase`revision ${String(undone)}`,
    expected: phrase`changes of images, annotations, categories or comments`,
    found: phrase`none`,
    advice: phrase`What it changed besides, such as the info of a file, has no history.`,
  });
