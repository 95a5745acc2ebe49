// What a conversion did, and what did not fit through.

import { inEnglish, type Loss, lossFeatures } from '@migaki/coco';
import { section } from '../terminal/section.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, printable, thousands, wrap } from '../terminal/words.ts';

export interface ConversionReport {
  /** Paths, as they were given. */
  input: string;
  output: string;
  /** Names of formats. */
  from: string;
  to: string;
  pictures: number;
  annotations: number;
  categories: number;
  writtenFiles: number;
  writtenPictures: number;
  losses: StagedLoss[];
}

/** `read`: COCO could not say it, or it could not be understood. `write`: the other format could not say it. */
export interface StagedLoss extends Loss {
  stage: 'read' | 'write';
}

const maxTextColumns = 100;
const shownExamples = 1;

/** @param allExamples not only the first of each loss, but all that were kept */
export function conversionText(
  report: ConversionReport,
  terminal: Terminal,
  allExamples = false,
): string {
  const { paint } = terminal;
  const { input, output, from, to, losses } = report;
  const read = [
    counted(report.pictures, 'picture'),
    counted(report.annotations, 'annotation'),
    counted(report.categories, 'category'),
  ];
  const written = [counted(report.writtenFiles, 'file')];
  if (report.writtenPictures > 0) written.push(counted(report.writtenPictures, 'picture'));
  const stages = (['read', 'write'] as const).map((stage) => {
    const ofStage = losses.filter((loss) => loss.stage === stage);
    const title = stage === 'read' ? `Lost on the way from ${from}` : `Lost on the way to ${to}`;
    return section(title, lossText(ofStage, terminal, allExamples), terminal);
  });
  return [
    `${paint('bold', printable(input))}  ${paint('dim', `${from}: ${read.join(', ')}`)}\n`,
    `${paint('bold', printable(output))}  ${paint('dim', `${to}: ${written.join(', ')}`)}\n`,
    ...stages,
    losses.length === 0 ? `\n${paint('green', '✔')} Nothing was lost.\n` : '',
  ].join('');
}

function lossText(
  losses: readonly StagedLoss[],
  { columns, paint }: Terminal,
  allExamples: boolean,
): string {
  const width = Math.min(columns, maxTextColumns);
  if (losses.length === 0) return '';
  const countWidth = Math.max(...losses.map(({ count }) => thousands(count).length));
  const indent = ' '.repeat(countWidth + 4);
  return losses
    .flatMap(({ feature, count, examples }) => [
      `  ${thousands(count).padStart(countWidth)}  ${lossFeatures[feature]}`,
      ...examples
        // Each fault has its own reason.
        .slice(0, allExamples || feature === 'unusable-records' ? undefined : shownExamples)
        .map((example) => paint('dim', wrap(printable(inEnglish(example)), width, indent))),
    ])
    .join('\n');
}
