// Mistakes that were slipped in and stand among the labels: listed once their picture is looked over, put right or dismissed by
// who sees them, and taken back before anybody learns from the labels.

import type { SlippedKind } from '@migaki/coco';
import { sql } from 'kysely';
import type { AnnotationFields } from '../annotations/annotation-record.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import type { ObjectEdit } from '../annotations/edit.ts';
import { annotationsOfImages, type LiveAnnotation } from '../annotations/live-annotation.ts';
import { databaseOf, type Store } from '../database/store.ts';
import { annotationStates, type ControlVerdict } from '../database/tables.ts';
import type { ChangeContext, Revised } from '../datasets/revise.ts';
import { getImages, type Image } from '../images/image.ts';
import { isWithdrawn, objectsOn, settleControls } from './settle-controls.ts';
import { type SlippedIn, stands } from './verdict.ts';

export interface SlippedMistake {
  image: Image;
  kind: SlippedKind;
  /** As it stands; null where an object was left out. */
  label: LiveAnnotation | null;
  /** COCO fields of what the model had found; null where there was nothing. */
  truth: AnnotationFields | null;
}

interface Standing extends SlippedIn {
  imageId: number;
  origin: string;
  verdict: ControlVerdict | null;
  /** Somebody has accepted what is wrong. */
  isAccepted: boolean;
}

interface Which {
  imageIds?: readonly number[];
  /** `unfinished`: also labels of pictures of which something is still open; `open`: also proposals of which nobody has said anything. */
  also?: 'unfinished' | 'open';
}

/** What stands as it was slipped in, picture by picture. */
async function standing(
  store: Store,
  datasetId: number,
  { imageIds, also }: Which = {},
): Promise<Standing[]> {
  const db = databaseOf(store);
  const { rows } = await sql<Omit<Standing, 'isAccepted'>>`
    select c.image_id as "imageId", c.origin, c.kind, c.annotation_id as "annotationId", c.shown,
      c.truth, c.verdict
    from control_picture c
      join image on image.dataset_id = c.dataset_id and image.image_id = c.image_id
    where c.dataset_id = ${datasetId} and c.role = 'mistake' and c.dismissed_at is null
      and (c.verdict is not null or ${also !== undefined})
      and not image.is_deleted
      and (${imageIds === undefined} or c.image_id = any(${[...(imageIds ?? [])]}::bigint[]))
    order by c.image_id`.execute(db);
  const objects = await objectsOn(
    db,
    datasetId,
    rows.map(({ imageId }) => imageId),
  );
  // One that was found comes back with an old version of the dataset. Of one that was left out that cannot be told from
  // an object that somebody has deleted since.
  const isTold = ({ kind, verdict }: (typeof rows)[number]) =>
    kind !== 'overlooked' || verdict === 'slipped' || (verdict === null && also === 'open');
  const states = {
    wrong: also === 'open' ? (['accepted', 'proposed'] as const) : undefined,
    deciding: annotationStates,
  };
  return rows.flatMap((mistake): Standing[] => {
    const on = objects.get(mistake.imageId) ?? [];
    if (!isTold(mistake) || !stands(mistake, on, states)) return [];
    const wrong = on.find(({ annotationId }) => annotationId === mistake.annotationId);
    return [{ ...mistake, isAccepted: wrong?.state === 'accepted' }];
  });
}

/** @throws StoreError `dataset-not-found` */
export async function listSlippedMistakes(
  store: Store,
  datasetId: number,
): Promise<SlippedMistake[]> {
  await settleControls(store, datasetId);
  const found = await standing(store, datasetId);
  const imageIds = found.map(({ imageId }) => imageId);
  const [images, annotations] = await Promise.all([
    getImages(store, datasetId, imageIds),
    annotationsOfImages(store, datasetId, imageIds),
  ]);
  const imageOf = new Map(images.map((image) => [image.imageId, image]));
  const labelOf = new Map(annotations.map((each) => [each.annotationId, each]));
  return found.flatMap(({ imageId, kind, annotationId, truth }): SlippedMistake[] => {
    const image = imageOf.get(imageId);
    const label = annotationId === null ? null : labelOf.get(annotationId);
    return image === undefined || label === undefined ? [] : [{ image, kind, label, truth }];
  });
}

export interface PutRight extends Revised {
  count: number;
}

/**
 * Makes labels what the model had truly found, under one revision.
 *
 * @param imageIds all pictures with such mistakes where left out
 * @param as `accepted` by somebody who sees them; `proposed` waits to be looked over
 */
