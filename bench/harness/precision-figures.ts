// Whether proposals are right as often as was wished: scores are told by one half of some pictures, and tried on the other.

import { type ScoreStep, stepOfPrecision } from '@migaki/coco';
import { judgeAnswers } from '../../packages/train/src/judge/judge-answers.ts';
import type { ClassRanking } from '../../packages/train/src/judge/judgement.ts';
import type { Answered } from '../../packages/train/src/metrics/score-answers.ts';
import { readPicture } from '../../packages/train/src/pictures/read-picture.ts';
import { openPredictor } from '../../packages/train/src/predict/predictor.ts';
import type { LocatedDataset } from '../../packages/train/src/run/run-folder.ts';
import { trainingSetOf } from '../../packages/train/src/samples/training-set.ts';
import type { Figure } from './bench.ts';

const wantedPrecisions = [0.8, 0.9, 0.95];

/** @param unseen pictures from which the model has not learned */
export async function* precisionFigures(
  model: Uint8Array,
  unseen: LocatedDataset,
  note: (text: string) => void,
): AsyncIterable<Figure> {
  const predictor = await openPredictor(model, 'the model', { threads: 2 });
  const { classes, task } = predictor.card;
  const { pictures } = trainingSetOf(unseen, {
    pathOf: ({ path }) => path as string,
    categoryIds: classes.map(({ categoryId }) => categoryId),
  });
  const halves: [Answered[], Answered[]] = [[], []];
  for (const [i, picture] of pictures.entries()) {
    const answer = await predictor.predict(await readPicture(picture.path));
    halves[i % 2].push({ picture, answer });
  }
  await predictor.close();
  const ranked = halves.map((half) => judgeAnswers(half, classes, task).rankings);
  for (const wanted of wantedPrecisions) {
    const tried = ranked.flatMap((told, half) =>
      told.flatMap((ranking, index) => proposed(ranking, ranked[1 - half][index], wanted) ?? []),
    );
    const sum = (of: (one: Tried) => number) => tried.reduce((total, one) => total + of(one), 0);
    const truthCount = ranked.flat().reduce((total, one) => total + one.truthCount, 0);
    const [hits, count] = [sum((one) => one.hitCount), sum((one) => one.count)];
    note(
      `${wanted} wanted: ${count} proposals, ${((100 * hits) / truthCount).toFixed(0)} % of the objects, ` +
        `${tried.length} of ${2 * classes.length} scores reached it`,
    );
    yield {
      figure: `precision of proposals, ${wanted} wanted`,
      value: hits / count,
      unit: '',
      better: 'higher',
      peer: { name: 'wanted', value: wanted },
    };
  }
}

type Tried = Pick<ScoreStep, 'count' | 'hitCount'>;

/** What the score that one half tells proposes on the other; null where none reaches the precision. */
function proposed(told: ClassRanking, other: ClassRanking, wanted: number): Tried | null {
  const step = stepOfPrecision(told.steps, wanted);
  if (step === null) return null;
  return other.steps.findLast(({ score }) => score >= step.score) ?? { count: 0, hitCount: 0 };
}
