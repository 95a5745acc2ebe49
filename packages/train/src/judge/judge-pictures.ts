// Whole pictures: the class that was taken for another, the nearest one that shows something else, the number that is far off.

import { scoreSteps } from '@migaki/coco';
import { scoreClassification } from '../metrics/classification.ts';
import { dot } from '../metrics/embedding.ts';
import type { Answered } from '../metrics/score-answers.ts';
import type { ClassName } from '../samples/training-set.ts';
import { type ClassRanking, type Judged, type Judgement, judgementOf } from './judgement.ts';

/** From which probability on a picture that may have several classes has one. */
const chosenFrom = 0.5;

const noCurves: Pick<Judged, 'curves' | 'rankings' | 'calibration'> = {
  curves: [],
  rankings: [],
  calibration: [],
};

export function judgeClasses(
  answered: readonly Answered[],
  classes: readonly ClassName[],
  isMultiLabel: boolean,
): Omit<Judged, 'scores'> {
  const labelled = answered.filter(({ picture }) => isMultiLabel || picture.labels.length > 0);
  const pictures = labelled.map(({ picture, answer }) => ({
    imageId: picture.imageId,
    labels: picture.labels,
    probabilities: answer.kind === 'classes' ? answer.probabilities : new Float32Array(),
  }));
  const judgements = pictures.flatMap(isMultiLabel ? eachClass : theClass);
  return {
    judgements,
    scoreThreshold: isMultiLabel ? chosenFrom : null,
    confusion: countConfusions(judgements, classes.length),
    curves: [],
    rankings: classes.map((_, index) => rankingOf(pictures, index, isMultiLabel)),
    calibration: scoreClassification(pictures, classes.length, isMultiLabel).calibration,
  };
}

interface ClassifiedPicture {
  readonly imageId: number;
  readonly labels: readonly number[];
  readonly probabilities: Float32Array;
}

/** What would be proposed of a class: of one label the likeliest, of several each. */
function rankingOf(
  pictures: readonly ClassifiedPicture[],
  index: number,
  isMultiLabel: boolean,
): ClassRanking {
  const isThere = ({ labels }: ClassifiedPicture) =>
    isMultiLabel ? labels.includes(index) : labels[0] === index;
  const said = pictures.filter(
    ({ probabilities }) => isMultiLabel || likeliest(probabilities) === index,
  );
  return {
    truthCount: pictures.filter(isThere).length,
    steps: scoreSteps(
      said.map((one) => ({ score: one.probabilities[index], isRight: isThere(one) })),
    ),
  };
}

const likeliest = (probabilities: Float32Array): number =>
  probabilities.indexOf(Math.max(...probabilities));

function theClass({ imageId, labels, probabilities }: ClassifiedPicture): Judgement[] {
  const [trueClass] = labels;
  const predictedClass = likeliest(probabilities);
  const score = probabilities[predictedClass];
  const isRight = predictedClass === trueClass;
  return [
    judgementOf({
      imageId,
      outcome: isRight ? 'matched' : 'wrong class',
      trueClass,
      predictedClass,
      score,
      // One that was nearly right is less wrong than one that was sure.
      wrongness: isRight ? (1 - score) / 2 : 1 - probabilities[trueClass],
    }),
  ];
}

function eachClass({ imageId, labels, probabilities }: ClassifiedPicture): Judgement[] {
  return [...probabilities.entries()].flatMap(([index, score]): Judgement[] => {
    const isThere = labels.includes(index);
    const isChosen = score >= chosenFrom;
    if (!isThere && !isChosen) return [];
    return [
      judgementOf({
        imageId,
        outcome: isThere ? (isChosen ? 'matched' : 'missed') : 'background',
        trueClass: isThere ? index : null,
        predictedClass: isChosen ? index : null,
        score,
        wrongness: isThere ? (isChosen ? (1 - score) / 2 : 1 - score) : score,
      }),
    ];
  });
}

/** Each picture beside the one that is most like it. One whose identity no other has cannot be right, and is left out. */
export function judgeNeighbours(
  answered: readonly Answered[],
  classes: readonly ClassName[],
): Omit<Judged, 'scores'> {
  const pictures = answered.flatMap(({ picture, answer }) =>
    answer.kind === 'embedding' && picture.labels.length > 0
      ? [{ imageId: picture.imageId, label: picture.labels[0], embedding: answer.embedding }]
      : [],
  );
  const counts = Map.groupBy(pictures, ({ label }) => label);
  const judgements = pictures.flatMap((one): Judgement[] => {
    if (counts.get(one.label)!.length < 2) return [];
    let [score, predictedClass] = [-Infinity, one.label];
    for (const other of pictures) {
      if (other === one) continue;
      const cosine = dot(one.embedding, other.embedding);
      if (cosine > score) [score, predictedClass] = [cosine, other.label];
    }
    const isRight = predictedClass === one.label;
    return [
      judgementOf({
        imageId: one.imageId,
        outcome: isRight ? 'matched' : 'wrong class',
        trueClass: one.label,
        predictedClass,
        score,
        wrongness: isRight ? (1 - score) / 4 : (1 + Math.max(0, score)) / 2,
      }),
    ];
  });
  return {
    judgements,
    scoreThreshold: null,
    confusion: countConfusions(judgements, classes.length),
    ...noCurves,
  };
}

/** How far each is off, beside the one that is farthest. */
export function judgeValues(answered: readonly Answered[]): Omit<Judged, 'scores'> {
  const pairs = answered.flatMap(({ picture: { imageId, value }, answer }) =>
    answer.kind === 'value' && Number.isFinite(value)
      ? [{ imageId, trueValue: value, predictedValue: answer.value }]
      : [],
  );
  const farthest = Math.max(
    Number.MIN_VALUE,
    ...pairs.map(({ trueValue, predictedValue }) => Math.abs(predictedValue - trueValue)),
  );
  return {
    judgements: pairs.map((pair) =>
      judgementOf({
        ...pair,
        outcome: 'estimated',
        wrongness: Math.abs(pair.predictedValue - pair.trueValue) / farthest,
      }),
    ),
    scoreThreshold: null,
    confusion: [],
    ...noCurves,
  };
}

/** Rows are true classes, columns predicted ones; the last of each is what is none. */
function countConfusions(judgements: readonly Judgement[], classCount: number): number[][] {
  const counts = Array.from({ length: classCount + 1 }, () =>
    new Array<number>(classCount + 1).fill(0),
  );
  for (const { trueClass, predictedClass } of judgements) {
    counts[trueClass ?? classCount][predictedClass ?? classCount]++;
  }
  return counts;
}
