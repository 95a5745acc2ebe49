// What a person would do in the pages, done over the API and counted: who corrects here knows the truth, and nothing else is
// known to them than what the pages show.

import type { Annotation, Client, LabelMistake, Routes } from '@migaki/api';
import {
  type ActionCounts,
  type Bbox,
  bboxIou,
  type CocoDataset,
  type Correction,
  correctionActions,
  countActions,
} from '@migaki/coco';

type Edits = Parameters<Client<Routes>['applyEdits']>[0]['body']['edits'];

export interface TrueObject {
  categoryId: number;
  bbox: Bbox;
}

export interface KnownTruth {
  client: Client<Routes>;
  datasetId: number;
  /** By the name of the picture's file; categories as the dataset numbers them. */
  truth: ReadonlyMap<string, TrueObject[]>;
}

/** From this overlap on two boxes are of one object. */
const sameObjectIou = 0.5;
/** From this overlap on a label is no mistake: those that were moved on purpose overlap less with their objects. */
const rightLabelIou = 0.65;

/** @param categories of the dataset */
export function truthByFile(
  { images, annotations, categories: named }: CocoDataset,
  categories: readonly { id: number; name: string }[],
): Map<string, TrueObject[]> {
  const idOf = new Map(categories.map(({ id, name }) => [name, id]));
  const categoryOf = new Map(named.map(({ id, name }) => [id, idOf.get(name)!]));
  const byImage = Map.groupBy(annotations, ({ image_id }) => image_id);
  return new Map(
    images.map(({ id, file_name }) => [
      file_name,
      (byImage.get(id) ?? []).map(({ category_id, bbox }) => ({
        categoryId: categoryOf.get(category_id)!,
        bbox: bbox!,
      })),
    ]),
  );
}

export interface LookedOver extends ActionCounts {
  /** How many there were to decide on. */
  proposals: number;
}

/**
 * Looks over what a model proposes in pictures that nobody has labelled, and puts right what is wrong.
 *
 * @param fileNames of those pictures
 * @param tell hears how many are done
 */
export async function lookOver(
  person: KnownTruth,
  fileNames: ReadonlySet<string>,
  tell: (done: number, total: number) => void,
): Promise<LookedOver> {
  const { client, datasetId, truth } = person;
  const { items } = await client.listImages({
    params: { datasetId },
    query: { limit: mostImages, overlays: 'no' },
  });
  const pictures: Correction[][] = [];
  let proposed = 0;
  for (const { id: imageId, fileName } of items) {
    if (!fileNames.has(fileName)) continue;
    const image = await client.getImage({ params: { datasetId, imageId }, query: {} });
    const wanted = truth.get(fileName)!;
    const proposals = image.annotations;
    const corrections = correctionActions(proposals.map(placeOf), wanted);
    await apply(person, [
      ...editsOf(imageId, proposals, wanted, corrections),
      { type: 'setStatus', imageId, status: 'done' },
    ]);
    pictures.push(corrections);
    proposed += proposals.length;
    tell(pictures.length, fileNames.size);
  }
  return { ...countActions(pictures), proposals: proposed };
}

/** More than a demonstration has. */
const mostImages = 500;

const placeOf = ({ categoryId, bbox }: Annotation): TrueObject => ({
  categoryId: categoryId!,
  bbox: bbox!,
});

function editsOf(
  imageId: number,
  proposals: readonly Annotation[],
  wanted: readonly TrueObject[],
  corrections: readonly Correction[],
): Edits {
  const drawn = corrections.flatMap(
    (correction): Edits =>
      correction.kind === 'draw'
        ? [{ type: 'add', imageId, fields: boxFields(wanted[correction.wanted!]) }]
        : [],
  );
  const decided = proposals.map(({ id: annotationId }, at): Edits[number] => {
    const own = corrections.filter(({ proposal }) => proposal === at);
    const kinds = own.map(({ kind }) => kind);
    if (kinds.includes('reject')) return { type: 'reject', annotationId };
    if (kinds.includes('accept')) return { type: 'accept', annotationId };
    const { categoryId, bbox } = wanted[own[0].wanted!];
    return {
      type: 'change',
      annotationId,
      fields: {
        ...(kinds.includes('reclass') && { categoryId }),
        ...(kinds.includes('nudge') && { bbox }),
      },
    };
  });
  return [...decided, ...drawn];
}

