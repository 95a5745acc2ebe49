// What `validate` found: the counts of each kind of problem, and examples with their places.

import { type CocoFile, type Problem, type ProblemCode, problemKinds } from '@migaki/coco';
import { section } from '../terminal/section.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, printable, thousands, wrap } from '../terminal/words.ts';

const maxTextColumns = 100;

export interface ValidationReport {
  file: string;
  kind: CocoFile['kind'];
  /** `205 pictures, 2,805 annotations, 3 categories` */
  contents: string;
  errors: number;
  warnings: number;
  /** How many of them a repaired copy no longer has. */
  repairable: number;
  /** Where that copy was written. */
  repairedFile: string | null;
  /** Errors first, the most frequent first. */
  kinds: KindCount[];
  problems: readonly Problem[];
}

interface KindCount {
  code: ProblemCode;
  severity: Problem['severity'];
  meaning: string;
  count: number;
  repairable: number;
}

/**
 * @param problems those to be told
 * @param repairedFile where the repaired copy was written, if it was
 */
export function validationReport(
  file: string,
  coco: CocoFile,
  problems: readonly Problem[],
  repairedFile: string | undefined,
): ValidationReport {
  return {
    file,
    kind: coco.kind,
    contents: recordCounts(coco),
    errors: problems.filter(({ severity }) => severity === 'error').length,
    warnings: problems.filter(({ severity }) => severity === 'warning').length,
    repairable: problems.filter(({ repair }) => repair !== null).length,
    repairedFile: repairedFile ?? null,
    kinds: groupByKind(problems),
    problems,
  };
}

function groupByKind(problems: readonly Problem[]): KindCount[] {
  const groups = new Map<ProblemCode, KindCount>();
  for (const { code, repair } of problems) {
    const [severity, meaning] = problemKinds[code];
    const group = groups.get(code) ?? { code, severity, meaning, count: 0, repairable: 0 };
    group.count += 1;
    if (repair !== null) group.repairable += 1;
    groups.set(code, group);
  }
  return [...groups.values()].sort(
    (a, b) => a.severity.localeCompare(b.severity) || b.count - a.count,
  );
}

function recordCounts(file: CocoFile): string {
  if (file.kind === 'results') return counted(file.results.length, 'result');
  const { images, annotations, categories } = file.dataset;
  const counts = [counted(images.length, 'picture'), counted(annotations.length, 'annotation')];
  if (categories !== undefined) counts.push(counted((categories as []).length, 'category'));
  return counts.join(', ');
}

/** @param examples how many problems of each kind are shown */
export function validationText(
  report: ValidationReport,
  examples: number,
  terminal: Terminal,
): string {
  const { paint } = terminal;
  const { file, kind, contents, kinds, problems } = report;
  const head = `${paint('bold', printable(file))}  ${paint('dim', `${kind}: ${contents}`)}\n`;
  const verdict = verdictText(report, terminal);
  if (problems.length === 0) return `${head}\n${verdict}\n`;
  const details = kinds.map((group) => {
    const ofKind = problems.filter(({ code }) => code === group.code);
    return section(group.code, exampleText(group, ofKind, examples, terminal), terminal);
  });
  return [
    head,
    section('Problems', kindTable(kinds, terminal), terminal),
    ...details,
    `\n${verdict}\n`,
  ].join('');
}

function kindTable(kinds: readonly KindCount[], terminal: Terminal): string {
  const { paint } = terminal;
  return drawTable(
    [
      { title: '' },
      { title: 'kind' },
      { title: 'count', align: 'right' },
      { title: 'repairable', align: 'right' },
    ],
    kinds.map(({ code, severity, count, repairable }) => [
      paint(severity === 'error' ? 'red' : 'yellow', severity),
      code,
      thousands(count),
      repairable === 0 ? paint('dim', '–') : thousands(repairable),
    ]),
    terminal,
  );
}

function exampleText(
  { code, meaning }: KindCount,
  problems: readonly Problem[],
  examples: number,
  { columns, paint }: Terminal,
): string {
  const width = Math.min(columns, maxTextColumns);
  const lines = [wrap(meaning, width, '  ')];
  for (const { path, expected, found, repair } of problems.slice(0, examples)) {
    lines.push(`  ${paint('cyan', printable(path))}`);
    lines.push(wrap(printable(`expected ${expected}, found ${found}`), width, '    '));
    if (repair !== null)
      lines.push(paint('dim', wrap(printable(`repair: ${repair}`), width, '    ')));
  }
  if (problems.length > examples) {
    const further = thousands(problems.length - examples);
    lines.push(`  ${paint('dim', `and ${further} more: see them with --kind ${code}`)}`);
  }
  return lines.join('\n');
}

/** The last line: how bad it is, and what can be done about it. */
function verdictText(report: ValidationReport, { paint }: Terminal): string {
  const { file, errors, warnings, repairable, repairedFile } = report;
  const count = errors + warnings;
  if (count === 0) {
    const copied = repairedFile === null ? '' : ` Wrote ${printable(repairedFile)}.`;
    return `${paint('green', '✔')} No problems.${copied}`;
  }
  const mark = errors > 0 ? paint('red', '✖') : paint('yellow', '!');
  const counts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ];
  let advice = 'Only a person can decide what was meant.';
  if (repairedFile !== null) {
    const left = count - repairable;
    advice = `Wrote ${printable(repairedFile)} with ${counted(repairable, 'repair')}, ${thousands(left)} left for a person to decide.`;
  } else if (repairable > 0) {
    advice = `${thousands(repairable)} can be repaired: npx migaki validate ${printable(file)} --repair OUT.json`;
  }
  return `${mark} ${counts.join(', ')}. ${advice}`;
}
