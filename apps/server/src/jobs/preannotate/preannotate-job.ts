// The job that lets a model propose: it looks at every picture that is asked for, and what it finds becomes proposals. It goes on
// after a crash where it was; pictures of which that is not sure are looked at again, which changes nothing.

import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { phrase, type Words } from '@migaki/coco';
import {
  annotationsOfImages,
  type BlobStore,
  getImages,
  getModelVersion,
  type Image,
  type ImageProposals,
  type JobContext,
  matchesOf,
  replaceProposals,
  type Store,
} from '@migaki/store';
import { openPredictor, type Predictor, type Raster, readPicture } from '@migaki/train';
import { type ProposedClass, proposalsOf } from './proposals-of.ts';

export interface PreannotateParams {
  datasetId: number;
  model: { modelId: number; version: number; name: string };
  query: string;
  onlyUnlabelled: boolean;
  /** By the model's name of the class. */
  classes: [name: string, proposed: ProposedClass][];
  author: string;
}

/** What the job says of itself in the end. */
export interface PreannotateReport {
  picturesSeen: number;
  proposals: number;
  /** Of before, that are gone. */
  proposalsWithdrawn: number;
  /** Found again where somebody has decided already. */
  decided: number;
  /** Left out, where only unlabelled pictures were asked for. */
  picturesLabelled: number;
  problemCount: number;
  problems: { file: Words; message: Words }[];
}

export interface PreannotateServices {
  store: Store;
  blobs: BlobStore;
}

/** What `checkpoint` keeps. */
interface Resumption {
  lastImageId: number;
  report: PreannotateReport;
}

/** Pictures whose proposals are written at once. */
const chunkSize = 32;
/** Pictures that are decoded ahead of the one that the model looks at. */
const ahead = 4;
const longestList = 200;

export async function runPreannotate(
  { store, blobs }: PreannotateServices,
  job: JobContext<PreannotateParams>,
): Promise<PreannotateReport> {
  const { datasetId, model, query, onlyUnlabelled, author } = job.params;
  const { sha256 } = await getModelVersion(store, model.modelId, model.version);
  const path = blobs.localPath(sha256);
  const bytes = path === null ? await buffer(await blobs.open(sha256)) : await readFile(path);
  const name = `${model.name}@${model.version}`;
  const resumed = job.resumeFrom as Resumption | null;
  const report = resumed?.report ?? emptyReport();
  // What was proposed already may have changed what matches, but not of pictures that are still to come.
  const imageIds = Array.from(await matchesOf(store, datasetId, { query })).sort((a, b) => a - b);
  const isLeft = (id: number) => resumed === null || id > resumed.lastImageId;
  const left = imageIds.filter(isLeft);
  const predictor = await openPredictor(bytes, name, { threads: availableParallelism() });
  const looking = { store, blobs, predictor, job, report };
  try {
    job.progress(imageIds.length - left.length, imageIds.length, 'images');
    for (let from = 0; from < left.length; from += chunkSize) {
      const ids = left.slice(from, from + chunkSize);
      const images = await picturesOf(looking, ids, onlyUnlabelled);
      const proposals = await lookAt(looking, images);
      job.signal.throwIfAborted();
      const context = { author, jobId: job.id };
      const written = await replaceProposals(store, datasetId, model, proposals, context);
      report.picturesSeen += proposals.length;
      report.proposals += written.proposedCount;
      report.proposalsWithdrawn += written.withdrawnCount;
      report.decided += written.decidedCount;
      await job.checkpoint({ lastImageId: ids.at(-1)!, report } satisfies Resumption);
      job.progress(imageIds.length - left.length + from + ids.length, imageIds.length, 'images');
    }
  } finally {
    await predictor.close();
  }
  return report;
}

interface Looking extends PreannotateServices {
  predictor: Predictor;
  job: JobContext<PreannotateParams>;
  report: PreannotateReport;
}

/** Those to be looked at. */
async function picturesOf(
  { store, job, report }: Looking,
  ids: readonly number[],
  onlyUnlabelled: boolean,
): Promise<Image[]> {
  const { datasetId } = job.params;
  const images = (await getImages(store, datasetId, ids)).filter(({ isDeleted }) => !isDeleted);
  if (!onlyUnlabelled) return images;
  const states = ['accepted'] as const;
  const labels = await annotationsOfImages(store, datasetId, ids, { states });
  const labelled = new Set(labels.map(({ imageId }) => imageId));
  const unlabelled = images.filter(({ imageId }) => !labelled.has(imageId));
  report.picturesLabelled += images.length - unlabelled.length;
  return unlabelled;
}

/** Decodes ahead while the model looks. */
async function lookAt(looking: Looking, images: readonly Image[]): Promise<ImageProposals[]> {
  const { predictor, job } = looking;
  const classes = new Map(job.params.classes);
  const decoding = images.slice(0, ahead).map((image) => decoded(looking, image));
  const proposals: ImageProposals[] = [];
  for (const [i, image] of images.entries()) {
    job.signal.throwIfAborted();
    if (i + ahead < images.length) decoding.push(decoded(looking, images[i + ahead]));
    const raster = await decoding[i];
    if (raster === null) continue;
    const answer = await predictor.predict(raster);
    const found = proposalsOf(answer, image, predictor.card, classes);
    proposals.push({ imageId: image.imageId, found });
  }
  return proposals;
}

/** Null for a picture that is missing or cannot be read: that is said in the report. */
async function decoded(
  { blobs, report, job }: Looking,
  { sha256, fileName }: Image,
): Promise<Raster | null> {
  const skip = (message: Words) => {
    job.log(phrase`${fileName}: ${message}`, 'warning');
    report.problemCount++;
    if (report.problems.length < longestList) report.problems.push({ file: fileName, message });
    return null;
  };
  if (sha256 === null) return skip(phrase`the picture is missing`);
  try {
    const path = blobs.localPath(sha256);
    return await readPicture(path ?? (await buffer(await blobs.open(sha256))));
  } catch (error) {
    return skip((error as Error).message);
  }
}

const emptyReport = (): PreannotateReport => ({
  picturesSeen: 0,
  proposals: 0,
  proposalsWithdrawn: 0,
  decided: 0,
  picturesLabelled: 0,
  problemCount: 0,
  problems: [],
});
