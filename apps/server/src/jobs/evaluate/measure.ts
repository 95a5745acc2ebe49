// Measures a model: it looks at every picture of a pinned version that it has not learned from, and what became of each object
// is kept. That is written whole at the end, so that a crash costs time and nothing else.

import { buffer } from 'node:stream/consumers';
import { type CocoDataset, phrase, type Words } from '@migaki/coco';
import {
  addEvaluation,
  type BlobStore,
  getModelVersion,
  type JobContext,
  type JudgementRecord,
  matchingIds,
  type PinnedDataset,
  type Store,
  StoreError,
} from '@migaki/store';
import {
  type Answered,
  asLocated,
  type ClassName,
  type Judgement,
  judgeAnswers,
  type LabelledPicture,
  type LocatedDataset,
  type Onlookers,
  openOnlookers,
  primaryMetrics,
  trainingSetOf,
  withPictureLabels,
} from '@migaki/train';
import { nameOfModel } from '../../runs/name-of-model.ts';
import { answersOf } from '../answers-of.ts';
import { learnedImages } from '../learned-images.ts';
import { withLocated } from '../located-dataset.ts';
import { matchClasses } from '../match-classes.ts';
import { answerInClasses } from './answer-in-classes.ts';

export interface MeasureOptions {
  dataset: PinnedDataset & { datasetId: number };
  model: { modelId: number; version: number };
  query: string;
  withLearned: boolean;
  scoreThreshold: number | null;
  /** From the model's names of classes to the dataset's. */
  map: Record<string, string>;
  /** Of a regression. */
  valueField: string | null;
  author: string;
}

export interface MeasureReport {
  evaluationId: number;
  metrics: Record<string, number>;
  picturesSeen: number;
  problemCount: number;
  problems: { file: Words; message: Words }[];
}

export interface MeasureServices {
  store: Store;
  blobs: BlobStore;
}

const longestList = 200;

/**
 * @param key of the evaluation: measured again under the same one it stays as it is
 * @param alsoLeftOut ids of further images that are left out as if they were learned from
 */
export async function measure(
  { store, blobs }: MeasureServices,
  job: JobContext,
  options: MeasureOptions,
  key: string,
  alsoLeftOut: ReadonlySet<number> = new Set(),
): Promise<MeasureReport> {
  const { dataset, model, query, author } = options;
  const { datasetId } = dataset;
  const found = await getModelVersion(store, model.modelId, model.version);
  const modelName = nameOfModel(found);
  job.message(phrase`Gathering pictures and labels`);
  const chosen =
    query === '' ? null : new Set(await matchingIds(store, datasetId, { query, of: 'images' }));
  if (chosen?.size === 0) {
    throw new StoreError('bad-evaluation', {
      where: 'query',
      expected: phrase`a query that matches some images`,
      found: phrase`${query}, which matches none`,
      advice: phrase`Widen the filter, or leave it out.`,
    });
  }
  const learned = await learnedImages(store, blobs, found, datasetId);
  const isChosen = (id: number) => chosen === null || chosen.has(id);
  const isLearned = (id: number) =>
    alsoLeftOut.has(id) || (!options.withLearned && learned.imageIds?.has(id) === true);
  const labelled = await withLocated(
    { store, blobs, signal: job.signal },
    dataset,
    undefined,
    (located) => gathered(located, isChosen, isLearned),
  );

  const bytes = await buffer(await blobs.open(found.sha256));
  const onlookers = openOnlookers(bytes, modelName, 'predict');
  try {
    const { task } = onlookers.card.task;
    const { classes, indexOf } = classesFor(onlookers, labelled, options.map);
    const set = trainingSetOf(labelled, {
      ...asLocated,
      categoryIds: classes.map(({ categoryId }) => categoryId),
      ...(options.valueField !== null && { valueField: options.valueField }),
    });
    const pictures = task === 'classify' ? withPictureLabels(set.pictures).pictures : set.pictures;
    if (pictures.length === 0) throw nothingToMeasure(dataset, labelled.learnedCount);
    const answered: Answered[] = [];
    const problems: MeasureReport['problems'] = [];
    const fileOf = async ({ path }: LabelledPicture) => path;
    job.message(phrase`Looking at pictures`);
    job.progress(0, pictures.length, 'pictures');
    for await (const one of answersOf(onlookers, pictures, fileOf, job.signal)) {
      if ('answer' in one) {
        answered.push({ ...one, answer: answerInClasses(one.answer, indexOf, classes.length) });
      } else {
        problems.push({ file: one.picture.fileName, message: one.problem });
        job.log(phrase`${one.picture.fileName}: ${one.problem}`, 'warning');
      }
      job.progress(answered.length + problems.length, pictures.length, 'pictures');
    }
    if (answered.length === 0) throw nothingToMeasure(dataset, labelled.learnedCount);

    job.message(phrase`Comparing with the labels`);
    const { scoreThreshold } = options;
    const judged = judgeAnswers(answered, set.classes, onlookers.card.task, {
      ...(scoreThreshold !== null && { scoreThreshold }),
    });
    const { values, perClass } = judged.scores;
    const known = new Set(classes.map(({ categoryId }) => categoryId));
    const used = new Set(labelled.annotations.map(({ category_id }) => category_id));
    const evaluationId = await addEvaluation(store, {
      task,
      modelName,
      modelVersionId: found.id,
      dataset: { ...dataset, ...(query !== '' && { query }) },
      isTrainedOn: learned.isTrainedOn && (options.withLearned || learned.imageIds === null),
      classes: classes.map(({ categoryId, name }) => ({ categoryId, name })),
      metrics: values,
      perClass,
      primaryMetric: primaryMetrics[task],
      scoreThreshold: judged.scoreThreshold,
      confusion: judged.confusion,
      curves: judged.curves,
      rankings: judged.rankings.map((ranking, index) => ({
        ...ranking,
        steps: [...ranking.steps],
        classNames: namesOf(onlookers.card, indexOf, index),
      })),
      calibration: judged.calibration,
      imageIds: answered.map(({ picture }) => picture.imageId),
      leftOut: {
        learnedCount: labelled.learnedCount,
        undecidedCount: set.undecidedCount,
        problemCount: problems.length + labelled.missingCount,
        classes: comparesClasses(task)
          ? onlookers.card.classes.flatMap(({ name }, i) => (indexOf[i] === null ? [name] : []))
          : [],
        categories: comparesClasses(task)
          ? labelled.categories.flatMap(({ id, name }) =>
              used.has(id) && !known.has(id) ? [name] : [],
            )
          : [],
      },
      judgements: judged.judgements.map((one) => recordOf(one, classes)),
      jobId: key,
      createdBy: author,
    });
    return {
      evaluationId,
      metrics: { ...values },
      picturesSeen: answered.length,
      problemCount: problems.length,
      problems: problems.slice(0, longestList),
    };
  } finally {
    await onlookers.close();
  }
}

