// Adds a file's annotations to the images that `incoming_image` names.

import { type RawBuilder, sql } from 'kysely';
import { contentColumns } from '../annotations/annotation-record.ts';
import { contentDigest } from '../annotations/content-sql.ts';
import { retireAnnotations } from '../annotations/successors.ts';
import type { AnnotationState } from '../database/tables.ts';
import type { Work } from '../datasets/revise.ts';
import type { ImportCounts } from './import-counts.ts';
import type { StagedFile } from './staging.ts';

export interface PublishedAnnotations {
  counts: Pick<
    ImportCounts,
    | 'annotationsAdded'
    | 'annotationsKnown'
    | 'annotationsChanged'
    | 'annotationsAbsent'
    | 'annotationsDeleted'
  >;
}

/** A category that the file does not define stays in `extra`, so that nothing else is taken for it later. */
const extraWithCategory = sql`
  case when s.category_id is not null and c.category_id is null
    then coalesce(s.extra, '{}') || jsonb_build_object('category_id', s.category_id)
    else s.extra end`;

/**
 * An annotation keeps the file's id unless the dataset ever had another one under it. Of equal annotations on one image
 * as many are added as the image has too few.
 */
export async function publishAnnotations(
  work: Pick<Work<never>, 'transaction' | 'datasetId' | 'revision' | 'author'>,
  file: StagedFile,
  {
    mode,
    origin,
    state,
  }: { mode: 'add' | 'update' | 'replace'; origin: string; state: AnnotationState },
): Promise<PublishedAnnotations> {
  const { transaction, datasetId, revision, author } = work;
  const isUpdate = mode !== 'add';
  await sql`
    create temporary table incoming_annotation on commit drop as
    select s.position, s.file_id, i.image_id, i.is_new as is_on_new_image, c.category_id,
      ${file.isResults ? sql`0` : sql`row_number() over (partition by s.file_id order by s.position)`}
        as nth_of_id,
      s.category_id is not null and c.category_id is null as lacks_category, false as is_change
    from staged_annotation s
      join incoming_image i on i.file_id = s.file_image_id and i.nth_of_id = 1
      left join incoming_category c on c.file_id = s.category_id`.execute(transaction);
  await sql`analyze incoming_annotation`.execute(transaction);
  const { rows } = await sql<{ staged: number; on_known: number; lacking: number }>`
    select count(*) as staged, count(*) filter (where not is_on_new_image) as on_known,
      count(*) filter (where lacks_category) as lacking
    from incoming_annotation`.execute(transaction);
  const [{ staged, on_known: onKnown, lacking }] = rows;
  await reportMissingImages(work, file, file.annotationCount - staged);
  await reportUnknownCategories(work, file, lacking);

  let known = 0;
  let changed = 0;
  if (onKnown > 0) {
    const ids = isUpdate ? await matchIds(work) : { known: 0, changed: 0 };
    changed = ids.changed;
    known = ids.known + (await dropKnown(work, isUpdate));
  }
  const absent = isUpdate ? absentRows(work, file, onKnown > 0) : null;
  const isReplaced = mode === 'replace' && !file.isResults;
  const deleted = absent !== null && isReplaced ? await retireAnnotations(work, absent) : 0;
  const left = absent === null || isReplaced ? 0 : await countRows(work, absent);
  await numberAnnotations(work, file, staged > 0);
  const inserted = await sql`
    insert into annotation (dataset_id, annotation_id, image_id,
      ${sql.join(contentColumns.map((column) => sql.ref(column)))},
      section, origin, state, author, born)
    select ${datasetId}, i.annotation_id, i.image_id, c.category_id,
      ${sql.join(
        contentColumns
          .filter((column) => column !== 'category_id')
          .map((column) =>
            column === 'extra'
              ? sql`case when s.section = 'captions' and i.annotation_id <> s.file_id
                  then coalesce(${extraWithCategory}, '{}') || jsonb_build_object('id', s.file_id)
                  else ${extraWithCategory} end`
              : sql.ref(`s.${column}`),
          ),
      )},
      s.section, ${origin}, ${state}, ${author}, ${revision}
    from numbered_annotation i join staged_annotation s using (position)
      left join incoming_category c on c.file_id = s.category_id
    order by i.position`.execute(transaction);
  await sql`
    update dataset set next_annotation_id = greatest(
      next_annotation_id, (select max(annotation_id) + 1 from numbered_annotation))
    where id = ${datasetId}`.execute(transaction);
  return {
    counts: {
      annotationsAdded: Number(inserted.numAffectedRows ?? 0) - changed,
      annotationsKnown: known,
      annotationsChanged: changed,
      annotationsAbsent: left,
      annotationsDeleted: deleted,
    },
  };
}

