// An evaluation as people read it: the summary, the categories, and where the errors come from.

import {
  type CategoryDiagnosis,
  type CategoryScores,
  type Diagnosis,
  type FalsePositiveReason,
  falsePositiveReasons,
} from '@migaki/coco';
import { type BarRow, drawBarTable } from '../terminal/bar-table.ts';
import { section } from '../terminal/section.ts';
import { type Column, drawTable, fits } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, duration, percent, printable, thousands, wrap } from '../terminal/words.ts';
import { confusionTable } from './confusion-table.ts';
import type { EvaluationReport } from './evaluation-report.ts';

const shownCategories = 20;
const reasons = Object.keys(falsePositiveReasons) as FalsePositiveReason[];

export interface Details {
  /** All categories, with their areas. */
  perCategory: boolean;
  /** The errors of each category. */
  errors: boolean;
}

export function evaluationText(
  report: EvaluationReport,
  diagnosis: Diagnosis,
  details: Details,
  terminal: Terminal,
): string {
  const { paint } = terminal;
  const { groundTruth, results, type, perCategory } = report;
  const nameOf = new Map(perCategory.map(({ categoryId, name }) => [categoryId, String(name)]));
  return [
    `${paint('bold', printable(results))} against ${paint('bold', printable(groundTruth))}  ${paint('dim', type)}\n`,
    section('Scores', scoreTable(report, terminal), terminal),
    section('Categories', categoryTable(perCategory, details.perCategory, terminal), terminal),
    section('Detections at IoU 0.50', detectionTable(diagnosis, terminal), terminal),
    section('Objects at IoU 0.50', objectTable(diagnosis, terminal), terminal),
    details.errors
      ? section('Errors at IoU 0.50', errorTable(diagnosis, nameOf, terminal), terminal)
      : '',
    report.confusion
      ? section(
          'Taken for which, at IoU 0.50 and a score of at least 0.25',
          confusionTable(report.confusion, terminal),
          terminal,
        )
      : '',
    `\n${paint('dim', footnote(report, terminal))}\n`,
  ].join('');
}

/** `0.505`; a dash where there is nothing to measure. */
function score(value: number): string {
  return value < 0 ? '–' : value.toFixed(3);
}

function scoreTable(report: EvaluationReport, terminal: Terminal): string {
  const { stats, names } = report;
  const rows: BarRow[] = names.map((name, i) => ({
    label: name.padEnd(10) + meaningOf(name, report),
    figures: [score(stats[i])],
    fraction: stats[i],
  }));
  const table = drawBarTable({ label: '', figures: [''] }, rows, terminal);
  const notes = missingScores(report).map((note) =>
    terminal.paint('dim', wrap(note, terminal.columns, '  ')),
  );
  return [table, ...notes].join('\n');
}

/** Why a score is a dash though there are objects: COCO defines it for a limit or threshold that was not asked for. */
function missingScores({ type, iouThresholds, maxDetections }: EvaluationReport): string[] {
  const notes: string[] = [];
  const limit = type === 'keypoints' ? 20 : 100;
  if (!maxDetections.includes(limit)) {
    const scores = type === 'keypoints' ? 'All scores are' : 'AP is';
    notes.push(`${scores} for ${limit} detections, which are not in --max-dets.`);
  }
  for (const threshold of [0.5, 0.75]) {
    if (iouThresholds.includes(threshold)) continue;
    notes.push(`AP${100 * threshold} is for IoU ${iouText(threshold)}, which is not in --iou.`);
  }
  return notes;
}

/** `0.50`; more digits only where they are needed. */
function iouText(threshold: number): string {
  return Number(threshold.toFixed(2)) === threshold ? threshold.toFixed(2) : String(threshold);
}

/** What the mean is over: `IoU 0.50 to 0.95`. */
function meanText(iouThresholds: readonly number[]): string {
  const lowest = Math.min(...iouThresholds);
  const highest = Math.max(...iouThresholds);
  if (lowest === highest) return `IoU ${iouText(lowest)}`;
  const between = iouThresholds.length === 2 ? 'and' : 'to';
  return `IoU ${iouText(lowest)} ${between} ${iouText(highest)}`;
}

/** What the name of a statistic says, in words. */
function meaningOf(name: string, { type, iouThresholds }: EvaluationReport): string {
  const [, metric, rest] = /^(AP|AR)(.*)$/.exec(name) ?? [];
  if (rest === '') return meanText(iouThresholds);
  if (/^\d+$/.test(rest)) {
    return metric === 'AP' || type === 'keypoints'
      ? `IoU 0.${rest}`
      : `up to ${counted(Number(rest), 'detection')}`;
  }
  const areas: Record<string, string> = {
    small: 'area below 32²',
    medium: 'area 32² to 96²',
    large: 'area above 96²',
  };
  return areas[rest] ?? '';
}

