// Finds or makes the dataset's image for each of a file's, and writes down which is which in `incoming_image`.

import { type RawBuilder, sql } from 'kysely';
import type { Work } from '../datasets/revise.ts';
import { changeImages } from '../images/change-images.ts';
import { objectMeasures } from '../images/tally.ts';
import type { ImportCounts } from './import-counts.ts';
import type { StagedFile } from './staging.ts';

export interface PublishedImages {
  counts: Pick<ImportCounts, 'imagesAdded' | 'imagesKnown' | 'imagesChanged'>;
  /** Adds the new images. After the annotations, so that each row is written once, with its counts. */
  insertNew(): Promise<void>;
}

/**
 * An image is the same where its file name is, with its folders. A new one keeps the file's id unless the dataset ever
 * had another image under it. A known image learns what it does not know yet; in an update the file knows better.
 */
export async function publishImages(
  work: Pick<Work<never>, 'transaction' | 'datasetId' | 'revision'>,
  file: StagedFile,
  isUpdate: boolean,
): Promise<PublishedImages> {
  const { transaction, datasetId, revision } = work;
  await (file.isResults
    ? sql`
      create temporary table incoming_image on commit drop as
      select null::int as position, image_id as file_id, image_id, false as is_new, 1 as nth_of_name, 1 as nth_of_id
      from image where dataset_id = ${datasetId} and not is_deleted`
    : sql`
      create temporary table incoming_image on commit drop as
      with ranked as (
        select s.position, s.file_id, s.file_name, known.image_id as known_id,
          row_number() over (partition by s.file_name order by s.position) as nth_of_name,
          row_number() over (partition by s.file_id order by s.position) as nth_of_id
        from staged_image s left join image known on known.dataset_id = ${datasetId}
          and not known.is_deleted and known.file_name = s.file_name
      ), identified as (
        select *, nth_of_id = 1 and file_id is not null and not exists (
            select 1 from image where dataset_id = ${datasetId} and image_id = file_id
          ) as keeps_id
        from ranked
      ), numbered as (
        select *, coalesce(
            known_id,
            case when keeps_id then file_id end,
            (select greatest(next_image_id, (select max(file_id) + 1 from ranked))
              from dataset where id = ${datasetId})
              - 1 + row_number() over (partition by known_id is null and not keeps_id order by position)
          ) as own_id
        from identified
      )
      select position, file_id, nth_of_name, nth_of_id, known_id is null as is_new,
        first_value(own_id) over (partition by file_name order by position) as image_id
      from numbered`
  ).execute(transaction);
  await sql`analyze incoming_image`.execute(transaction);

  const { rows } = await sql<Record<string, number>>`
    select count(*) filter (where is_new and nth_of_name = 1) as added,
      count(*) filter (where not is_new and nth_of_name = 1) as known,
      count(*) filter (where nth_of_name > 1) as repeated_names,
      count(*) filter (where nth_of_id > 1 and file_id is not null) as repeated_ids,
      count(*) filter (where is_new and nth_of_name = 1 and nth_of_id = 1 and image_id <> file_id)
        as renumbered
    from incoming_image`.execute(transaction);
  const [counted] = rows;
  const report = async (
    reason: 'image-repeated' | 'image-id-repeated' | 'image-renumbered',
    count: number,
    where: RawBuilder<unknown>,
  ) => {
    if (count === 0) return;
    const samples = await sql<{ file_name: string }>`
      select file_name from incoming_image join staged_image using (position)
      where ${where} order by position limit 5`.execute(transaction);
    const names = samples.rows.map(({ file_name }) => file_name);
    file.leftOut.addMany(reason, count, names);
  };
  await report('image-repeated', counted.repeated_names, sql`nth_of_name > 1`);
  await report(
    'image-id-repeated',
    counted.repeated_ids,
    sql`nth_of_id > 1 and staged_image.file_id is not null`,
  );
  await report(
    'image-renumbered',
    counted.renumbered,
    sql`is_new and nth_of_name = 1 and nth_of_id = 1 and image_id <> staged_image.file_id`,
  );

  const learnt = (column: 'width' | 'height' | 'captured_at') => {
    const [own, said] = [sql.ref(`image.${column}`), sql.ref(`s.${column}`)];
    return isUpdate ? sql`coalesce(${said}, ${own})` : sql`coalesce(${own}, ${said})`;
  };
  const imagesChanged = await changeImages(
    work,
    {
      width: learnt('width'),
      height: learnt('height'),
      captured_at: learnt('captured_at'),
      extra: isUpdate ? sql`image.extra || s.extra` : sql`s.extra || image.extra`,
    },
    {
      joined: sql`join incoming_image i on i.image_id = image.image_id join staged_image s using (position)`,
      where: sql<boolean>`not i.is_new and i.nth_of_name = 1`,
    },
  );

  return {
    counts: {
      imagesAdded: counted.added,
      imagesKnown: file.isResults ? 0 : counted.known,
      imagesChanged,
    },
    async insertNew() {
      if (counted.added === 0) return;
      await sql`
        insert into image (dataset_id, image_id, file_name, width, height, captured_at, extra,
          added_revision, object_count, least_score, least_area, greatest_area)
        select ${datasetId}, i.image_id, s.file_name, s.width, s.height, s.captured_at, s.extra,
          ${revision}, coalesce(counted.object_count, 0), counted.least_score, counted.least_area,
          counted.greatest_area
        from incoming_image i join staged_image s using (position)
          left join (
            select image_id, ${objectMeasures}
            from annotation a
            where dataset_id = ${datasetId} and born = ${revision} and state <> 'rejected'
            group by image_id
          ) as counted using (image_id)
        where i.is_new and i.nth_of_name = 1
        order by i.position`.execute(transaction);
      await sql`
        insert into image_life (dataset_id, image_id, born)
        select ${datasetId}, image_id, ${revision}
        from incoming_image where is_new and nth_of_name = 1`.execute(transaction);
      await sql`
        update dataset set
          next_image_id = greatest(next_image_id, (select max(image_id) + 1 from incoming_image)),
          cover_image_id = coalesce(
            cover_image_id,
            (select image_id from incoming_image where is_new order by position limit 1))
        where id = ${datasetId}`.execute(transaction);
    },
  };
}
