// The job that shows pictures to an endpoint and proposes what it answers. Pictures go by their ids; what is written is never asked
// again, and after a crash it goes on behind that. An answer that makes the whole endpoint doubtful ends the job; a picture that the
// endpoint refuses is one of many, until it refuses nothing else.

import { buffer } from 'node:stream/consumers';
import { faultPhrase, phrase, type Words } from '@migaki/coco';
import {
  addCategories,
  type BlobStore,
  type ControlShares,
  getImages,
  type Image,
  type JobContext,
  listCategories,
  matchingIds,
  type Store,
  StoreError,
} from '@migaki/store';
import { openEndpoint, RequestRefused } from '../../endpoints/endpoint.ts';
import { PictureError } from '../../pictures/picture-error.ts';
import { categoriesOf } from '../adopt-categories.ts';
import { adoptionNotes } from '../preannotate/adoption-notes.ts';
import { isUnlabelled } from '../preannotate/is-unlabelled.ts';
import { withControls } from '../preannotate/with-controls.ts';
import {
  nothingProposed,
  type ProposalCounts,
  writeProposals,
} from '../preannotate/write-proposals.ts';
import { addResultProblem } from '../propose-results/proposal-reader.ts';
import type { Answerer, Results } from './answerer.ts';
import type { AskedOfClasses } from './classes-of-answers.ts';
import { cocoAnswerer } from './coco-answerer.ts';
import { inOrder } from './in-order.ts';
import { modelAddress, oipAnswerer, type TensorOptions } from './oip/oip-answerer.ts';
import { type AnswerCounts, proposalsOfAnswers } from './proposals-of-answers.ts';

export interface ProposeEndpointParams extends AskedOfClasses, ControlShares {
  datasetId: number;
  /** An address that may be called. */
  url: string;
  protocol: 'coco' | 'oip';
  timeoutSeconds: number;
  /** How many requests are under way at once. */
  atOnce: number;
  /** For `oip`. */
  tensors: TensorOptions;
  /** In whose name it proposes. */
  source: string;
  query: string;
  onlyUnlabelled: boolean;
  /** That the dataset got of the endpoint before the first picture. */
  categoriesAdded: string[];
  author: string;
}

export interface ProposeEndpointReport extends AnswerCounts, ProposalCounts {
  /** That the dataset got of the endpoint. */
  categoriesAdded: string[];
  picturesSeen: number;
  /** Left out, where only unlabelled pictures were asked for. */
  picturesLabelled: number;
  notes: { feature: Words; count: number; example: Words }[];
}

/** What `checkpoint` keeps. */
interface Resumption {
  lastImageId: number;
  report: ProposeEndpointReport;
}

interface Services {
  store: Store;
  blobs: BlobStore;
}

/** What came of a picture; null for one in the trash. */
type Asked = { image: Image } & (
  | { results: Results }
  | { problem: Words; isRefusal: boolean }
  | { isLabelled: true }
  | { isDeleted: true }
);

/** Pictures that are written at once, or fewer after so long. */
const chunkSize = 32;
const longestUnwrittenMillis = 2_000;
const imagesPerLookUp = 256;
/** How many answers may wait for one before them, for each request that is under way. */
const aheadOfEach = 4;
/** So many pictures refused one after the other are no matter of the pictures. */
const mostRefusedInRow = 8;

