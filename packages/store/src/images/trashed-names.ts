import { type RawBuilder, sql } from 'kysely';

/**
 * SQL: `file_name` and `sha256` of the images that somebody put into the trash and whose name no other image has. One
 * that an import brought and that was taken back with it is as if it had never been there.
 */
export const trashedNames = (datasetId: number): RawBuilder<unknown> => sql`
  select gone.file_name, gone.sha256 from image gone
  where gone.dataset_id = ${datasetId} and gone.is_deleted
    and not exists (
      select from image live where live.dataset_id = ${datasetId} and not live.is_deleted
        and live.file_name = gone.file_name)
    and not exists (
      select from revision r where r.dataset_id = ${datasetId} and r.kind = 'undo'
        and (r.result ->> 'undone')::bigint = gone.added_revision
        and r.revision = (
          select max(life.retired) from image_life life
          where life.dataset_id = ${datasetId} and life.image_id = gone.image_id))`;
