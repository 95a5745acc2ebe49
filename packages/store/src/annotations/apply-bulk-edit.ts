// One change of everything that a query or a selection stands for, made in the database without loading it.

import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import type { Store } from '../database/store.ts';
import type { ImageStatus } from '../database/tables.ts';
import { categoryNotFound } from '../datasets/category.ts';
import { type ChangeContext, type Revised, revise, type Work } from '../datasets/revise.ts';
import { changeImages } from '../images/change-images.ts';
import { deleteImages, restoreImages } from '../images/life.ts';
import { recount } from '../images/tally.ts';
import { compileImages, compileObjects } from '../query/compile.ts';
import { beginWork } from '../review/begin-work.ts';
import { commentEach } from '../review/change-comments.ts';
import {
  countReviewed,
  lookedAt,
  markedImages,
  reviewImages,
  reviewObjects,
} from '../review/mark-reviewed.ts';
import { StoreError } from '../store-error.ts';
import { carryKeypoints } from './carry-keypoints.ts';
import { checkedStatus } from './checked-status.ts';
import { retagged } from './retagged.ts';
import {
  replaceAnnotations,
  retireAnnotations,
  reviveAnnotations,
  touchedImages,
} from './successors.ts';

/** Everything that matches a query, or what was picked. Of `restore-…`: what is in the trash. */
export type Target =
  | { query: string }
  | { imageIds: readonly number[] }
  | { annotationIds: readonly number[] };

/**
 * Changes of images take the images of the target, changes of annotations its objects (as the object view shows them).
 * Only proposals are rejected, unless annotations are named.
 */
export type BulkEdit =
  | { do: 'set-status'; status: ImageStatus }
  | { do: 'tag'; add?: readonly string[]; remove?: readonly string[] }
  | { do: 'delete-images' | 'restore-images' }
  | { do: 'review-images' | 'review-annotations'; isReviewed: boolean }
  /** They are in progress again, and a comment on each says why. */
  | { do: 'reject-images'; text: string }
  /** `from`: only those of that category. */
  | { do: 'set-category'; categoryId: number; from?: number }
  | { do: 'accept' | 'reject' | 'remove-annotations' | 'restore-annotations' };

interface Effect {
  imageCount: number;
  annotationCount: number;
  /** Names of the keypoints that objects have lost, since their new category has none of that name. */
  lostKeypoints?: string[];
  /** Of the images that were to be marked. */
  review?: ReviewCount;
}

export interface ReviewCount {
  /** They count as looked over now. */
  reviewedImages: number;
  /** They do not yet: proposals wait on them for a word. */
  openImages: number;
}

export interface BulkResult extends Revised, Effect {}

/**
 * @throws StoreError `bad-query`, `bad-edit`, `category-not-found`, `name-taken`, `dataset-not-found`
 * @example
 * await applyBulkEdit(store, 1, { query: 'state:proposed score>0.9' }, { do: 'accept' }, { author: 'ada' });
 */
export async function applyBulkEdit(
  store: Store,
  datasetId: number,
  target: Target,
  edit: BulkEdit,
  context: ChangeContext,
): Promise<BulkResult> {
  return revise<Effect>(store, datasetId, kinds[edit.do] ?? 'edit', context, async (work) => {
    const effect = await apply(work, target, edit);
    return effect.imageCount + effect.annotationCount > 0 ? effect : work.unchanged(effect);
  });
}

const kinds: Partial<Record<BulkEdit['do'], string>> = {
  'set-status': 'status',
  'review-images': 'review',
  'review-annotations': 'review',
  'reject-images': 'reject',
  'delete-images': 'delete',
  'remove-annotations': 'delete',
  'restore-images': 'restore',
  'restore-annotations': 'restore',
};

