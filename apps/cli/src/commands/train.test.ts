// Training and predicting, as a person types it: with no workbench running, and from the file alone.

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeDrawnSet } from '@migaki/train/drawn';
import { drawnSetFor } from '@migaki/train/testing';
import { makeWorkspace, runMigaki } from '../testing/run-migaki.ts';
import { type RunningWorkbench, runWorkbench } from '../testing/run-workbench.ts';

const folder = mkdtempSync(join(tmpdir(), 'migaki-train-'));
const env = { MIGAKI_HOME: makeWorkspace(join(folder, 'workspace')) };
const run = async (words: readonly string[], onStart?: (child: ChildProcess) => void) => {
  const result = await runMigaki(words, { cwd: folder, env, onStart });
  return { ...result, json: () => JSON.parse(result.stdout) };
};
const quick = ['--batch', '4', '--input-side', '64'];

before(async () => {
  const set = drawnSetFor.classify(12);
  await writeDrawnSet(set, join(folder, 'signs', 'images'));
  writeFileSync(join(folder, 'signs', 'labels.json'), JSON.stringify(set.dataset));
  writeFileSync(join(folder, 'signs', 'images', 'broken.jpg'), 'no picture');
});
let workbench: RunningWorkbench | undefined;
after(async () => {
  workbench?.process.kill('SIGTERM');
  await workbench?.ended;
  rmSync(folder, { recursive: true, force: true });
});

test('a folder is trained on, and its model looks at pictures without a workbench', async () => {
  const words = [
    'train',
    'signs',
    '--task',
    'classify',
    '--epochs',
    '2',
    '--name',
    'signs',
    ...quick,
  ];
  const trained = await run(words);
  assert.equal(trained.exitCode, 0, trained.stderr);
  assert.match(
    trained.stderr,
    /signs is now the dataset “signs” of the workbench\. 1 file could not be imported:\nnote +images\/broken\.jpg: expected a picture/,
  );
  assert.match(trained.stdout, /model +signs@1/);
  assert.match(trained.stdout, /macro_f1 +[\d.]+/);

  workbench = await runWorkbench(env.MIGAKI_HOME);
  const [listed] = (await run(['runs', '--json'])).json();
  assert.deepEqual(
    [listed.state, listed.models[0].name, listed.progress],
    ['succeeded', 'signs', 1],
  );
  const aliased = await run(['models', 'alias', 'signs@1', 'champion']);
  assert.equal(aliased.stdout.trim(), 'signs@champion is version 1.');
  const saved = await run(['models', 'download', 'signs@champion', 'signs.onnx']);
  assert.equal(saved.exitCode, 0, saved.stderr);
  const shown = (await run(['models', 'show', 'signs', '--json'])).json();
  assert.deepEqual(
    [shown.aliases, shown.lineage.ancestors[0].dataset.name],
    [['champion'], 'signs'],
  );

  // No workspace is touched where the model is a file.
  const alone = {
    cwd: folder,
    env: { MIGAKI_HOME: join(folder, 'nowhere'), DATABASE_URL: 'postgresql://127.0.0.1:1/x' },
  };
  const predicted = await runMigaki(
    ['predict', 'signs.onnx', 'signs/images', '-o', 'found.json'],
    alone,
  );
  assert.equal(predicted.exitCode, 1, predicted.stderr);
  assert.match(predicted.stdout, /Not read \(1\):\n {2}signs\/images\/broken\.jpg/);
  const results = JSON.parse(readFileSync(join(folder, 'found.json'), 'utf8'));
  const names = new Set(results.map(({ file_name }: { file_name: string }) => file_name));
  assert.equal(names.size, 12);
  assert.ok(!names.has('broken.jpg'));
  assert.deepEqual(Object.keys(results[0]).sort(), [
    'category_id',
    'file_name',
    'image_id',
    'score',
  ]);
  const again = await runMigaki(
    ['predict', 'signs.onnx', 'signs/images', '-o', 'found.json'],
    alone,
  );
  assert.match(again.stderr, /found\.json is there already/);
  const noModel = await runMigaki(
    ['predict', 'signs/labels.json', 'signs/images', '-o', 'none.json'],
    alone,
  );
  assert.equal(noModel.exitCode, 3, noModel.stderr);
  assert.match(noModel.stderr, /^error signs\/labels\.json: expected an ONNX file/);
  const withIds = [
    'predict',
    'signs@champion',
    'signs/images',
    '--ids',
    'signs/labels.json',
    '-o',
    'ids.json',
  ];
  const withoutBroken = await run(withIds);
  assert.equal(withoutBroken.exitCode, 0, withoutBroken.stderr);
});

test('what a training would pass over is refused before anything is brought in', async () => {
  const refused = async (words: string, message: RegExp) => {
    const result = await run(['train', ...words.split(' ')]);
    assert.equal(result.exitCode, 2, result.stderr);
    assert.match(result.stderr, message);
  };
  await refused(
    'signs --resume 12 --minutes 3',
    /--resume: .* found the dataset “signs”, --minutes as well/,
  );
  await refused('signs --task classify --freeze 3', /--freeze: expected --init/);
  await refused('signs --task classify --init net.onnx --size medium', /--size.*--init/);
});

test('Ctrl-C ends a training early and keeps its model; a run is deleted and its model stays', async () => {
  let child: ChildProcess | undefined;
  const words = ['train', 'signs', '--task', 'classify', '--epochs', '100000', ...quick, '--json'];
  const training = run(words, (started) => {
    child = started;
  });
  for (;;) {
    const [latest] = (await run(['runs', '--json'])).json();
    if (latest.state === 'running' && latest.step >= 2) break;
    await sleep(200);
  }
  child!.kill('SIGINT');
  const ended = await training;
  assert.equal(ended.exitCode, 130, ended.stderr);
  const { run: cancelled, model } = ended.json();
  assert.deepEqual([cancelled.state, model.reference], ['cancelled', 'signs classify@1']);

  const deleted = await run(['runs', 'delete', String(cancelled.id)]);
  assert.equal(deleted.exitCode, 0, deleted.stderr);
  const left = (await run(['runs', 'list', 'signs', '--json'])).json();
  assert.deepEqual(
    left.map(({ id }: { id: number }) => id === cancelled.id),
    [false],
  );
  const misspelt = await run(['runs', 'list', '--sort=-metric:macro_F1']);
  assert.equal(misspelt.exitCode, 2);
  assert.match(misspelt.stderr, /No run listed has the metric macro_F1\. There are: .*macro_f1/);
  const compared = await run(['runs', 'compare', String(cancelled.id)]);
  assert.match(compared.stderr, /Expected the numbers of two runs or more/);
});
