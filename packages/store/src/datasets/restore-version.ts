// Makes a dataset what it was: a new revision whose images, annotations and categories are those of an old one.

import { type RawBuilder, sql } from 'kysely';
import { retireAnnotations, reviveAnnotations, touchedImages } from '../annotations/successors.ts';
import type { Store } from '../database/store.ts';
import { takeImagesBack } from '../images/change-images.ts';
import { deleteImages, restoreImages } from '../images/life.ts';
import { recount } from '../images/tally.ts';
import { type ChangeContext, type Revised, revise } from './revise.ts';
import { revisionOf, visibleAt } from './visibility.ts';

export interface RestoreResult extends Revised {
  imagesRestored: number;
  imagesDeleted: number;
  /** Images with another status, other tags, metadata, … than they had. */
  imagesChanged: number;
  annotationsRestored: number;
  annotationsRetired: number;
}

/**
 * Nothing is lost by it: what was there before is the revision before, to which one can go back as well.
 *
 * @param at a version's name or a revision
 * @throws StoreError `version-not-found`, `revision-not-found`, `dataset-not-found`, `name-taken`
 */
export async function restoreVersion(
  store: Store,
  datasetId: number,
  at: string | number,
  context: ChangeContext,
): Promise<RestoreResult> {
  return revise<Omit<RestoreResult, keyof Revised>>(
    store,
    datasetId,
    'restore',
    context,
    async (work) => {
      const { transaction, revision } = work;
      const then = await revisionOf(transaction, datasetId, at);
      const setAside = async (table: string, condition: RawBuilder<boolean>) => {
        await sql`
        create temporary table ${sql.ref(table)} on commit drop as
        select image_id from image where image.dataset_id = ${datasetId} and ${condition}`.execute(
          transaction,
        );
        return sql`select image_id from ${sql.ref(table)}`;
      };
      const wasThere = sql<boolean>`exists (
      select 1 from image_life life where life.dataset_id = image.dataset_id
        and life.image_id = image.image_id and ${visibleAt('life', then)})`;
      const leaving = await setAside('leaving_image', sql`not is_deleted and not ${wasThere}`);
      const returning = await setAside('returning_image', sql`is_deleted and ${wasThere}`);

      const imagesDeleted = await deleteImages(work, leaving);
      const imagesRestored = await restoreImages(work, returning, { withAnnotations: false });
      const isLater = sql<boolean>`revision > ${then}`;
      const imagesChanged = await takeImagesBack(work, isLater, wasThere);
      const annotationsRetired = await retireAnnotations(work, sql<boolean>`a.born > ${then}`);
      const annotationsRestored = await reviveAnnotations(
        work,
        sql<boolean>`${visibleAt('source', then)}`,
      );
      const categoriesRetired = await sql`
      update category set retired = ${revision}
      where dataset_id = ${datasetId} and retired is null and born > ${then}`.execute(transaction);
      const categoriesRestored = await sql`
      insert into category (dataset_id, category_id, name, supercategory, color, keypoints, skeleton,
        extra, position, born)
      select dataset_id, category_id, name, supercategory, color, keypoints, skeleton, extra,
        position, ${revision}
      from category
      where dataset_id = ${datasetId} and retired is not null and ${visibleAt('category', then)}`.execute(
        transaction,
      );
      await recount(
        transaction,
        datasetId,
        sql`${touchedImages(work)} union ${leaving} union ${returning}`,
      );
      const result = {
        imagesRestored,
        imagesDeleted,
        imagesChanged,
        annotationsRestored,
        annotationsRetired,
      };
      const isChanged =
        Object.values(result).some((count) => count > 0) ||
        Number(categoriesRetired.numAffectedRows) + Number(categoriesRestored.numAffectedRows) > 0;
      return isChanged ? result : work.unchanged(result);
    },
  );
}
