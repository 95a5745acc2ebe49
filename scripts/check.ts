// Every check the project has, in one command: format and lint, types, tests.
//
//   npm test                    all of it
//   npm test -- mask evaluate   only the test files whose path contains one of the words

import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { run as runFiles } from 'node:test';
import { spec } from 'node:test/reporters';

const root = dirname(import.meta.dirname);
const words = process.argv.slice(2);
const binary = (name: string) => join(root, 'node_modules', '.bin', name);

/** Every file is a process of its own, and many start others: what one has compiled is there for the next. */
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled');
/** Tests of whole programs wait as much as they compute: for databases, for browsers, for what is to be killed. */
const filesAtOnce = availableParallelism() + 1;
/** Far more than any takes: what hangs is named and fails, and the rest is run. */
const testTimeoutMillis = 5 * 60_000;
/** A file that hangs outside its tests is stopped once nothing else is left to hear from. */
const silenceMillis = 8 * 60_000;
/** The longest first, so that none is left over at the end. */
const order = [
  /^packages\/train\/src\/run\//,
  /^test\/browser\//,
  /^apps\/(?:cli|server)\//,
  /^packages\/(?:store|train)\//,
];
const rankOf = (file: string) => [...order, /^/].findIndex((pattern) => pattern.test(file));

const testFiles = globSync('{packages,apps}/*/src/**/*.test.ts', { cwd: root })
  .concat(globSync('{test,bench,scripts}/**/*.test.ts', { cwd: root }))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
/** Pure packages are also checked without the types of Node or a browser, and the web app with a browser's alone. */
const ownConfigs = globSync('{packages,apps}/*/tsconfig.json', { cwd: root });

const checks =
  words.length > 0
    ? []
    : [
        run('format and lint', binary('biome'), ['ci', '--error-on-warnings']),
        run('types', binary('tsc'), ['-p', 'tsconfig.json']),
        ...ownConfigs.map((config) => run(`types, ${config}`, binary('tsc'), ['-p', config])),
      ];
const results = await Promise.all(checks);
if (words.length === 0) results.push(await prepareDatabase());
if (testFiles.length === 0) console.error(`No test file's path contains ${words.join(' or ')}.`);
const tests = testFiles.length > 0 && (await runTests());
process.exitCode = results.every(Boolean) && tests ? 0 : 1;

/** Runs one check; its output is shown only when it fails. */
function run(title: string, command: string, args: string[]): Promise<boolean> {
  const started = performance.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(output));
      tell(title, code === 0, started);
      resolve(code === 0);
    });
  });
}

/** Makes the database that many tests begin with, once for all of them. */
async function prepareDatabase(): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const folder = mkdtempSync(join(tmpdir(), 'migaki-prepared-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.env.MIGAKI_TEST_DATABASE = join(folder, 'postgres');
  return run('database for the tests', process.execPath, [
    join(root, 'scripts/empty-workspace.ts'),
    folder,
  ]);
}

/** Runs the test files in their order, which `node --test` would not keep; its output is shown as it comes. */
async function runTests(): Promise<boolean> {
  const started = performance.now();
  let isPassed = true;
  const seconds = new Map<string, string>();
  const stopping = new AbortController();
  const events = runFiles({
    files: testFiles,
    cwd: root,
    concurrency: filesAtOnce,
    timeout: testTimeoutMillis,
    signal: stopping.signal,
  });
  const silence = setTimeout(() => stopping.abort(), silenceMillis);
  // Not all of what a stopped file has started need end with it.
  stopping.signal.onabort = () => setTimeout(() => process.exit(1), 30_000).unref();
  events.on('test:dequeue', () => silence.refresh());
  events.on('test:complete', () => silence.refresh());
  events.on('test:fail', ({ todo }) => {
    isPassed &&= todo !== undefined;
  });
  events.on('test:summary', ({ file, duration_ms }) => {
    if (file !== undefined) seconds.set(relative(root, file), (duration_ms / 1000).toFixed(0));
  });
  for await (const text of events.compose(spec)) process.stdout.write(text);
  clearTimeout(silence);
  const slowest = [...seconds].sort(([, a], [, b]) => Number(b) - Number(a)).slice(0, 10);
  if (words.length === 0) {
    console.error('Longest test files:');
    for (const [file, time] of slowest) console.error(`${time.padStart(6)} s  ${file}`);
  }
  tell('tests', isPassed, started);
  return isPassed;
}

function tell(title: string, isPassed: boolean, started: number): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.error(`${isPassed ? '✔' : '✖'} ${title} (${seconds} s)`);
}
