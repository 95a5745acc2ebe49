// What a model proposes for some images, in place of what it had proposed for them before. What somebody has decided on,
// whoever made it, stays as it is, and is not proposed once more.

import { bboxIou, type CocoAnnotation } from '@migaki/coco';
import { sql } from 'kysely';
import {
  type AssignedControl,
  assignControls,
  type PictureControl,
} from '../controls/control-picture.ts';
import { databaseOf, type Store } from '../database/store.ts';
import { type ChangeContext, type Revised, revise, type Work } from '../datasets/revise.ts';
import { countRevision } from '../images/count-revision.ts';
import { type AnnotationFields, cocoFromContent, contentFromCoco } from './annotation-record.ts';
import { type LiveRow, liveColumns } from './live-annotation.ts';
import { insertedContent, takeAnnotationIds } from './new-rows.ts';
import { requireCategory } from './required-rows.ts';
import { retireAnnotations } from './successors.ts';

export interface ImageProposals {
  readonly imageId: number;
  /** COCO fields, each with a `score`. */
  readonly found: readonly AnnotationFields[];
  /** What the picture is to show of looking over; without, it shows nothing any more, unless it was looked over. */
  readonly control?: PictureControl;
}

/** Who proposes. */
export interface Proposer {
  readonly name: string;
  /** Of a model of the registry; left out for what comes from elsewhere, whose name is a source's own. */
  readonly version?: number;
}

interface Counts {
  /** Of the model, on these images, from now on. */
  proposedCount: number;
  /** Of earlier proposals that are gone. */
  withdrawnCount: number;
  /** Found again where somebody has decided already. */
  decidedCount: number;
}

export type ProposalsReplaced = Counts & Revised;

/** From this overlap (IoU) on two boxes are of one object. */
const sameObjectIou = 0.5;
const rowsPerStatement = 1_000;

/**
 * Replaces the proposals of a model, of any of its versions, or of a source, that nobody has decided on. Images that are not there, or in the
 * trash, are passed over. Takes no revision where all is so already.
 *
 * @throws StoreError `dataset-not-found`, `category-not-found`; then nothing has changed
 * @example
 * await replaceProposals(store, 1, { name: 'cells', version: 3 },
 *   [{ imageId: 7, found: [{ category_id: 1, bbox: [1, 2, 30, 40], score: 0.9 }] }], { author: 'ada' });
 */
export async function replaceProposals(
  store: Store,
  datasetId: number,
  { name, version }: Proposer,
  images: readonly ImageProposals[],
  context: ChangeContext,
): Promise<ProposalsReplaced> {
  const origin = version === undefined ? `model ${name}` : `model ${name}@${version}`;
  const isOwn = (other: string) =>
    version === undefined ? other === origin : other.startsWith(`model ${name}@`);
  const proposer = { origin, isOwn };
  let controls: AssignedControl[] = [];
  const replaced = await revise<Counts>(store, datasetId, 'preannotate', context, async (work) => {
    controls = [];
    const counts: Counts = { proposedCount: 0, withdrawnCount: 0, decidedCount: 0 };
    const there = await rowsOfImages(work, images);
    const withdrawn: number[] = [];
    const added: { imageId: number; fields: AnnotationFields }[] = [];
    for (const { imageId, found, control } of images) {
      const rows = there.get(imageId);
      if (rows === undefined) continue;
      const own = rows.filter((row) => row.state === 'proposed' && isOwn(row.origin));
      const decided = rows.filter(({ state }) => state !== 'proposed').map(decisionOf);
      const proposed = found.filter((one) => !decided.some((decision) => settles(decision, one)));
      counts.decidedCount += found.length - proposed.length;
      counts.proposedCount += proposed.length;
      controls.push(controlOn(imageId, control, { own, proposed }));
      if (isSame(own, proposed, origin)) continue;
      withdrawn.push(...own.map(({ annotation_id }) => annotation_id));
      added.push(...proposed.map((fields) => ({ imageId, fields })));
    }
    if (withdrawn.length + added.length === 0) work.unchanged(counts);
    counts.withdrawnCount = await retireAnnotations(
      work,
      sql<boolean>`a.annotation_id = any(${withdrawn}::bigint[])`,
    );
    const addedIds = await addProposals(work, origin, added);
    await assignControls(work.transaction, datasetId, proposer, withIds(controls, added, addedIds));
    await countRevision(work.transaction, datasetId, work.revision);
    return counts;
  });
  if (replaced.isUnchanged) {
    const database = databaseOf(store);
    await database
      .transaction()
      .execute((transaction) => assignControls(transaction, datasetId, proposer, controls));
  }
  return replaced;
}

