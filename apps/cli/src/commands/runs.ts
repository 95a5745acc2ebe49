import { inEnglish } from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import { defineCommand, type Outcome } from '../definition/command.ts';
import { figure, pinText, referenceText, runTable, scoreFigure } from '../reports/run-text.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { duration, printable, thousands } from '../terminal/words.ts';
import { dataOption } from '../workbench/data-option.ts';
import { type OpenWorkbench, withWorkbench } from '../workbench/with-workbench.ts';

type Client = OpenWorkbench['client'];

interface Call {
  client: Client;
  /** Numbers of runs, those that are named. */
  ids: readonly number[];
  /** Words after the action. */
  words: readonly string[];
  options: { sort: string | undefined; note: string | undefined };
}

type Action = (call: Call) => Promise<Omit<Outcome, 'exit'>>;

const listed = 50;

const actions = {
  async list({ client, words, options: { sort } }) {
    const page = await client.listRuns({ query: { q: words.join(' '), sort, limit: listed } });
    if (sort !== undefined && page.total > 0) checkSort(sort, page);
    return {
      report: () => plainEnglish(page.items),
      text: (terminal) =>
        [
          runTable(page.items, terminal),
          terminal.paint('dim', `  ${thousands(page.items.length)} of ${thousands(page.total)}`),
        ].join('\n'),
    };
  },
  async show({ client, ids }) {
    const run = await client.getRun({ params: { runId: one(ids) } });
    return {
      report: () => plainEnglish(run),
      text: (terminal) => runDetails(run, terminal),
    };
  },
  async compare({ client, ids }) {
    if (ids.length < 2) throw new CliError('usage', 'Expected the numbers of two runs or more.');
    const comparison = await client.compareRuns({ query: { runs: ids.join(',') } });
    return {
      report: () => plainEnglish(comparison),
      text: (terminal) => comparisonText(comparison, terminal),
    };
  },
  async log({ client, ids }) {
    const { jobId } = await client.getRun({ params: { runId: one(ids) } });
    const { lines } =
      jobId === null ? { lines: [] } : await client.getJobLog({ params: { jobId }, query: {} });
    const text = () =>
      lines
        .map(({ at, level, text: said }) => `${at} ${level} ${printable(inEnglish(said))}`)
        .join('\n');
    return { report: () => plainEnglish(lines), text };
  },
  async cancel({ client, ids }) {
    const run = await client.cancelRun({ params: { runId: one(ids) } });
    const text = () =>
      `  ${printable(run.name)} is being ended early; what it has learned is kept.`;
    return { report: () => plainEnglish(run), text };
  },
  async resume({ client, ids }) {
    const run = await client.resumeRun({ params: { runId: one(ids) } });
    const text = () =>
      `  ${printable(run.name)} is queued. A workbench that runs goes on with it; npx migaki train --resume does so here.`;
    return { report: () => plainEnglish(run), text };
  },
  async note({ client, ids, options: { note: notes } }) {
    if (notes === undefined) throw new CliError('usage', 'Expected --note with a text.');
    const run = await client.changeRun({ params: { runId: one(ids) }, body: { notes } });
    return { report: () => plainEnglish(run), text: () => `  Noted on ${printable(run.name)}.` };
  },
  async delete({ client, ids }) {
    for (const runId of ids.length === 0 ? [one(ids)] : ids) {
      await client.deleteRun({ params: { runId } });
    }
    const text = () => `  Deleted: ${ids.join(', ')}. Models that came of them stay.`;
    return { report: () => ({ deleted: ids }), text };
  },
} satisfies Record<string, Action>;

/** An order by what no run has would be none, silently. */
function checkSort(
  sort: string,
  { metrics, settings }: { metrics: readonly { name: string }[]; settings: readonly string[] },
): void {
  const [, kind, name] = /^-?(metric|setting):(.+)$/.exec(sort) ?? [];
  if (kind === undefined) return;
  const known = kind === 'metric' ? metrics.map((metric) => metric.name) : settings;
  if (known.includes(name)) return;
  const there = known.length === 0 ? 'none' : known.join(', ');
  throw new CliError('usage', `No run listed has the ${kind} ${name}. There are: ${there}.`);
}

type Verb = keyof typeof actions;

