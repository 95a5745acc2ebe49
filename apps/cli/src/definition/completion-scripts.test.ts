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

test('the script comes as data too', async () => {
  const { stdout } = await runMigaki(['completions', 'fish', '--json']);
  const { shell, script } = JSON.parse(stdout);
  assert.equal(shell, 'fish');
  assert.equal(script, (await runMigaki(['completions', 'fish'])).stdout);
});
