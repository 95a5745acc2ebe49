// How good an embedding is: whether the nearest picture shows the same thing, and whether a threshold tells pairs of the
// same from pairs of different things (as LFW and IJB report it).

export interface EmbeddingScores {
  /** Share of pictures whose nearest other picture shows the same; of those that have one. */
  readonly nearestAccuracy: number;
  /** Share of pairs of the same that are accepted where one in a hundred, or a thousand, pairs of different is. */
  readonly tarAtFar2: number;
  readonly tarAtFar3: number;
  /** Share of pairs that are judged right: ten folds, each judged by the best threshold of the other nine. */
  readonly verificationAccuracy: number;
  /** Its mean threshold: cosine from which on two pictures are taken for the same. */
  readonly threshold: number;
}

export interface EmbeddedPicture {
  readonly label: number;
  /** Of length 1. */
  readonly embedding: Float32Array;
}

/** Past this many pictures, pairs are those of every so many. */
const mostPictures = 2_000;
const foldCount = 10;

export function scoreEmbedding(pictures: readonly EmbeddedPicture[]): EmbeddingScores {
  const some = evenly(pictures, mostPictures);
  const [same, different]: number[][] = [[], []];
  let [nearestRight, withPartner] = [0, 0];
  for (const [i, a] of some.entries()) {
    let [best, isBestSame, hasPartner] = [-Infinity, false, false];
    for (const [j, b] of some.entries()) {
      if (i === j) continue;
      const cosine = dot(a.embedding, b.embedding);
      const isSame = a.label === b.label;
      if (i < j) (isSame ? same : different).push(cosine);
      hasPartner ||= isSame;
      if (cosine > best) [best, isBestSame] = [cosine, isSame];
    }
    if (!hasPartner) continue;
    withPartner++;
    if (isBestSame) nearestRight++;
  }
  const { accuracy, threshold } = verification(same, different);
  different.sort((a, b) => b - a);
  return {
    nearestAccuracy: withPartner === 0 ? 0 : nearestRight / withPartner,
    tarAtFar2: acceptedAt(same, different, 0.01),
    tarAtFar3: acceptedAt(same, different, 0.001),
    verificationAccuracy: accuracy,
    threshold,
  };
}

const evenly = <Item>(items: readonly Item[], most: number): readonly Item[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]);

/** Of two vectors of length 1: the cosine of the angle between them. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** @param descending cosines of pairs of different things */
function acceptedAt(same: readonly number[], descending: readonly number[], rate: number): number {
  if (same.length === 0 || descending.length === 0) return 0;
  const threshold = descending[Math.floor(rate * descending.length)] ?? -1;
  return same.filter((cosine) => cosine > threshold).length / same.length;
}

/** As many pairs of different things as of the same, in folds. */
function verification(
  same: readonly number[],
  different: readonly number[],
): { accuracy: number; threshold: number } {
  const count = Math.min(same.length, different.length);
  const pairs = [
    ...evenly(same, count).map((cosine) => ({ cosine, isSame: true })),
    ...evenly(different, count).map((cosine) => ({ cosine, isSame: false })),
  ].map((pair, i) => ({ ...pair, fold: i % foldCount }));
  if (pairs.length < 2 * foldCount) return { accuracy: 0, threshold: 0 };
  let [right, thresholds] = [0, 0];
  for (let fold = 0; fold < foldCount; fold++) {
    const threshold = bestThreshold(pairs.filter((pair) => pair.fold !== fold));
    thresholds += threshold / foldCount;
    for (const pair of pairs) {
      if (pair.fold === fold && pair.cosine > threshold === pair.isSame) right++;
    }
  }
  return { accuracy: right / pairs.length, threshold: thresholds };
}

/** The threshold that judges most pairs right. */
function bestThreshold(pairs: readonly { cosine: number; isSame: boolean }[]): number {
  const sorted = pairs.toSorted((a, b) => a.cosine - b.cosine);
  let right = sorted.filter(({ isSame }) => isSame).length;
  let [best, threshold] = [right, -1];
  for (const { cosine, isSame } of sorted) {
    right += isSame ? -1 : 1;
    if (right > best) [best, threshold] = [right, cosine];
  }
  return threshold;
}
