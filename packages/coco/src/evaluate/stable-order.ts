// Stable orders over many objects at once. Ties decide matches, so every order in this folder is stable,
// as numpy's mergesort is in pycocotools; both sorts here take linear time.

/** The positions 0, 1, …, count − 1. */
export function fileOrder(count: number): Int32Array {
  const order = new Int32Array(count);
  for (let position = 0; position < count; position++) order[position] = position;
  return order;
}

/**
 * `order` sorted stably by `keys[position]`, whole numbers from 0 to `keyCount` − 1 (counting sort).
 * To sort by several keys, sort by the least important first.
 */
export function orderByKey(order: Int32Array, keys: Int32Array, keyCount: number): Int32Array {
  const next = new Int32Array(keyCount + 1);
  for (let i = 0; i < order.length; i++) next[keys[order[i]] + 1]++;
  for (let key = 0; key < keyCount; key++) next[key + 1] += next[key];
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const position = order[i];
    sorted[next[keys[position]]++] = position;
  }
  return sorted;
}

const digitBits = 11;
const digitMask = (1 << digitBits) - 1;

/**
 * `order` sorted stably by `scores[position]`, highest first and NaN last; 0 and −0 are equal.
 * A radix sort over the bits of the double, which sort like whole numbers once the sign is folded in.
 */
export function orderByDescendingScore(order: Int32Array, scores: Float64Array): Int32Array {
  const keys = new Uint32Array(2 * scores.length);
  const [low, high] = wordOrder;
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  for (let i = 0; i < scores.length; i++) {
    double[0] = -scores[i];
    const isNegative = double[0] < 0;
    // 0 and −0 get the same key, as neither is negative and the sign bit is set for both.
    keys[2 * i] = isNegative ? ~words[low] : words[low];
    // A NaN may carry either sign; with this one its key lies above that of Infinity.
    keys[2 * i + 1] = isNegative ? ~words[high] : words[high] | 0x80000000;
  }
  let sorted = order;
  for (const word of [0, 1]) {
    for (let shift = 0; shift < 32; shift += digitBits) {
      sorted = orderByDigit(sorted, keys, word, shift);
    }
  }
  return sorted;
}

function orderByDigit(
  order: Int32Array,
  keys: Uint32Array,
  word: number,
  shift: number,
): Int32Array {
  const next = new Int32Array(digitMask + 2);
  for (let i = 0; i < order.length; i++) {
    next[((keys[2 * order[i] + word] >>> shift) & digitMask) + 1]++;
  }
  for (let digit = 0; digit <= digitMask; digit++) next[digit + 1] += next[digit];
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const position = order[i];
    sorted[next[(keys[2 * position + word] >>> shift) & digitMask]++] = position;
  }
  return sorted;
}

/** Which 32-bit half of a double comes first in memory, as `[low, high]`. */
const wordOrder: readonly [number, number] =
  new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? [1, 0] : [0, 1];
