import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeInto } from '../testing/datasets.ts';
import { runCommand, runMigaki, temporaryFolder } from '../testing/run-migaki.ts';

for (const shell of ['bash', 'zsh', 'fish']) {
  test(`${shell} accepts its script`, async (t) => {
    const folder = temporaryFolder(t);
    const { stdout, exitCode } = await runMigaki(['completions', shell]);
    assert.equal(exitCode, 0);
    const path = writeInto(folder, 'script', stdout);
    const check = await runCommand(shell, ['-n', path]).catch(() => null);
    if (check === null) return t.skip(`${shell} is not installed`);
    assert.deepEqual([check.exitCode, check.stderr], [0, '']);
  });
}

test('bash offers commands, options, choices and files where they belong', async (t) => {
  const folder = temporaryFolder(t);
  const path = writeInto(folder, 'script', (await runMigaki(['completions', 'bash'])).stdout);
  writeInto(folder, 'gt.json', '');
  writeInto(folder, 'pictures/a.jpg', '');
  const offers = async (...words: string[]) => {
    const script = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _migaki; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await runCommand('bash', ['-c', script, path, ...words], { cwd: folder });
    return stdout.split('\n').filter((word) => word !== '');
  };
  assert.deepEqual(await offers('migaki', 'va'), ['validate']);
  assert.deepEqual(await offers('migaki', 'help', 'st'), ['stats']);
  assert.deepEqual(await offers('migaki', 'completions', ''), ['bash', 'zsh', 'fish']);
  assert.deepEqual(await offers('migaki', 'stats', '--a'), ['--all']);
  assert.deepEqual(await offers('migaki', 'stats', 'g'), ['gt.json']);
  assert.deepEqual(await offers('migaki', 'validate', 'gt.json', '--kind', 'wrong-a'), [
    'wrong-area',
  ]);
});

test('bash completes npx migaki too, and leaves the rest of npx alone', async (t) => {
  // README loads the script for `npx migaki`, and only the bare name was completed.
  const folder = temporaryFolder(t);
  const path = writeInto(folder, 'script', (await runMigaki(['completions', 'bash'])).stdout);
  const script = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _migaki; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const offers = async (...words: string[]) =>
    (await runCommand('bash', ['-c', script, path, ...words])).stdout.trim();
  assert.equal(await offers('npx', 'mi'), 'migaki');
  assert.equal(await offers('npx', 'migaki', 'va'), 'validate');
  assert.equal(await offers('npx', 'migaki', 'help', 'st'), 'stats');
  assert.equal(await offers('npx', 'migaki', 'eval', '--type', 's'), 'segm');
  assert.equal(await offers('npx', 'other', 'va'), '');
  const registered = await runCommand('bash', ['-c', 'source "$0"; complete -p npx', path]);
  assert.match(registered.stdout, /-F _migaki npx/);
  const kept = 'complete -W mine npx; source "$0"; complete -p npx';
  assert.match((await runCommand('bash', ['-c', kept, path])).stdout, /-W 'mine' npx/);
});

test('fish completes npx migaki too', async (t) => {
  const folder = temporaryFolder(t);
  const path = writeInto(folder, 'script', (await runMigaki(['completions', 'fish'])).stdout);
  const offers = async (line: string) => {
    const words = ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', path, line];
    const { stdout } = await runCommand('fish', words, { cwd: folder, env: { HOME: folder } });
    return stdout.split('\n').flatMap((offer) => offer.split('\t')[0] || []);
  };
  if ((await offers('migaki va').catch(() => null)) === null) {
    return t.skip('fish is not installed');
  }
  assert.ok((await offers('npx mi')).includes('migaki'));
  assert.deepEqual(await offers('npx migaki va'), ['validate']);
  assert.deepEqual(await offers('npx migaki eval --ty'), ['--type']);
  assert.deepEqual(await offers('npx migaki eval --type s'), ['segm']);
});

test('the script comes as data too', async () => {
  const { stdout } = await runMigaki(['completions', 'fish', '--json']);
  const { shell, script } = JSON.parse(stdout);
  assert.equal(shell, 'fish');
  assert.equal(script, (await runMigaki(['completions', 'fish'])).stdout);
});