export async function putSlippedRight(
  store: Store,
  datasetId: number,
  { as, ...which }: Which & { as: 'accepted' | 'proposed' },
  context: ChangeContext,
): Promise<PutRight> {
  const found = await standing(store, datasetId, which);
  const edits = found.map((mistake) => rightingEdit(mistake, as));
  const unjudged = found.filter(({ verdict }) => verdict === null);
  const { revision, isUnchanged } = await applyEdits(store, datasetId, edits, {
    note: 'Puts right what was slipped in as a control',
    // Before its picture was looked over: what somebody has accepted has slipped through, and what is open nobody can find any more.
    alongside: async (executor) => {
      const those = (isAccepted: boolean) =>
        unjudged.filter((one) => one.isAccepted === isAccepted).map(({ imageId }) => imageId);
      await executor.executeSql(
        `update control_picture set settled_at = now(), verdict = 'slipped'
          where dataset_id = $1 and image_id = any($2) and settled_at is null`,
        [datasetId, those(true)],
      );
      await executor.executeSql(
        'delete from control_picture where dataset_id = $1 and image_id = any($2)',
        [datasetId, those(false)],
      );
    },
    ...context,
  });
  return { revision, isUnchanged, count: found.length };
}

function rightingEdit(
  { imageId, origin, annotationId, shown, truth }: Standing,
  state: 'accepted' | 'proposed',
): ObjectEdit {
  if (annotationId === null) return { do: 'add', imageId, fields: truth!, origin, state };
  if (truth === null) return { do: 'reject', annotationId };
  const removed = Object.keys(shown ?? {}).filter((field) => !(field in truth));
  const fields = { ...Object.fromEntries(removed.map((field) => [field, null])), ...truth };
  return { do: 'change', annotationId, fields, origin, state };
}

/**
 * Says of mistakes that they are none, since the model was wrong and not what was made of it, or takes that back. They do not count
 * then. It is no change of the dataset, and takes no revision.
 *
 * @returns how many were not so before
 */
export async function dismissSlipped(
  store: Store,
  datasetId: number,
  imageIds: readonly number[],
  { author, isDismissed }: { author: string; isDismissed: boolean },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update control_picture set
      dismissed_by = case when ${isDismissed} then ${author}::text end,
      dismissed_at = case when ${isDismissed} then now() end
    where dataset_id = ${datasetId} and image_id = any(${[...imageIds]}::bigint[])
      and verdict is not null and (dismissed_at is not null) <> ${isDismissed}`.execute(
    databaseOf(store),
  );
  return Number(numAffectedRows);
}

/**
 * To be called before the labels of a dataset are used, to learn from or to be given away: whatever stands as it was slipped in
 * becomes a proposal again, as the model truly had it. So nobody learns from a mistake that was made on purpose.
 *
 * @returns how many there were
 */
export async function takeSlippedBack(
  store: Store,
  datasetId: number,
  author: string,
): Promise<number> {
  await settleControls(store, datasetId, { onlyMistakes: true, isLast: true });
  const which = { as: 'proposed', also: 'unfinished' } as const;
  return (await putSlippedRight(store, datasetId, which, { author })).count;
}

/**
 * To be called before pictures go elsewhere: on them nothing is wrong on purpose any more, whether anybody has looked at it or not.
 */
export async function endMistakes(
  store: Store,
  datasetId: number,
  imageIds: readonly number[],
  author: string,
): Promise<void> {
  await settleControls(store, datasetId, { onlyMistakes: true });
  await putSlippedRight(store, datasetId, { imageIds, as: 'proposed', also: 'open' }, { author });
}

/**
 * To be called before categories become others or go: of mistakes that have to do with them nobody could tell any more whether they were
 * found, nor what they were made of.
 */
export async function endMistakesOfCategories(
  store: Store,
  datasetId: number,
  categoryIds: readonly number[],
  author: string,
): Promise<void> {
  const { rows } = await sql<{ imageId: number }>`
    select image_id as "imageId" from control_picture
    where dataset_id = ${datasetId} and role = 'mistake' and dismissed_at is null
      and array[(shown ->> 'category_id')::bigint, (truth ->> 'category_id')::bigint]
        && ${[...categoryIds]}::bigint[]`.execute(databaseOf(store));
  if (rows.length === 0) return;
  const imageIds = rows.map(({ imageId }) => imageId);
  await endMistakes(store, datasetId, imageIds, author);
  // What is wrong on them no more, somebody has found. Whether one that was left out is there is told by places alone.
  await sql`
    update control_picture c set settled_at = now(), verdict = 'caught'
    where c.dataset_id = ${datasetId} and c.image_id = any(${imageIds}::bigint[])
      and c.settled_at is null and c.kind <> 'overlooked' and not ${isWithdrawn}`.execute(
    databaseOf(store),
  );
}