function categoryTable(
  categories: readonly CategoryScores[],
  all: boolean,
  terminal: Terminal,
): string {
  if (categories.length === 0) return '';
  const areas = all ? Object.keys(categories[0].byArea).filter((label) => label !== 'all') : [];
  const shown = all
    ? categories
    : categories.toSorted((a, b) => b.truths - a.truths).slice(0, shownCategories);
  const table = drawBarTable(
    {
      label: 'name',
      figures: ['objects', 'AP50', 'AP75', ...areas.map((label) => `AP ${label}`), 'AR', 'AP'],
    },
    shown.map(({ name, truths, ap, ap50, ap75, ar, byArea }) => ({
      label: String(name),
      figures: [
        thousands(truths),
        ...[ap50, ap75, ...areas.map((label) => byArea[label].ap), ar, ap].map(score),
      ],
      fraction: ap,
    })),
    terminal,
  );
  const hidden = categories.length - shown.length;
  if (hidden === 0) return table;
  const note = `${counted(hidden, 'further category')}: see them with --per-category`;
  return `${table}\n${terminal.paint('dim', wrap(note, terminal.columns, '  '))}`;
}

function detectionTable({ categories }: Diagnosis, terminal: Terminal): string {
  const total = (count: (row: CategoryDiagnosis) => number) =>
    categories.reduce((sum, row) => sum + count(row), 0);
  const rows: [label: string, count: number][] = [
    ['right', total(({ detections }) => detections['true positive'])],
    ...reasons.map((reason): [string, number] => [
      reason,
      total(({ falsePositives }) => falsePositives[reason]),
    ]),
    ['on a crowd, not counted', total(({ detections }) => detections.ignored)],
  ];
  return shareTable(rows, 'detections', terminal);
}

function objectTable({ categories }: Diagnosis, terminal: Terminal): string {
  const total = (outcome: keyof CategoryDiagnosis['truths']) =>
    categories.reduce((sum, { truths }) => sum + truths[outcome], 0);
  const rows: [label: string, count: number][] = [
    ['found', total('matched')],
    ['missed', total('missed')],
    ['crowd, not counted', total('ignored')],
  ];
  return shareTable(rows, 'objects', terminal);
}

/** What did not happen is left out, but for the first row. */
function shareTable(
  rows: readonly [label: string, count: number][],
  title: string,
  terminal: Terminal,
): string {
  const whole = rows.reduce((sum, [, count]) => sum + count, 0);
  if (whole === 0) return '';
  return drawBarTable(
    { label: '', figures: [title, 'share'] },
    rows
      .filter(([, count], i) => i === 0 || count > 0)
      .map(([label, count]) => ({
        label,
        figures: [thousands(count), percent(count, whole)],
        fraction: count / whole,
      })),
    terminal,
  );
}

function errorTable(
  { categories }: Diagnosis,
  nameOf: ReadonlyMap<number, string>,
  terminal: Terminal,
): string {
  const shownReasons = reasons.filter((reason) =>
    categories.some(({ falsePositives }) => falsePositives[reason] > 0),
  );
  const titles = ['right', ...shownReasons, 'missed'];
  const rows = categories.map(({ categoryId, detections, falsePositives, truths }) => ({
    name: printable(nameOf.get(categoryId) ?? String(categoryId)),
    counts: [
      detections['true positive'],
      ...shownReasons.map((reason) => falsePositives[reason]),
      truths.missed,
    ].map(thousands),
  }));
  const table = drawTable(
    [
      { title: 'name', maxCharacters: 32 },
      ...titles.map((title): Column => ({ title, align: 'right' })),
    ],
    rows.map(({ name, counts }) => [name, ...counts]),
    terminal,
  );
  const lines = rows
    .map(({ name, counts }) => `${name}: ${counts.map((n, i) => `${n} ${titles[i]}`).join(', ')}`)
    .map((line) => wrap(line, terminal.columns, '  '))
    .join('\n');
  const explanations = shownReasons.map((reason) =>
    terminal.paint(
      'dim',
      wrap(`${reason}: ${falsePositiveReasons[reason]}`, terminal.columns, '  '),
    ),
  );
  return [fits(table, terminal) ? table : lines, '', ...explanations].join('\n');
}

function footnote({ seconds, leftOut }: EvaluationReport, { columns }: Terminal): string {
  const notes = [`Read in ${duration(seconds.read)}, evaluated in ${duration(seconds.evaluate)}.`];
  const { truths, detections, detectionsPastLimit } = leftOut;
  if (truths + detections > 0) {
    notes.push(
      `Of other pictures or categories: ${counted(truths, 'object')}, ${counted(detections, 'detection')}.`,
    );
  }
  if (detectionsPastLimit > 0) {
    notes.push(`Past the limit per picture: ${counted(detectionsPastLimit, 'detection')}.`);
  }
  return notes.map((note) => wrap(note, columns, '')).join('\n');
}
