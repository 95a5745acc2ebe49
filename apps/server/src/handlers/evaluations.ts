// Evaluations: what is asked is settled before it is queued; what came of it is listed, filtered, compared.

import type { Evaluation, EvaluationSummary, Judgement, Round } from '@migaki/api';
import { phrase } from '@migaki/coco';
import {
  compareEvaluations,
  countImages,
  datasetRounds,
  deleteEvaluation,
  findModelVersion,
  getDataset,
  getEvaluation,
  getRun,
  type Jobs,
  listCategories,
  listEvaluations,
  listJudgements,
  type ModelVersion,
  pinVersion,
  type Store,
  type Evaluation as StoredEvaluation,
  type EvaluationSummary as StoredSummary,
} from '@migaki/store';
import type { ModelCard } from '@migaki/train';
import type { Handlers } from '../http/handlers.ts';
import { queryOfVersion } from '../http/query-of-version.ts';
import type { MeasureOptions } from '../jobs/evaluate/measure.ts';
import type { RetrainParams } from '../jobs/retrain/retrain-job.ts';
import { nameOfModel } from '../runs/name-of-model.ts';
import { job, time } from './answers.ts';
import { cardMatches } from './proposer.ts';

type EvaluationHandlers = Pick<
  Handlers,
  | 'startEvaluation'
  | 'startRetraining'
  | 'listRounds'
  | 'listEvaluations'
  | 'getEvaluation'
  | 'deleteEvaluation'
  | 'listJudgements'
  | 'compareEvaluations'
>;

export function evaluationHandlers(store: Store, jobs: Jobs): EvaluationHandlers {
  return {
    startEvaluation: async ({ params: { datasetId }, body }, { caller }) => {
      const query = body.query.trim();
      if (query !== '' && body.version !== undefined) throw queryOfVersion(query);
      const found = await findModelVersion(store, body.model);
      const dataset = await pinVersion(store, datasetId, {
        version: body.version,
        author: caller.user,
      });
      // What cannot be understood is told now.
      await countImages(store, datasetId, { query });
      await checkClasses(store, datasetId, found, body.map);
      const { modelId, version } = found;
      const asked: MeasureOptions = {
        dataset: { ...dataset, datasetId },
        model: { modelId, version },
        query,
        withLearned: body.withLearned,
        scoreThreshold: body.scoreThreshold ?? null,
        map: body.map,
        valueField: body.valueField ?? (await valueFieldOf(store, found)),
        author: caller.user,
      };
      const id = await jobs.enqueue({
        kind: 'evaluate',
        params: asked,
        title: phrase`Measure ${nameOfModel(found)} on ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)) };
    },

    startRetraining: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      const found = await findModelVersion(store, body.model);
      await checkClasses(store, datasetId, found, {});
      const asked: RetrainParams = {
        datasetId,
        modelName: found.name,
        alias: body.alias,
        minutes: body.minutes ?? null,
        author: caller.user,
      };
      const id = await jobs.enqueue({
        kind: 'retrain',
        params: asked,
        title: phrase`Retrain ${found.name} on ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)) };
    },

    listRounds: async ({ params }) => ({
      rounds: (await datasetRounds(store, params.datasetId)).map(({ madeAt, ...round }) => ({
        ...round,
        task: round.task as Round['task'],
        madeAt: time(madeAt),
      })),
    }),

    listEvaluations: async ({ query: { datasetId, modelId, from, limit } }) => {
      const { total, evaluations } = await listEvaluations(
        store,
        { datasetId, modelId },
        { from, limit },
      );
      return { total, items: evaluations.map(summary) };
    },
    getEvaluation: async ({ params }) =>
      summary(await getEvaluation(store, params.evaluationId)) as Evaluation,
    deleteEvaluation: async ({ params }) => {
      await deleteEvaluation(store, params.evaluationId);
      return {};
    },

    listJudgements: async ({ params, query }) => {
      const { outcome, trueCategory, predictedCategory, leastScore, imageId, ...page } = query;
      const { total, judgements } = await listJudgements(
        store,
        params.evaluationId,
        {
          outcomes: outcome,
          trueCategoryId: categoryOrNull(trueCategory),
          predictedCategoryId: categoryOrNull(predictedCategory),
          leastScore,
          imageId,
        },
        page,
      );
      return { total, items: judgements as Judgement[] };
    },
    compareEvaluations: async ({ params, query: { other, ...page } }) => {
      const { images, ...counts } = await compareEvaluations(
        store,
        params.evaluationId,
        other,
        page,
      );
      return { ...counts, items: images };
    },
  };
}

const categoryOrNull = (category: number | 'none' | undefined): number | null | undefined =>
  category === 'none' ? null : category;

const summary = <Stored extends StoredSummary | StoredEvaluation>(stored: Stored) => ({
  ...stored,
  task: stored.task as EvaluationSummary['task'],
  createdAt: time(stored.createdAt),
});

/** @throws StoreError `bad-evaluation` where no class of the model is a category */
async function checkClasses(
  store: Store,
  datasetId: number,
  { task, card }: ModelVersion,
  map: Readonly<Record<string, string>>,
): Promise<void> {
  if (task === 'embed' || task === 'regress') return;
  const categories = await listCategories(store, datasetId);
  cardMatches(card as unknown as ModelCard, categories, map, 'bad-evaluation');
}

/** What the run of a regression learned. */
async function valueFieldOf(store: Store, { run }: ModelVersion): Promise<string | null> {
  if (run === null) return null;
  const { valueField } = (await getRun(store, run.id)).settings;
  return typeof valueField === 'string' ? valueField : null;
}