export interface MistakesReviewed {
  /** What a model has against labels, all of which the person looked at. */
  told: number;
  /** Where it was right, and its word was taken. */
  taken: number;
  dismissed: number;
}

/** Goes through what a model has against the labels: takes its word where it is right, dismisses the rest. */
export async function reviewMistakes(
  person: KnownTruth,
  tell: (done: number, total: number) => void,
): Promise<MistakesReviewed> {
  const { client, datasetId, truth } = person;
  const params = { datasetId };
  const { items } = await client.listMistakes({ params, query: { limit: mostMistakes } });
  let taken = 0;
  for (const [at, mistake] of items.entries()) {
    const { annotations } = await client.getImage({
      params: { datasetId, imageId: mistake.image.id },
      query: {},
    });
    if (isRight(mistake, annotations, truth.get(mistake.image.fileName)!)) {
      await apply(person, [takenEdit(mistake)]);
      taken++;
    } else {
      await client.dismissMistakes({ params, body: { ids: [mistake.id], isDismissed: true } });
    }
    tell(at + 1, items.length);
  }
  return { told: items.length, taken, dismissed: items.length - taken };
}

const mostMistakes = 200;

/** Whether the labels are nearer to the truth with what the model says. */
function isRight(
  { label, opinion }: LabelMistake,
  labels: readonly Annotation[],
  truth: readonly TrueObject[],
): boolean {
  const { bbox, categoryId } = opinion;
  if (bbox === null) return false;
  const alike = truth.filter((object) => object.categoryId === categoryId);
  const object = nearestTo(bbox, alike);
  if (object === null || overlapOf(bbox, object.bbox) < sameObjectIou) return false;
  const others = labels.filter(
    ({ id, ...each }) => id !== label?.id && each.categoryId === categoryId,
  );
  const isThere = others.some((each) => overlapOf(each.bbox!, object.bbox) >= sameObjectIou);
  if (isThere) return false;
  if (label === null || label.categoryId !== categoryId) return true;
  return overlapOf(bbox, object.bbox) > overlapOf(label.bbox!, object.bbox);
}

function takenEdit({ image, label, opinion: { bbox, categoryId } }: LabelMistake): Edits[number] {
  const fields = boxFields({ bbox: bbox!, categoryId });
  if (label === null) return { type: 'add', imageId: image.id, fields };
  return { type: 'change', annotationId: label.id, fields };
}

/** How many true objects of the named pictures have no label where they are, or one of another category. */
export async function countWrong(
  { client, datasetId, truth }: KnownTruth,
  fileNames: ReadonlySet<string>,
): Promise<number> {
  const { items } = await client.listImages({
    params: { datasetId },
    query: { limit: mostImages },
  });
  let count = 0;
  for (const { fileName, overlays } of items) {
    if (!fileNames.has(fileName)) continue;
    const labels = overlays.filter(({ state }) => state === 'accepted');
    const isLabelled = ({ categoryId, bbox }: TrueObject) =>
      labels.some(
        (label) => label.categoryId === categoryId && overlapOf(label.bbox!, bbox) >= rightLabelIou,
      );
    count += truth.get(fileName)!.filter((object) => !isLabelled(object)).length;
  }
  return count;
}

const boxFields = ({ bbox, categoryId }: TrueObject) => ({
  bbox,
  categoryId,
  area: bbox[2] * bbox[3],
});

const overlapOf = (a: Bbox, b: Bbox): number => bboxIou(a, b, false);

function nearestTo(bbox: Bbox, objects: readonly TrueObject[]): TrueObject | null {
  let nearest: TrueObject | null = null;
  for (const object of objects) {
    const isNearer =
      nearest === null || overlapOf(bbox, object.bbox) > overlapOf(bbox, nearest.bbox);
    if (isNearer) nearest = object;
  }
  return nearest;
}

async function apply({ client, datasetId }: KnownTruth, edits: Edits): Promise<void> {
  await client.applyEdits({
    params: { datasetId },
    body: { key: crypto.randomUUID(), edits },
  });
}
