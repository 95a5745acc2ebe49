import { favouredBy, type MeasuredAgainst } from '@migaki/api';
import { printable } from '../terminal/words.ts';

/** That a comparison is not fair, and what to do; nothing where it is. */
export const favouredText = (against: MeasuredAgainst): string[] =>
  favouredBy(against).map(
    ({ model, share }) =>
      `${Math.round(100 * share)} % of the labels that this was measured on are accepted proposals of ${printable(model)}: a comparison ` +
      'favours it. Call some pictures val (their field split) and label these by hand.',
  );
