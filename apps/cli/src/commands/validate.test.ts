import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CocoDataset } from '@migaki/coco';
import { soundDataset, streetPath, streetResultsPath, writeInto } from '../testing/datasets.ts';
import { cliFolder, runMigaki, temporaryFolder } from '../testing/run-migaki.ts';

const sharedData = join(cliFolder, '../../../shared/data');

/** A wrong area, which can be repaired, and an unknown picture, which cannot. */
function brokenDataset(): CocoDataset {
  const dataset = soundDataset();
  dataset.annotations[0].area = 7;
  dataset.annotations[2].image_id = 99;
  return dataset;
}

test('a sound file has no problems and ends with 0', async () => {
  const { exitCode, stdout, stderr } = await runMigaki(['validate', streetPath]);
  assert.equal(exitCode, 0);
  assert.equal(stderr, '');
  assert.match(stdout, /instances: 16 pictures, 62 annotations, 4 categories/);
  assert.match(stdout, /✔ No problems\./);
});

test('errors are grouped, explained with their place, and end with 1', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'gt.json', brokenDataset());
  const { exitCode, stdout } = await runMigaki(['validate', 'gt.json'], { cwd: folder });
  assert.equal(exitCode, 1);
  assert.match(stdout, /error {2}wrong-area +1 +1\n/);
  assert.match(stdout, /error {2}unknown-image +1 +–\n/);
  assert.match(
    stdout,
    /\$\.annotations\[0\]\.area\n {4}expected 200 .*found 7\n {4}repair: now 200/,
  );
  assert.match(stdout, /✖ 2 errors\. 1 can be repaired: npx migaki validate gt\.json --repair/);
});

test('--json holds every problem', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'gt.json', brokenDataset());
  const { exitCode, stdout } = await runMigaki(['validate', 'gt.json', '--json'], { cwd: folder });
  assert.equal(exitCode, 1);
  const report = JSON.parse(stdout);
  assert.deepEqual(
    [report.kind, report.errors, report.warnings, report.repairable, report.repairedFile],
    ['instances', 2, 0, 1, null],
  );
  assert.deepEqual(
    report.problems.map(({ code, path }: { code: string; path: string }) => [code, path]),
    [
      ['wrong-area', '$.annotations[0].area'],
      ['unknown-image', '$.annotations[2].image_id'],
    ],
  );
});

test('shows three examples of a kind, and all with --all or --kind', async (t) => {
  const folder = temporaryFolder(t);
  const dataset = soundDataset();
  for (let id = 4; id < 14; id++) {
    dataset.annotations.push({ ...dataset.annotations[0], id, area: id, bbox: [id, 2, 10, 20] });
  }
  writeInto(folder, 'gt.json', dataset);
  const lines = async (...flags: string[]) => {
    const { stdout } = await runMigaki(['validate', 'gt.json', ...flags], { cwd: folder });
    return { places: stdout.match(/^ {2}\$\..*\.area$/gm)?.length ?? 0, stdout };
  };
  const few = await lines();
  assert.equal(few.places, 3);
  assert.match(few.stdout, /and 7 more: see them with --kind wrong-area/);
  assert.equal((await lines('--all')).places, 10);
  assert.equal((await lines('--kind', 'wrong-area')).places, 10);
  assert.equal((await lines('--kind', 'bad-rle')).places, 0);
});

test('--repair writes a copy in which what can be repaired is right', async (t) => {
  const folder = temporaryFolder(t);
  const dataset = brokenDataset();
  dataset.annotations[2].image_id = 1;
  dataset.extra_section = { kept: [1, 2] };
  writeInto(folder, 'gt.json', dataset);
  mkdirSync(join(folder, 'out'));
  const words = ['validate', 'gt.json', '--repair', 'out/repaired.json'];
  const { exitCode, stdout } = await runMigaki(words, { cwd: folder });
  assert.equal(exitCode, 0, 'no error is left in the copy');
  assert.match(stdout, /Wrote out\/repaired\.json with 1 repair/);
  const repaired = JSON.parse(readFileSync(join(folder, 'out/repaired.json'), 'utf8'));
  assert.deepEqual(repaired, {
    ...dataset,
    annotations: [{ ...dataset.annotations[0], area: 200 }, ...dataset.annotations.slice(1)],
  });
  assert.deepEqual(readdirSync(join(folder, 'out')), ['repaired.json']);
  const again = await runMigaki(['validate', 'out/repaired.json'], { cwd: folder });
  assert.equal(again.exitCode, 0);
});

