import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Job, Routes } from '@migaki/api';
import { inEnglish } from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printable, thousands } from '../terminal/words.ts';
import { dataOption } from '../workbench/data-option.ts';
import { throughOutage } from '../workbench/still-going.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

const actions = ['list', 'log', 'cancel', 'retry'] as const;
const listed = 50;
const pollMillis = 150;
/** Enough of an id to tell jobs apart, and to name one. */
const idCharacters = 8;

export const jobs = defineCommand({
  name: 'jobs',
  summary: 'List the jobs of the workbench, show the log of one, cancel or repeat it',
  description: `Without an action the last ${listed} jobs are listed, the latest first. Cancelling waits until what an import
has brought in is taken back.`,
  arguments: {
    action: { help: 'What to do', choices: actions, optional: true },
    job: { help: 'The job’s id, or how it begins', optional: true },
  },
  options: { data: dataOption },
  examples: [
    { command: 'npx migaki jobs', explains: 'What is going on?' },
    { command: 'npx migaki jobs log 6fa7a30c', explains: 'What did this import say?' },
  ],
  exits: ['input', 'service'],
  async run({ arguments: { action = 'list', job: word }, options: { data }, note }) {
    const ofOne = (job: Job) => ({
      exit: 'ok' as const,
      report: () => plainEnglish(job),
      text: (terminal: Terminal) => jobTable([job], terminal),
    });
    if (action === 'cancel') return ofOne(await cancelJob(data, word, note));
    return withWorkbench({ data, runsJobs: false }, async ({ client }) => {
      if (action === 'list') {
        const { items } = await client.listJobs({ query: { limit: listed } });
        return {
          exit: 'ok',
          report: () => plainEnglish(items),
          text: (terminal) => jobTable(items, terminal),
        };
      }
      const params = { jobId: await jobIdOf(client, word) };
      if (action === 'log') {
        const { lines } = await client.getJobLog({ params, query: {} });
        const text = () =>
          lines
            .map(({ at, level, text: said }) => `${at} ${level} ${printable(inEnglish(said))}`)
            .join('\n');
        return { exit: 'ok', report: () => plainEnglish(lines), text };
      }
      return ofOne(await client.retryJob({ params }));
    });
  },
});

/** An import that had begun has something to take back: that is done at once, too, where no workbench is there to do it. */
async function cancelJob(
  data: string | undefined,
  word: string | undefined,
  note: (text: string) => void,
): Promise<Job> {
  const asked = await withWorkbench({ data, runsJobs: false }, async ({ client }) => {
    const params = { jobId: await jobIdOf(client, word) };
    const before = await client.getJob({ params });
    if (before.finishedAt === null) return client.cancelJob({ params });
    note('There was nothing to cancel: the job had ended.');
    return before;
  });
  if (asked.finishedAt !== null) return asked;
  return withWorkbench({ data, runsJobs: true }, async ({ client, signal }) => {
    for (;;) {
      const job = await throughOutage(() => client.getJob({ params: { jobId: asked.id } }), signal);
      if (job.finishedAt !== null) return job;
      await sleep(pollMillis, null, { signal });
    }
  });
}

/** @throws CliError `usage` without a word, `input` where no job or several begin with it */
async function jobIdOf(client: Client<Routes>, word: string | undefined): Promise<string> {
  if (word === undefined) throw new CliError('usage', 'Expected the id of a job, found none.');
  const { items } = await client.listJobs({ query: { limit: 1000 } });
  const found = items.filter(({ id }) => id.startsWith(word));
  if (found.length === 1) return found[0].id;
  const what = found.length === 0 ? 'none' : `${found.length}`;
  throw new CliError('input', `Expected one job whose id begins with ${word}, found ${what}.`);
}

function jobTable(items: readonly Job[], terminal: Terminal): string {
  if (items.length === 0) return '  No jobs.';
  return drawTable(
    [
      { title: 'id' },
      { title: 'state' },
      { title: 'done', align: 'right' },
      { title: '' },
      { title: 'job', maxCharacters: 50 },
      { title: '', maxCharacters: 60 },
    ],
    items.map(({ id, state, done, unit, title, error }) => [
      id.slice(0, idCharacters),
      state,
      thousands(done),
      unit,
      printable(inEnglish(title)),
      printable(error?.message ?? ''),
    ]),
    terminal,
  );
}