/** A mistake is none where somebody has decided on it before. */
function controlOn(
  imageId: number,
  control: PictureControl | undefined,
  { own, proposed }: { own: readonly LiveRow[]; proposed: readonly AnnotationFields[] },
): AssignedControl {
  if (control?.role !== 'mistake' || control.shown === null) {
    return { imageId, control: control ?? null, annotationId: null };
  }
  if (!proposed.includes(control.shown)) {
    return { imageId, control: { role: 'plain' }, annotationId: null };
  }
  const key = keyOf(control.shown);
  const row = own.find((each) => keyOf(cocoFromContent(each, each)) === key);
  return { imageId, control, annotationId: row?.annotation_id ?? null };
}

/** Wrong proposals have the ids that they were just given. */
const withIds = (
  controls: readonly AssignedControl[],
  added: readonly { imageId: number; fields: AnnotationFields }[],
  addedIds: readonly number[],
): AssignedControl[] =>
  controls.map((assigned) => {
    const { control } = assigned;
    if (control?.role !== 'mistake') return assigned;
    const at = added.findIndex(
      ({ imageId, fields }) => imageId === assigned.imageId && fields === control.shown,
    );
    return at === -1 ? assigned : { ...assigned, annotationId: addedIds[at] };
  });

type Change = Pick<Work<never>, 'transaction' | 'datasetId' | 'revision' | 'author'>;

/** What is on each of the images that are there. */
async function rowsOfImages(
  { transaction, datasetId }: Change,
  images: readonly ImageProposals[],
): Promise<Map<number, LiveRow[]>> {
  const ids = sql`any(${images.map(({ imageId }) => imageId)}::bigint[])`;
  const { rows: there } = await sql<{ imageId: number }>`
    select image_id as "imageId" from image
    where dataset_id = ${datasetId} and image_id = ${ids} and not is_deleted`.execute(transaction);
  const { rows } = await sql<LiveRow>`
    select ${liveColumns} from annotation a
    where a.dataset_id = ${datasetId} and a.image_id = ${ids} and a.retired is null
    order by a.row_id`.execute(transaction);
  const byImage = Map.groupBy(rows, ({ image_id }) => image_id);
  return new Map(there.map(({ imageId }) => [imageId, byImage.get(imageId) ?? []]));
}

interface Decision {
  readonly isRejected: boolean;
  readonly coco: CocoAnnotation;
}

const decisionOf = (row: LiveRow): Decision => ({
  isRejected: row.state === 'rejected',
  coco: cocoFromContent(row, row),
});

/**
 * Whether somebody has decided on what was found. Where an object is accepted there is no other at its place; one that was
 * rejected may still be of another category.
 */
function settles({ isRejected, coco }: Decision, found: AnnotationFields): boolean {
  const isSameCategory = coco.category_id === found.category_id;
  if (!coco.bbox || !found.bbox) return !coco.bbox && !found.bbox && isSameCategory;
  if (isRejected && !isSameCategory) return false;
  const isCrowd = coco.iscrowd === 1;
  return bboxIou(found.bbox as number[], coco.bbox, isCrowd) >= sameObjectIou;
}

/** Whether just this has been proposed already. */
function isSame(own: readonly LiveRow[], proposed: readonly AnnotationFields[], origin: string) {
  const before = own.map((row) => keyOf(cocoFromContent(row, row))).sort();
  const now = proposed.map(keyOf).sort();
  return (
    own.every((row) => row.origin === origin) &&
    before.length === now.length &&
    before.every((key, i) => key === now[i])
  );
}

const keyOf = ({ category_id, bbox, segmentation, keypoints, score }: AnnotationFields) =>
  JSON.stringify([category_id, bbox ?? null, segmentation ?? null, keypoints ?? null, score]);

/** @returns their ids, in their order */
async function addProposals(
  work: Change,
  origin: string,
  proposals: readonly { imageId: number; fields: AnnotationFields }[],
): Promise<number[]> {
  const { transaction, datasetId, revision, author } = work;
  const contents = proposals.map(({ fields }) => contentFromCoco(fields));
  for (const id of new Set(contents.map(({ category_id }) => category_id))) {
    if (id !== null) await requireCategory(work, id, 'proposals');
  }
  const firstId = await takeAnnotationIds(work, proposals.length);
  const rows = contents.map((content, i) => ({
    ...insertedContent(content),
    dataset_id: datasetId,
    annotation_id: firstId + i,
    image_id: proposals[i].imageId,
    section: 'annotations' as const,
    origin,
    state: 'proposed' as const,
    author,
    born: revision,
  }));
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const some = rows.slice(from, from + rowsPerStatement);
    await transaction.insertInto('annotation').values(some).execute();
  }
  return rows.map(({ annotation_id }) => annotation_id);
}
