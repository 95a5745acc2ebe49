// How good a regression is.

export interface RegressionScores {
  /** Mean absolute error, in the value's own unit. */
  readonly mae: number;
  /** Root of the mean squared error. */
  readonly rmse: number;
  /** Share of the variance that is explained; below 0 where the mean alone would be better. */
  readonly r2: number;
  /** Rank correlation (Spearman). */
  readonly rankCorrelation: number;
}

export function scoreRegression(
  pairs: readonly { readonly truth: number; readonly predicted: number }[],
): RegressionScores {
  const count = Math.max(1, pairs.length);
  const mean = pairs.reduce((sum, { truth }) => sum + truth, 0) / count;
  let [absolute, squared, variance] = [0, 0, 0];
  for (const { truth, predicted } of pairs) {
    absolute += Math.abs(truth - predicted);
    squared += (truth - predicted) ** 2;
    variance += (truth - mean) ** 2;
  }
  return {
    mae: absolute / count,
    rmse: Math.sqrt(squared / count),
    r2: variance === 0 ? 0 : 1 - squared / variance,
    rankCorrelation: correlation(
      ranks(pairs.map(({ truth }) => truth)),
      ranks(pairs.map(({ predicted }) => predicted)),
    ),
  };
}

/** Equal values share the mean of their ranks. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const result = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) result[order[i]] = (start + end - 1) / 2;
    start = end;
  }
  return result;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const meanOf = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    product += (value - meanA) * (b[i] - meanB);
    squareA += (value - meanA) ** 2;
    squareB += (b[i] - meanB) ** 2;
  }
  return squareA * squareB === 0 ? 0 : product / Math.sqrt(squareA * squareB);
}
