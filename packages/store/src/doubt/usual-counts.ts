// How many objects of a category a picture of a dataset usually has, and how odd another number is. Median and median
// deviation, so that the odd ones themselves do not move it.

/** Of pictures on which anything was labelled or proposed. */
export interface UsualCount {
  categoryId: number;
  median: number;
  /** As far as two thirds of the pictures lie from the median, one at least. */
  spread: number;
}

/** Fewer pictures tell nothing. */
const leastPictures = 8;

/** @param histogram how many pictures have how many objects of the category, those without any as well */
export function usualCountOf(
  categoryId: number,
  histogram: readonly { count: number; pictures: number }[],
): UsualCount | null {
  if (histogram.reduce((sum, { pictures }) => sum + pictures, 0) < leastPictures) return null;
  const median = medianOf(histogram);
  const away = histogram.map(({ count, pictures }) => ({
    count: Math.abs(count - median),
    pictures,
  }));
  // 1.4826 median deviations are a standard deviation where counts are spread as usual.
  return { categoryId, median, spread: Math.max(1, Math.sqrt(median), 1.4826 * medianOf(away)) };
}

function medianOf(histogram: readonly { count: number; pictures: number }[]): number {
  const sorted = histogram.toSorted((a, b) => a.count - b.count);
  const half = sorted.reduce((sum, { pictures }) => sum + pictures, 0) / 2;
  let seen = 0;
  for (const { count, pictures } of sorted) {
    seen += pictures;
    if (seen >= half) return count;
  }
  return 0;
}

/** From 0, not farther from the median than two spreads, to 1, five and more. */
export const oddness = (count: number, { median, spread }: UsualCount): number =>
  Math.min(1, Math.max(0, (Math.abs(count - median) / spread - 2) / 3));
