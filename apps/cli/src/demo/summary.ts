// What came of the round: for the terminal, and as a page to keep.

import type { Outcome } from '@migaki/api';
import { figure, scoreFigure } from '../reports/run-text.ts';
import { drawBar } from '../terminal/bar.ts';
import { section } from '../terminal/section.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, duration, percent, printable, thousands, wrap } from '../terminal/words.ts';
import type { MeasuredModel, RoundResult } from './round.ts';

const barColumns = 24;

/** Where there are more, the page of the evaluation has them. */
const mostClasses = 8;

type Row = readonly [words: string, of: (model: MeasuredModel) => string];

/** What is told of both models; classes after all of them together. */
function rowsOf({ after }: RoundResult): Row[] {
  const names = Object.keys(after.classes);
  const ofClasses = names.length > mostClasses ? [] : names;
  return [
    ...scoreRows,
    ...ofClasses.map(
      (name): Row => [`AP of ${printable(name)}`, ({ classes }) => scoreFigure(classes[name])],
    ),
    ...outcomeRows,
  ];
}

const scoreRows: readonly Row[] = [
  ['pictures it learned from', ({ pictures }) => figure(pictures)],
  ['AP', ({ AP }) => scoreFigure(AP)],
  ['AP50', ({ AP50 }) => scoreFigure(AP50)],
];

const outcomeRows = (
  [
    ['found and right', 'matched'],
    ['missed', 'missed'],
    ['wrong class', 'wrong class'],
    ['badly placed', 'badly placed'],
    ['found where nothing is', 'background'],
  ] as const satisfies [string, Outcome][]
).map(([words, outcome]): Row => [words, ({ outcomes }) => figure(outcomes[outcome] ?? 0)]);

export function summaryText(result: RoundResult, terminal: Terminal): string {
  const { before, after, work, pictures, mistakes } = result;
  const { paint } = terminal;
  const models = drawTable(
    [
      { title: `on ${counted(pictures.validation, 'picture')} that neither has learned from` },
      { title: before.name, align: 'right' },
      { title: after.name, align: 'right' },
    ],
    rowsOf(result).map(([words, of]) => [words, of(before), of(after)]),
    terminal,
  );
  const share = work.actions / Math.max(1, work.actionsFromScratch);
  const bars = [
    ['with the model', work.actions, share],
    ['drawn by hand', work.actionsFromScratch, 1],
  ] as const;
  return [
    section('The model', models, terminal),
    section(
      `Labelling ${counted(pictures.bare, 'picture')}`,
      [
        ...bars.map(
          ([words, count, part]) =>
            `  ${words.padEnd(16)}${paint('green', drawBar(part, barColumns).padEnd(barColumns))}  ${thousands(count)} actions`,
        ),
        wrap(workText(result), terminal.columns, '  '),
      ].join('\n'),
      terminal,
    ),
    section('Wrong labels', wrap(mistakesText(mistakes), terminal.columns, '  '), terminal),
    section(
      'Champion',
      `  ${result.champion}${result.hasMoved ? '' : ': the new one is not better, so the old one stays'}, after ${duration(result.seconds)}`,
      terminal,
    ),
  ].join('');
}

/** @param picture the file of the picture beside it; null where there is none */
export function summaryPage(result: RoundResult, picture: string | null): string {
  const { before, after, work, pictures, mistakes } = result;
  return [
    `# Once round: ${result.datasetName}`,
    `${counted(pictures.validation + pictures.labelled + pictures.bare + pictures.left, 'picture')} with ${thousands(result.objects)} objects, in ${duration(result.seconds)}. ` +
      `${counted(pictures.labelled, 'picture')} had labels, ${pictures.bare} had none; ${pictures.validation} were kept to measure with` +
      (pictures.left === 0
        ? '.'
        : `, and ${pictures.left} are left to you with the champion’s proposals.`),
    '## The model',
    [
      `| On ${counted(pictures.validation, 'picture')} that neither has learned from | ${before.name} | ${after.name} |`,
      '|---|---:|---:|',
      ...rowsOf(result).map(([words, of]) => `| ${words} | ${of(before)} | ${of(after)} |`),
    ].join('\n'),
    `**${result.champion}** is champion${result.hasMoved ? '' : ': the new one was not better'}.`,
    ...(picture === null
      ? []
      : [
          `![Pictures with what each model finds](${picture})`,
          'Green: found and right. Red: found where nothing is. Orange: wrong class or badly placed. White, dashed: missed.',
        ]),
    '## The work',
    `Labelling ${counted(pictures.bare, 'picture')} took ${thousands(work.actions)} actions instead of ${thousands(work.actionsFromScratch)}. ${workText(result)}`,
    mistakesText(mistakes),
    'The person was simulated: it knew the truth and did what makes the labels say so. An action is a key or a stroke: one key ' +
      'accepts all that is right on a picture; a category, a box that is moved and a rejection are one each; a box that is drawn ' +
      'is two, a stroke and a key.',
    '',
  ].join('\n\n');
}

function workText({ work }: RoundResult): string {
  const { proposals } = work;
  const { accept, reclass, nudge, reject, draw } = work.corrections;
  if (proposals === 0) {
    return `The model was not right half of the time on any class, so nothing was proposed, and ${counted(draw, 'object')} were drawn. More --minutes make a better one.`;
  }
  return (
    `Of ${counted(proposals, 'proposal')}, ${percent(accept, proposals)} were right as they were; ` +
    `${reclass} got another class, ${nudge} were moved, ${reject} rejected; ${draw} objects were drawn.`
  );
}

const mistakesText = ({ made, right, told, taken }: RoundResult['mistakes']): string =>
  `Of ${counted(made, 'label')} made wrong on purpose, ${right} are right now. The model doubted ${told}; ${taken} times its word was taken.`;