/**
 * SQL: which rows of `a` the file would have if it said all that is said of its images. Proposals are not among them; a file of
 * captions says nothing of objects, nor one of objects of captions.
 */
function absentRows(
  { datasetId, revision }: Pick<Work<never>, 'datasetId' | 'revision'>,
  { recordSections }: StagedFile,
  hasMatches: boolean,
): RawBuilder<boolean> {
  const isMatched = hasMatches
    ? sql`or a.annotation_id in (select annotation_id from matched_id)
        or a.row_id in (select row_id from matched_content)`
    : sql``;
  return sql<boolean>`a.dataset_id = ${datasetId} and a.state = 'accepted' and a.born < ${revision}
    and a.section = any(${recordSections}) and (a.caption is null) in (
      select caption is null from staged_annotation
      union all select true where not exists (select from staged_annotation))
    and a.image_id in (select image_id from incoming_image where not is_new)
    and not (false ${isMatched})`;
}

async function countRows(
  { transaction }: Pick<Work<never>, 'transaction'>,
  condition: RawBuilder<boolean>,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from annotation a where a.retired is null and ${condition}`.execute(
    transaction,
  );
  return rows[0].count;
}

async function reportMissingImages(
  { transaction }: Pick<Work<never>, 'transaction'>,
  file: StagedFile,
  count: number,
): Promise<void> {
  if (count === 0) return;
  const { rows } = await sql<{ file_id: number | null; file_image_id: number }>`
    select file_id, file_image_id from staged_annotation s
    where not exists (select 1 from incoming_image i where i.file_id = s.file_image_id)
    order by position limit 5`.execute(transaction);
  const samples = rows.map(
    ({ file_id, file_image_id }) => `annotation ${file_id ?? '?'} of image ${file_image_id}`,
  );
  file.leftOut.addMany('annotation-without-image', count, samples);
}

async function reportUnknownCategories(
  { transaction }: Pick<Work<never>, 'transaction'>,
  file: StagedFile,
  count: number,
): Promise<void> {
  if (count === 0) return;
  const { rows } = await sql<{ file_id: number | null; category_id: number }>`
    select s.file_id, s.category_id from incoming_annotation i join staged_annotation s using (position)
    where i.lacks_category order by position limit 5`.execute(transaction);
  const samples = rows.map(
    ({ file_id, category_id }) => `annotation ${file_id ?? '?'} of category ${category_id}`,
  );
  file.leftOut.addMany('annotation-unknown-category', count, samples);
}

/** In an update: annotations of the same id on the same image are the same, changed or not. */
async function matchIds({
  transaction,
  datasetId,
  revision,
}: Pick<Work<never>, 'transaction' | 'datasetId' | 'revision'>) {
  await sql`
    create temporary table matched_id on commit drop as
    select i.position, a.row_id, a.annotation_id,
      ${contentDigest('a')} = ${contentDigest('s', sql`c.category_id`, extraWithCategory)} as is_same
    from incoming_annotation i
      join staged_annotation s using (position)
      join annotation a on a.dataset_id = ${datasetId} and a.annotation_id = i.file_id
        and a.retired is null and a.image_id = i.image_id and a.section = s.section
      left join incoming_category c on c.file_id = s.category_id
    where not i.is_on_new_image and i.nth_of_id = 1`.execute(transaction);
  const known = await sql`
    delete from incoming_annotation i using matched_id m
    where m.position = i.position and m.is_same`.execute(transaction);
  const changed = await sql`
    update annotation a set retired = ${revision} from matched_id m
    where m.row_id = a.row_id and not m.is_same`.execute(transaction);
  await sql`
    update incoming_annotation i set is_change = true from matched_id m
    where m.position = i.position and not m.is_same`.execute(transaction);
  return { known: Number(known.numAffectedRows), changed: Number(changed.numAffectedRows) };
}

/** Drops from `incoming_annotation` what its images have already, keeps those rows in `matched_content`, and answers how many they are. */
async function dropKnown(
  { transaction, datasetId }: Pick<Work<never>, 'transaction' | 'datasetId'>,
  isUpdate: boolean,
): Promise<number> {
  const isUnmatched = isUpdate
    ? sql`and a.annotation_id not in (select annotation_id from matched_id)`
    : sql``;
  await sql`create temporary table matched_content (row_id bigint) on commit drop`.execute(
    transaction,
  );
  const dropped = await sql`
    with live as (
      select row_id, image_id, digest,
        row_number() over (partition by image_id, digest order by state = 'accepted' desc) as nth
      from (
        select a.row_id, a.image_id, a.state, ${contentDigest('a')} as digest from annotation a
        where a.dataset_id = ${datasetId} and a.retired is null ${isUnmatched}
          and a.image_id in (select image_id from incoming_annotation where not is_on_new_image)
      ) as digested
    ), incoming as (
      select position, image_id, digest,
        row_number() over (partition by image_id, digest order by position) as nth
      from (
        select i.position, i.image_id,
          ${contentDigest('s', sql`c.category_id`, extraWithCategory)} as digest
        from incoming_annotation i join staged_annotation s using (position)
          left join incoming_category c on c.file_id = s.category_id
        where not i.is_on_new_image and not i.is_change
      ) as digested
    ), dropped as (
      delete from incoming_annotation i using incoming join live using (image_id, digest, nth)
      where i.position = incoming.position
      returning live.row_id
    )
    insert into matched_content select row_id from dropped`.execute(transaction);
  return Number(dropped.numAffectedRows);
}

/** Makes `numbered_annotation`: positions and images again, with the id that each annotation gets. */
async function numberAnnotations(
  { transaction, datasetId }: Pick<Work<never>, 'transaction' | 'datasetId'>,
  file: StagedFile,
  hasAny: boolean,
): Promise<void> {
  const { next_annotation_id: nextId } = await transaction
    .selectFrom('dataset')
    .select('next_annotation_id')
    .where('id', '=', datasetId)
    .executeTakeFirstOrThrow();
  // The first import, which is the large one, need not look.
  const isFree =
    nextId === 1
      ? sql`true`
      : sql`not exists (select 1 from annotation a
            where a.dataset_id = ${datasetId} and a.annotation_id = file_id and a.retired is null)
          and not exists (select 1 from annotation a
            where a.dataset_id = ${datasetId} and a.annotation_id = file_id and a.retired is not null)`;
  await sql`
    create temporary table numbered_annotation on commit drop as
    with identified as (
      select position, image_id, file_id,
        is_change or (nth_of_id = 1 and file_id is not null and ${isFree}) as keeps_id
      from incoming_annotation
    )
    select position, image_id, keeps_id,
      case when keeps_id then file_id else
        greatest(${nextId}::bigint, (select max(file_id) + 1 from identified where keeps_id))
          - 1 + row_number() over (partition by keeps_id order by position) end as annotation_id
    from identified`.execute(transaction);
  await sql`analyze numbered_annotation`.execute(transaction);
  if (!hasAny || file.isResults) return;
  const { rows } = await sql<{ file_id: number; annotation_id: number; count: number }>`
    select s.file_id, n.annotation_id, count(*) over () as count
    from numbered_annotation n join staged_annotation s using (position)
    where not n.keeps_id and s.file_id is not null and s.section <> 'captions'
    order by position limit 5`.execute(transaction);
  const samples = rows.map(({ file_id, annotation_id }) => `${file_id} became ${annotation_id}`);
  file.leftOut.addMany('annotation-renumbered', rows[0]?.count ?? 0, samples);
}
