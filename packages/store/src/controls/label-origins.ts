// How the labels of a dataset came to be, and what people did to proposals until they were right: read from the rows that
// annotations have left behind.

import { actionsFor, actionsFromScratch, type CorrectionCounts } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/store.ts';

/** Labels: accepted objects that are there. */
export interface LabelOrigins {
  /** Of a model or an imported file, as it was proposed. */
  accepted: number;
  /** Proposed, and corrected by a person. */
  corrected: number;
  drawn: number;
  imported: number;
}

/** SQL: the last row of each annotation in which it was a proposal that is none any more. */
const lastProposed = (datasetId: number) => sql`
  select distinct on (p.annotation_id) p.* from annotation p
  where p.dataset_id = ${datasetId} and p.state = 'proposed' and p.retired is not null
  order by p.annotation_id, p.row_id desc`;

export async function labelOrigins(database: Database, datasetId: number): Promise<LabelOrigins> {
  const isOf = (origin: RawBuilder<boolean>) => sql`count(*) filter (where ${origin})::int`;
  const wasProposed = sql`p.annotation_id is not null`;
  const { rows } = await sql<LabelOrigins>`
    select ${isOf(sql`a.origin like 'model %' or (a.origin = 'import' and ${wasProposed})`)} as accepted,
      ${isOf(sql`a.origin = 'human' and ${wasProposed}`)} as corrected,
      ${isOf(sql`a.origin = 'human' and not ${wasProposed}`)} as drawn,
      ${isOf(sql`a.origin = 'import' and not ${wasProposed}`)} as imported
    from annotation a
      join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
      left join (select distinct annotation_id from annotation
        where dataset_id = ${datasetId} and state = 'proposed') as p on p.annotation_id = a.annotation_id
    where a.dataset_id = ${datasetId} and a.retired is null and a.state = 'accepted'
      and a.section = 'annotations' and not image.is_deleted`.execute(database);
  return rows[0];
}

export interface CorrectionWork {
  /** Pictures on which something was proposed and all of that was decided on. */
  pictureCount: number;
  corrections: CorrectionCounts;
  /** Keys and strokes. */
  actions: number;
  /** Of drawing the same. */
  actionsFromScratch: number;
  /** Objects that were accepted at once on several pictures that nobody has marked as reviewed; in nothing of the above. */
  acceptedAtOnce: number;
}

/**
 * What was done to proposals. What another run proposes later on the same pictures changes nothing of that. Where proposals of several
 * pictures are rejected at once, that is one action, however many they were; where they are accepted at once and nobody says
 * to have looked at the pictures, they are left out. Pictures with a mistake that was slipped in are left out: models do not make those.
 */
export async function correctionWork(
  database: Database,
  datasetId: number,
): Promise<CorrectionWork> {
  const { rows } = await sql<
    CorrectionCounts & {
      imageId: number | null;
      wanted: number;
      thrownAway: number;
      acceptedAtOnce: number;
    }
  >`
    with proposed as materialized (${lastProposed(datasetId)}), decided as materialized (
      select p.image_id, p.born, p.retired, case
          when l.state = 'rejected' or l.state is null then 'reject'
          when l.origin <> 'human' and image.reviewed_revision is null then 'accept unseen'
          when l.origin <> 'human' then 'accept'
        end as whole,
        l.category_id is distinct from p.category_id as is_other,
        (l.bbox_x, l.bbox_y, l.bbox_width, l.bbox_height, l.keypoints, l.segmentation::text)
          is distinct from
          (p.bbox_x, p.bbox_y, p.bbox_width, p.bbox_height, p.keypoints, p.segmentation::text)
          as is_moved
      from proposed p
        join image on image.dataset_id = ${datasetId} and image.image_id = p.image_id
        left join annotation l on l.dataset_id = ${datasetId}
          and l.annotation_id = p.annotation_id and l.retired is null
        left join revision r on r.dataset_id = ${datasetId} and r.revision = p.retired
      where not image.is_deleted
        -- What another run has withdrawn, nobody has decided on.
        and (l.state is not null or r.kind = 'edit')
        -- Nor on what is a proposal again, since a decision was taken back.
        and l.state is distinct from 'proposed'
        and not exists (
          select 1 from control_picture c where c.dataset_id = ${datasetId}
            and c.image_id = p.image_id and c.role = 'mistake')
    ), at_once as (
      select whole, retired, count(*) as objects from decided
      where whole in ('reject', 'accept unseen')
      group by whole, retired having count(distinct image_id) > 1
    ), counted as (
      select image_id, min(born) as since, max(retired) as until,
        (count(*) filter (where whole = 'reject'))::int as reject,
        (count(*) filter (where whole in ('accept', 'accept unseen') or (whole is null and not is_other and not is_moved)))::int as accept,
        (count(*) filter (where whole is null and is_other))::int as reclass,
        (count(*) filter (where whole is null and is_moved))::int as nudge,
        (count(*) filter (where whole is distinct from 'reject'))::int as kept
      from decided left join at_once using (whole, retired)
      where at_once.retired is null
      group by image_id
    ), begun as (
      select annotation_id, min(born) as born, bool_or(state = 'proposed') as was_proposed
      from annotation where dataset_id = ${datasetId} group by annotation_id
    ), drawn as (
      select a.image_id, count(*)::int as draw
      from annotation a
        join begun on begun.annotation_id = a.annotation_id
        join counted on counted.image_id = a.image_id
      where a.dataset_id = ${datasetId} and a.retired is null
        and a.state = 'accepted' and a.origin = 'human' and a.section = 'annotations'
        and not begun.was_proposed and begun.born >= counted.since
      group by a.image_id
    ), looked_over as (
      select counted.*, coalesce(drawn.draw, 0) as draw, counted.kept + coalesce(drawn.draw, 0) as wanted
      from counted left join drawn on drawn.image_id = counted.image_id
      where not exists (
        select 1 from annotation o where o.dataset_id = ${datasetId} and o.image_id = counted.image_id
          and o.retired is null and o.state = 'proposed' and o.born < counted.until)
    )
    select looked_over.*, image_id as "imageId", strokes."thrownAway", strokes."acceptedAtOnce"
    from (
      select (count(*) filter (where whole = 'reject'))::int as "thrownAway",
        (coalesce(sum(objects) filter (where whole = 'accept unseen'), 0))::int as "acceptedAtOnce"
      from at_once
    ) as strokes left join looked_over on true`.execute(database);
  // One row in any case, that of no picture where none was looked over.
  const [{ thrownAway, acceptedAtOnce }] = rows;
  const pictures = rows.filter(({ imageId }) => imageId !== null);
  const corrections = { accept: 0, reclass: 0, nudge: 0, reject: 0, draw: 0 };
  let [actions, wanted] = [pictures.length > 0 ? thrownAway : 0, 0];
  for (const row of pictures) {
    for (const kind of Object.keys(corrections) as (keyof CorrectionCounts)[]) {
      corrections[kind] += row[kind];
    }
    actions += actionsFor(row);
    wanted += row.wanted;
  }
  return {
    pictureCount: pictures.length,
    corrections,
    actions,
    actionsFromScratch: actionsFromScratch(wanted),
    acceptedAtOnce,
  };
}
