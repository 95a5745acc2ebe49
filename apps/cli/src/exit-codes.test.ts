// Runs every command into every exit code that its help names, beside a workbench.

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Routes } from '@migaki/api';
import sharp from 'sharp';
import { loadAllCommands } from './commands/index.ts';
import { type ExitName, exitCodes, exitOfStatus } from './exit-codes.ts';
import { cliFolder, makeWorkspace, runMigaki } from './testing/run-migaki.ts';
import { type RunningWorkbench, runWorkbench } from './testing/run-workbench.ts';
import { ownerClient } from './workbench/with-workbench.ts';

type Words = readonly string[];

/** What has to be typed for each of the codes, but for `bug`, which nobody knows how to reach. */
type Cases = Partial<Record<ExitName, Words>>;

const noDatabase = ['--data', 'nowhere'];
const trained = 'drawn classify';

/** In this order. Where a command is to be interrupted, the jobs of the workbench stand still. */
const cases: Record<string, Cases> = {
  up: { usage: ['--port', 'x'], service: ['--data', 'home'] },
  demo: {
    usage: ['--images', 'pictures'],
    input: ['--images', 'pictures', '--labels', 'street.json'],
    service: ['--data', 'home'],
  },
  import: {
    ok: ['street', 'street.json'],
    usage: ['street'],
    problems: ['cells', 'pictures'],
    input: ['other', 'cut.json'],
    service: ['other', 'street.json', ...noDatabase],
    interrupted: ['other', 'street.json'],
    terminated: ['other', 'street.json'],
  },
  export: {
    ok: ['street', 'exported.json'],
    usage: ['street', 'exported.txt'],
    problems: ['street', 'exported.zip', '--with-images'],
    input: ['street', 'other.json', '--version', 'v9'],
    output: ['street', 'exported.json'],
    service: ['street', 'other.json', ...noDatabase],
    interrupted: ['street', 'other.json'],
    terminated: ['street', 'other.json'],
  },
  dataset: {
    ok: ['show', 'street'],
    usage: ['look', 'street'],
    input: ['version', 'street', 'v/1'],
    service: ['list', ...noDatabase],
  },
  query: {
    ok: ['street', 'count>1'],
    usage: ['street', '--limit', 'x'],
    input: ['street', 'nonsense:('],
    service: ['street', ...noDatabase],
  },
  train: {
    ok: ['drawn', '--task', 'classify', '--epochs', '1'],
    usage: ['drawn'],
    input: ['nothing', '--task', 'classify'],
    service: ['drawn', '--task', 'classify', ...noDatabase],
    interrupted: ['drawn', '--task', 'classify'],
    terminated: ['drawn', '--task', 'classify'],
  },
  predict: {
    ok: [trained, 'pictures/red.png', '-o', 'found.json'],
    usage: [trained],
    problems: [trained, 'pictures', '-o', 'some.json'],
    input: ['nothing', 'pictures/red.png', '-o', 'other.json'],
    output: [trained, 'pictures/red.png', '-o', 'found.json'],
    service: [trained, 'pictures/red.png', '-o', 'other.json', ...noDatabase],
    interrupted: [trained, 'many', '-o', 'long'],
    terminated: [trained, 'many', '-o', 'long'],
  },
  preannotate: {
    ok: ['drawn', '--model', trained],
    usage: ['drawn', '--model', trained, '--controls', 'some'],
    problems: ['street', '--model', trained, '--map', 'red=person'],
    input: ['drawn', '--results', 'cut.json'],
    // Nobody listens there.
    service: ['drawn', '--endpoint', 'http://127.0.0.1:1'],
    interrupted: ['drawn', '--model', trained],
    terminated: ['street', '--results', 'results.json'],
  },
  mistakes: {
    ok: ['drawn', '--model', trained],
    usage: ['drawn'],
    problems: ['gaps', '--model', trained],
    input: ['drawn', '--model', 'nothing'],
    service: ['drawn', '--model', trained, ...noDatabase],
    interrupted: ['drawn', '--model', trained],
    terminated: ['drawn', '--model', trained],
  },
  next: {
    ok: ['drawn', '--model', trained, '--count', '3'],
    usage: ['drawn', '--count', 'many'],
    problems: ['street', '--model', trained],
    input: ['drawn', '--model', 'nothing'],
    service: ['drawn', '--model', trained, ...noDatabase],
    interrupted: ['drawn', '--model', trained],
    terminated: ['drawn', '--model', trained],
  },
  embeddings: {
    ok: ['drawn', '--model', trained],
    usage: ['drawn'],
    problems: ['street', '--model', trained],
    input: ['drawn', '--model', 'nothing'],
    service: ['drawn', '--model', trained, ...noDatabase],
    interrupted: ['drawn', '--model', trained],
    terminated: ['drawn', '--model', trained, '--objects'],
  },
  evaluate: {
    ok: [trained, '--dataset', 'drawn'],
    usage: [trained],
    problems: [trained, '--dataset', 'gaps'],
    input: ['nothing', '--dataset', 'drawn'],
    service: [trained, '--dataset', 'drawn', ...noDatabase],
    interrupted: [trained, '--dataset', 'drawn'],
    terminated: [trained, '--dataset', 'drawn'],
  },
  retrain: {
    ok: ['drawn', '--model', trained],
    usage: ['drawn'],
    input: ['drawn', '--model', 'nothing'],
    service: ['drawn', '--model', trained, ...noDatabase],
    interrupted: ['drawn', '--model', trained],
    terminated: ['drawn', '--model', trained],
  },
  rounds: {
    ok: ['street'],
    usage: ['street', 'gaps'],
    input: ['nothing'],
    service: ['street', ...noDatabase],
  },
  models: {
    ok: [],
    usage: ['alias', trained],
    input: ['show', 'nothing'],
    output: ['download', trained, 'street.json'],
    service: noDatabase,
  },
  runs: { ok: [], usage: ['show'], input: ['show', '999'], service: noDatabase },
  jobs: {
    ok: [],
    usage: ['log'],
    input: ['log', 'zzz'],
    service: noDatabase,
  },
  backup: {
    ok: ['saved.zip'],
    usage: ['saved.tar'],
    problems: ['damaged.zip'],
    input: ['none/saved.zip'],
    output: ['saved.zip'],
    service: ['other.zip', ...noDatabase],
    interrupted: ['other.zip'],
    terminated: ['other.zip'],
  },
  restore: {
    ok: ['saved.zip', '--replace'],
    usage: [],
    input: ['street.json', '--replace'],
    service: ['saved.zip'],
    interrupted: ['saved.zip', '--replace'],
    terminated: ['saved.zip', '--replace'],
  },
  validate: {
    ok: ['street.json'],
    usage: [],
    problems: ['faulty.json'],
    input: ['cut.json'],
    output: ['street.json', '--repair', 'none/repaired.json'],
  },
  eval: {
    ok: ['street.json', 'results.json', '--type', 'bbox'],
    usage: ['street.json'],
    input: ['street.json', 'cut.json', '--type', 'bbox'],
  },
  stats: { ok: ['street.json'], usage: [], input: ['cut.json'] },
  convert: {
    ok: ['street.json', 'street.csv', '--to', 'csv'],
    usage: ['street.json'],
    problems: ['faulty.json', 'faulty.csv', '--to', 'csv'],
    input: ['cut.json', 'cut.csv', '--to', 'csv'],
    output: ['street.json', 'street.csv', '--to', 'csv'],
    interrupted: ['long.json', 'long', '--to', 'voc', '--no-images'],
    terminated: ['long.json', 'long', '--to', 'voc', '--no-images'],
  },
  completions: { ok: ['bash'], usage: ['tcsh'] },
  help: { ok: ['eval'], usage: ['sats'] },
};

