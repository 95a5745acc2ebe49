import {
  type CocoFile,
  type Problem,
  type ProblemCode,
  problemKinds,
  validateCoco,
  writeCoco,
} from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { readCocoFile, readGroundTruth } from '../files/read-coco-file.ts';
import { isThere, writeFileWhole } from '../files/write-file.ts';
import { section } from '../terminal/section.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, printable, thousands, wrap } from '../terminal/words.ts';

const shownExamples = 3;
const maxTextColumns = 100;

export const validate = defineCommand({
  name: 'validate',
  summary: 'Find what is wrong in a COCO file, and repair it',
  description:
    'Checks every record of a COCO file (instances, keypoints, captions, panoptic or results): ids, ' +
    'references, boxes, polygons, masks, areas, keypoints. Each problem is told with its place, what ' +
    'was expected and what was found.\n\n' +
    'With --repair a copy is written in which all that has only one meaning is put right; nothing is ' +
    'dropped. What only a person can decide stays as it is. Errors that the copy no longer has do not count.',
  arguments: {
    file: { help: 'A COCO file', completes: 'file' },
  },
  options: {
    all: { kind: 'flag', help: `List every problem, not only ${shownExamples} of each kind` },
    kind: {
      kind: 'choice',
      choices: Object.keys(problemKinds) as ProblemCode[],
      help: 'Look for problems of this kind alone, and list them all',
    },
    against: {
      kind: 'text',
      placeholder: 'file',
      completes: 'file',
      help: 'For a results file: the ground truth whose pictures and categories it names',
    },
    repair: {
      kind: 'text',
      placeholder: 'file',
      completes: 'file',
      help: 'Write a repaired copy to this file',
    },
    overwrite: { kind: 'flag', help: 'Let --repair replace a file that is there' },
  },
  examples: [
    { command: 'npx migaki validate instances_train.json', explains: 'Is this file sound?' },
    {
      command: 'npx migaki validate instances_train.json --repair repaired.json',
      explains: 'Put right what can be put right',
    },
    {
      command: 'npx migaki validate results.json --against instances_val.json',
      explains: 'Do these results fit that ground truth?',
    },
  ],
  exits: ['problems', 'input', 'output'],
  async run({ arguments: { file }, options, startProgress, withStatus }) {
    const { all, kind, against, repair, overwrite } = options;
    if (repair !== undefined && !overwrite && (await isThere(repair))) {
      throw new CliError('output', `${repair} is there already. Add --overwrite to replace it.`);
    }
    const groundTruth =
      against === undefined ? undefined : await readGroundTruth(against, startProgress);
    const coco = await readCocoFile(file, startProgress);
    const { problems: allProblems, repaired } = withStatus('Checking every record', () =>
      validateCoco(coco, groundTruth),
    );
    if (repair !== undefined) await writeFileWhole(repair, writeCoco(rootOf(repaired)));

    const problems =
      kind === undefined ? allProblems : allProblems.filter(({ code }) => code === kind);
    const report: Report = {
      file,
      kind: coco.kind,
      errors: problems.filter(({ severity }) => severity === 'error').length,
      warnings: problems.filter(({ severity }) => severity === 'warning').length,
      repairable: problems.filter(({ repair: how }) => how !== null).length,
      repairedFile: repair ?? null,
      kinds: groupByKind(problems),
      problems,
    };
    const examples = all || kind !== undefined ? Number.POSITIVE_INFINITY : shownExamples;
    const isSound = !problems.some(
      (problem) => problem.severity === 'error' && (repair === undefined || !problem.repair),
    );
    return {
      exit: isSound ? 'ok' : 'problems',
      report: () => report,
      text: (terminal) => reportText(report, recordCounts(coco), examples, terminal),
    };
  },
});

interface Report {
  file: string;
  kind: CocoFile['kind'];
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

/** What the file's root is in JSON. */
function rootOf(file: CocoFile): Record<string, unknown> | unknown[] {
  return file.kind === 'results' ? file.results : { ...file.dataset };
}

function recordCounts(file: CocoFile): string {
  if (file.kind === 'results') return counted(file.results.length, 'result');
  const { images, annotations, categories } = file.dataset;
  const counts = [counted(images.length, 'picture'), counted(annotations.length, 'annotation')];
  if (categories !== undefined) counts.push(counted((categories as []).length, 'category'));
  return counts.join(', ');
}

function reportText(report: Report, records: string, examples: number, terminal: Terminal): string {
  const { paint } = terminal;
  const { file, kind, kinds, problems } = report;
  const head = `${paint('bold', printable(file))}  ${paint('dim', `${kind}: ${records}`)}\n`;
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
function verdictText(report: Report, { paint }: Terminal): string {
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
