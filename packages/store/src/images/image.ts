// Images as lists and the editor show them.

import { type CocoImage, phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import type { ImageStatus } from '../database/tables.ts';
import { revisionOf } from '../datasets/visibility.ts';
import { isOpenThread } from '../review/comment.ts';
import { type Review, type ReviewColumns, reviewOf } from '../review/review.ts';
import { StoreError } from '../store-error.ts';
import { joinedPast } from './change-images.ts';
import { cocoFromImage } from './image-record.ts';
import { stateCount } from './tally.ts';

export interface Image {
  imageId: number;
  /** With its folders. */
  fileName: string;
  /** The blob of the picture in hexadecimal; null while the picture is missing. */
  sha256: string | null;
  byteSize: number | null;
  mediaType: string | null;
  /** Pixels; null where neither a file nor the picture has said. */
  width: number | null;
  height: number | null;
  capturedAt: Date | null;
  /** What the picture itself says: camera, exposure, … */
  metadata: Record<string, unknown>;
  status: ImageStatus;
  tags: string[];
  /** Where it came from: an upload, a folder, frame n of a video. */
  source: Record<string, unknown> | null;
  isDeleted: boolean;
  addedAt: Date;
  /** Objects that are not rejected. */
  objectCount: number;
  leastScore: number | null;
  /** Of these, what models propose and nobody has decided on. */
  proposalCount: number;
  /** Of these, what nobody has looked at as it is. */
  unreviewedCount: number;
  /** Threads of comments that are not settled. */
  openCommentCount: number;
  /** Who has looked at the whole picture. It counts as reviewed while `unreviewedCount` is 0. */
  reviewed: Review | null;
  coco: CocoImage;
}

/** What `imageFromRow` reads of the alias `image`. */
export const imageColumns = sql`image.image_id, image.file_name, image.sha256, image.byte_size, image.media_type,
  image.width, image.height, image.captured_at, image.metadata, image.extra, image.status, image.tags,
  image.source, image.is_deleted, image.added_at, image.object_count, image.least_score,
  image.reviewed_by, image.reviewed_at, image.reviewed_revision,
  (select ${stateCount('t', 'proposed')} from image_tally t
    where t.dataset_id = image.dataset_id and t.image_id = image.image_id) as proposed_count,
  (select t.unreviewed_count from image_tally t
    where t.dataset_id = image.dataset_id and t.image_id = image.image_id) as unreviewed_count,
  (select count(*) from comment c
    where c.dataset_id = image.dataset_id and c.image_id = image.image_id and ${isOpenThread})
    as open_comment_count`;

export interface ImageRow extends ReviewColumns {
  image_id: number;
  file_name: string;
  sha256: Buffer | null;
  byte_size: number | null;
  media_type: string | null;
  width: number | null;
  height: number | null;
  captured_at: Date | null;
  metadata: Record<string, unknown>;
  extra: Record<string, unknown>;
  status: ImageStatus;
  tags: string[];
  source: Record<string, unknown> | null;
  is_deleted: boolean;
  added_at: Date;
  object_count: number;
  least_score: number | null;
  /** Null where the image has no annotation. */
  proposed_count: number | null;
  unreviewed_count: number | null;
  open_comment_count: number;
}

export function imageFromRow(row: ImageRow): Image {
  return {
    imageId: row.image_id,
    fileName: row.file_name,
    sha256: row.sha256?.toString('hex') ?? null,
    byteSize: row.byte_size,
    mediaType: row.media_type,
    width: row.width,
    height: row.height,
    capturedAt: row.captured_at,
    metadata: row.metadata,
    status: row.status,
    tags: row.tags,
    source: row.source,
    isDeleted: row.is_deleted,
    addedAt: row.added_at,
    objectCount: row.object_count,
    leastScore: row.least_score,
    proposalCount: row.proposed_count ?? 0,
    unreviewedCount: row.unreviewed_count ?? 0,
    openCommentCount: row.open_comment_count,
    reviewed: reviewOf(row),
    coco: cocoFromImage(row.image_id, row),
  };
}

/** An image, also one in the trash. @throws StoreError `image-not-found` */
export async function getImage(store: Store, datasetId: number, imageId: number): Promise<Image> {
  const [image] = await getImages(store, datasetId, [imageId]);
  if (image !== undefined) return image;
  throw new StoreError('image-not-found', {
    expected: phrase`the id of an image of the dataset`,
    found: String(imageId),
  });
}

/**
 * The images of these ids that there are, in the order of the ids.
 *
 * @param at a version's name or a revision, to have them as they were then (but what is counted of them, and whether
 *   they are in the trash); default now
 */
export async function getImages(
  store: Store,
  datasetId: number,
  imageIds: readonly number[],
  { at }: { at?: string | number } = {},
): Promise<Image[]> {
  const db = databaseOf(store);
  const ids = sql`${[...imageIds]}::bigint[]`;
  const isMeant = sql<boolean>`image_id = any(${ids})`;
  const images =
    at === undefined
      ? sql`image where dataset_id = ${datasetId} and ${isMeant}`
      : sql`(
          select past.* from image ${joinedPast(datasetId, await revisionOf(db, datasetId, at), isMeant)}
          where image.dataset_id = ${datasetId} and image.${isMeant}) as image`;
  const { rows } = await sql<ImageRow>`
    select ${imageColumns} from ${images} order by array_position(${ids}, image_id)`.execute(db);
  return rows.map(imageFromRow);
}

/** Of file names those that the dataset has, with what is known of their pictures: to see what an import would bring. */
export async function imagesNamed(
  store: Store,
  datasetId: number,
  fileNames: readonly string[],
): Promise<{ imageId: number; fileName: string; sha256: string | null }[]> {
  const rows = await databaseOf(store)
    .selectFrom('image')
    .select(['image_id', 'file_name', 'sha256'])
    .where('dataset_id', '=', datasetId)
    .where('is_deleted', '=', false)
    .where('file_name', '=', (any) => any.fn.any(any.val([...fileNames])))
    .orderBy('row_id')
    .execute();
  return rows.map(({ image_id, file_name, sha256 }) => ({
    imageId: image_id,
    fileName: file_name,
    sha256: sha256?.toString('hex') ?? null,
  }));
}
