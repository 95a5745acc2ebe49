// Every check the project has, in one command: format and lint, types, tests.
//
//   npm test                    all of it
//   npm test -- mask evaluate   only the test files whose path contains one of the words

import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const words = process.argv.slice(2);
const binary = (name: string) => join(root, 'node_modules', '.bin', name);

/** Most tests of whole programs wait more than they compute, so even a small machine runs two files side by side. */
const atOnce = `--test-concurrency=${Math.max(2, availableParallelism())}`;
/** The longest first, so that none is left over at the end. */
const order = [/^test\//, /^apps\//, /^packages\/store\//];
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
const tests =
  testFiles.length > 0
    ? await run('tests', process.execPath, ['--test', atOnce, ...testFiles], true)
    : false;
if (testFiles.length === 0) console.error(`No test file's path contains ${words.join(' or ')}.`);
process.exitCode = results.every(Boolean) && tests ? 0 : 1;

/** Runs one check; its output is shown as it comes when `live`, else only when it fails. */
function run(title: string, command: string, args: string[], live = false): Promise<boolean> {
  const started = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (code !== 0) process.stderr.write(Buffer.concat(output));
      console.error(`${code === 0 ? '✔' : '✖'} ${title} (${seconds} s)`);
      resolve(code === 0);
    });
  });
}