/** What is interrupted while it writes; others wait for a job. */
const writers: ReadonlySet<string> = new Set(['convert', 'predict']);

/** Codes that take a test of their own to run into: see `commands/demo.test.ts`. */
const elsewhere: Record<string, ExitName[]> = { demo: ['ok', 'interrupted', 'terminated'] };

const signals: Partial<Record<ExitName, NodeJS.Signals>> = {
  interrupted: 'SIGINT',
  terminated: 'SIGTERM',
};

const examples = join(cliFolder, 'examples');
const folder = mkdtempSync(join(tmpdir(), 'migaki-exits-'));
let workbench: RunningWorkbench;
let client: Client<Routes>;

before(async () => {
  writeInput();
  await writePictures();
  const home = makeWorkspace(join(folder, 'home'));
  workbench = await runWorkbench(home);
  client = await ownerClient(home, new URL(workbench.address).origin);
  await run(['import', 'gaps', 'gaps']);
});
after(async () => {
  workbench.process.kill('SIGTERM');
  await workbench.ended;
  rmSync(folder, { recursive: true, force: true });
});

function writeInput(): void {
  const street = readFileSync(join(examples, 'street.json'), 'utf8');
  const { images, annotations, categories } = JSON.parse(street);
  copyFileSync(join(examples, 'street-results.json'), join(folder, 'results.json'));
  mkdirSync(join(folder, 'pictures'));
  const many = Array.from({ length: 20_000 }, (_, index) => ({
    ...images[0],
    id: index,
    file_name: `${index}.jpg`,
  }));
  const files: Record<string, string> = {
    'street.json': street,
    'cut.json': street.slice(0, 9000),
    'faulty.json': JSON.stringify({ images: [], annotations: [annotations[0]], categories }),
    'long.json': JSON.stringify({ images: many, annotations: [], categories }),
    'pictures/text.jpg': 'no picture',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** A dataset of two classes to train with, the same without one of its pictures, and one picture many times. */
async function writePictures(): Promise<void> {
  const colours = ['red', 'blue'];
  for (const name of ['many', 'drawn', 'gaps']) mkdirSync(join(folder, name));
  for (const background of colours) {
    const picture = sharp({ create: { width: 9, height: 9, channels: 3, background } }).png();
    for (let index = 0; index < 3; index++) {
      await picture.toFile(join(folder, 'drawn', `${background}-${index}.png`));
    }
  }
  const images = colours.flatMap((colour, first) =>
    [0, 1, 2].map((index) => ({
      id: 3 * first + index + 1,
      file_name: `${colour}-${index}.png`,
      width: 9,
      height: 9,
    })),
  );
  const annotations = images.map(({ id }) => ({ id, image_id: id, category_id: id > 3 ? 2 : 1 }));
  const categories = colours.map((name, index) => ({ id: index + 1, name }));
  const labels = JSON.stringify({ images, annotations, categories });
  writeFileSync(join(folder, 'drawn', 'labels.json'), labels);
  writeFileSync(join(folder, 'gaps', 'labels.json'), labels);
  for (const { file_name } of images.slice(1)) {
    copyFileSync(join(folder, 'drawn', file_name), join(folder, 'gaps', file_name));
  }
  const red = join(folder, 'pictures', 'red.png');
  copyFileSync(join(folder, 'drawn', 'red-0.png'), red);
  for (let index = 0; index < 5_000; index++) linkSync(red, join(folder, 'many', `${index}.png`));
}

for (const [name, codes] of Object.entries(cases)) {
  for (const [exit, words] of Object.entries(codes) as [ExitName, Words][]) {
    const signal = signals[exit];
    const skip = signal !== undefined && process.platform !== 'linux';
    test(`migaki ${[name, ...words].join(' ')}: ${exit}`, { skip }, async () => {
      if (name === 'backup' && exit === 'problems') deleteBlobs();
      const { exitCode, stderr } =
        signal === undefined
          ? await run([name, ...words])
          : await (writers.has(name) ? stoppedWriting : stoppedWaiting)([name, ...words], signal);
      assert.equal(exitCode, exitCodes[exit][0], stderr);
    });
  }
}

test('a workbench that is told to stop has done its work', async () => {
  workbench.process.kill('SIGTERM');
  assert.equal((await workbench.ended).exitCode, exitCodes.ok[0]);
});

test('the codes that help names of a command are those that it was run into, and all are', async () => {
  for (const { name, exits } of await loadAllCommands()) {
    const own = name === 'up' ? ['usage', ...exits] : ['ok', 'usage', ...exits];
    const run = [...Object.keys(cases[name]), ...(elsewhere[name] ?? [])];
    assert.deepEqual(run.sort(), own.sort(), name);
  }
});

test('what is wrong with the input and what stands in its way are told apart by their status', () => {
  assert.equal(exitOfStatus(422), 'input');
  for (const status of [401, 403, 409, 500, 503, 507])
    assert.equal(exitOfStatus(status), 'service');
});

function run(words: Words, onStart?: (child: ChildProcess) => void) {
  const lacksDatabase = words.includes('nowhere');
  const DATABASE_URL = lacksDatabase ? 'postgresql://127.0.0.1:1/migaki' : '';
  const env = { MIGAKI_HOME: join(folder, 'home'), DATABASE_URL };
  return runMigaki(words, { cwd: folder, env, onStart });
}

/** Sends the signal while the command waits for its job, which does not begin. */
async function stoppedWaiting(words: Words, signal: NodeJS.Signals) {
  const workers = workersOf(workbench.process.pid!);
  for (const pid of workers) process.kill(pid, 'SIGSTOP');
  try {
    const before = await queuedJobs();
    let child: ChildProcess | undefined;
    const running = run(words, (started) => {
      child = started;
    });
    let hasEnded = false;
    running.finally(() => {
      hasEnded = true;
    });
    while (!hasEnded && (await queuedJobs()) === before) await sleep(50);
    child!.kill(signal);
    return await running;
  } finally {
    for (const pid of workers) process.kill(pid, 'SIGCONT');
  }
}

/** Asked of the workbench itself: a process for each look would take most of the time. */
async function queuedJobs(): Promise<number> {
  const { items } = await client.listJobs({ query: { limit: 1000 } });
  return items.filter(({ state }) => state === 'queued').length;
}

/** Those of a workbench. Linux only. */
function workersOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const [, ppid] = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ')[1].split(' ');
        const isNode = readFileSync(`/proc/${name}/cmdline`, 'latin1').includes('worker.ts');
        return Number(ppid) === parent && isNode;
      } catch {
        return false; // gone in between
      }
    })
    .map(Number);
}

/** Sends the signal once the output is being written. */
function stoppedWriting(words: Words, signal: NodeJS.Signals) {
  return run(words, (child) => {
    const watch = setInterval(() => {
      if (!readdirSync(folder).some((name) => name.startsWith('.long.migaki-'))) return;
      clearInterval(watch);
      child.kill(signal);
    }, 1);
  });
}

/** Pictures of which the database knows, gone from the disk. */
function deleteBlobs(): void {
  const blobs = join(folder, 'home', 'blobs', 'sha256');
  for (const name of readdirSync(blobs)) {
    for (const file of readdirSync(join(blobs, name))) rmSync(join(blobs, name, file));
  }
}
