// The job that lets a model see the pictures of a dataset: a vector of each that it has not seen before, and then what follows
// of all of them. After a crash, and when pictures have come, only those are looked at that are missing.

import { buffer } from 'node:stream/consumers';
import { setImmediate as breath } from 'node:timers/promises';
import { phrase, type Words } from '@migaki/coco';
import {
  layOut,
  nearDuplicates,
  neighbourGraph,
  outlierScores,
  type Vectors,
} from '@migaki/embeddings';
import {
  type BlobStore,
  countImages,
  datasetVectors,
  forgetVectorsOfDeletedModels,
  getModelVersion,
  type ImageEmbedding,
  type JobContext,
  putVectors,
  replaceEmbeddings,
  type Store,
  type UnseenImage,
  unseenImages,
} from '@migaki/store';
import { openOnlookers } from '@migaki/train';
import { nameOfModel } from '../../runs/name-of-model.ts';
import { answersOf, blobPicture } from '../answers-of.ts';

export interface EmbedParams {
  datasetId: number;
  model: { modelId: number; version: number; name: string };
}

/** What the job says of itself in the end. */
export interface EmbedReport {
  picturesSeen: number;
  /** Placed on the map. */
  imagesPlaced: number;
  nearDuplicates: number;
  /** Images whose picture has not come. */
  missingPictureCount: number;
  problemCount: number;
  problems: { file: Words; message: Words }[];
}

export interface EmbedServices {
  store: Store;
  blobs: BlobStore;
}

/** Vectors that are written at once. */
const chunkSize = 64;
const longestList = 200;
/** From this cosine on two pictures are nearly the same: resaved, resized, or the next frame. */
const duplicateCosine = 0.98;

export async function runEmbed(
  services: EmbedServices,
  job: JobContext<EmbedParams>,
): Promise<EmbedReport> {
  const { store } = services;
  const { datasetId, model } = job.params;
  const { sha256: modelSha256 } = await getModelVersion(store, model.modelId, model.version);
  await forgetVectorsOfDeletedModels(store);
  const seen = await seeUnseen(services, job, modelSha256);
  const { imageIds, vectors } = await datasetVectors(store, datasetId, modelSha256);
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

type Seen = Pick<EmbedReport, 'picturesSeen' | 'problemCount' | 'problems'>;

async function seeUnseen(
  { store, blobs }: EmbedServices,
  job: JobContext<EmbedParams>,
  modelSha256: string,
): Promise<Seen> {
  const { datasetId, model } = job.params;
  const report: Seen = { picturesSeen: 0, problemCount: 0, problems: [] };
  const unseen = await unseenImages(store, datasetId, modelSha256);
  if (unseen.length === 0) return report;
  const bytes = await buffer(await blobs.open(modelSha256));
  const embedders = openOnlookers(bytes, nameOfModel(model), 'embed');
  let waiting: { sha256: string; vector: Float32Array }[] = [];
  const write = async () => {
    await putVectors(store, modelSha256, waiting);
    waiting = [];
  };
  try {
    const fileOf = ({ sha256 }: UnseenImage) => blobPicture(blobs, sha256);
    for await (const answered of answersOf(embedders, unseen, fileOf, job.signal)) {
      const { fileName, sha256 } = answered.picture;
      if ('problem' in answered) {
        report.problemCount++;
        if (report.problems.length < longestList) {
          report.problems.push({ file: fileName, message: answered.problem });
        }
        job.log(phrase`${fileName}: ${answered.problem}`, 'warning');
      } else if (answered.answer.kind === 'embedding') {
        report.picturesSeen++;
        waiting.push({ sha256, vector: answered.answer.embedding });
        if (waiting.length === chunkSize) await write();
      }
      job.progress(report.picturesSeen + report.problemCount, unseen.length, 'images');
    }
    await write();
  } finally {
    await embedders.close();
  }
  return report;
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

/** Other work of the process gets its turn after so many. */
const breathMillis = 50;

/** What a long computation ends with. */
export async function computed<Value>(
  steps: Generator<number, Value>,
  tell: (done: number) => void,
  signal: AbortSignal,
): Promise<Value> {
  let lastBreath = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - lastBreath < breathMillis) continue;
    tell(step.value);
    await breath();
    signal.throwIfAborted();
    lastBreath = performance.now();
  }
}
