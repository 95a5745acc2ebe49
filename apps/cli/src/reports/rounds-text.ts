// What a model saved and how good it became, as text: the page Rounds in a terminal.

import type { Round, Savings } from '@migaki/api';
import { type Column, drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, duration, percent, printable, thousands } from '../terminal/words.ts';
import { favouredText } from './favoured-text.ts';

export function roundsText(rounds: readonly Round[], savings: Savings, terminal: Terminal): string {
  const sections = [
    section('Labels', labelLines(savings), terminal),
    section('Actions', actionLines(savings), terminal),
    section('Time', timeLines(savings), terminal),
    section('Mistakes', mistakeLines(savings), terminal),
    section('Rounds', rounds.length === 0 ? ['No model was made of it yet.'] : [], terminal),
  ];
  if (rounds.length > 0) sections.push(roundTable(rounds, terminal));
  const against = rounds.findLast(({ measuredAgainst }) => measuredAgainst !== null);
  sections.push(...favouredText(against?.measuredAgainst ?? null).map((note) => `  ${note}`));
  return sections.join('\n');
}

const section = (title: string, lines: readonly string[], { paint }: Terminal): string =>
  [paint('bold', title), ...lines.map((line) => `  ${line}`)].join('\n');

function labelLines({ labels }: Savings): string[] {
  const { accepted, corrected, drawn, imported } = labels;
  const total = accepted + corrected + drawn + imported;
  if (total === 0) return ['There are none yet.'];
  const of = (count: number, words: string) =>
    count === 0 ? [] : [`${percent(count, total)} ${words} (${thousands(count)})`];
  return [
    ...of(accepted, 'accepted as they were proposed'),
    ...of(corrected, 'proposed and corrected'),
    ...of(drawn, 'drawn'),
    ...of(imported, 'imported'),
  ];
}

function actionLines({ work }: Savings): string[] {
  const { pictureCount, corrections, actions, actionsFromScratch, acceptedAtOnce } = work;
  const unseen =
    acceptedAtOnce === 0
      ? []
      : [`${counted(acceptedAtOnce, 'object')} accepted on several pictures at once, not counted`];
  if (pictureCount === 0) {
    return ['No proposals were looked over yet: migaki preannotate.', ...unseen];
  }
  const { accept, reclass, nudge, reject, draw } = corrections;
  return [
    `${thousands(actions)} instead of ${thousands(actionsFromScratch)} to draw the same, on ${counted(pictureCount, 'picture')}`,
    `${thousands(accept)} right as proposed, ${thousands(reclass)} re-classed, ${thousands(nudge)} moved, ` +
      `${thousands(reject)} rejected, ${thousands(draw)} drawn`,
    ...unseen,
  ];
}

function timeLines({ time, controls }: Savings): string[] {
  const { recordedMillis, assisted, byHand, saved, leastCount } = time;
  const lines = [
    recordedMillis === 0
      ? 'No time was recorded: pages record it, programs may tell it.'
      : `${duration(recordedMillis / 1000)} recorded`,
  ];
  if (saved !== null) {
    const each = (millis: number | null) => seconds(millis ?? 0);
    return [
      ...lines,
      `${signedPercent(saved.share)} saved (95 %: ${signedPercent(saved.low)} to ${signedPercent(saved.high)}): ` +
        `${each(assisted.millisPerObject)} an object with proposals, ${each(byHand.millisPerObject)} without`,
      `measured on ${counted(assisted.pictureCount, 'picture')} with and ${thousands(byHand.pictureCount)} without`,
    ];
  }
  if (controls.count + assisted.pictureCount + byHand.pictureCount === 0) {
    return [...lines, 'What proposals save is measured with migaki preannotate --controls 10%.'];
  }
  return [
    ...lines,
    `Too few to tell what proposals save: time was recorded on ${assisted.pictureCount} pictures with them and ` +
      `${byHand.pictureCount} without, and it takes ${leastCount} of each.`,
  ];
}

function mistakeLines({ mistakes }: Savings): string[] {
  const { openCount, judgedCount, slippedCount, rate, byKind } = mistakes;
  if (rate === null && openCount === 0)
    return ['How many slip through is measured with migaki preannotate --mistakes 10%.'];
  if (rate === null)
    return [`${counted(openCount, 'mistake')} slipped in, none on a picture that is looked over.`];
  return [
    `${slippedCount} of ${judgedCount} slipped through: ${signedPercent(rate.share)} ` +
      `(95 %: ${signedPercent(rate.low)} to ${signedPercent(rate.high)})`,
    ...byKind
      .filter((each) => each.judgedCount > 0)
      .map((each) => `${kindNames[each.kind]}: ${each.slippedCount} of ${each.judgedCount}`),
  ];
}

const kindNames = {
  overlooked: 'left out',
  misplaced: 'beside its object',
  swapped: 'of another category',
  invented: 'where nothing is',
} as const satisfies Record<Savings['mistakes']['byKind'][number]['kind'], string>;

const seconds = (millis: number): string => `${(millis / 1000).toFixed(1)} s`;
const signedPercent = (share: number): string => `${Math.round(100 * share)} %`;

function roundTable(rounds: readonly Round[], terminal: Terminal): string {
  const columns: readonly Column[] = [
    { title: 'Model', maxCharacters: 40 },
    { title: 'Pictures', align: 'right' },
    { title: 'Labels', align: 'right' },
    { title: 'Work', align: 'right' },
    { title: 'Training', align: 'right' },
    { title: 'Quality', align: 'right' },
  ];
  const count = (value: number | null) => (value === null ? '–' : thousands(value));
  const rows = rounds.map((round) => [
    printable(`${round.model.name}@${round.model.version}`) + (round.isDeleted ? ' (deleted)' : ''),
    count(round.imageCount),
    count(round.annotationCount),
    round.workMillis === null ? 'not recorded' : duration(round.workMillis / 1000),
    round.trainingSeconds === null ? '–' : duration(round.trainingSeconds),
    round.metric === null || round.score === null
      ? '–'
      : `${round.metric} ${round.score.toFixed(3)}`,
  ]);
  return drawTable(columns, rows, terminal);
}
