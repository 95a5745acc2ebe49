// The job that holds a model's answers against the labels of a dataset. It goes on after a crash where it was; pictures of
// which that is not sure are looked at again, which changes nothing.

import {
  isConfidentlyOther,
  type LabelConfidence,
  noConfidence,
  phrase,
  type Words,
} from '@migaki/coco';
import {
  annotationsOfImages,
  getModelVersion,
  type Image,
  type ImageSuspicions,
  type JobContext,
  type LiveAnnotation,
  replaceSuspicions,
  settleSuspicions,
} from '@migaki/store';
import type { ModelCard, Onlookers, PictureAnswer } from '@migaki/train';
import { nameOfModel } from '../../runs/name-of-model.ts';
import { answersOf, blobPicture } from '../answers-of.ts';
import { learnedImages } from '../learned-images.ts';
import { type ModelServices, type ShownDataset, showDataset } from '../show-dataset.ts';
import { type LabelSuspicions, labelSuspicions, objectSuspicions } from './suspicions-of.ts';

export interface FindMistakesParams extends ShownDataset {
  /** By the model's name of the class: which category it is. */
  classes: [name: string, categoryId: number][];
  /** 0 to 1; smaller ones are not worth a look. */
  leastDoubt: number;
}

/** What the job says of itself in the end. */
export interface FindMistakesReport {
  picturesSeen: number;
  /** Of these, the model was trained on. */
  picturesLearned: number;
  /** Labels to look over. */
  suspicions: number;
  /** Found again where somebody has said that the label is right. */
  dismissed: number;
  /** Left out: nobody has labelled them yet. */
  picturesUnlabelled: number;
  problemCount: number;
  problems: { file: Words; message: Words }[];
}

/** What `checkpoint` keeps. */
interface Resumption {
  lastImageId: number;
  report: FindMistakesReport;
  confidence: LabelConfidence;
}

interface Seen {
  images: ImageSuspicions[];
  problems: FindMistakesReport['problems'];
  unlabelledCount: number;
  /** Of all pictures so far. */
  confidence: LabelConfidence;
}

const longestList = 200;

export async function runFindMistakes(
  services: ModelServices,
  job: JobContext<FindMistakesParams>,
): Promise<FindMistakesReport> {
  const { store } = services;
  const { datasetId, model } = job.params;
  const categoryIds = categoryIdsOf(job.params);
  const resumed = job.resumeFrom as Resumption | null;
  const report = resumed?.report ?? emptyReport();
  const version = await getModelVersion(store, model.modelId, model.version);
  const learned = await learnedImages(store, services.blobs, version, datasetId);
  const isLearned = (imageId: number) =>
    learned.isTrainedOn && (learned.imageIds?.has(imageId) ?? true);
  /** Of all that was looked at, which may be more than what is written. */
  let confidence = resumed?.confidence ?? noConfidence(categoryIds.length);
  const { task } = version.card as unknown as ModelCard;
  /** Whether each label can be judged without the others. */
  const isSettled = task.task !== 'classify' || task.isMultiLabel;

  const look = async (onlookers: Onlookers, images: readonly Image[]): Promise<Seen> => {
    const wanted = images.filter(isDecided);
    const ids = wanted.map(({ imageId }) => imageId);
    const labels = Map.groupBy(
      await annotationsOfImages(store, datasetId, ids, { states: ['accepted'] }),
      ({ imageId }) => imageId,
    );
    const unlabelledCount = images.length - wanted.length;
    const seen: Seen = { images: [], problems: [], unlabelledCount, confidence };
    const fileOf = ({ sha256 }: Image) => blobPicture(services.blobs, sha256);
    for await (const answered of answersOf(onlookers, wanted, fileOf, job.signal)) {
      const { imageId, fileName } = answered.picture;
      if ('problem' in answered) {
        seen.problems.push({ file: fileName, message: answered.problem });
        continue;
      }
      const own = labels.get(imageId) ?? [];
      const { answer, picture } = answered;
      const { card } = onlookers;
      const told = suspicionsIn(answer, picture, own, card, job.params, seen.confidence);
      seen.confidence = told.confidence;
      seen.images.push({ imageId, isLearned: isLearned(imageId), found: told.found });
    }
    confidence = seen.confidence;
    return seen;
  };

  const write = async (seen: Seen, lastImageId: number): Promise<void> => {
    const search = { model: nameOfModel(model), jobId: job.id, isSettled };
    const written = await replaceSuspicions(store, datasetId, search, seen.images);
    report.picturesSeen += seen.images.length;
    report.picturesLearned += seen.images.filter((image) => image.isLearned).length;
    report.suspicions += written.addedCount;
    report.dismissed += written.dismissedCount;
    report.picturesUnlabelled += seen.unlabelledCount;
    report.problemCount += seen.problems.length;
    report.problems.push(...seen.problems.slice(0, longestList - report.problems.length));
    for (const { file, message } of seen.problems) {
      job.log(phrase`${file}: ${message}`, 'warning');
    }
    const kept: Resumption = { lastImageId, report, confidence: seen.confidence };
    await job.checkpoint(kept);
  };

  await showDataset(services, job, { lastImageId: resumed?.lastImageId ?? null, look, write });
  if (!isSettled) {
    const indexOf = (categoryId: number) => categoryIds.indexOf(categoryId);
    report.suspicions = await settleSuspicions(store, job.id, ({ labelCategoryId, ...one }) =>
      isConfidentlyOther(
        indexOf(labelCategoryId),
        { ...one, rival: indexOf(one.categoryId) },
        confidence,
      ),
    );
  }
  return report;
}

