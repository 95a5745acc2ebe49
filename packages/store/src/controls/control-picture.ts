// Pictures that show how good looking over is. What they are is kept apart from the annotations, so that nobody who looks them
// over can see it: in the list of proposals a wrong one is as any other.

import { isDeepStrictEqual } from 'node:util';
import type { SlippedKind } from '@migaki/coco';
import { sql } from 'kysely';
import type { AnnotationFields } from '../annotations/annotation-record.ts';
import { encodeJson } from '../database/json-codec.ts';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import type { ControlRole } from '../database/tables.ts';

/** What a picture is for, beside what is proposed on it. */
export type PictureControl =
  | { readonly role: 'plain' }
  /** Nothing is proposed; `hidden` would have been. */
  | { readonly role: 'control'; readonly hidden: readonly AnnotationFields[] }
  | {
      readonly role: 'mistake';
      readonly kind: SlippedKind;
      /** One of what is proposed; null where it was left out. */
      readonly shown: AnnotationFields | null;
      /** What it was before; null for what is none. */
      readonly truth: AnnotationFields | null;
    };

export interface KnownControl {
  role: ControlRole;
  /** Whether the picture was looked over: then it stays what it was. */
  isSettled: boolean;
}

/** What some pictures are for so far, by their ids. */
export async function controlsOf(
  store: Store,
  datasetId: number,
  imageIds: readonly number[],
): Promise<Map<number, KnownControl>> {
  const { rows } = await sql<KnownControl & { imageId: number }>`
    select image_id as "imageId", role, settled_at is not null as "isSettled"
    from control_picture
    where dataset_id = ${datasetId} and image_id = any(${[...imageIds]}::bigint[])`.execute(
    databaseOf(store),
  );
  return new Map(rows.map(({ imageId, ...known }) => [imageId, known]));
}

/** A picture with what it is for; null where it is for nothing any more. */
export interface AssignedControl {
  readonly imageId: number;
  readonly control: PictureControl | null;
  /** Of the wrong proposal. */
  readonly annotationId: number | null;
}

/**
 * Keeps what pictures are for that were not looked over yet, in place of what they were for.
 *
 * @param isOwn whether proposals of an origin are those that were replaced: a mistake among others stands as it was
 */
export async function assignControls(
  database: Database,
  datasetId: number,
  { origin, isOwn }: { origin: string; isOwn: (origin: string) => boolean },
  pictures: readonly AssignedControl[],
): Promise<void> {
  const imageIds = pictures.map(({ imageId }) => imageId);
  const { rows: known } = await sql<KnownRow>`
    select image_id, role, origin, hidden, kind, annotation_id, shown, truth,
      assigned_at::text as "assignedAt", settled_at is not null as "isSettled"
    from control_picture
    where dataset_id = ${datasetId} and image_id = any(${imageIds}::bigint[])`.execute(database);
  const knownOf = new Map(known.map((row) => [row.image_id, row]));
  const gone: number[] = [];
  const added: (ControlRow & { assigned_at: string | null })[] = [];
  for (const picture of pictures) {
    const { isSettled, assignedAt, ...before } = knownOf.get(picture.imageId) ?? noRow;
    if (isSettled) continue;
    const now = picture.control === null ? null : rowOf(picture, picture.control, origin);
    if ('image_id' in before && before.role === 'mistake' && !isOwn(before.origin)) continue;
    // Written anew only where it differs.
    if (isDeepStrictEqual('image_id' in before ? before : null, now)) continue;
    if ('image_id' in before) gone.push(picture.imageId);
    // Whoever has begun to draw on a control goes on with it: the time from which work counts stays.
    const isSameRole = 'image_id' in before && before.role === now?.role;
    if (now !== null) added.push({ ...now, assigned_at: isSameRole ? assignedAt : null });
  }
  if (gone.length > 0) {
    await sql`
      delete from control_picture
      where dataset_id = ${datasetId} and image_id = any(${gone}::bigint[])`.execute(database);
  }
  if (added.length === 0) return;
  await sql`
    insert into control_picture
      (dataset_id, image_id, role, origin, hidden, kind, annotation_id, shown, truth, assigned_at)
    select ${datasetId}::int, image_id, role, origin, hidden, kind, annotation_id, shown, truth,
      coalesce(assigned_at, now())
    from jsonb_to_recordset(${encodeJson(added)}::jsonb) as told (image_id bigint, role text,
      origin text, hidden jsonb, kind text, annotation_id bigint, shown jsonb, truth jsonb,
      assigned_at timestamptz)`.execute(database);
}

interface ControlRow {
  image_id: number;
  role: ControlRole;
  origin: string;
  hidden: readonly AnnotationFields[] | null;
  kind: SlippedKind | null;
  annotation_id: number | null;
  shown: AnnotationFields | null;
  truth: AnnotationFields | null;
}

type KnownRow = ControlRow & { assignedAt: string; isSettled: boolean };
const noRow = { assignedAt: null, isSettled: false };

function rowOf(
  { imageId, annotationId }: AssignedControl,
  control: PictureControl,
  origin: string,
): ControlRow {
  const isMistake = control.role === 'mistake';
  return {
    image_id: imageId,
    role: control.role,
    origin,
    hidden: control.role === 'control' ? control.hidden : null,
    kind: isMistake ? control.kind : null,
    annotation_id: isMistake && control.shown !== null ? annotationId : null,
    shown: isMistake ? control.shown : null,
    truth: isMistake ? control.truth : null,
  };
}

/** Tells whether what is known of the pictures of a dataset has changed without a revision. */
export async function controlsStamp(database: Database, datasetId: number): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select count(*) || '.' || coalesce(max(number), 0) as stamp from control_picture
    where dataset_id = ${datasetId}`.execute(database);
  return rows[0].stamp;
}
