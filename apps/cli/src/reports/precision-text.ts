import type { PrecisionScores } from '@migaki/api';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printable } from '../terminal/words.ts';

/** From which score on each class is proposed for a wanted precision, how sure that is, and what of the objects it finds. */
export function precisionText(
  { evaluationId, datasetName, classes }: PrecisionScores,
  precision: number,
  terminal: Terminal,
): string {
  const rows = classes.map(({ name, score, truthCount, measured }) => [
    printable(name),
    score === null ? '–' : score.toFixed(3),
    ...(measured === null
      ? ['too few', '']
      : [
          `${percent(measured.precision.share)} of ${measured.count} (${percent(measured.precision.low)}–${percent(measured.precision.high)})`,
          truthCount === 0 || score === null ? '–' : percent(measured.hitCount / truthCount),
        ]),
    score === null ? 'not reached: nothing of it is proposed' : '',
  ]);
  return [
    terminal.paint(
      'bold',
      `${percent(precision)} right, by evaluation ${evaluationId} on ${printable(datasetName)}:`,
    ),
    drawTable(
      [
        { title: 'Class' },
        { title: 'From a score of', align: 'right' },
        { title: 'Right (between)', align: 'right' },
        { title: 'Finds', align: 'right' },
        { title: '' },
      ],
      rows,
      terminal,
    ),
  ].join('\n');
}

const percent = (share: number) => `${Math.round(100 * share)} %`;
