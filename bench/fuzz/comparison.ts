// Holding our numbers against a peer's.

export interface Comparison {
  numbers: number;
  /** Infinity where one side has a text, a length or a NaN that the other has not. */
  largestDifference: number;
  /** Where the largest difference is, in words. */
  worst?: string;
}

type Values = ArrayLike<number | string>;

/** Compares lists of the same name element by element. Texts must be equal. */
export function compareNumbers(
  ours: Record<string, Values>,
  theirs: Record<string, Values>,
): Comparison {
  const comparison: Comparison = { numbers: 0, largestDifference: 0 };
  for (const [name, values] of Object.entries(ours)) {
    const others = theirs[name];
    if (values.length !== others.length) {
      const worst = `${name}: ${values.length} values, the peer has ${others.length}`;
      return { ...comparison, largestDifference: Number.POSITIVE_INFINITY, worst };
    }
    comparison.numbers += values.length;
    for (let index = 0; index < values.length; index++) {
      const difference = differenceOf(values[index], others[index]);
      if (difference <= comparison.largestDifference) continue;
      comparison.largestDifference = difference;
      comparison.worst = `${name}[${index}] is ${values[index]}, the peer has ${others[index]}`;
    }
  }
  return comparison;
}

function differenceOf(ours: number | string, theirs: number | string): number {
  if (Object.is(ours, theirs) || ours === theirs) return 0;
  if (typeof ours === 'string' || typeof theirs === 'string') return Number.POSITIVE_INFINITY;
  const difference = Math.abs(ours - theirs);
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
}
