// Comments written, edited, settled and taken away, under the revision of a change. Rows are only added and retired, so
// that an undo finds what was there.

import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import { isPlainText } from '../database/json-codec.ts';
import type { CommentTable } from '../database/tables.ts';
import type { Work } from '../datasets/revise.ts';
import { StoreError } from '../store-error.ts';

type Change = Pick<Work<never>, 'transaction' | 'datasetId' | 'revision' | 'author'>;

export interface NewComment {
  /** A UUID of the writer's own. */
  commentId: string;
  text: string;
  /** Where it is pinned, pixels of the picture; nothing for what is said of all of it. */
  at?: readonly [x: number, y: number];
  /** The object that it is about. */
  annotationId?: number;
  /** A comment of the thread that it goes on with. */
  replyTo?: string;
}

const LONGEST_TEXT = 10_000;

/**
 * @param where for messages
 * @throws StoreError `bad-edit`, `comment-not-found`, `annotation-not-found`
 */
export async function addComment(
  change: Change,
  imageId: number,
  { commentId, text, at, annotationId, replyTo }: NewComment,
  where: string,
): Promise<void> {
  const { transaction, datasetId, revision, author } = change;
  const checked = checkedText(text, where);
  await checkIsNew(change, commentId, where);
  if (annotationId !== undefined) await checkAnnotation(change, imageId, annotationId, where);
  const thread = replyTo === undefined ? null : await liveComment(change, replyTo, where);
  if (thread !== null && thread.image_id !== imageId) throw commentNotFound(replyTo!, where);
  await transaction
    .insertInto('comment')
    .values({
      dataset_id: datasetId,
      comment_id: commentId,
      image_id: imageId,
      annotation_id: annotationId ?? null,
      reply_to: thread === null ? null : (thread.reply_to ?? thread.comment_id),
      x: at?.[0] ?? null,
      y: at?.[1] ?? null,
      text: checked,
      author,
      born: revision,
    })
    .execute();
}

/**
 * Says the same of each of some images. Answers of how many.
 *
 * @param where a condition on `image`
 * @throws StoreError `bad-edit`
 */
