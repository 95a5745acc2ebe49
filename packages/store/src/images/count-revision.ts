// Brings the counts of images up to date by what a revision changed of their objects: as quick on a picture of ten thousand
// objects as on one of ten. `recount` looks at all of them instead; it is what this is held against in tests.

import { type RawBuilder, sql } from 'kysely';
import { hasShape, shapeNames } from '../annotations/shapes.ts';
import type { Database } from '../database/store.ts';
import { annotationStates } from '../database/tables.ts';
import { objectArea } from '../query/box-measures.ts';
import { scoreBin, tallied, valueTables } from './tally.ts';

/**
 * Counts what a revision added, retired and marked. Once, when all of it is done: it adds to what is counted already.
 *
 * @param revision in whose transaction it runs
 * @param objects where they are known: all that it added, retired or marked
 */
export async function countRevision(
  database: Database,
  datasetId: number,
  revision: number,
  objects?: readonly number[],
): Promise<void> {
  const change = { datasetId, revision, objects };
  for (const { table, column } of valueTables) {
    await countValues(database, change, table, column);
  }
  await countTallies(database, change);
  await measureImages(database, change);
}

interface Change {
  datasetId: number;
  revision: number;
  objects: readonly number[] | undefined;
}

/**
 * SQL: a row for every object that is there since (`by` 1), no longer (-1), or marked (0), with columns of `annotation` and
 * by how much it changes the number of those that nobody has looked at. Those that are rejected count as states alone.
 */
function changedObjects(
  { datasetId, revision, objects }: Change,
  columns: RawBuilder<unknown>,
): RawBuilder<unknown> {
  // Found by their keys, which suits a plan that is made for any revision, one of a million objects among them.
  const isMeant =
    objects === undefined ? sql`true` : sql`a.annotation_id = any(${objects}::bigint[])`;
  const unseen = sql`(a.reviewed_revision is null)::int`;
  const wasUnseen = sql`(case when h.revision is null then a.reviewed_revision is null
    else h.before is null end)::int`;
  const isOf = sql`h.dataset_id = a.dataset_id and h.annotation_id = a.annotation_id`;
  return sql`
    select a.image_id, a.state, ${columns}, 1 as by, ${unseen} as unseen from annotation a
    where a.dataset_id = ${datasetId} and a.born = ${revision} and a.retired is null and ${isMeant}
    union all
    select a.image_id, a.state, ${columns}, -1, -${wasUnseen} from annotation a
      left join review_history h on ${isOf} and h.revision = ${revision}
    where a.dataset_id = ${datasetId} and a.retired = ${revision} and a.born < ${revision}
      and ${isMeant}
    union all
    select a.image_id, a.state, ${columns}, 0, ${unseen} - ${wasUnseen} from review_history h
      join annotation a on ${isOf} and a.retired is null and a.born < ${revision}
    where h.dataset_id = ${datasetId} and h.revision = ${revision} and ${isMeant}`;
}

async function countValues(
  database: Database,
  change: Change,
  table: string,
  column: string,
): Promise<void> {
  const [counts, value] = [sql.table(table), sql.ref(column)];
  await sql`
    merge into ${counts} counted
    using (
      select ${value}, image_id, sum(by)::int as count
      from (${changedObjects(change, sql`a.${value}`)}) as changed
      where state <> 'rejected' and ${value} is not null
      group by ${value}, image_id having sum(by) <> 0
    ) as more on counted.dataset_id = ${change.datasetId} and counted.image_id = more.image_id
      and counted.${value} = more.${value}
    when matched and counted.count + more.count = 0 then delete
    when matched then update set count = counted.count + more.count
    when not matched then insert (dataset_id, ${value}, image_id, count)
      values (${change.datasetId}, more.${value}, more.image_id, more.count)`.execute(database);
}

