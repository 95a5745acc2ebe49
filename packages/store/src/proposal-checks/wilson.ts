/** A share with what it may be in truth, all from 0 to 1. */
export interface EstimatedShare {
  share: number;
  low: number;
  high: number;
}

/** Of the normal distribution, for 95 %. */
const z = 1.959964;

/**
 * The share of which a sample had so many, with its interval of 95 % after Wilson (1927), which holds for small samples and
 * for shares near 0 and 1 as well. Null for an empty sample.
 *
 * @example
 * wilson(20, 20); // { share: 1, low: 0.839, high: 1 }
 */
export function wilson(count: number, of: number): EstimatedShare | null {
  if (of === 0) return null;
  const share = count / of;
  const middle = share + (z * z) / (2 * of);
  const reach = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const whole = 1 + (z * z) / of;
  return {
    share,
    low: Math.max(0, (middle - reach) / whole),
    high: Math.min(1, (middle + reach) / whole),
  };
}