async function apply(work: Work<Effect>, target: Target, edit: BulkEdit): Promise<Effect> {
  const { transaction, datasetId, revision } = work;
  switch (edit.do) {
    case 'set-status':
      return changeColumn({ status: sql`${checkedStatus(edit.status)}::text` });
    case 'review-images': {
      const ids = await setAside();
      const where = sql<boolean>`image.image_id in (${ids})`;
      const marked = await recounted(await reviewImages(work, where, edit.isReviewed));
      return { ...marked, review: await countReviewed(work, where) };
    }
    case 'review-annotations': {
      const condition = await objectsOf(work, target);
      const annotationCount = await reviewObjects(work, condition, edit.isReviewed);
      return recounted({ imageCount: 0, annotationCount });
    }
    case 'reject-images': {
      const ids = await setAside();
      const where = sql<boolean>`image.dataset_id = ${datasetId} and image.image_id in (${ids})`;
      await changeImages(work, { status: sql`'in_progress'::text` }, { where });
      return { imageCount: await commentEach(work, where, edit.text), annotationCount: 0 };
    }
    case 'tag':
      return changeColumn({ tags: retagged(edit.add, edit.remove) });
    case 'delete-images':
    case 'restore-images': {
      const isDelete = edit.do === 'delete-images';
      const ids = await setAside({ deleted: !isDelete });
      const imageCount = isDelete
        ? await deleteImages(work, ids)
        : await restoreImages(work, ids, { withAnnotations: true });
      await recount(transaction, datasetId, ids);
      return { imageCount, annotationCount: await countTouched() };
    }
    case 'set-category': {
      const category = await transaction
        .selectFrom('category')
        .select('category_id')
        .where('dataset_id', '=', datasetId)
        .where('category_id', '=', edit.categoryId)
        .where('retired', 'is', null)
        .executeTakeFirst();
      if (category === undefined) throw categoryNotFound(edit.categoryId);
      const others = ofOtherCategory(edit.categoryId, edit.from);
      // What a model proposed becomes the person's, as any other change makes it.
      const wasFound = sql`(source.origin like 'model %' or source.state = 'proposed')`;
      const these = await objectsOf(work, target, others);
      const { overrides, lost } = await carryKeypoints(work, these, edit.categoryId);
      const changed = await changeObjects(these, (condition) =>
        replaceAnnotations(work, condition, {
          ...overrides,
          category_id: sql`${edit.categoryId}::bigint`,
          origin: sql`case when ${wasFound} then 'human' else source.origin end`,
          score: sql`case when not ${wasFound} then source.score end`,
          state: sql`'accepted'`,
          ...lookedAt(work),
        }),
      );
      return lost.length === 0 ? changed : { ...changed, lostKeypoints: lost };
    }
    case 'accept':
    case 'reject': {
      const state = edit.do === 'accept' ? 'accepted' : 'rejected';
      // Whoever rejects what is on a picture means what a model says, not what people have drawn there.
      const others =
        edit.do === 'accept' || 'annotationIds' in target
          ? sql<boolean>`a.state <> ${state}`
          : sql<boolean>`a.state = 'proposed'`;
      return changeObjects(await objectsOf(work, target, others), (condition) =>
        replaceAnnotations(work, condition, { state: sql`${state}::text`, ...lookedAt(work) }),
      );
    }
    case 'remove-annotations':
      return changeObjects(await objectsOf(work, target), (condition) =>
        retireAnnotations(work, condition),
      );
    case 'restore-annotations': {
      if (!('annotationIds' in target)) {
        throw new StoreError('bad-edit', {
          expected: phrase`the ids of removed annotations`,
          found: Object.keys(target).join(),
        });
      }
      const annotationCount = await reviveAnnotations(
        work,
        sql<boolean>`source.annotation_id = any(${[...target.annotationIds]}::bigint[])
          and ${isRemovedAnnotation('source')}`,
      );
      await finish();
      return { imageCount: 0, annotationCount };
    }
  }

  async function finish(): Promise<void> {
    await recount(transaction, datasetId, touchedImages(work));
    await beginWork(work, touchedImages(work));
  }

  async function recounted(marked: Effect): Promise<Effect> {
    if (marked.annotationCount > 0) await recount(transaction, datasetId, markedImages(work));
    return marked;
  }

  /** SQL of the ids: whether an image matches may change while it is changed. */
  async function setAside(options?: { deleted: boolean }): Promise<RawBuilder<unknown>> {
    await sql`
      create temporary table bulk_image on commit drop as
      select image_id from image where ${await imagesOf(work, target, options)}`.execute(
      transaction,
    );
    // Of a table that it knows nothing of, the planner takes the rows one by one.
    await sql`analyze bulk_image`.execute(transaction);
    return sql`select image_id from bulk_image`;
  }

  async function changeColumn(values: Parameters<typeof changeImages>[1]): Promise<Effect> {
    const where = await imagesOf(work, target);
    return { imageCount: await changeImages(work, values, { where }), annotationCount: 0 };
  }

  async function changeObjects(
    condition: RawBuilder<boolean>,
    change: (condition: RawBuilder<boolean>) => Promise<number>,
  ): Promise<Effect> {
    const annotationCount = await change(condition);
    if (annotationCount > 0) await finish();
    return { imageCount: 0, annotationCount };
  }

  async function countTouched(): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(distinct annotation_id) as count from annotation
      where dataset_id = ${datasetId} and (born = ${revision} or retired = ${revision})`.execute(
      transaction,
    );
    return rows[0].count;
  }
}

/**
 * SQL: whether a retired row of `alias` is what is left of a removed annotation of an image that is there: the last of
 * its rows, and none is live.
 */
export function isRemovedAnnotation(alias: string): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  return sql<boolean>`not exists (
      select 1 from annotation live where live.dataset_id = ${of('dataset_id')}
        and live.annotation_id = ${of('annotation_id')} and live.retired is null)
    and ${of('row_id')} = (
      select max(past.row_id) from annotation past where past.dataset_id = ${of('dataset_id')}
        and past.annotation_id = ${of('annotation_id')} and past.retired is not null)
    and exists (
      select 1 from image there where there.dataset_id = ${of('dataset_id')}
        and there.image_id = ${of('image_id')} and not there.is_deleted)`;
}

async function imagesOf(
  { transaction, datasetId }: Work<Effect>,
  target: Target,
  options = { deleted: false },
): Promise<RawBuilder<boolean>> {
  if ('query' in target) return compileImages(transaction, datasetId, target.query, options);
  if ('imageIds' in target) {
    return sql`${await compileImages(transaction, datasetId, '', options)}
      and image.image_id = any(${[...target.imageIds]}::bigint[])`;
  }
  throw new StoreError('bad-edit', {
    expected: phrase`a query or the ids of images`,
    found: phrase`the ids of annotations`,
  });
}

/** SQL: whether a change to a category does anything to an object. */
export const ofOtherCategory = (to: number, from?: number): RawBuilder<boolean> =>
  from === undefined
    ? sql`a.category_id is distinct from ${to}`
    : sql`a.category_id is distinct from ${to} and a.category_id = ${from}`;

export async function objectsOf(
  { transaction, datasetId }: Pick<Work<unknown>, 'transaction' | 'datasetId'>,
  target: Target,
  also: RawBuilder<boolean> = sql`true`,
): Promise<RawBuilder<boolean>> {
  if ('annotationIds' in target) {
    return sql`a.annotation_id = any(${[...target.annotationIds]}::bigint[]) and ${also}`;
  }
  if ('imageIds' in target) {
    return sql`a.image_id = any(${[...target.imageIds]}::bigint[]) and a.state <> 'rejected' and ${also}`;
  }
  return sql`a.row_id in (
    select a.row_id from annotation a
      join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
    where not image.is_deleted and ${await compileObjects(transaction, datasetId, target.query)}
      and ${also})`;
}
