// Settings of any program as people read them. Pure.

/** `learningRate` and `weight_decay` as words. @example wordsOf('learningRate') // 'learning rate' */
export const wordsOf = (name: string): string =>
  name
    .replace(/_/g, ' ')
    .replace(
      /([a-z\d])([A-Z])/g,
      (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`,
    );

/** Numbers of this size or less are written as they are; 0.0003 would be 0 with three digits after the point. */
const mostDigits = 4;

/**
 * A value in few characters. Whole numbers have all their digits, others those that matter; what has parts is JSON.
 *
 * @param words for yes and no
 */
export function valueText(
  value: unknown,
  language: string,
  words: { yes: string; no: string },
): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return numberText(value, language);
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    return value.map((each) => valueText(each, language, words)).join(', ');
  }
  return JSON.stringify(value);
}

/** What runs of other programs log beside their scores: of these the size matters, not the place of the point. */
const isLearningRate = (name: string): boolean =>
  /(^|[^a-z])lr([^a-z]|$)|learning.?rate/i.test(name);

/**
 * A number of a table of scores: so many digits that numbers under each other can be compared, and never an exponent.
 *
 * @example scoreText('AP', 0.000036, 'en') // '0.0000'
 */
export function scoreText(name: string, value: number, language: string): string {
  const isSmall = Math.abs(value) <= 1;
  if (!isSmall || isLearningRate(name)) return numberText(value, language);
  return value.toLocaleString(language, {
    minimumFractionDigits: mostDigits,
    maximumFractionDigits: mostDigits,
    // Never −0.0000.
    signDisplay: 'negative',
  });
}

/** @example numberText(0.000312345, 'en') // '3.123e-4' */
export function numberText(value: number, language: string): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return value.toLocaleString(language);
  if (Math.abs(value) < 1e-3) return value.toExponential(mostDigits - 1).replace(/\.?0+e/, 'e');
  return value.toLocaleString(language, { maximumSignificantDigits: mostDigits });
}
