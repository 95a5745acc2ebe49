import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { streetPath, writeInto } from './testing/datasets.ts';
import {
  cliFolder,
  migakiPath,
  runCommand,
  runMigaki,
  temporaryFolder,
} from './testing/run-migaki.ts';

test('without arguments it shows the commands and examples that work', async () => {
  const root = join(cliFolder, '..', '..');
  const { exitCode, stdout, stderr } = await runMigaki([]);
  assert.equal(exitCode, 0);
  assert.equal(stderr, '');
  for (const name of ['validate', 'stats', 'eval', 'convert', 'completions', 'help']) {
    assert.match(stdout, new RegExp(`^ {2}${name} +\\S`, 'm'));
  }
  const examples = [...stdout.replaceAll(/ \\\n +/g, ' ').matchAll(/^ {2}npx migaki (.*)$/gm)].map(
    ([, words]) => words,
  );
  assert.equal(examples.length, 2);
  for (const words of examples) {
    assert.equal((await runMigaki(words.split(' '), { cwd: root })).exitCode, 0, words);
  }
});

test('--help, -h and help say the same as no arguments', async () => {
  const { stdout } = await runMigaki([]);
  for (const words of [['--help'], ['-h'], ['help']]) {
    assert.equal((await runMigaki(words)).stdout, stdout);
  }
});

test('help for a command says the same as its --help, and its definition comes as JSON', async () => {
  // It left out the examples and exit codes, and its JSON held `"run": undefined`.
  const { stdout } = await runMigaki(['help', 'eval']);
  assert.equal(stdout, (await runMigaki(['eval', '--help'])).stdout);
  assert.match(stdout, /^Examples:$/m);
  assert.match(stdout, /^Exit codes:$/m);
  const definition = JSON.parse((await runMigaki(['help', 'eval', '--json'])).stdout);
  assert.deepEqual(Object.keys(definition.arguments), ['groundTruth', 'results']);
});

test('prints the version of its package', async () => {
  const { version } = JSON.parse(readFileSync(join(cliFolder, 'package.json'), 'utf8'));
  assert.equal((await runMigaki(['--version'])).stdout, `${version}\n`);
  assert.deepEqual(JSON.parse((await runMigaki(['--version', '--json'])).stdout), { version });
});

test('a mistake on the command line ends with 2, a sentence on stderr and nothing on stdout', async () => {
  const cases: [words: string[], sentence: RegExp][] = [
    [['evla'], /unknown command 'evla' \(Did you mean eval\?\)/i],
    [['help', 'sats'], /unknown command 'sats' \(Did you mean stats\?\)/i],
    [['--frobnicate'], /unknown option '--frobnicate'/i],
    [['stats'], /missing required argument 'file'/i],
    [['stats', 'a.json', 'b.json'], /too many arguments/i],
    [['stats', 'a.json', '--al'], /unknown option '--al' \(Did you mean --all\?\)/i],
    [['completions', 'tcsh'], /expected one of bash, zsh, fish/i],
  ];
  for (const [words, sentence] of cases) {
    const { exitCode, stdout, stderr } = await runMigaki(words);
    assert.equal(exitCode, 2, words.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, sentence);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  }
});

test('what the file system refuses is one line and ends with 3', async (t) => {
  const folder = temporaryFolder(t);
  const missing = await runMigaki(['stats', 'none.json'], { cwd: folder });
  assert.deepEqual(
    [missing.exitCode, missing.stdout, missing.stderr],
    [3, '', 'error Cannot read none.json: there is no such file or folder. Check the spelling.\n'],
  );
  const isFolder = await runMigaki(['stats', '.'], { cwd: folder });
  assert.deepEqual(
    [isFolder.exitCode, isFolder.stderr],
    [3, 'error Cannot read .: expected a file, found a folder.\n'],
  );
});

