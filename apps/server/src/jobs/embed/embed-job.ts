// The job that lets a model see the pictures of a dataset: a vector of each that it has not seen before, and then what follows
// of all of them. After a crash, and when pictures have come, only those are looked at that are missing.

import { phrase } from '@migaki/coco';
import {
  layOut,
  nearDuplicates,
  neighbourGraph,
  outlierScores,
  type Vectors,
} from '@migaki/embeddings';
import {
  countImages,
  datasetVectors,
  forgetVectorsOfDeletedModels,
  getModelVersion,
  type ImageEmbedding,
  type JobContext,
  replaceEmbeddings,
  unseenImages,
} from '@migaki/store';
import { computed } from './computed.ts';
import { type EmbedObjectsReport, runEmbedObjects } from './embed-objects.ts';
import { type AskedModel, type EmbedServices, type Seen, seePictures } from './see-pictures.ts';

export interface EmbedParams {
  datasetId: number;
  model: AskedModel;
  /** What is compared; left out by jobs of before: pictures. */
  of?: ComparedKind;
}

export type ComparedKind = 'images' | 'objects';

/** What the job says of itself in the end. */
export interface EmbedReport extends Seen {
  /** Placed on the map. */
  imagesPlaced: number;
  nearDuplicates: number;
  /** Images whose picture has not come. */
  missingPictureCount: number;
}

/** From this cosine on two pictures are nearly the same: resaved, resized, or the next frame. */
const duplicateCosine = 0.98;

export const runEmbed = (
  services: EmbedServices,
  job: JobContext<EmbedParams>,
): Promise<EmbedReport | EmbedObjectsReport> =>
  ({ images: runEmbedImages, objects: runEmbedObjects })[job.params.of ?? 'images'](services, job);

async function runEmbedImages(
  services: EmbedServices,
  job: JobContext<EmbedParams>,
): Promise<EmbedReport> {
  const { store } = services;
  const { datasetId, model } = job.params;
  const { sha256: modelSha256 } = await getModelVersion(store, model.modelId, model.version);
  await forgetVectorsOfDeletedModels(store);
  const unseen = await unseenImages(store, datasetId, modelSha256);
  const seen = await seePictures(services, job, model, unseen, 'embed');
  const { ids: imageIds, vectors } = await datasetVectors(store, datasetId, modelSha256);
  const images = await embeddingsOf(imageIds, vectors, job);
  const made = { model, modelSha256, dimensions: vectors.dimensions };
  await replaceEmbeddings(store, datasetId, made, images);
  return {
    ...seen,
    imagesPlaced: images.length,
    missingPictureCount: await countImages(store, datasetId, { query: 'is:missing' }),
    nearDuplicates: images.filter(({ duplicateCount }) => duplicateCount > 0).length,
  };
}

/** What follows of the vectors: neighbours, near-duplicates, outliers, places on the map. */
async function embeddingsOf(
  imageIds: Float64Array,
  vectors: Vectors,
  job: JobContext,
): Promise<ImageEmbedding[]> {
  const { count } = vectors;
  const tell = (done: number) => job.progress(Math.round(done * count), count, 'images');
  job.message(phrase`Looking for what is alike`);
  const graph = await computed(neighbourGraph(vectors), tell, job.signal);
  job.message(phrase`Drawing the map`);
  const places = await computed(layOut(vectors, graph), tell, job.signal);
  job.message(null);
  const outliers = outlierScores(graph);
  const groups = nearDuplicates(graph, duplicateCosine);
  const groupSizes = Map.groupBy(groups, (group) => group);
  return Array.from(imageIds, (imageId, row) => ({
    imageId,
    nearest: graph.cosines[row * graph.neighbourCount] ?? -1,
    outlier: outliers[row],
    duplicateGroup: groups[row] === -1 ? null : imageIds[groups[row]],
    duplicateCount: groups[row] === -1 ? 0 : groupSizes.get(groups[row])!.length - 1,
    x: places[2 * row],
    y: places[2 * row + 1],
  }));
}
