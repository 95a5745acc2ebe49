// Values of options that are more than a word.

import { CliError } from '../cli-error.ts';

/** `a=b,c=d` @throws CliError `usage` */
export function pairsOf(text: string, option: string): Record<string, string> {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  return Object.fromEntries(
    parts.map((part) => {
      const [from, to, ...more] = part.split('=').map((side) => side.trim());
      if (from !== '' && to !== undefined && to !== '' && more.length === 0) return [from, to];
      throw new CliError('usage', `Expected ${option} with pairs such as a=b,c=d, found ${part}.`);
    }),
  );
}

/** @throws CliError `usage` */
export function scoreOf(text: string, option: string): number {
  const score = Number(text);
  if (score >= 0 && score <= 1) return score;
  throw new CliError('usage', `Expected ${option} with scores from 0 to 1, found ${text}.`);
}

/**
 * From 0 to 1.
 *
 * @throws CliError `usage`
 * @example
 * shareOf('10%', '--controls'); // 0.1
 */
export function shareOf(text: string, option: string): number {
  const isPercent = text.trim().endsWith('%');
  const share = Number(text.trim().replace(/\s*%$/, '')) / (isPercent ? 100 : 1);
  if (text.trim() !== '' && share >= 0 && share <= 1) return share;
  throw new CliError('usage', `Expected ${option} with a share such as 10% or 0.1, found ${text}.`);
}