export async function commentEach(
  { transaction, datasetId, revision, author }: Change,
  where: RawBuilder<boolean>,
  text: string,
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into comment (dataset_id, comment_id, image_id, text, author, born)
    select ${datasetId}, gen_random_uuid(), image.image_id, ${checkedText(text, 'action')}::text,
      ${author}::text, ${revision}
    from image where ${where}`.execute(transaction);
  return Number(numAffectedRows);
}

/** Gives one's own comment another text. @throws StoreError `bad-edit`, `comment-not-found`, `not-yours` */
export async function editComment(
  change: Change,
  commentId: string,
  text: string,
  where: string,
): Promise<number> {
  const row = await liveComment(change, commentId, where);
  const checked = checkedText(text, where);
  if (row.text === checked) return 0;
  checkIsOwn(change, row, where);
  return replaceComment(change, row, { text: checked, edited_at: new Date() });
}

/** Settles a thread, or opens it again, by any of its comments. @throws StoreError `comment-not-found` */
export async function resolveComment(
  change: Change,
  commentId: string,
  isResolved: boolean,
  where: string,
): Promise<number> {
  const said = await liveComment(change, commentId, where);
  const first = said.reply_to === null ? said : await liveComment(change, said.reply_to, where);
  if ((first.resolved_at !== null) === isResolved) return 0;
  const resolved = isResolved
    ? { resolved_by: change.author, resolved_at: new Date() }
    : { resolved_by: null, resolved_at: null };
  return replaceComment(change, first, resolved);
}

/**
 * Takes one's own comment away; with the first of a thread the whole thread, as long as nobody else has said anything there.
 *
 * @throws StoreError `comment-not-found`, `not-yours`
 */
export async function removeComment(
  change: Change,
  commentId: string,
  where: string,
): Promise<number> {
  const { transaction, datasetId, revision, author } = change;
  const row = await liveComment(change, commentId, where);
  checkIsOwn(change, row, where);
  const isOfThread = sql<boolean>`comment_id = ${commentId} or reply_to = ${commentId}`;
  const { rows: others } = await sql<{ author: string }>`
    select author from comment
    where dataset_id = ${datasetId} and retired is null and reply_to = ${commentId}
      and author <> ${author} limit 1`.execute(transaction);
  if (others.length > 0) {
    throw new StoreError('not-yours', {
      where,
      expected: phrase`a thread of your own comments alone`,
      found: phrase`a reply of ${others[0].author}`,
      advice: phrase`Resolve the thread instead.`,
    });
  }
  const { numAffectedRows } = await sql`
    update comment set retired = ${revision}
    where dataset_id = ${datasetId} and retired is null and (${isOfThread})`.execute(transaction);
  return Number(numAffectedRows);
}

/** The image of a comment that is there. @throws StoreError `comment-not-found` */
export async function imageOfComment(
  change: Change,
  commentId: string,
  where: string,
): Promise<number> {
  return (await liveComment(change, commentId, where)).image_id;
}

/** Makes comments what they were before a revision that is taken back. */
export async function takeCommentsBack(
  { transaction, datasetId, revision }: Change,
  undone: number,
): Promise<void> {
  await sql`
    update comment set retired = ${revision}
    where dataset_id = ${datasetId} and retired is null and comment_id in (
      select comment_id from comment
      where dataset_id = ${datasetId} and (born = ${undone} or retired = ${undone}))`.execute(
    transaction,
  );
  await sql`
    insert into comment (${columnList}, born)
    select ${columnList}, ${revision}::bigint from comment
    where dataset_id = ${datasetId} and retired = ${undone} and born < ${undone}
    order by row_id`.execute(transaction);
}

/** What stays when a row follows another. */
export const copiedColumns = [
  'dataset_id',
  'comment_id',
  'image_id',
  'annotation_id',
  'reply_to',
  'x',
  'y',
  'text',
  'author',
  'written_at',
  'edited_at',
  'resolved_by',
  'resolved_at',
] as const satisfies (keyof CommentTable)[];

const columnList = sql.join(copiedColumns.map((column) => sql.ref(column)));

type CommentRow = { [Column in Exclude<keyof CommentTable, 'row_id'>]: unknown } & {
  comment_id: string;
  image_id: number;
  reply_to: string | null;
  text: string;
  author: string;
  resolved_at: Date | null;
};

async function liveComment(
  { transaction, datasetId }: Change,
  commentId: string,
  where: string,
): Promise<CommentRow> {
  const { rows } = await sql<CommentRow>`
    select * from comment
    where dataset_id = ${datasetId} and comment_id = ${commentId} and retired is null`.execute(
    transaction,
  );
  if (rows.length === 0) throw commentNotFound(commentId, where);
  return rows[0];
}

/** Retires the row of a comment and adds one that differs. */
async function replaceComment(
  { transaction, datasetId, revision }: Change,
  { comment_id }: CommentRow,
  changed: Partial<Pick<CommentTable, 'text' | 'resolved_by'>> & {
    edited_at?: Date;
    resolved_at?: Date | null;
  },
): Promise<number> {
  const values = copiedColumns.map((column) =>
    Object.hasOwn(changed, column)
      ? sql`${changed[column as keyof typeof changed]}`
      : sql.ref(`source.${column}`),
  );
  const { numAffectedRows } = await sql`
    with source as (
      update comment set retired = ${revision}
      where dataset_id = ${datasetId} and comment_id = ${comment_id} and retired is null
      returning *
    )
    insert into comment (${columnList}, born)
    select ${sql.join(values)}, ${revision}::bigint from source`.execute(transaction);
  return Number(numAffectedRows);
}

function checkedText(text: string, where: string): string {
  const trimmed = text.trim();
  if (trimmed !== '' && trimmed.length <= LONGEST_TEXT && isPlainText(trimmed)) return trimmed;
  throw new StoreError('bad-edit', {
    where: `${where}.text`,
    expected: phrase`1 to ${LONGEST_TEXT} characters`,
    found: trimmed === '' ? phrase`nothing` : phrase`${trimmed.length} characters`,
  });
}

function checkIsOwn({ author }: Change, row: CommentRow, where: string): void {
  if (row.author === author) return;
  throw new StoreError('not-yours', {
    where,
    expected: phrase`a comment of your own`,
    found: phrase`one of ${row.author}`,
    advice: phrase`Reply to it, or resolve the thread.`,
  });
}

async function checkIsNew(
  { transaction, datasetId }: Change,
  commentId: string,
  where: string,
): Promise<void> {
  const { rows } = await sql`
    select 1 from comment where dataset_id = ${datasetId} and comment_id = ${commentId}
      and retired is null`.execute(transaction);
  if (rows.length === 0) return;
  throw new StoreError('bad-edit', {
    where,
    expected: phrase`the id of a new comment`,
    found: phrase`${commentId}, which is there`,
  });
}

async function checkAnnotation(
  { transaction, datasetId }: Change,
  imageId: number,
  annotationId: number,
  where: string,
): Promise<void> {
  const { rows } = await sql`
    select 1 from annotation
    where dataset_id = ${datasetId} and annotation_id = ${annotationId} and image_id = ${imageId}
    limit 1`.execute(transaction);
  if (rows.length > 0) return;
  throw new StoreError('annotation-not-found', {
    where,
    expected: phrase`the id of an annotation of image ${String(imageId)}`,
    found: String(annotationId),
  });
}

const commentNotFound = (commentId: string, where: string): StoreError =>
  new StoreError('comment-not-found', {
    where,
    expected: phrase`the id of a comment that is there`,
    found: commentId,
    advice: phrase`Its author may have deleted it.`,
  });
