// Pictures come to a dataset: as new images, or to images that a label file named before the picture was there.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { encodeJson } from '../database/json-codec.ts';
import type { Store } from '../database/store.ts';
import { type ChangeContext, type Revised, revise, type Work } from '../datasets/revise.ts';
import { StoreError } from '../store-error.ts';
import { changeImages } from './change-images.ts';
import { columnText } from './image-record.ts';
import { trashedNames } from './trashed-names.ts';

/** A picture whose bytes are in the blob store. */
export interface NewPicture {
  /** With its folders: equal names in different folders are different pictures. */
  fileName: string;
  /** Hexadecimal. */
  sha256: string;
  byteSize: number;
  mediaType: string;
  /** Pixels as it is shown, after its EXIF orientation. */
  width: number;
  height: number;
  capturedAt?: Date | null;
  metadata?: Record<string, unknown>;
  source?: Record<string, unknown>;
}

export interface AddPicturesResult extends Revised {
  added: number;
  /** Images that had no picture and now have one. */
  completed: number;
  /** Images that have this very picture already. */
  known: number;
  /** Images that have another picture under this name, which they keep unless `replace` was said. */
  conflicting: string[];
  replaced: number;
  /** Pictures that lie in the trash under this name and stay there, where that was asked for. */
  trashed: string[];
}

const MAX_CONFLICTS_LISTED = 1000;

/**
 * Adds pictures under one revision; adding them again changes nothing. For an image that is there already, size and
 * date of the picture are taken where the image has none.
 *
 * @param context.passesTrash whether pictures that lie in the trash stay there, instead of coming again as new images
 * @throws StoreError `bad-import` for a name that comes twice with different pictures
 */
export async function addPictures(
  store: Store,
  datasetId: number,
  pictures: readonly NewPicture[],
  context: ChangeContext & { replace?: boolean; passesTrash?: boolean },
): Promise<AddPicturesResult> {
  const byName = new Map<string, NewPicture>();
  for (const picture of pictures) {
    const name = columnText(picture.fileName);
    const first = byName.get(name);
    if (first !== undefined && first.sha256 !== picture.sha256) {
      throw new StoreError('bad-import', {
        where: picture.fileName,
        expected: phrase`each file name once`,
        found: phrase`two different pictures of this name`,
      });
    }
    byName.set(name, picture);
  }
  return revise<Omit<AddPicturesResult, keyof Revised>>(
    store,
    datasetId,
    'pictures',
    context,
    async (work) => {
      const { transaction, revision } = work;
      const rows = [...byName].map(([fileName, picture], position) => ({
        position,
        file_name: fileName,
        sha256: picture.sha256,
        byte_size: picture.byteSize,
        media_type: picture.mediaType,
        width: picture.width,
        height: picture.height,
        captured_at: picture.capturedAt ?? null,
        metadata: picture.metadata ?? {},
        source: picture.source ?? null,
      }));
      await sql`
        create temporary table new_picture on commit drop as
        select p.position, p.file_name collate "C" as file_name, decode(p.sha256, 'hex') as sha256,
          p.byte_size, p.media_type, p.width, p.height, p.captured_at, p.metadata, p.source,
          image.image_id, image.sha256 as known_sha256
        from jsonb_to_recordset(${encodeJson(rows)}::jsonb) as p (position int, file_name text, sha256 text,
            byte_size bigint, media_type text, width int, height int, captured_at timestamptz,
            metadata jsonb, source jsonb)
          left join image on image.dataset_id = ${datasetId} and not image.is_deleted
            and image.file_name = p.file_name`.execute(transaction);
      const trashed = context.passesTrash ? await passTrash(work) : [];
      await sql`
        insert into blob (sha256, byte_size, media_type)
        select distinct on (sha256) sha256, byte_size, media_type from new_picture
        on conflict do nothing`.execute(transaction);

      const take = context.replace ? sql`true` : sql`p.known_sha256 is null`;
      const { rows: counts } = await sql<Record<'known' | 'completed' | 'different', number>>`
        select count(*) filter (where known_sha256 = sha256) as known,
          count(*) filter (where image_id is not null and known_sha256 is null) as completed,
          count(*) filter (where known_sha256 <> sha256) as different
        from new_picture`.execute(transaction);
      const { rows: conflicts } = await sql<{ file_name: string }>`
        select file_name from new_picture where known_sha256 <> sha256
        order by position limit ${MAX_CONFLICTS_LISTED}`.execute(transaction);
      await changeImages(
        work,
        {
          sha256: sql`p.sha256`,
          byte_size: sql`p.byte_size`,
          media_type: sql`p.media_type`,
          width: sql`coalesce(image.width, p.width)`,
          height: sql`coalesce(image.height, p.height)`,
          captured_at: sql`coalesce(image.captured_at, p.captured_at)`,
          metadata: sql`p.metadata || image.metadata`,
          source: sql`coalesce(p.source, image.source)`,
        },
        {
          joined: sql`join new_picture p on p.image_id = image.image_id`,
          where: sql<boolean>`p.known_sha256 is distinct from p.sha256 and ${take}`,
        },
      );
      const inserted = await sql`
        insert into image (dataset_id, image_id, file_name, sha256, byte_size, media_type, width, height,
          captured_at, metadata, source, added_revision)
        select ${datasetId},
          (select next_image_id from dataset where id = ${datasetId}) - 1 + row_number() over (order by position),
          file_name, sha256, byte_size, media_type, width, height, captured_at, metadata, source, ${revision}
        from new_picture where image_id is null order by position`.execute(transaction);
      const added = Number(inserted.numAffectedRows);
      if (added > 0) {
        await sql`
          insert into image_life (dataset_id, image_id, born)
          select ${datasetId}, image_id, ${revision} from image
          where dataset_id = ${datasetId} and added_revision = ${revision}`.execute(transaction);
        await sql`
          update dataset set next_image_id = next_image_id + ${added} where id = ${datasetId}`.execute(
          transaction,
        );
      }
      const { known, completed, different } = counts[0];
      const result = {
        added,
        known,
        completed,
        trashed,
        replaced: context.replace ? different : 0,
        conflicting: context.replace ? [] : conflicts.map(({ file_name }) => file_name),
      };
      return added + completed + result.replaced > 0 ? result : work.unchanged(result);
    },
  );
}

/** Drops from `new_picture` what lies in the trash. Another picture of such a name is a new image. */
async function passTrash({
  transaction,
  datasetId,
}: Pick<Work<never>, 'transaction' | 'datasetId'>): Promise<string[]> {
  const { rows } = await sql<{ file_name: string }>`
    delete from new_picture p using (${trashedNames(datasetId)}) as trashed
    where trashed.file_name = p.file_name and coalesce(trashed.sha256, p.sha256) = p.sha256
    returning p.file_name`.execute(transaction);
  return rows.map(({ file_name }) => file_name);
}
