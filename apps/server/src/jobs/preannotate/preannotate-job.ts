// The job that lets a model propose: it looks at every picture that is asked for, and what it finds becomes proposals. It goes on
// after a crash where it was; pictures of which that is not sure are looked at again, which changes nothing.

import { availableParallelism } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { phrase, type Words } from '@migaki/coco';
import {
  type BlobStore,
  getImages,
  getModelVersion,
  type Image,
  type ImageProposals,
  type JobContext,
  matchingIds,
  replaceProposals,
  type Store,
} from '@migaki/store';
import { openPredictor, type Predictor } from '@migaki/train';
import { answersOf, blobPicture } from '../answers-of.ts';
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
const longestList = 200;

export async function runPreannotate(
  { store, blobs }: PreannotateServices,
  job: JobContext<PreannotateParams>,
): Promise<PreannotateReport> {
  const { datasetId, model, query } = job.params;
  const { sha256 } = await getModelVersion(store, model.modelId, model.version);
  const bytes = await buffer(await blobs.open(sha256));
  const name = `${model.name}@${model.version}`;
  const resumed = job.resumeFrom as Resumption | null;
  const report = resumed?.report ?? emptyReport();
  // What was proposed already may have changed what matches, but not of pictures that are still to come.
  const imageIds = await matchingIds(store, datasetId, { query, of: 'images' });
  imageIds.sort((a, b) => a - b);
  const isLeft = (id: number) => resumed === null || id > resumed.lastImageId;
  const left = imageIds.filter(isLeft);
  const predictor = await openPredictor(bytes, name, { threads: availableParallelism() });
  const looking: Looking = { store, blobs, predictor, job, report };
  /** While one chunk is written, the model looks at the next. */
  let writing = Promise.resolve();
  try {
    job.progress(imageIds.length - left.length, imageIds.length, 'images');
    for (let from = 0; from < left.length; from += chunkSize) {
      const ids = left.slice(from, from + chunkSize);
      const seen = await lookAt(looking, await picturesOf(looking, ids));
      await writing;
      job.signal.throwIfAborted();
      writing = write(looking, ids.at(-1)!, seen).then(() =>
        job.progress(imageIds.length - left.length + from + ids.length, imageIds.length, 'images'),
      );
      // Told where it is waited for.
      writing.catch(() => {});
    }
    await writing;
  } finally {
    await writing.catch(() => {});
    await predictor.close();
  }
  return report;
}

interface Looking extends PreannotateServices {
  predictor: Predictor;
  job: JobContext<PreannotateParams>;
  report: PreannotateReport;
}

interface Chosen {
  images: readonly Image[];
  labelledCount: number;
}

/** What came of some pictures. */
interface Seen {
  proposals: ImageProposals[];
  problems: PreannotateReport['problems'];
  labelledCount: number;
}

/** Those to be looked at, and how many were left out because they have labels. */
async function picturesOf({ store, job }: Looking, ids: readonly number[]): Promise<Chosen> {
  const { datasetId, onlyUnlabelled } = job.params;
  const images = (await getImages(store, datasetId, ids)).filter(({ isDeleted }) => !isDeleted);
  if (!onlyUnlabelled) return { images, labelledCount: 0 };
  const unlabelled = images.filter(
    ({ objectCount, proposalCount }) => objectCount === proposalCount,
  );
  return { images: unlabelled, labelledCount: images.length - unlabelled.length };
}

async function lookAt(
  { predictor, blobs, job }: Looking,
  { images, labelledCount }: Chosen,
): Promise<Seen> {
  const classes = new Map(job.params.classes);
  const seen: Seen = { proposals: [], problems: [], labelledCount };
  const read = ({ sha256 }: Image) => blobPicture(blobs, sha256);
  for await (const answered of answersOf(predictor, images, read, job.signal)) {
    const { imageId, fileName } = answered.picture;
    if ('problem' in answered) {
      seen.problems.push({ file: fileName, message: answered.problem });
      continue;
    }
    const found = proposalsOf(answered.answer, answered.picture, predictor.card, classes);
    seen.proposals.push({ imageId, found });
  }
  return seen;
}

async function write(
  { store, job, report }: Looking,
  lastImageId: number,
  { proposals, problems, labelledCount }: Seen,
): Promise<void> {
  const { datasetId, model, author } = job.params;
  const context = { author, jobId: job.id };
  const written = await replaceProposals(store, datasetId, model, proposals, context);
  report.picturesSeen += proposals.length;
  report.proposals += written.proposedCount;
  report.proposalsWithdrawn += written.withdrawnCount;
  report.decided += written.decidedCount;
  report.picturesLabelled += labelledCount;
  report.problemCount += problems.length;
  report.problems.push(...problems.slice(0, longestList - report.problems.length));
  for (const { file, message } of problems) job.log(phrase`${file}: ${message}`, 'warning');
  await job.checkpoint({ lastImageId, report } satisfies Resumption);
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