async function countTallies(database: Database, change: Change): Promise<void> {
  const values = [
    ['category_id', 'category_ids', 'category_counts'],
    ['origin', 'origins', 'origin_counts'],
    ['bin', 'score_bins', 'score_counts'],
  ] as const;
  const countOf = (condition: RawBuilder<unknown>) =>
    sql`coalesce(sum(by) filter (where ${condition}), 0)`;
  const shapes = shapeNames.map((name, nth) => ({
    column: sql`${hasShape('a', name)} as ${sql.ref(`shape_${nth}`)}`,
    count: countOf(sql`state <> 'rejected' and ${sql.ref(`shape_${nth}`)}`),
  }));
  const columns = sql`a.category_id, a.origin, ${scoreBin} as bin,
    ${sql.join(shapes.map(({ column }) => column))}`;
  /** Values and counts of an image together with what is added to them. */
  const packed = (value: string, kept: string, counts: string) => sql`
    ${sql.ref(value)} as (
      select image_id, array_agg(value order by value) as ${sql.ref(kept)},
        array_agg(count order by value) as ${sql.ref(counts)}
      from (
        select image_id, value, sum(count)::int as count
        from (
          select image_id, unnest(${sql.ref(kept)}) as value, unnest(${sql.ref(counts)}) as count
          from before
          union all
          select image_id, ${sql.ref(value)}, by from changed where state <> 'rejected'
        ) as either
        where value is not null group by image_id, value having sum(count) > 0
      ) as summed
      group by image_id
    )`;
  const arrays = values.flatMap(([, kept, counts]) => [
    sql`coalesce(${sql.ref(kept)}, '{}') as ${sql.ref(kept)}`,
    sql`coalesce(${sql.ref(counts)}, '{}') as ${sql.ref(counts)}`,
  ]);
  const now = tallied.map((column) => sql.ref(`now.${column}`));
  await sql`
    with changed as materialized (${changedObjects(change, columns)}),
    before as materialized (
      select * from image_tally
      where dataset_id = ${change.datasetId} and image_id in (select image_id from changed)
    ),
    ${sql.join(values.map(([value, kept, counts]) => packed(value, kept, counts)))},
    whole as (
      select image_id,
        array[${sql.join(
          annotationStates.map((state) => countOf(sql`state = ${sql.lit(state)}`)),
        )}]::int[] as states,
        coalesce(sum(unseen) filter (where state <> 'rejected'), 0)::int as unseen,
        array[${sql.join(shapes.map(({ count }) => count))}]::int[] as shapes
      from changed group by image_id
    )
    merge into image_tally tally
    using (
      select image_id, ${sql.join(arrays)},
        ${summed('before.state_counts', 'whole.states')} as state_counts,
        coalesce(before.unreviewed_count, 0) + whole.unseen as unreviewed_count,
        ${summed('before.shape_counts', 'whole.shapes')} as shape_counts
      from whole left join (
          select image_id, state_counts, unreviewed_count, shape_counts from before
        ) as before using (image_id)
        ${sql.join(
          values.map(([value]) => sql`left join ${sql.table(value)} using (image_id)`),
          sql` `,
        )}
    ) as now on tally.dataset_id = ${change.datasetId} and tally.image_id = now.image_id
    when matched and 0 = all(now.state_counts) then delete
    when matched then update set (${sql.join(tallied.map((column) => sql.ref(column)))})
      = row(${sql.join(now)})
    when not matched then insert (dataset_id, image_id, ${sql.join(
      tallied.map((column) => sql.ref(column)),
    )}) values (${change.datasetId}, now.image_id, ${sql.join(now)})`.execute(database);
}

/** SQL: two arrays added up, the first of which may be missing. */
const summed = (one: string, other: string) => sql`array(
  select coalesce(kept, 0) + more from unnest(${sql.ref(one)}, ${sql.ref(other)})
    with ordinality as counts (kept, more, nth)
  order by nth)`;

/** How many objects images have, and between which bounds. All of them are looked at only where one at a bound is gone. */
async function measureImages(database: Database, change: Change): Promise<void> {
  const { datasetId } = change;
  const bound = (of: 'min' | 'max', value: RawBuilder<unknown>, column: string, name: string) => ({
    column,
    added: sql`${sql.raw(of)}(${sql.ref(name)}) filter (where by = 1) as ${sql.ref(`added_${column}`)}`,
    gone: sql`${sql.raw(of)}(${sql.ref(name)}) filter (where by = -1) as ${sql.ref(`gone_${column}`)}`,
    now: sql`case
      when ${sql.ref(`gone_${column}`)} ${sql.raw(of === 'min' ? '<=' : '>=')} ${sql.ref(`image.${column}`)}
        then (
          select ${sql.raw(of)}(${value}) from annotation a
          where a.dataset_id = ${datasetId} and a.image_id = image.image_id
            and a.retired is null and a.state <> 'rejected')
      else ${sql.raw(of === 'min' ? 'least' : 'greatest')}(
        ${sql.ref(`image.${column}`)}, ${sql.ref(`added_${column}`)}) end
      as ${sql.ref(column)}`,
  });
  const bounds = [
    bound('min', sql`a.score`, 'least_score', 'score'),
    bound('min', objectArea, 'least_area', 'area'),
    bound('max', objectArea, 'greatest_area', 'area'),
  ];
  const columns = ['object_count', ...bounds.map(({ column }) => column)];
  const of = (table: string) => sql.join(columns.map((column) => sql.ref(`${table}.${column}`)));
  await sql`
    with more as materialized (
      select image_id, sum(by)::int as count,
        ${sql.join(bounds.flatMap(({ added, gone }) => [added, gone]))}
      from (${changedObjects(change, sql`a.score, ${objectArea} as area`)}) as changed
      where state <> 'rejected' and by <> 0
      group by image_id
    ), now as materialized (
      select image_id, image.object_count + more.count as object_count,
        ${sql.join(bounds.map(({ now }) => now))}
      from more join image using (image_id) where image.dataset_id = ${datasetId}
    )
    update image set (${sql.join(columns.map((column) => sql.ref(column)))}) = row(${of('now')})
    from now
    where image.dataset_id = ${datasetId} and image.image_id = now.image_id
      and (${of('image')}) is distinct from (${of('now')})`.execute(database);
}
