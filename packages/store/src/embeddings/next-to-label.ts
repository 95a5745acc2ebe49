// Which pictures are worth labelling next: kept until it is asked again.

import { sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';

export interface ImageToLabel {
  imageId: number;
  /** From 1 on, the best first. */
  position: number;
  /** How unsure the model is of it, 0 to 1; null where none was asked, or it does not say. */
  uncertainty: number | null;
  /** How unlike it is to what was labelled and what stands before it, 0 to 1. */
  novelty: number;
}

const rowsPerStatement = 5000;

/** Replaces what was chosen before, all at once. */
export async function replaceNextToLabel(
  store: Store,
  datasetId: number,
  images: readonly ImageToLabel[],
): Promise<void> {
  await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      await transaction.deleteFrom('next_to_label').where('dataset_id', '=', datasetId).execute();
      for (let from = 0; from < images.length; from += rowsPerStatement) {
        await transaction
          .insertInto('next_to_label')
          .values(
            images
              .slice(from, from + rowsPerStatement)
              .map(({ imageId, position, uncertainty, novelty }) => ({
                dataset_id: datasetId,
                image_id: imageId,
                position,
                uncertainty,
                novelty,
              })),
          )
          .execute();
      }
    });
}

/** The best first; without those in the trash. */
export async function listNextToLabel(
  store: Store,
  datasetId: number,
  most: number,
): Promise<(ImageToLabel & { fileName: string })[]> {
  const { rows } = await sql<ImageToLabel & { fileName: string }>`
    select n.image_id as "imageId", n.position, n.uncertainty, n.novelty,
      image.file_name as "fileName"
    from next_to_label n join image using (dataset_id, image_id)
    where n.dataset_id = ${datasetId} and not image.is_deleted
    order by n.position limit ${most}`.execute(databaseOf(store));
  return rows;
}

/** Which choice a dataset has, for those who keep what followed of it; 0 where it has none. */
export async function nextToLabelNumber(database: Database, datasetId: number): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    select coalesce(max(number), 0) as number from next_to_label
    where dataset_id = ${datasetId}`.execute(database);
  return rows[0].number;
}
