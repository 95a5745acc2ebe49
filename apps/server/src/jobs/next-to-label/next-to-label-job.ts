// The job that chooses what to label next: pictures that nobody has labelled, of which a model is unsure and which are like nothing
// that is labelled. The model looks at each picture once, for what it sees in it and for how unsure it is, and only at those of
// which that is not known; what it says is kept as it comes.

import { phrase } from '@migaki/coco';
import { nextToLabel } from '@migaki/embeddings';
import {
  countImages,
  datasetVectors,
  forgetVectorsOfDeletedModels,
  getEmbeddings,
  getImages,
  getModelVersion,
  type Image,
  type JobContext,
  matchingIds,
  replaceNextToLabel,
  type UnseenImage,
  uncertaintiesOf,
  unseenImages,
} from '@migaki/store';
import { type ModelCard, saysHowUnsure } from '@migaki/train';
import { computed } from '../embed/computed.ts';
import {
  type AskedModel,
  type EmbedServices,
  type Seen,
  seePictures,
} from '../embed/see-pictures.ts';
import { isDecided } from '../find-mistakes/find-mistakes-job.ts';

export interface NextToLabelParams {
  datasetId: number;
  /** Null: how unlike pictures are alone decides, as the dataset was compared last. */
  model: AskedModel | null;
  count: number;
  /** From which pictures. */
  query: string;
}

/** What the job says of itself in the end. */
export interface NextToLabelReport extends Seen {
  chosen: number;
  /** Without labels, among which was chosen. */
  picturesToChooseFrom: number;
  picturesLabelled: number;
  missingPictureCount: number;
}

const imagesAtOnce = 500;

export async function runNextToLabel(
  services: EmbedServices,
  job: JobContext<NextToLabelParams>,
): Promise<NextToLabelReport> {
  const { store } = services;
  const { datasetId, model, count, query } = job.params;
  const images = await imagesOf(services, datasetId);
  const wanted = new Set(await matchingIds(store, datasetId, { query, of: 'images' }));
  const labelled = new Set(images.filter(isDecided).map(({ imageId }) => imageId));
  const candidates = images.filter(({ imageId }) => wanted.has(imageId) && !labelled.has(imageId));
  const known =
    model === null
      ? await knownBefore(services, datasetId)
      : await askedNow(services, job, model, candidates);
  const { ids: imageIds, vectors } = await datasetVectors(store, datasetId, known.modelSha256);
  // What came meanwhile is left for the next time.
  const candidateIds = new Set(candidates.map(({ imageId }) => imageId));
  job.message(phrase`Choosing what teaches the most`);
  const choices = await computed(
    nextToLabel(vectors, {
      count,
      isLabelled: Uint8Array.from(imageIds, (id) => Number(labelled.has(id))),
      isCandidate: Uint8Array.from(imageIds, (id) => Number(candidateIds.has(id))),
      ...(known.unsure && {
        uncertainties: Float32Array.from(imageIds, (id) => known.unsure?.get(id) ?? 0),
      }),
    }),
    (done) => job.progress(Math.round(done * count), count, 'images'),
    job.signal,
  );
  job.message(null);
  await replaceNextToLabel(
    store,
    datasetId,
    choices.map(({ row, novelty }, at) => ({
      imageId: imageIds[row],
      position: at + 1,
      uncertainty: known.unsure?.get(imageIds[row]) ?? null,
      novelty,
    })),
  );
  return {
    chosen: choices.length,
    ...known.seen,
    picturesToChooseFrom: candidates.length,
    picturesLabelled: labelled.size,
    missingPictureCount: await countImages(store, datasetId, { query: 'is:missing' }),
  };
}

/** What is known of the pictures of a dataset by a model. */
interface Known {
  modelSha256: string;
  /** By image; null where nothing is known of that. */
  unsure: ReadonlyMap<number, number> | null;
  seen: Seen;
}

async function knownBefore({ store }: EmbedServices, datasetId: number): Promise<Known> {
  const { modelSha256 } = (await getEmbeddings(store, datasetId))!;
  return { modelSha256, unsure: null, seen: { picturesSeen: 0, problemCount: 0, problems: [] } };
}

async function askedNow(
  services: EmbedServices,
  job: JobContext<NextToLabelParams>,
  model: AskedModel,
  candidates: readonly Image[],
): Promise<Known> {
  const { store } = services;
  const { datasetId } = job.params;
  await forgetVectorsOfDeletedModels(store);
  const { sha256, card } = await getModelVersion(store, model.modelId, model.version);
  const isSaying = saysHowUnsure((card as unknown as ModelCard).task.task);
  const before = isSaying ? await uncertaintiesOf(store, datasetId, sha256) : null;
  const notAsked = isSaying ? candidates.filter(({ imageId }) => !before?.has(imageId)) : [];
  const pictures = new Map<string, UnseenImage>();
  for (const { imageId, fileName, sha256 } of notAsked) {
    if (sha256 !== null) pictures.set(sha256, { imageId, fileName, sha256 });
  }
  for (const unseen of await unseenImages(store, datasetId, sha256)) {
    pictures.set(unseen.sha256, unseen);
  }
  const seen = await seePictures(services, job, model, [...pictures.values()], 'both');
  const unsure = isSaying ? await uncertaintiesOf(store, datasetId, sha256) : null;
  return { modelSha256: sha256, unsure, seen };
}

async function imagesOf({ store }: EmbedServices, datasetId: number): Promise<Image[]> {
  const ids = await matchingIds(store, datasetId, { of: 'images' });
  const images: Image[] = [];
  for (let from = 0; from < ids.length; from += imagesAtOnce) {
    images.push(...(await getImages(store, datasetId, ids.slice(from, from + imagesAtOnce))));
  }
  return images;
}
