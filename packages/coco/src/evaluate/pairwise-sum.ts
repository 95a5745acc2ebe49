// Addition in numpy's order. Sums of doubles depend on it in their last bit, and a similarity that lies
// on a threshold falls to one side or the other by that bit. Checked against numpy.sum bit by bit.

/** Eight running sums, as numpy keeps them so that the compiler can use vector registers. */
const laneCount = 8;
/** Longer ranges are halved and the halves added. */
const blockLength = 128;

/**
 * The sum of `values[start]` to `values[start + count - 1]`, equal to `numpy.sum` to the last bit.
 *
 * @example
 * pairwiseSum(Float64Array.of(0.1, 0.2, 0.3), 0, 3); // 0.6000000000000001
 */
export function pairwiseSum(values: Float64Array, start: number, count: number): number {
  if (count < laneCount) {
    let sum = 0;
    for (let i = start; i < start + count; i++) sum += values[i];
    return sum;
  }
  if (count > blockLength) {
    const half = Math.floor(count / 2);
    const first = half - (half % laneCount);
    return pairwiseSum(values, start, first) + pairwiseSum(values, start + first, count - first);
  }
  let [a, b, c, d] = [values[start], values[start + 1], values[start + 2], values[start + 3]];
  let [e, f, g, h] = [values[start + 4], values[start + 5], values[start + 6], values[start + 7]];
  const wholeLanes = count - (count % laneCount);
  for (let i = start + laneCount; i < start + wholeLanes; i += laneCount) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
    e += values[i + 4];
    f += values[i + 5];
    g += values[i + 6];
    h += values[i + 7];
  }
  let sum = a + b + (c + d) + (e + f + (g + h));
  for (let i = start + wholeLanes; i < start + count; i++) sum += values[i];
  return sum;
}
