// Which categories are taken for which: a matrix where the terminal is wide enough, else the most frequent confusions.

import { drawBarTable } from '../terminal/bar-table.ts';
import { type Column, drawTable, fits } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printable, thousands } from '../terminal/words.ts';
import type { ConfusionReport } from './evaluation-report.ts';

const shownConfusions = 20;

/** The whole matrix where it fits, else what is confused most often. */
export function confusionTable(confusion: ConfusionReport, terminal: Terminal): string {
  const classes = confusion.classes.map(printable);
  const matrix = drawTable(
    [
      { title: 'object ↓  detection →' },
      ...classes.map((title): Column => ({ title, align: 'right', maxCharacters: 12 })),
    ],
    confusion.counts.map((row, i) => [
      classes[i],
      ...row.map((count) => (count === 0 ? terminal.paint('dim', '·') : thousands(count))),
    ]),
    terminal,
  );
  return fits(matrix, terminal) ? matrix : frequentConfusions(confusion, terminal);
}

function frequentConfusions({ classes, counts }: ConfusionReport, terminal: Terminal): string {
  const pairs = counts
    .flatMap((row, i) => row.map((count, j) => ({ truth: i, predicted: j, count })))
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .filter(({ truth, predicted }) => Math.max(truth, predicted) < classes.length - 1)
    .sort((a, b) => b.count - a.count);
  if (pairs.length === 0) return '  No category is taken for another.';
  const most = pairs[0].count;
  return drawBarTable(
    { label: 'object → detection', figures: ['count'] },
    pairs.slice(0, shownConfusions).map(({ truth, predicted, count }) => ({
      label: `${classes[truth]} → ${classes[predicted]}`,
      figures: [thousands(count)],
      fraction: count / most,
    })),
    terminal,
  );
}
