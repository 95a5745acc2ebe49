// How good a classifier is: accuracy, F1, what is taken for what, and whether its certainty can be believed.

export interface ClassScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** How many pictures have the class. */
  readonly truths: number;
}

export interface ClassificationScores {
  /** Share of pictures whose likeliest class, or whose set of classes, is right. */
  readonly accuracy: number;
  /** Mean F1 over the classes that occur. */
  readonly macroF1: number;
  /** By class. */
  readonly classes: readonly ClassScores[];
  /** Rows are true classes, columns predicted ones; empty where pictures have several. */
  readonly confusion: readonly (readonly number[])[];
  /** Expected calibration error (Guo et al. 2017): mean distance of certainty and accuracy, weighted by bin. */
  readonly calibrationError: number;
  /** Ten bins of certainty from 0 to 1. */
  readonly calibration: readonly { certainty: number; accuracy: number; count: number }[];
}

export interface ClassifiedPicture {
  /** True classes. */
  readonly labels: readonly number[];
  /** By class, from 0 to 1. */
  readonly probabilities: ArrayLike<number>;
}

const binCount = 10;

/** @param isMultiLabel whether pictures may have several classes: each is then predicted from one half on */
export function scoreClassification(
  pictures: readonly ClassifiedPicture[],
  classCount: number,
  isMultiLabel: boolean,
): ClassificationScores {
  const [hits, predicted, truths] = Array.from({ length: 3 }, () =>
    new Array<number>(classCount).fill(0),
  );
  const confusion = Array.from({ length: isMultiLabel ? 0 : classCount }, () =>
    new Array<number>(classCount).fill(0),
  );
  const bins = Array.from({ length: binCount }, () => ({ certainty: 0, right: 0, count: 0 }));
  let right = 0;
  for (const { labels, probabilities } of pictures) {
    const chosen = isMultiLabel ? likely(probabilities) : [likeliest(probabilities)];
    for (const one of chosen) predicted[one]++;
    for (const one of labels) truths[one]++;
    for (const one of chosen) if (labels.includes(one)) hits[one]++;
    const isRight = chosen.length === labels.length && chosen.every((one) => labels.includes(one));
    if (isRight) right++;
    if (!isMultiLabel) confusion[labels[0]][chosen[0]]++;
    const judged = isMultiLabel
      ? Array.from({ length: classCount }, (_, c) => certaintyOfChoice(probabilities[c], labels, c))
      : [{ certainty: probabilities[chosen[0]], isRight }];
    for (const one of judged) {
      const bin = bins[Math.min(binCount - 1, Math.floor(one.certainty * binCount))];
      bin.certainty += one.certainty;
      bin.right += one.isRight ? 1 : 0;
      bin.count++;
    }
  }
  const classes = truths.map((count, c): ClassScores => {
    const precision = predicted[c] === 0 ? 0 : hits[c] / predicted[c];
    const recall = count === 0 ? 0 : hits[c] / count;
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    return { precision, recall, f1, truths: count };
  });
  const occurring = classes.filter(({ truths }) => truths > 0);
  const judgements = bins.reduce((sum, { count }) => sum + count, 0);
  return {
    accuracy: pictures.length === 0 ? 0 : right / pictures.length,
    macroF1: occurring.reduce((sum, { f1 }) => sum + f1, 0) / Math.max(1, occurring.length),
    classes,
    confusion,
    calibrationError: bins.reduce(
      (sum, bin) => sum + Math.abs(bin.certainty - bin.right) / Math.max(1, judgements),
      0,
    ),
    calibration: bins.map(({ certainty, right, count }) => ({
      certainty: count === 0 ? 0 : certainty / count,
      accuracy: count === 0 ? 0 : right / count,
      count,
    })),
  };
}

const likely = (probabilities: ArrayLike<number>): number[] =>
  Array.from(probabilities, (p, c) => [p, c]).flatMap(([p, c]) => (p >= 0.5 ? [c] : []));

function likeliest(probabilities: ArrayLike<number>): number {
  let best = 0;
  for (let c = 1; c < probabilities.length; c++) {
    if (probabilities[c] > probabilities[best]) best = c;
  }
  return best;
}

/** Of a yes or no. */
const certaintyOfChoice = (probability: number, labels: readonly number[], c: number) => {
  const isChosen = probability >= 0.5;
  return {
    certainty: isChosen ? probability : 1 - probability,
    isRight: isChosen === labels.includes(c),
  };
};
