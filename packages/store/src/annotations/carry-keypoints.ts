// Objects that get another category take those of their keypoints along that it has, too, by the rule of `@migaki/coco`.

import { carriedPose, type KeypointNames } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import type { Work } from '../datasets/revise.ts';
import type { AnnotationContent, AnnotationFields } from './annotation-record.ts';
import type { Overrides } from './successors.ts';

type Change = Pick<Work<never>, 'transaction' | 'datasetId'>;

const poseColumns = [
  'keypoints',
  'num_keypoints',
  'bbox_x',
  'bbox_y',
  'bbox_width',
  'bbox_height',
  'area',
] as const satisfies (keyof AnnotationContent)[];

type PoseColumns = Pick<AnnotationContent, (typeof poseColumns)[number]>;
/** Of the segmentation it counts only whether there is one. */
export type PoseRow = PoseColumns & Pick<AnnotationContent, 'category_id' | 'segmentation'>;

/** Of categories that are gone, too: their objects may be just about to get another one. */
async function keypointNames({
  transaction,
  datasetId,
}: Change): Promise<ReadonlyMap<number | null, KeypointNames>> {
  const { rows } = await sql<{ categoryId: number; keypoints: string[] | null }>`
    select distinct on (category_id) category_id as "categoryId", keypoints from category
    where dataset_id = ${datasetId} order by category_id, retired is null desc, row_id desc`.execute(
    transaction,
  );
  return new Map(rows.map(({ categoryId, keypoints }) => [categoryId, keypoints]));
}

function carriedColumns(
  row: PoseRow,
  before: KeypointNames,
  after: KeypointNames,
): { columns: PoseColumns; lost: readonly string[] } | null {
  const { keypoints, num_keypoints: count, segmentation, bbox_x: x } = row;
  if (keypoints === null) return null;
  const bbox = x === null ? null : ([x, row.bbox_y!, row.bbox_width!, row.bbox_height!] as const);
  const carried = carriedPose(
    { keypoints, bbox, isOutlined: segmentation !== null },
    before,
    after,
  );
  if (carried === null) return null;
  const points = carried.keypoints && [...carried.keypoints];
  const labelled = points?.filter((value, index) => index % 3 === 2 && value > 0).length ?? null;
  const [bbox_x = null, bbox_y = null, bbox_width = null, bbox_height = null] = carried.bbox ?? [];
  const box = { bbox_x, bbox_y, bbox_width, bbox_height };
  const area = x === null && bbox_x !== null ? bbox_width! * bbox_height! : row.area;
  const num_keypoints = count === null ? null : labelled;
  return { columns: { keypoints: points, num_keypoints, ...box, area }, lost: carried.lost };
}

/** What else of an object changes with its category; nothing where it has no pose, or one that stays as it is. */
export async function carriedFields(
  change: Change,
  row: PoseRow,
  to: number,
): Promise<{ fields: AnnotationFields; lost: readonly string[] }> {
  const isPose = row.keypoints !== null && row.category_id !== to;
  const names = isPose ? await keypointNames(change) : new Map();
  const carried = isPose ? carriedColumns(row, names.get(row.category_id), names.get(to)) : null;
  if (carried === null) return { fields: {}, lost: [] };
  const { columns, lost } = carried;
  const { keypoints, num_keypoints, bbox_x, bbox_y, bbox_width, bbox_height, area } = columns;
  const isNewBox = row.bbox_x === null && bbox_x !== null;
  const box = isNewBox ? { bbox: [bbox_x, bbox_y, bbox_width, bbox_height], area } : {};
  return { fields: { keypoints, num_keypoints, ...box }, lost };
}

const rowsAtOnce = 5000;

/**
 * The same for all live rows of `a` that match, just before they get the category `to`.
 *
 * @returns what their successors have instead, and the names of the points that are lost, each once
 */
export async function carryKeypoints(
  change: Change,
  condition: RawBuilder<boolean>,
  to: number,
): Promise<{ overrides: Overrides; lost: string[] }> {
  const { transaction, datasetId } = change;
  const { rows } = await sql<PoseRow & { annotation_id: number }>`
    select a.annotation_id, a.category_id, ${sql.join(poseColumns.map((name) => sql.ref(`a.${name}`)))},
      case when a.segmentation is not null then true end as segmentation
    from annotation a
    where a.dataset_id = ${datasetId} and a.retired is null and a.keypoints is not null
      and ${condition}`.execute(transaction);
  if (rows.length === 0) return { overrides: {}, lost: [] };
  const names = await keypointNames(change);
  const lost = new Set<string>();
  const poses = rows.flatMap((row) => {
    const carried = carriedColumns(row, names.get(row.category_id), names.get(to));
    for (const name of carried?.lost ?? []) lost.add(name);
    return carried === null ? [] : [{ annotation_id: row.annotation_id, ...carried.columns }];
  });
  if (poses.length === 0) return { overrides: {}, lost: [] };
  await sql`
    create temporary table carried_pose (annotation_id bigint primary key, keypoints float8[],
      num_keypoints int, bbox_x float8, bbox_y float8, bbox_width float8, bbox_height float8, area float8)
    on commit drop`.execute(transaction);
  for (let at = 0; at < poses.length; at += rowsAtOnce) {
    await sql`
      insert into carried_pose select * from jsonb_populate_recordset(null::carried_pose,
        ${JSON.stringify(poses.slice(at, at + rowsAtOnce))}::jsonb)`.execute(transaction);
  }
  const pose = sql`from carried_pose pose where pose.annotation_id = source.annotation_id`;
  const overrides = poseColumns.map((name) => [
    name,
    sql`case when exists (select 1 ${pose}) then (select ${sql.ref(`pose.${name}`)} ${pose})
      else ${sql.ref(`source.${name}`)} end`,
  ]);
  return { overrides: Object.fromEntries(overrides), lost: [...lost] };
}