export const runs = defineCommand({
  name: 'runs',
  summary: 'List the trainings of the workbench; show, compare, cancel, resume, delete',
  description:
    `list [WORDS]: the last ${listed} runs, or those with the words in their names, notes, datasets or models. ` +
    'show RUN: settings, scores, files. compare RUN RUN …: side by side. log RUN: what it noted. cancel RUN: ends it ' +
    'early, with what it has learned. resume RUN. note RUN --note TEXT. delete RUN …: with curves and files; ' +
    'models stay.',
  arguments: {
    action: { help: 'What to do', choices: Object.keys(actions) as Verb[], optional: true },
    words: { help: 'Numbers of runs', optional: true, rest: true },
  },
  options: {
    sort: {
      kind: 'text',
      placeholder: 'column',
      help: 'Of the list: createdAt, name, state, task, score, dataset, seconds, metric:NAME or setting:NAME, with - for the greatest first (default: -createdAt)',
    },
    note: { kind: 'text', placeholder: 'text', help: 'What to remember of a run' },
    data: dataOption,
  },
  examples: [
    { command: 'npx migaki runs list --sort=-metric:AP', explains: 'The best first' },
    {
      command: 'npx migaki runs compare 11 12',
      explains: 'What is different, and which is better?',
    },
    { command: 'npx migaki runs cancel 12', explains: 'Enough of this one' },
  ],
  exits: ['input', 'service'],
  async run({ arguments: { action = 'list', words }, options }) {
    const ids = action === 'list' ? [] : words.map(runNumber);
    return withWorkbench({ data: options.data, runsJobs: false }, async ({ client }) => {
      const outcome = await (actions[action] as Action)({ client, ids, words, options });
      return { exit: 'ok', ...outcome };
    });
  },
});

/** @throws CliError `usage` */
function runNumber(word: string): number {
  if (/^\d{1,9}$/.test(word)) return Number(word);
  throw new CliError('usage', `Expected the number of a run, found ${word}. See: npx migaki runs`);
}

/** @throws CliError `usage` */
function one(ids: readonly number[]): number {
  if (ids.length === 1) return ids[0];
  throw new CliError('usage', `Expected the number of one run, found ${ids.length || 'nothing'}.`);
}

const shown = (value: unknown): string =>
  typeof value === 'number'
    ? figure(value)
    : typeof value === 'string'
      ? printable(value)
      : value === null || value === undefined
        ? '–'
        : JSON.stringify(value);

function runDetails(run: Awaited<ReturnType<Client['getRun']>>, terminal: Terminal): string {
  const rows: [string, string][] = [
    ['run', `${run.id}  ${printable(run.name)}`],
    ['state', run.state],
    ...(run.error === null ? [] : [['error', printable(run.error.message)] as [string, string]]),
    ['learned from', pinText(run.dataset)],
    ...(run.validation === null
      ? []
      : [['validated with', pinText(run.validation)] as [string, string]]),
    ...(run.init === null ? [] : [['began from', printable(run.init.name)] as [string, string]]),
    ['models', printable(run.models.map(referenceText).join(', ')) || '–'],
    ['time', run.elapsedSeconds === null ? '–' : duration(run.elapsedSeconds)],
    ...(run.notes === '' ? [] : [['notes', printable(run.notes)] as [string, string]]),
  ];
  const scores = Object.entries(run.metrics).map(([name, value]) => [name, scoreFigure(value)]);
  const settings = Object.entries({ ...run.settled, ...run.settings }).map(([name, value]) => [
    name,
    shown(value),
  ]);
  const columns = [{ title: '' }, { title: '', maxCharacters: 60 }];
  return [rows, scores, settings]
    .filter((part) => part.length > 0)
    .map((part) => drawTable(columns, part, terminal))
    .join('\n\n');
}

function comparisonText(
  { runs: compared, settings, metrics }: Awaited<ReturnType<Client['compareRuns']>>,
  terminal: Terminal,
): string {
  const titles = compared.map(({ id }) => ({ title: `run ${id}`, align: 'right' as const }));
  const columns = [{ title: '' }, ...titles];
  const scores = metrics.map(({ name, values, best }) => [
    name,
    ...values.map((value, index) =>
      best.includes(index)
        ? terminal.paint('green', `${scoreFigure(value)} ★`)
        : scoreFigure(value),
    ),
  ]);
  const differing = settings
    .filter(({ isSame }) => !isSame)
    .map(({ name, values }) => [name, ...values.map(shown)]);
  return [
    drawTable(
      columns,
      [['name', ...compared.map(({ name }) => printable(name))], ...scores],
      terminal,
    ),
    differing.length === 0
      ? '  Their settings are the same.'
      : drawTable(columns, differing, terminal),
  ].join('\n\n');
}
