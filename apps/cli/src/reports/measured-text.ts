// What a model is worth on a version of a dataset, as people read it.

import { type Evaluation, outcomes } from '@migaki/api';
import type { Words } from '@migaki/coco';
import { drawBarTable } from '../terminal/bar-table.ts';
import { section } from '../terminal/section.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, printable, thousands, wrap } from '../terminal/words.ts';
import { confusionTable } from './confusion-table.ts';
import { favouredText } from './favoured-text.ts';
import { scoreFigure } from './run-text.ts';
import { problemLines } from './transfer.ts';

const shownProblems = 20;

export function measuredText(
  measured: Evaluation,
  problems: { file: Words; message: Words }[],
  terminal: Terminal,
): string {
  const { paint } = terminal;
  const { modelName, dataset, imageCount, leftOut, confusion, classes } = measured;
  const names = [...classes.map(({ name }) => name), 'background'];
  // Of many identities a matrix says nothing.
  const matrix =
    confusion.length > 0 && measured.task !== 'embed'
      ? confusionTable({ classes: names, counts: confusion }, terminal)
      : '';
  const { problemCount } = leftOut;
  return [
    `${paint('bold', printable(modelName))} on ${paint('bold', printable(`${dataset.name}@${dataset.version}`))}  ${paint('dim', `${counted(imageCount, 'picture')}, evaluation ${measured.id}`)}\n`,
    section('Scores', scoreTable(measured, terminal), terminal),
    section('Categories', categoryTable(measured, terminal), terminal),
    section(outcomeTitle(measured), outcomeTable(measured, terminal), terminal),
    section('Taken for which', matrix, terminal),
    problemCount === 0
      ? ''
      : section(
          `Not looked at (${thousands(problemCount)})`,
          problemLines({ problems, problemCount }, shownProblems).join('\n'),
          terminal,
        ),
    ...notes(measured).map((note) => `\n${paint('dim', wrap(note, terminal.columns, ''))}\n`),
  ].join('');
}

function scoreTable({ metrics, primaryMetric }: Evaluation, terminal: Terminal): string {
  const rows = Object.entries(metrics).sort(
    ([a], [b]) => Number(b === primaryMetric) - Number(a === primaryMetric),
  );
  return drawTable(
    [{ title: '' }, { title: '', align: 'right' }],
    rows.map(([name, value]) => [name, scoreFigure(value)]),
    terminal,
  );
}

function categoryTable({ classes, perClass, task }: Evaluation, terminal: Terminal): string {
  const names = [...new Set(perClass.flatMap((scores) => Object.keys(scores)))];
  if (names.length === 0 || task === 'embed') return '';
  return drawTable(
    [
      { title: '', maxCharacters: 32 },
      ...names.map((title) => ({ title, align: 'right' as const })),
    ],
    classes.map(({ name }, i) => [
      printable(name),
      ...names.map((metric) => scoreFigure(perClass[i][metric])),
    ]),
    terminal,
  );
}

const outcomeTitle = ({ scoreThreshold }: Evaluation): string =>
  scoreThreshold === null
    ? 'Outcomes'
    : `Outcomes from a score of ${scoreFigure(scoreThreshold)} on`;

function outcomeTable({ outcomes: counts }: Evaluation, terminal: Terminal): string {
  const rows = outcomes.flatMap((outcome) => {
    const count = counts[outcome] ?? 0;
    return count === 0 || outcome === 'estimated' ? [] : [{ outcome, count }];
  });
  if (rows.length === 0) return '';
  const most = Math.max(...rows.map(({ count }) => count));
  return drawBarTable(
    { label: '', figures: ['count'] },
    rows.map(({ outcome, count }) => ({
      label: outcome,
      figures: [thousands(count)],
      fraction: count / most,
    })),
    terminal,
  );
}

function notes({ id, leftOut, isTrainedOn, measuredAgainst }: Evaluation): string[] {
  const { learnedCount, undecidedCount, classes, categories } = leftOut;
  const said = [
    ...(isTrainedOn ? ['The model has learned from some of these pictures.'] : []),
    ...favouredText(measuredAgainst),
    ...(learnedCount > 0
      ? [`Left out: ${counted(learnedCount, 'picture')} that it learned from.`]
      : []),
    ...(undecidedCount > 0
      ? [
          `Left out: ${counted(undecidedCount, 'picture')} that nobody has labelled, or looked over to the end.`,
        ]
      : []),
    ...(classes.length > 0
      ? [`Classes that the dataset has no category for: ${printable(classes.join(', '))}.`]
      : []),
    ...(categories.length > 0
      ? [`Categories that the model does not know: ${printable(categories.join(', '))}.`]
      : []),
  ];
  return [said.join(' '), `The pages show each mistake: /evaluations/${id}`].filter(
    (note) => note !== '',
  );
}