/** @throws StoreError `endpoint-failed`, `bad-preannotation`: what was written by then stays */
export async function runProposeEndpoint(
  { store, blobs }: Services,
  job: JobContext<ProposeEndpointParams>,
): Promise<ProposeEndpointReport> {
  const { datasetId, query, protocol, onlyUnlabelled, atOnce } = job.params;
  const resumed = job.resumeFrom as Resumption | null;
  const report = { ...emptyReport(job.params.categoriesAdded), ...resumed?.report };
  const categories = await listCategories(store, datasetId);
  const answers = proposalsOfAnswers(categories, job.params, protocol === 'coco', report);
  answers.checkClasses();
  const imageIds = await matchingIds(store, datasetId, { query, of: 'images' });
  imageIds.sort((a, b) => a - b);
  const lastImageId = resumed?.lastImageId ?? Number.NEGATIVE_INFINITY;
  const left = imageIds.filter((id) => id > lastImageId);
  const tell = (doneCount: number) =>
    job.progress(imageIds.length - left.length + doneCount, imageIds.length, 'images');
  tell(0);

  // What is under way ends with whatever ends the job.
  const ending = new AbortController();
  const answerer = await openAnswerer(job, AbortSignal.any([job.signal, ending.signal]));
  const ask = async (image: Image): Promise<Asked> => {
    if (image.isDeleted) return { image, isDeleted: true };
    if (onlyUnlabelled && !isUnlabelled(image)) return { image, isLabelled: true };
    const { sha256 } = image;
    if (sha256 === null) {
      return { image, problem: phrase`the picture is missing`, isRefusal: false };
    }
    try {
      const bytes = await buffer(await blobs.open(sha256));
      return { image, results: await answerer.resultsOf({ image, bytes }) };
    } catch (error) {
      if (error instanceof RequestRefused) return { image, problem: error.words, isRefusal: true };
      if (error instanceof PictureError) {
        return { image, problem: faultPhrase(error.details), isRefusal: false };
      }
      throw error;
    }
  };

  // What a class is, is known answer by answer; an object can be taken for any category.
  const categoryIds = categories.map(({ categoryId }) => categoryId);
  const controlled = await withControls(store, datasetId, job.params, categoryIds);
  let unwritten: { image: Image; results: Results }[] = [];
  let writtenAt = Date.now();
  let refusedInRow = 0;
  const { source, author } = job.params;
  const adopt = async () => {
    const strangers = answers.strangersIn(unwritten.map(({ results }) => results));
    if (strangers.length === 0) return;
    const context = { author, jobId: job.id };
    const added = await addCategories(store, datasetId, categoriesOf(strangers), context);
    answers.know(await listCategories(store, datasetId));
    categoryIds.push(...added.categoryIds);
    report.categoriesAdded.push(...strangers.map(({ name }) => name));
  };
  const write = async (last: Image) => {
    if (job.params.adopts) await adopt();
    const found = unwritten.map(({ image, results }) => answers.proposalsOf(image, results));
    answers.checkClasses();
    job.signal.throwIfAborted();
    const images = unwritten.map(({ image }) => image);
    const proposals = await controlled(images, found);
    const proposer = { datasetId, model: { name: source }, author, jobId: job.id };
    await writeProposals(store, proposer, proposals, report);
    report.notes = [...adoptionNotes(report.categoriesAdded), ...answers.notes()];
    unwritten = [];
    await job.checkpoint({ lastImageId: last.imageId, report } satisfies Resumption);
    writtenAt = Date.now();
  };

  try {
    let doneCount = 0;
    let last: Image | null = null;
    const images = imagesOf(store, datasetId, left);
    const asked = inOrder(images, { atOnce, ahead: atOnce * aheadOfEach }, ask);
    for await (const answer of asked) {
      job.signal.throwIfAborted();
      last = answer.image;
      if ('isLabelled' in answer) report.picturesLabelled++;
      if ('results' in answer) {
        refusedInRow = 0;
        report.picturesSeen++;
        answers.check(last, answer.results);
        unwritten.push({ image: last, results: answer.results });
      }
      if ('problem' in answer) {
        const { problem, isRefusal } = answer;
        job.log(phrase`${last.fileName}: ${problem}`, 'warning');
        addResultProblem(report, last.fileName, problem);
        refusedInRow = isRefusal ? refusedInRow + 1 : 0;
        const isAll = report.picturesSeen === 0 && doneCount + 1 === left.length;
        if (isRefusal && (refusedInRow === mostRefusedInRow || isAll)) {
          throw refusesAll(job.params.url, refusedInRow, problem);
        }
      }
      doneCount++;
      const isLong = Date.now() - writtenAt > longestUnwrittenMillis;
      if (unwritten.length >= chunkSize || isLong) {
        await write(last);
        tell(doneCount);
      }
    }
    if (last !== null) await write(last);
    tell(left.length);
  } finally {
    ending.abort();
  }
  return report;
}

/** @throws StoreError `endpoint-failed`, `bad-preannotation` */
function openAnswerer(
  job: JobContext<ProposeEndpointParams>,
  signal: AbortSignal,
): Answerer | Promise<Answerer> {
  const { url, protocol, timeoutSeconds, tensors } = job.params;
  let isTroubled = false;
  const endpoint = openEndpoint({
    timeoutMillis: timeoutSeconds * 1000,
    signal,
    onTrouble(why, pauseMillis) {
      // One line for each time that it begins, however many requests were under way.
      if (!isTroubled) job.log(phrase`The endpoint: ${why}; it is asked again`, 'warning');
      isTroubled = true;
      job.message(phrase`The endpoint: ${why}; asked again in ${pauseMillis / 1000} seconds`);
    },
    onAnswer() {
      if (isTroubled) job.message(null);
      isTroubled = false;
    },
  });
  if (protocol === 'coco') return cocoAnswerer(endpoint, url);
  return oipAnswerer(endpoint, modelAddress(new URL(url))!, tensors);
}

async function* imagesOf(
  store: Store,
  datasetId: number,
  imageIds: readonly number[],
): AsyncGenerator<Image> {
  for (let from = 0; from < imageIds.length; from += imagesPerLookUp) {
    yield* await getImages(store, datasetId, imageIds.slice(from, from + imagesPerLookUp));
  }
}

const refusesAll = (url: string, count: number, problem: Words) =>
  new StoreError('endpoint-failed', {
    where: new URL(url).origin,
    expected: phrase`answers to pictures`,
    found: phrase`${count} refusals one after the other, the last: ${problem}`,
    advice: phrase`Look at what the endpoint says of itself; run the job again to go on where it was.`,
  });

const emptyReport = (categoriesAdded: readonly string[]): ProposeEndpointReport => ({
  ...nothingProposed,
  categoriesAdded: [...categoriesAdded],
  picturesSeen: 0,
  resultsRead: 0,
  resultsBelow: 0,
  picturesLabelled: 0,
  notes: adoptionNotes(categoriesAdded),
  problemCount: 0,
  problems: [],
  passedOver: {},
});