test('help tells what a repair leaves out, and the report tells each', async (t) => {
  // Help said "nothing is dropped".
  const folder = temporaryFolder(t);
  const dataset = soundDataset();
  const { annotations } = dataset;
  annotations[0].segmentation = [
    [1, 2, 11, 2, 11, 22, 1, 22],
    [1, 2, 11, 2],
  ];
  writeInto(folder, 'gt.json', {
    ...dataset,
    annotations: [...annotations, null, annotations[1]],
    categories: [{ ...dataset.categories[0], skeleton: [[1, 2]] }, dataset.categories[1]],
  });
  const words = ['validate', 'gt.json', '--repair', 'out.json', '--json'];
  const { stdout } = await runMigaki(words, { cwd: folder });
  const leftOut = (JSON.parse(stdout).problems as { path: string; repair: string | null }[])
    .filter(({ repair }) => repair?.endsWith('left out'))
    .map(({ path }) => path);
  assert.deepEqual(leftOut.sort(), [
    '$.annotations[0].segmentation[1]',
    '$.annotations[3]',
    '$.annotations[4]',
    '$.categories[0].skeleton[0]',
  ]);
  const copy = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as CocoDataset;
  assert.equal(copy.annotations.length, 3);
  const { stdout: help } = await runMigaki(['validate', '--help']);
  assert.match(
    help.replace(/\s+/g, ' '),
    /left out.*no objects or stand twice, polygons.*skeleton/,
  );
});

test('a NaN that the copy no longer has does not count', async (t) => {
  // It ended with 1, "1 left for a person to decide", though the copy had no problems.
  const folder = temporaryFolder(t);
  const text = JSON.stringify(soundDataset()).replace(/"area":[\d.]+/, '"area":NaN');
  writeInto(folder, 'nan.json', text);
  const words = ['validate', 'nan.json', '--repair', 'clean.json'];
  const { exitCode, stdout } = await runMigaki(words, { cwd: folder });
  assert.equal(exitCode, 0);
  assert.match(stdout, /✖ 2 errors\. Wrote clean\.json with 2 repairs, 0 left/);
  const again = await runMigaki(['validate', 'clean.json'], { cwd: folder });
  assert.match(again.stdout, /✔ No problems\./);
});

test('--repair creates no folder', async (t) => {
  // A slip in the folder's name made a new folder with the copy in it.
  const folder = temporaryFolder(t);
  writeInto(folder, 'gt.json', brokenDataset());
  for (const [target, sentence] of [
    ['typo/dir/x.json', /Cannot write typo\/dir\/x\.json: there is no such file or folder/],
    ['gt.json/x.json', /Cannot write gt\.json\/x\.json: expected a folder, found a file/],
  ] as const) {
    const words = ['validate', 'gt.json', '--repair', target];
    const { exitCode, stderr } = await runMigaki(words, { cwd: folder });
    assert.equal(exitCode, 4);
    assert.match(stderr, sentence);
  }
  assert.deepEqual(readdirSync(folder), ['gt.json']);
});

test('--repair leaves a file that is there alone, unless --overwrite', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'gt.json', brokenDataset());
  const words = ['validate', 'gt.json', '--repair', 'gt.json'];
  const refused = await runMigaki(words, { cwd: folder });
  assert.equal(refused.exitCode, 4);
  assert.match(refused.stderr, /gt\.json is there already\. Add --overwrite/);
  const overwritten = await runMigaki([...words, '--overwrite'], { cwd: folder });
  assert.equal(overwritten.exitCode, 1, 'the unknown picture is left');
  assert.equal(JSON.parse(readFileSync(join(folder, 'gt.json'), 'utf8')).annotations[0].area, 200);
});

test('a results file is checked against its ground truth', async (t) => {
  const folder = temporaryFolder(t);
  const fine = await runMigaki(['validate', streetResultsPath, '--against', streetPath]);
  assert.equal(fine.exitCode, 0);
  writeInto(folder, 'dt.json', [{ image_id: 777, category_id: 1, bbox: [1, 1, 2, 2], score: 0.5 }]);
  const stray = await runMigaki(['validate', 'dt.json', '--against', streetPath], { cwd: folder });
  assert.equal(stray.exitCode, 1);
  assert.match(stray.stdout, /unknown-image/);
  const swapped = await runMigaki(['validate', streetPath, '--against', streetResultsPath]);
  assert.equal(swapped.exitCode, 3);
  assert.match(swapped.stderr, /expected a ground truth.*found a results file/);
});

test('finds the box without size in the blood cells', {
  skip: !existsSync(join(sharedData, 'bccd')) && 'the blood cells are not beside the repository',
}, async () => {
  const words = ['validate', join(sharedData, 'bccd/instances_train.json'), '--json'];
  const { exitCode, stdout } = await runMigaki(words);
  assert.equal(exitCode, 1);
  assert.deepEqual(
    JSON.parse(stdout).problems.map(({ code }: { code: string }) => code),
    ['zero-size-bbox'],
  );
});
