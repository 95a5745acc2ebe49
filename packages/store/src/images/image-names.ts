import { databaseOf, type Store } from '../database/store.ts';

export interface ImageName {
  imageId: number;
  fileName: string;
  /** A label file named it, and the picture itself has not come. */
  isMissing: boolean;
}

/** The names of all images that are not in the trash, in the order in which they came. */
export async function imageNames(store: Store, datasetId: number): Promise<ImageName[]> {
  const rows = await databaseOf(store)
    .selectFrom('image')
    .select(({ eb }) => ['image_id', 'file_name', eb('sha256', 'is', null).as('is_missing')])
    .where('dataset_id', '=', datasetId)
    .where('is_deleted', '=', false)
    .orderBy('row_id')
    .execute();
  return rows.map(({ image_id, file_name, is_missing }) => ({
    imageId: image_id,
    fileName: file_name,
    isMissing: Boolean(is_missing),
  }));
}