interface Labelled extends CocoDataset {
  learnedCount: number;
  missingCount: number;
}

/** Of the model's classes that were measured as one category. */
const namesOf = (
  { classes }: Onlookers['card'],
  indexOf: readonly (number | null)[],
  index: number,
): string[] => classes.flatMap(({ name }, i) => (indexOf[i] === index ? [name] : []));

/** What is to be measured, in memory. */
async function gathered(
  { images, annotations, categories }: LocatedDataset,
  isChosen: (imageId: number) => boolean,
  isLearned: (imageId: number) => boolean,
): Promise<Labelled> {
  const all = (await Array.fromAsync(images)).filter(({ id }) => isChosen(id));
  const kept = all.filter(({ id }) => !isLearned(id));
  const ids = new Set(kept.map(({ id }) => id));
  const of: CocoDataset['annotations'] = [];
  for await (const annotation of annotations) {
    if (ids.has(annotation.image_id)) of.push(annotation);
  }
  return {
    images: kept,
    annotations: of,
    categories: await Array.fromAsync(categories),
    learnedCount: all.length - kept.length,
    missingCount: kept.filter(({ path }) => path === undefined).length,
  };
}

/** A model of likeness or of a number is measured whatever the categories are called. */
const comparesClasses = (task: string): boolean => task !== 'embed' && task !== 'regress';

/** Categories that are compared, and for each class of the model which of them it is. */
function classesFor(
  { card }: Onlookers,
  { categories }: CocoDataset,
  map: Readonly<Record<string, string>>,
): { classes: { categoryId: number; name: string }[]; indexOf: (number | null)[] } {
  if (!comparesClasses(card.task.task)) {
    const classes = categories.map(({ id, name }) => ({ categoryId: id, name }));
    return { classes, indexOf: [] };
  }
  const names = card.classes.map(({ name }) => name);
  const matches = matchClasses(names, categories, map, 'bad-evaluation');
  const ids = [...new Set(matches.map(({ categoryId }) => categoryId))];
  const named = new Map(categories.map(({ id, name }) => [id, name]));
  return {
    classes: ids.map((categoryId) => ({ categoryId, name: named.get(categoryId)! })),
    indexOf: names.map((name) => {
      const match = matches.find((one) => one.name === name);
      return match === undefined ? null : ids.indexOf(match.categoryId);
    }),
  };
}

function recordOf(
  { trueClass, predictedClass, trueBox, predictedBox, ...rest }: Judgement,
  classes: readonly Pick<ClassName, 'categoryId'>[],
): JudgementRecord {
  const categoryId = (index: number | null) => (index === null ? null : classes[index].categoryId);
  return {
    ...rest,
    trueCategoryId: categoryId(trueClass),
    predictedCategoryId: categoryId(predictedClass),
    trueBox: trueBox && [...trueBox],
    predictedBox: predictedBox && [...predictedBox],
  };
}

const nothingToMeasure = ({ name, version }: PinnedDataset, learnedCount: number): StoreError =>
  new StoreError('bad-evaluation', {
    where: `${name}@${version}`,
    expected: phrase`labelled pictures that the model has not learned from`,
    found: learnedCount > 0 ? phrase`none beside ${learnedCount} others` : phrase`none`,
    advice: phrase`Label some more pictures, choose another dataset, or ask for those that it learned from as well.`,
  });
