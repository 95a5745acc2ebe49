// Imports COCO files: staged outside any transaction, then published under one revision. Only publishing locks the
// dataset, so people work on while a file is read; and a crash at any point leaves the dataset as it was or complete.

import { sql } from 'kysely';
import { touchedImages } from '../annotations/successors.ts';
import { type Store, withConnection } from '../database/store.ts';
import type { AnnotationState } from '../database/tables.ts';
import { type ChangeContext, type Revised, revise, type Work } from '../datasets/revise.ts';
import { countAdded, recount } from '../images/tally.ts';
import type { ImportCounts } from './import-counts.ts';
import type { LeftOutEntry } from './left-out.ts';
import { passTrash } from './pass-trash.ts';
import { publishAnnotations } from './publish-annotations.ts';
import { publishCategories } from './publish-categories.ts';
import { publishImages } from './publish-images.ts';
import { publishSections } from './publish-sections.ts';
import { type CocoBatches, type StagedFile, type StagingProgress, stageFile } from './staging.ts';

export interface ImportOptions extends ChangeContext {
  /**
   * What happens to annotations of images that the dataset has already. `add` (default): those are added which the
   * image does not have yet in every detail. `update`: besides, an annotation of the same id on the same image is
   * changed to what the file says; so does an export that someone edited come back. `replace`: besides, accepted annotations of
   * the file's images that it does not have are deleted.
   */
  mode?: 'add' | 'update' | 'replace';
  /** Default `import`. A model's results: `model name@version`. */
  origin?: string;
  /** Default `accepted`; a file that is an array of results is `proposed`. */
  state?: AnnotationState;
  /** Whether images that lie in the trash under their name stay there, with their annotations, instead of coming as new ones. */
  passesTrash?: boolean;
  onProgress?: (progress: StagingProgress) => void;
  signal?: AbortSignal;
}

export interface ImportResult extends ImportCounts, Revised {
  leftOut: LeftOutEntry[];
}

/** From this many new annotations on, the planner's statistics are brought up to date at once. */
const BULK_ANNOTATIONS = 5_000;

/**
 * Imports a COCO file of any kind. Importing it again changes nothing.
 *
 * @param batches what `streamJson` yields of a file, or `batchesOf(dataset)`
 * @throws StoreError `dataset-not-found`, `bad-import`; CocoError for broken JSON. Nothing has changed then.
 * @example
 * await importCoco(store, 1, streamJson(createReadStream('instances.json')), { author: 'ada' });
 */
export async function importCoco(
  store: Store,
  datasetId: number,
  batches: CocoBatches,
  options: ImportOptions,
): Promise<ImportResult> {
  return withConnection(store, async (connection) => {
    const { db } = connection;
    const file = await stageFile(connection, batches, (progress) => {
      options.signal?.throwIfAborted();
      options.onProgress?.(progress);
    });
    const result = await revise<ImportCounts & { leftOut: LeftOutEntry[] }>(
      db,
      datasetId,
      'import',
      options,
      (work) => publish(work, file, options),
    );
    await sql`drop table if exists staged_image, staged_annotation, incoming_image,
      incoming_category, incoming_annotation`.execute(db);
    if (result.annotationsAdded + result.imagesAdded >= BULK_ANNOTATIONS) {
      // Also marks pages as all-visible, without which index-only scans read the table after all.
      await sql`vacuum (analyze) image, image_life, annotation, image_category, image_origin, image_tally`.execute(
        db,
      );
    }
    return result;
  });
}

async function publish(
  work: Work<ImportCounts & { leftOut: LeftOutEntry[] }>,
  file: StagedFile,
  options: ImportOptions,
) {
  const { transaction, datasetId, revision } = work;
  // Joins and sorts of a million narrow rows, within the memory that the whole server may take.
  await sql`set local work_mem = '64MB'`.execute(transaction);
  const { mode = 'add' } = options;
  const isUpdate = mode !== 'add';
  if (options.passesTrash) await passTrash(work, file);
  const categories = await publishCategories(work, file);
  const images = await publishImages(work, file, isUpdate);
  const annotations = await publishAnnotations(work, file, {
    mode,
    origin: options.origin ?? 'import',
    state: options.state ?? (file.isResults ? 'proposed' : 'accepted'),
  });
  await images.insertNew();
  const { annotationsChanged, annotationsDeleted } = annotations.counts;
  if (annotationsChanged + annotationsDeleted > 0) {
    await recount(transaction, datasetId, touchedImages(work));
  } else {
    const known = sql`select image_id from incoming_image where not is_new`;
    await countAdded(transaction, datasetId, revision, known);
  }
  const sectionsChanged = await publishSections(work, file);

  const counts: ImportCounts = {
    ...images.counts,
    ...annotations.counts,
    categoriesAdded: categories.added,
  };
  const result = { ...counts, leftOut: file.leftOut.entries };
  const isChanged =
    sectionsChanged ||
    counts.imagesAdded + counts.imagesChanged + counts.annotationsAdded > 0 ||
    annotationsChanged + annotationsDeleted + counts.categoriesAdded > 0;
  return isChanged ? result : work.unchanged(result);
}
