// From which score on a model's proposals are right as often as is wished, told by what became of pictures that it was measured on.

import type { PrecisionScores } from '@migaki/api';
import { mostPreciseStep, phrase, type ScoreStep, stepOfPrecision } from '@migaki/coco';
import {
  findModelVersion,
  type ScoreRanking,
  type Store,
  StoreError,
  scoreRankings,
  wilson,
} from '@migaki/store';
import { nameOfModel } from '../runs/name-of-model.ts';

/** @throws StoreError `model-not-found`; `bad-preannotation` where the version was not measured on unseen pictures */
export async function precisionScores(
  store: Store,
  datasetId: number,
  { model: reference, precision }: { model: string; precision: number },
): Promise<PrecisionScores> {
  const model = await findModelVersion(store, reference);
  const measured = await scoreRankings(store, { modelVersionId: model.id, datasetId });
  if (measured === null) throw notMeasured(nameOfModel(model));
  const { evaluationId, datasetName, rankings } = measured;
  return {
    evaluationId,
    datasetName,
    classes: classScores(rankings, precision),
  };
}

/** By the model's name of the class. */
export const classScores = (
  rankings: readonly ScoreRanking[],
  precision: number,
): PrecisionScores['classes'] =>
  rankings.flatMap((ranking) =>
    ranking.classNames.map((name) => ({ name, ...scoreOf(ranking, precision) })),
  );

function scoreOf({ truthCount, steps }: ScoreRanking, precision: number) {
  const enough = stepOfPrecision(steps, precision);
  return {
    score: enough?.score ?? null,
    truthCount,
    measured: told(enough ?? mostPreciseStep(steps)),
  };
}

const told = (step: ScoreStep | null) =>
  step && { ...step, precision: wilson(step.hitCount, step.count)! };

const notMeasured = (model: string): StoreError =>
  new StoreError('bad-preannotation', {
    where: 'precision',
    expected: phrase`an evaluation of ${model} on pictures that it has not learned from`,
    found: phrase`none that keeps how sure it was of each thing it found`,
    advice: phrase`Evaluate it first (migaki evaluate, or the dataset’s Evaluations page), or name a score.`,
  });
