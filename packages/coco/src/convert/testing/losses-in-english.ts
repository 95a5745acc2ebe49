import { inEnglish } from '../../phrase.ts';
import type { Loss } from '../loss.ts';

/** Losses with their examples as people read them. */
export const lossesInEnglish = (losses: readonly Loss[]) =>
  losses.map((loss) => ({ ...loss, examples: loss.examples.map(inEnglish) }));
