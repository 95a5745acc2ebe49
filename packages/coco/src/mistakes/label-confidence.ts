// Labels of whole pictures that look wrong beside what a classifier says: confident learning (Northcutt, Jiang and Chuang
// 2021). A class counts as confidently seen where it is as likely as it is, on average, on the pictures that are labelled so;
// that makes up for a model that is more sure of some classes than of others.

/** What is known of each class when every labelled picture was seen; plain data, so that it can be kept half-way. */
export interface LabelConfidence {
  /** By class: the sum of its probabilities on the pictures that are labelled so. */
  readonly sums: number[];
  /** By class: how many pictures are labelled so. */
  readonly counts: number[];
}

export const noConfidence = (classCount: number): LabelConfidence => ({
  sums: Array.from({ length: classCount }, () => 0),
  counts: Array.from({ length: classCount }, () => 0),
});

/** @returns with one more labelled picture */
export function withConfidence(
  { sums, counts }: LabelConfidence,
  label: number,
  probabilities: ArrayLike<number>,
): LabelConfidence {
  return {
    sums: sums.with(label, sums[label] + probabilities[label]),
    counts: counts.with(label, counts[label] + 1),
  };
}

export interface RivalClass {
  /** The likeliest class that is not the label. */
  readonly rival: number;
  readonly score: number;
  /** Of the label. */
  readonly ownScore: number;
  /** 0 to 1, as of objects. */
  readonly doubt: number;
}

/** The class that speaks most against a label. */
export function rivalOf(label: number, probabilities: ArrayLike<number>): RivalClass | null {
  let rival = -1;
  for (let at = 0; at < probabilities.length; at++) {
    if (at !== label && (rival === -1 || probabilities[at] > probabilities[rival])) rival = at;
  }
  if (rival === -1) return null;
  const [score, ownScore] = [probabilities[rival], probabilities[label]];
  return { rival, score, ownScore, doubt: score * (1 - ownScore) };
}

/**
 * Whether the model is confident of the rival, and not more so of the label.
 *
 * @param confidence of all labelled pictures
 */
export function isConfidentlyOther(
  label: number,
  { rival, score, ownScore }: Pick<RivalClass, 'rival' | 'score' | 'ownScore'>,
  confidence: LabelConfidence,
): boolean {
  const usual = (of: number) =>
    confidence.counts[of] === 0 ? 1 : confidence.sums[of] / confidence.counts[of];
  const isLabelSeen = ownScore >= usual(label);
  return score >= usual(rival) && !(isLabelSeen && ownScore >= score);
}
