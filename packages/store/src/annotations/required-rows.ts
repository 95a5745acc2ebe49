// What an edit speaks of must be there. Of what is not, it is told whether it ever was: somebody may have had it open.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import type { Work } from '../datasets/revise.ts';
import { StoreError } from '../store-error.ts';

type Change = Pick<Work<never>, 'transaction' | 'datasetId'>;

/** @throws StoreError `image-not-found`, `image-deleted` */
export async function requireImage(
  { transaction, datasetId }: Change,
  imageId: number,
  where: string,
): Promise<void> {
  const image = await transaction
    .selectFrom('image')
    .select('is_deleted')
    .where('dataset_id', '=', datasetId)
    .where('image_id', '=', imageId)
    .executeTakeFirst();
  if (image?.is_deleted === false) return;
  if (image?.is_deleted) throw imageDeleted(imageId, where);
  throw new StoreError('image-not-found', {
    where,
    expected: phrase`the id of an image of the dataset`,
    found: String(imageId),
  });
}

/** @throws StoreError `category-not-found` */
export async function requireCategory(
  { transaction, datasetId }: Change,
  categoryId: number,
  where: string,
): Promise<void> {
  const { rows } = await sql<{ name: string; isThere: boolean }>`
    select name, retired is null as "isThere" from category
    where dataset_id = ${datasetId} and category_id = ${categoryId}
    order by retired is null desc, row_id desc limit 1`.execute(transaction);
  const [category] = rows;
  if (category?.isThere) return;
  throw new StoreError('category-not-found', {
    where,
    expected: phrase`the id of a category of the dataset`,
    found:
      category === undefined
        ? String(categoryId)
        : phrase`${String(categoryId)}, ${JSON.stringify(category.name)}, which was deleted`,
    advice:
      category === undefined
        ? phrase`Add the category first.`
        : phrase`Choose another one, or add it again.`,
  });
}

/** Why an annotation is not there. */
export async function missingAnnotation(
  { transaction, datasetId }: Change,
  annotationId: number,
  where: string,
): Promise<StoreError> {
  const { rows } = await sql<{ imageId: number }>`
    select image.image_id as "imageId"
    from annotation a join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
    where a.dataset_id = ${datasetId} and a.annotation_id = ${annotationId} and image.is_deleted
    limit 1`.execute(transaction);
  if (rows.length > 0) return imageDeleted(rows[0].imageId, where);
  return new StoreError('annotation-not-found', {
    where,
    expected: phrase`the id of an annotation that is there`,
    found: String(annotationId),
    advice: phrase`Someone may have removed it.`,
  });
}

const imageDeleted = (imageId: number, where: string): StoreError =>
  new StoreError('image-deleted', {
    where,
    expected: phrase`an image that is there`,
    found: phrase`image ${String(imageId)}, which is in the trash`,
    advice: phrase`Take it out of the trash first.`,
  });