/** Whether somebody has said what is in a picture. Of one that nobody has looked at yet, nothing is wrong. */
export const isDecided = ({ objectCount, proposalCount, status, reviewed }: Image): boolean =>
  objectCount > proposalCount || status === 'done' || reviewed !== null;

/** What a model has against the labels of one picture. */
function suspicionsIn(
  answer: PictureAnswer,
  picture: Image,
  labels: readonly LiveAnnotation[],
  card: ModelCard,
  params: FindMistakesParams,
  confidence: LabelConfidence,
): LabelSuspicions {
  const { classes, leastDoubt } = params;
  if (answer.kind === 'classes') {
    const isMultiLabel = card.task.task === 'classify' && card.task.isMultiLabel;
    const options = { isMultiLabel, leastDoubt };
    const probabilities = probabilitiesOf(answer, card, classes);
    return labelSuspicions(probabilities, labels, categoryIdsOf(params), options, confidence);
  }
  const all = new Map(classes.map(([name, categoryId]) => [name, { categoryId, threshold: 0 }]));
  const found = objectSuspicions(answer, picture, labels, card, all, leastDoubt);
  return { found, confidence };
}

/** That the model knows. */
const categoryIdsOf = ({ classes }: FindMistakesParams): number[] => [
  ...new Set(classes.map(([, categoryId]) => categoryId)),
];

/** By the dataset's category. */
function probabilitiesOf(
  { probabilities }: PictureAnswer & { kind: 'classes' },
  card: ModelCard,
  classes: FindMistakesParams['classes'],
): Map<number, number> {
  const categoryOf = new Map(classes);
  const sums = new Map<number, number>();
  for (const [at, { name }] of card.classes.entries()) {
    const categoryId = categoryOf.get(name);
    if (categoryId === undefined) continue;
    sums.set(categoryId, (sums.get(categoryId) ?? 0) + probabilities[at]);
  }
  return sums;
}

const emptyReport = (): FindMistakesReport => ({
  picturesSeen: 0,
  picturesLearned: 0,
  suspicions: 0,
  dismissed: 0,
  picturesUnlabelled: 0,
  problemCount: 0,
  problems: [],
});
