// The job that chooses what to label next: pictures that nobody has labelled, of which a model is unsure and which are like nothing
// that is labelled. It lets the model see what it has not seen yet, and after a crash begins again: nothing is written before the end.

import { buffer } from 'node:stream/consumers';
import { phrase } from '@migaki/coco';
import { nextToLabel } from '@migaki/embeddings';
import {
  datasetVectors,
  getEmbeddings,
  getImages,
  getModelVersion,
  type Image,
  type JobContext,
  matchingIds,
  replaceNextToLabel,
} from '@migaki/store';
import { answerUncertainty, openOnlookers } from '@migaki/train';
import { nameOfModel } from '../../runs/name-of-model.ts';
import { answersOf, blobPicture } from '../answers-of.ts';
import {
  computed,
  type EmbedParams,
  type EmbedReport,
  type EmbedServices,
  runEmbed,
} from '../embed/embed-job.ts';
import { isDecided } from '../find-mistakes/find-mistakes-job.ts';

export interface NextToLabelParams {
  datasetId: number;
  /** Null: how unlike pictures are alone decides, as the dataset was compared last. */
  model: EmbedParams['model'] | null;
  count: number;
  /** From which pictures. */
  query: string;
}

/** What the job says of itself in the end. */
export interface NextToLabelReport
  extends Pick<EmbedReport, 'missingPictureCount' | 'problemCount' | 'problems'> {
  chosen: number;
  /** Without labels, among which was chosen. */
  picturesUnlabelled: number;
  picturesLabelled: number;
}

const imagesAtOnce = 500;

export async function runNextToLabel(
  services: EmbedServices,
  job: JobContext<NextToLabelParams>,
): Promise<NextToLabelReport> {
  const { store } = services;
  const { datasetId, model, count, query } = job.params;
  const embedded = await embeddedBy(services, job);
  const { imageIds, vectors } = await datasetVectors(store, datasetId, embedded.modelSha256);
  const images = await imagesOf(services, datasetId, imageIds);
  const wanted = new Set(await matchingIds(store, datasetId, { query, of: 'images' }));
  const isLabelled = Uint8Array.from(imageIds, (id) => Number(isDecided(images.get(id)!)));
  const isCandidate = Uint8Array.from(imageIds, (id, row) =>
    Number(wanted.has(id) && !isLabelled[row]),
  );
  const candidates = [...imageIds].filter((_, row) => isCandidate[row]);
  const unsure =
    model === null
      ? null
      : await uncertaintiesOf(
          services,
          job,
          model,
          candidates.map((id) => images.get(id)!),
        );
  job.message(phrase`Choosing what teaches the most`);
  const choices = await computed(
    nextToLabel(vectors, {
      count,
      isLabelled,
      isCandidate,
      ...(unsure && { uncertainties: Float32Array.from(imageIds, (id) => unsure.get(id) ?? 0) }),
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
      uncertainty: unsure?.get(imageIds[row]) ?? null,
      novelty,
    })),
  );
  const { missingPictureCount = 0, problemCount = 0, problems = [] } = embedded.report ?? {};
  return {
    chosen: choices.length,
    picturesUnlabelled: candidates.length,
    picturesLabelled: isLabelled.reduce((sum, labelled) => sum + labelled, 0),
    missingPictureCount,
    problemCount,
    problems,
  };
}

/** By which model's file the pictures are compared; what it has not seen yet it sees now. */
async function embeddedBy(
  services: EmbedServices,
  job: JobContext<NextToLabelParams>,
): Promise<{ modelSha256: string; report: EmbedReport | null }> {
  const { datasetId, model } = job.params;
  const before = await getEmbeddings(services.store, datasetId);
  if (model === null) return { modelSha256: before!.modelSha256, report: null };
  const { sha256 } = await getModelVersion(services.store, model.modelId, model.version);
  const report = await runEmbed(services, { ...job, params: { datasetId, model } });
  return { modelSha256: sha256, report };
}

async function imagesOf(
  { store }: EmbedServices,
  datasetId: number,
  imageIds: Float64Array,
): Promise<Map<number, Image>> {
  const images = new Map<number, Image>();
  for (let from = 0; from < imageIds.length; from += imagesAtOnce) {
    const ids = [...imageIds.subarray(from, from + imagesAtOnce)];
    for (const image of await getImages(store, datasetId, ids)) images.set(image.imageId, image);
  }
  return images;
}

/** By image; without those that cannot be read, and of answers that do not say. */
async function uncertaintiesOf(
  { store, blobs }: EmbedServices,
  job: JobContext<NextToLabelParams>,
  model: EmbedParams['model'],
  images: readonly Image[],
): Promise<Map<number, number> | null> {
  const { sha256 } = await getModelVersion(store, model.modelId, model.version);
  const bytes = await buffer(await blobs.open(sha256));
  const onlookers = openOnlookers(bytes, nameOfModel(model), 'predict');
  const { task } = onlookers.card;
  const isMultiLabel = task.task === 'classify' && task.isMultiLabel;
  const unsure = new Map<number, number>();
  try {
    const read = (image: Image) => blobPicture(blobs, image.sha256);
    let done = 0;
    for await (const answered of answersOf(onlookers, images, read, job.signal)) {
      job.progress(++done, images.length, 'images');
      if ('problem' in answered) continue;
      const uncertainty = answerUncertainty(answered.answer, isMultiLabel);
      if (uncertainty === null) return null;
      unsure.set(answered.picture.imageId, uncertainty);
    }
  } finally {
    await onlookers.close();
  }
  return unsure;
}
