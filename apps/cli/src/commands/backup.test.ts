// Backup and restore as a person types them: without a workbench running, beside one that runs, and killed.

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { cliFolder, makeWorkspace, runMigaki, temporaryFolder } from '../testing/run-migaki.ts';
import { runWorkbench } from '../testing/run-workbench.ts';

const street = join(cliFolder, 'examples', 'street.json');

function workspaces(context: TestContext) {
  const folder = temporaryFolder(context);
  const env = { MIGAKI_HOME: makeWorkspace(join(folder, 'first')) };
  const run = async (words: string[], onStart?: (child: ChildProcess) => void) => {
    const result = await runMigaki(words, { cwd: folder, env, onStart });
    return { ...result, json: () => JSON.parse(result.stdout) };
  };
  /** What a dataset of a workspace says as a COCO file. */
  const exported = async (dataset: string, ...words: string[]) => {
    const path = join(folder, 'exported.json');
    const { exitCode, stderr } = await run(['export', dataset, path, '--overwrite', ...words]);
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(readFileSync(path, 'utf8'));
  };
  return { folder, run, exported };
}

test('a workspace goes into a file and comes out of it elsewhere', async (context) => {
  const { run, exported } = workspaces(context);
  assert.equal((await run(['import', 'street', street])).exitCode, 0);
  assert.equal((await run(['dataset', 'version', 'street', 'v1'])).exitCode, 0);
  const made = await run(['backup', 'monday.zip', '--json']);
  assert.equal(made.exitCode, 0, made.stderr);
  const { datasets, images, missingPictureCount } = made.json();
  assert.deepEqual([datasets, images, missingPictureCount], [1, 16, 0]);

  const restored = await run(['restore', 'monday.zip', '--data', 'second']);
  assert.equal(restored.exitCode, 0, restored.stderr);
  assert.match(restored.stdout, /1 {2}dataset\n +16 {2}images/);
  const data = ['--data', 'second'];
  assert.deepEqual(await exported('street', ...data), await exported('street'));
  assert.equal(
    (await run(['dataset', 'versions', 'street', '--json', ...data])).json()[0].name,
    'v1',
  );
});

test('a restore that is killed at any moment leaves the old or the new', async (context) => {
  const { folder, run } = workspaces(context);
  const names = async () =>
    (await run(['dataset', 'list', '--json'])).json().map(({ name }: { name: string }) => name);
  assert.equal((await run(['import', 'new', street])).exitCode, 0);
  assert.equal((await run(['backup', 'new.zip'])).exitCode, 0);
  assert.equal((await run(['import', 'later', street])).exitCode, 0);
  let before = ['later', 'new'];
  for (const [index, millis] of [1000, 1400, 1800].entries()) {
    const { exitCode } = await run(['restore', 'new.zip', '--replace'], (child) => {
      setTimeout(() => child.kill('SIGKILL'), millis);
    });
    const after = await names();
    assert.ok(
      String(after) === 'new' || (exitCode !== 0 && String(after) === String(before)),
      `${index}: ${before} became ${after}`,
    );
    before = after;
  }
  const { exitCode, stderr } = await run(['restore', 'new.zip', '--replace']);
  assert.equal(exitCode, 0, stderr);
  assert.deepEqual(await names(), ['new']);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.zip')),
    ['new.zip'],
  );
});

test('beside a workbench that runs they go through it, wherever their user may write and read', async (context) => {
  const { folder, run, exported } = workspaces(context);
  const elsewhere = temporaryFolder(context);
  // It may import from an empty folder alone; its owner's commands may name any path.
  writeFileSync(join(folder, 'nothing'), '');
  const allowed = ['--only-folder', join(folder, 'nothing')];
  const { process: child, ended } = await runWorkbench(join(folder, 'first'), allowed);
  writeFileSync(join(elsewhere, 'street.json'), readFileSync(street));
  const imported = await run(['import', 'street', join(elsewhere, 'street.json')]);
  assert.equal(imported.exitCode, 0, imported.stderr);
  const path = join(elsewhere, 'b.zip');
  assert.equal((await run(['backup', path])).exitCode, 0);
  const nowhere = await run(['backup', 'none/b.zip']);
  assert.match(nowhere.stderr, /expected an absolute path in a folder that is there/);

  const filled = await run(['restore', path]);
  assert.equal(filled.exitCode, 5);
  assert.match(
    filled.stderr,
    /expected an empty workspace, found one with 1 dataset\. .*--replace/,
  );
  const none = await run(['restore', 'tuesday.zip']);
  assert.match(none.stderr, /tuesday\.zip: expected a file or folder, found none/);
  copyFileSync(path, join(elsewhere, 'cut.zip'));
  truncateSync(join(elsewhere, 'cut.zip'), 3000);
  const cut = await run(['restore', join(elsewhere, 'cut.zip'), '--replace']);
  assert.equal(cut.exitCode, 3);
  assert.match(cut.stderr, /^error .*expected a whole backup .*The workspace is as it was/);
  assert.equal((await exported('street')).images.length, 16);

  assert.equal((await run(['dataset', 'delete', 'street'])).exitCode, 0);
  const restored = await run(['restore', path, '--replace', '--json']);
  assert.equal(restored.exitCode, 0, restored.stderr);
  assert.equal((await run(['dataset', 'list', '--json'])).json()[0].name, 'street');
  child.kill('SIGTERM');
  assert.equal((await ended).exitCode, 0);
});