test('a file that is no COCO file is named, with what was expected and what came', async (t) => {
  const folder = temporaryFolder(t);
  const whole = readFileSync(streetPath, 'utf8');
  const cases: [name: string, text: string, sentence: RegExp][] = [
    ['cut.json', whole.slice(0, 9000), /cut\.json, annotations\[\d+\].*byte 9,000: .*incomplete/],
    ['list.json', '{"people": []}', /list\.json, \$: expected the sections images.*found.*people/],
    ['text.json', 'hello', /text\.json, .*byte 0: expected/],
    ['empty.json', '', /empty\.json.*expected/],
  ];
  for (const [name, text, sentence] of cases) {
    writeInto(folder, name, text);
    const { exitCode, stdout, stderr } = await runMigaki(['stats', name], { cwd: folder });
    assert.equal(exitCode, 3);
    assert.equal(stdout, '');
    assert.match(stderr, sentence);
  }
});

test('with --json a failure is a document on stdout as well', async () => {
  const { exitCode, stdout, stderr } = await runMigaki(['stats', 'none.json', '--json']);
  assert.equal(exitCode, 3);
  assert.match(stderr, /^error Cannot read none\.json/);
  const { error } = JSON.parse(stdout);
  assert.equal(error.exit, 'input');
  assert.match(error.message, /no such file/);
});

test('colours come only when asked for, and --no-color and NO_COLOR take them away', async () => {
  const coloured = { FORCE_COLOR: '1' };
  const hasColour = (text: string) => text.includes('\u001b[');
  assert.equal(hasColour((await runMigaki([])).stdout), false);
  assert.equal(hasColour((await runMigaki([], { env: coloured })).stdout), true);
  assert.equal(hasColour((await runMigaki(['--no-color'], { env: coloured })).stdout), false);
  const noColor = { NO_COLOR: '1' };
  assert.equal(hasColour((await runMigaki([], { env: noColor })).stdout), false);
});

test('control characters in names do not reach the terminal', async (t) => {
  const folder = temporaryFolder(t);
  const category = { id: 1, name: 'a\u001b[31mb\u202ec' };
  writeInto(folder, 'names.json', { images: [], annotations: [], categories: [category] });
  const { stdout } = await runMigaki(['stats', 'names.json'], { cwd: folder });
  assert.match(stdout, /a␛\[31mb�c/);
});

test('a reader that goes away early is no error, and the verdict still stands', {
  skip: process.platform === 'win32' && 'needs a POSIX shell',
}, async (t) => {
  const folder = temporaryFolder(t);
  const annotations = Array.from({ length: 5000 }, (_, i) => ({ id: i + 1, image_id: 7 }));
  writeInto(folder, 'bad.json', { images: [], annotations, categories: [] });
  for (const flags of ['--all', '--json']) {
    const script = `"$0" "$1" validate bad.json ${flags} | head -n 1; echo "ended \${PIPESTATUS[0]}"`;
    const words = ['-c', script, process.execPath, migakiPath];
    const { stdout, stderr } = await runCommand('bash', words, { cwd: folder });
    assert.match(stdout, /^.+\nended 1\n$/);
    assert.equal(stderr, '');
  }
});

test('a full disk on stdout ends with 4', {
  skip: process.platform !== 'linux' && 'needs /dev/full',
}, async () => {
  const words = ['-c', '"$0" "$1" > /dev/full', process.execPath, migakiPath];
  const { exitCode, stderr } = await runCommand('sh', words);
  assert.equal(exitCode, 4);
  assert.match(stderr, /^error Cannot write to stdout: .*no space left/);
});

test('an older Node hands over to the one the project installed', async (t) => {
  const old = await findOlderNode();
  if (old === null) return t.skip('no Node older than 24 on the PATH');
  const direct = await runMigaki(['stats', streetPath]);
  const handedOver = await runCommand(old, [migakiPath, 'stats', streetPath]);
  assert.deepEqual(handedOver, direct);
  assert.equal((await runCommand(old, [migakiPath, 'stats', 'none.json'])).exitCode, 3);
});

async function findOlderNode(): Promise<string | null> {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const node = join(folder, 'node');
    const { stdout } = await runCommand(node, ['--version']).catch(() => ({ stdout: '' }));
    const major = Number(/^v(\d+)/.exec(stdout)?.[1]);
    if (major >= 20 && major < 24) return node;
  }
  return null;
}
