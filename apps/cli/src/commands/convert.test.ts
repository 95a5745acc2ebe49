import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { CocoDataset } from '@migaki/coco';
import sharp from 'sharp';
import { soundDataset, writeInto } from '../testing/datasets.ts';
import { cliFolder, runMigaki, temporaryFolder } from '../testing/run-migaki.ts';

const sharedData = join(cliFolder, '../../../shared/data');

/** A folder with `gt.json` and its pictures beside it in `images/`. */
async function datasetFolder(context: TestContext, dataset = soundDataset()): Promise<string> {
  const folder = temporaryFolder(context);
  writeInto(folder, 'gt.json', dataset);
  mkdirSync(join(folder, 'images'));
  for (const { file_name, width, height } of dataset.images) {
    const picture = sharp({ create: { width, height, channels: 3, background: 'teal' } });
    await picture.png().toFile(join(folder, 'images', file_name));
  }
  return folder;
}

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

test('COCO goes to YOLO with its pictures and comes back', async (t) => {
  const folder = await datasetFolder(t);
  const there = await runMigaki(['convert', 'gt.json', 'yolo', '--to', 'yolo'], { cwd: folder });
  assert.equal(there.exitCode, 0, there.stderr);
  assert.equal(there.stderr, '');
  assert.match(there.stdout, /gt\.json {2}coco: 2 pictures, 3 annotations, 2 categories/);
  assert.deepEqual(
    readFileSync(join(folder, 'yolo/images/one.png')),
    readFileSync(join(folder, 'images/one.png')),
  );
  assert.match(readFileSync(join(folder, 'yolo/data.yaml'), 'utf8'), /自転車/);

  const words = ['convert', 'yolo', 'back.json', '--to', 'coco'];
  const back = await runMigaki(words, { cwd: folder });
  assert.equal(back.exitCode, 0, back.stderr);
  const boxes = ({ annotations }: CocoDataset) =>
    annotations.map(({ bbox }) => bbox!.map((value) => Math.round(value * 1000) / 1000));
  assert.deepEqual(boxes(readJson(join(folder, 'back.json'))), boxes(soundDataset()));
});

test('what the other format cannot carry is listed, for people and for machines', async (t) => {
  const dataset = soundDataset();
  dataset.annotations[1].attributes = { occluded: true };
  const folder = await datasetFolder(t, dataset);
  const words = ['convert', 'gt.json', 'yolo', '--to', 'yolo'];
  const { stdout } = await runMigaki(words, { cwd: folder });
  assert.match(stdout, /Lost on the way to yolo\n/);
  assert.match(stdout, /1 {2}attributes and unknown fields were left out\n +annotations\[1\]/);

  const json = await runMigaki([...words, '--overwrite', '--json'], { cwd: folder });
  const { losses, ...report } = JSON.parse(json.stdout);
  assert.deepEqual(report, {
    input: 'gt.json',
    output: 'yolo',
    from: 'coco',
    to: 'yolo',
    pictures: 2,
    annotations: 3,
    categories: 2,
    writtenFiles: 3,
    writtenPictures: 2,
  });
  const [lost] = losses.filter(({ feature }: { feature: string }) => feature === 'attributes');
  assert.deepEqual([lost.stage, lost.count], ['write', 1]);
});

test('--all lists further examples of what was lost', async (t) => {
  const dataset = soundDataset();
  for (const annotation of dataset.annotations) annotation.attributes = { occluded: true };
  const folder = await datasetFolder(t, dataset);
  const words = ['convert', 'gt.json', 'yolo', '--to', 'yolo', '--overwrite'];
  const one = await runMigaki(words, { cwd: folder });
  assert.match(one.stdout, /3 {2}attributes [^\n]*\n +annotations\[0\]\S*\n(?! +annotations\[1\])/);
  const all = await runMigaki([...words, '--all'], { cwd: folder });
  assert.match(all.stdout, /annotations\[0\]\S*\n +annotations\[1\]\S*\n +annotations\[2\]/);
});

test('pictures can be copied, linked, found elsewhere or left out', async (t) => {
  const folder = await datasetFolder(t);
  const convert = (...words: string[]) =>
    runMigaki(['convert', 'gt.json', ...words, '--to', 'voc'], { cwd: folder });
  const picturesIn = (output: string) =>
    readdirSync(join(folder, output), { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.png'),
    );

  await convert('linked', '--link');
  const [linked] = picturesIn('linked').filter((path) => path.endsWith('one.png'));
  const inode = (path: string) => statSync(join(folder, path)).ino;
  assert.equal(inode(join('linked', linked)), inode('images/one.png'));

  await convert('alone', '--no-images');
  assert.deepEqual(picturesIn('alone'), []);

  mkdirSync(join(folder, 'elsewhere'));
  const elsewhere = join(folder, 'elsewhere');
  writeFileSync(join(elsewhere, 'one.png'), 'other one');
  writeFileSync(join(elsewhere, 'two.png'), 'other two');
  await convert('named', '--images', 'elsewhere');
  const [named] = picturesIn('named').filter((path) => path.endsWith('one.png'));
  assert.equal(readFileSync(join(folder, 'named', named), 'utf8'), 'other one');

  const both = await convert('both', '--link', '--no-images');
  assert.equal(both.exitCode, 2);
  assert.match(both.stderr, /'--link' cannot be used with option '--no-images'/);
});

test('labels that need their pictures say that --images brings them', async (t) => {
  const folder = await datasetFolder(t);
  const there = ['convert', 'gt.json', 'yolo', '--to', 'yolo', '--no-images'];
  assert.equal((await runMigaki(there, { cwd: folder })).exitCode, 0);
  const back = ['convert', 'yolo', 'back.json', '--to', 'coco'];
  const { exitCode, stderr } = await runMigaki(back, { cwd: folder });
  assert.equal(exitCode, 3);
  assert.match(stderr, /images\.txt:1: .*There are no pictures with it: .*--images FOLDER/);
  const named = await runMigaki([...back, '--images', 'images'], { cwd: folder });
  assert.equal(named.exitCode, 0, named.stderr);
  assert.equal(readJson(join(folder, 'back.json')).annotations.length, 3);

  // Pictures of others in that folder are not brought in.
  copyFileSync(join(folder, 'images/one.png'), join(folder, 'images/stranger.png'));
  const more = await runMigaki([...back, '--images', 'images', '--overwrite'], { cwd: folder });
  assert.doesNotMatch(more.stdout, /stranger/);
  assert.equal(readJson(join(folder, 'back.json')).images.length, 2);
});

test('a task that the output does not know is refused', async (t) => {
  const folder = await datasetFolder(t);
  for (const [to, task, said] of [
    ['voc', 'pose', /Pascal VOC has no task pose\. Choose detect or segment\./],
    ['csv', 'detect', /CSV has no task detect\. Leave --task out\./],
  ] as const) {
    const words = ['convert', 'gt.json', 'out', '--to', to, '--task', task];
    const { exitCode, stderr } = await runMigaki(words, { cwd: folder });
    assert.equal(exitCode, 2);
    assert.match(stderr, said);
  }
  assert.equal(existsSync(join(folder, 'out')), false);
});

test('where folders are the labels, pictures cannot be left out', async (t) => {
  const folder = await datasetFolder(t);
  const before = readdirSync(folder);
  for (const words of [['folder-per-class'], ['yolo', '--task', 'classify']]) {
    const all = ['convert', 'gt.json', 'out', '--no-images', '--to', ...words];
    // All pictures were copied, or a file called undefined was missed.
    const { exitCode, stderr } = await runMigaki(all, { cwd: folder });
    assert.equal(exitCode, 2);
    assert.match(
      stderr,
      new RegExp(`--no-images leaves nothing to write for --to ${words.join(' ')}: `),
    );
  }
  const words = ['convert', 'gt.json', 'out.json', '--to', 'folder-per-class'];
  const asFile = await runMigaki(words, { cwd: folder });
  assert.equal(asFile.exitCode, 4);
  assert.match(asFile.stderr, /out\.json: expected a text to write, found pictures alone/);
  assert.deepEqual(readdirSync(folder), before);
});

test('missing pictures are told before anything is written', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'gt.json', soundDataset());
  const words = ['convert', 'gt.json', 'out', '--to', 'yolo'];
  const { exitCode, stderr } = await runMigaki(words, { cwd: folder });
  assert.equal(exitCode, 3);
  assert.match(stderr, /2 of 2 pictures are not with gt\.json, the first is one\.png.*--no-images/);
  assert.deepEqual(readdirSync(folder), ['gt.json']);
});

test('a folder that looks like no format, and one that is not there, end with 3', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'data/readme.txt', 'hello');
  const unknown = await runMigaki(['convert', 'data', 'out', '--to', 'coco'], { cwd: folder });
  assert.equal(unknown.exitCode, 3);
  assert.match(unknown.stderr, /expected a dataset of a known format.*--from: coco, yolo/);
  const missing = await runMigaki(['convert', 'none', 'out', '--to', 'coco'], { cwd: folder });
  assert.equal(missing.exitCode, 3);
  assert.match(missing.stderr, /Cannot read none: there is no such file or folder/);
});

test('an output that is there is replaced only when asked, and never with the input in it', async (t) => {
  const folder = await datasetFolder(t);
  writeInto(folder, 'out/precious.txt', 'mine');
  writeInto(folder, 'out.json', '{}');
  for (const output of ['out', 'out.json']) {
    const words = ['convert', 'gt.json', output, '--to', 'coco'];
    const refused = await runMigaki(words, { cwd: folder });
    assert.equal(refused.exitCode, 4);
    assert.match(refused.stderr, /is there already.*--overwrite/);
    assert.equal((await runMigaki([...words, '--overwrite'], { cwd: folder })).exitCode, 0);
  }
  assert.equal(existsSync(join(folder, 'out/precious.txt')), false);
  assert.equal(readJson(join(folder, 'out.json')).annotations.length, 3);

  const words = ['convert', 'images', folder, '--to', 'coco', '--overwrite'];
  const selfDeleting = await runMigaki(words, { cwd: folder });
  assert.equal(selfDeleting.exitCode, 4);
  assert.match(selfDeleting.stderr, /which --overwrite would delete/);
  assert.equal(existsSync(join(folder, 'gt.json')), true);
});

test('a format that makes several files wants a folder', async (t) => {
  const folder = await datasetFolder(t);
  const { exitCode, stderr } = await runMigaki(['convert', 'gt.json', 'out.xml', '--to', 'voc'], {
    cwd: folder,
  });
  assert.equal(exitCode, 4);
  assert.match(stderr, /out\.xml: expected one file to write.*Name a folder/);
  assert.deepEqual(readdirSync(folder).sort(), ['gt.json', 'images']);
});

test('records that cannot be understood are left out, told with their reason, and end with 1', async (t) => {
  const folder = await datasetFolder(t);
  await runMigaki(['convert', 'gt.json', 'yolo', '--to', 'yolo'], { cwd: folder });
  writeFileSync(join(folder, 'yolo/labels/one.txt'), '0 0.5 0.5 0.1 0.1\n0 here and there\n');
  const words = ['convert', 'yolo', 'out.json', '--to', 'coco'];
  const { exitCode, stdout } = await runMigaki(words, { cwd: folder });
  assert.equal(exitCode, 1);
  assert.match(stdout, /records that could not be understood were left out\n +labels\/one\.txt/);
  assert.equal(readJson(join(folder, 'out.json')).annotations.length, 1);
});

test('records of a COCO file that only the writer finds broken end with 1 too', async (t) => {
  const dataset = soundDataset();
  dataset.annotations[1].segmentation = { size: [30, 40], counts: 'zzz' };
  dataset.annotations[2].image_id = 99;
  const folder = await datasetFolder(t, dataset);
  for (const to of ['yolo', 'cvat', 'voc', 'csv']) {
    const words = ['convert', 'gt.json', to, '--to', to, '--no-images'];
    const { exitCode, stdout } = await runMigaki(words, { cwd: folder });
    assert.match(stdout, /2 {2}records that could not be understood were left out/);
    assert.equal(exitCode, 1, to);
  }
});

test('a picture whose name leads out of the folder is left out, with its place', async (t) => {
  const dataset = soundDataset();
  dataset.images[0].file_name = '../../escaped.png';
  const folder = temporaryFolder(t);
  writeInto(folder, 'deep/er/gt.json', dataset);
  const words = ['convert', 'deep/er/gt.json', 'out', '--to', 'voc', '--no-images'];
  const { exitCode, stdout } = await runMigaki(words, { cwd: folder });
  // One such name refused the whole dataset, without saying where it is.
  assert.equal(exitCode, 1);
  assert.match(stdout, /1 picture,[\s\S]*gt\.json\s+images\[0\]:[\s\S]*escaped\.png/);
  assert.deepEqual(readdirSync(folder).sort(), ['deep', 'out']);
  assert.deepEqual(readdirSync(join(folder, 'out/Annotations')), ['two.xml']);
});

/** Thousands of pictures, so that there is time to interrupt. */
function longConversion(context: TestContext): string {
  const folder = temporaryFolder(context);
  const images = Array.from({ length: 3000 }, (_, i) => ({
    id: i + 1,
    file_name: `${i}.png`,
    width: 40,
    height: 30,
  }));
  writeInto(folder, 'gt.json', { images, annotations: [], categories: [{ id: 1, name: 'dog' }] });
  mkdirSync(join(folder, 'images'));
  for (const { file_name } of images) writeFileSync(join(folder, 'images', file_name), '');
  writeInto(folder, 'out/old.txt', 'old');
  return folder;
}

const longWords = ['convert', 'gt.json', 'out', '--to', 'voc', '--overwrite'];
const unfinishedIn = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith('.out.migaki-'));

/** Sends the signal once the output is being written. */
function interruptedRun(folder: string, signal: NodeJS.Signals) {
  return runMigaki(longWords, {
    cwd: folder,
    onStart: (child) => {
      const watch = setInterval(() => {
        const [unfinished] = unfinishedIn(folder);
        if (unfinished === undefined || readdirSync(join(folder, unfinished)).length === 0) return;
        clearInterval(watch);
        child.kill(signal);
      }, 1);
    },
  });
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} while writing leaves what was there and nothing else`, async (t) => {
    const folder = longConversion(t);
    const { exitCode, stdout, stderr } = await interruptedRun(folder, signal);
    assert.deepEqual([exitCode, stdout], [code, '']);
    assert.match(stderr, /Stopped\. .*out is as it was before\./);
    assert.deepEqual(readdirSync(join(folder, 'out')), ['old.txt']);
    assert.deepEqual(unfinishedIn(folder), []);
  });
}

test('after kill -9 the old output is whole, and the next run tells what is left over', async (t) => {
  const folder = longConversion(t);
  const killed = await interruptedRun(folder, 'SIGKILL');
  assert.equal(killed.signal, 'SIGKILL');
  assert.deepEqual(readdirSync(join(folder, 'out')), ['old.txt']);
  const [leftover] = unfinishedIn(folder);
  const { exitCode, stderr } = await runMigaki(longWords, { cwd: folder });
  assert.equal(exitCode, 0);
  assert.match(stderr, new RegExp(`^note .*${leftover} is left from a run that was killed`));
  assert.equal(existsSync(join(folder, 'out/old.txt')), false);
  assert.deepEqual(unfinishedIn(folder), [leftover], 'only a person deletes it');
});

test("converts the blood cells' own Pascal VOC files", {
  skip: !existsSync(join(sharedData, 'bccd')) && 'the blood cells are not beside the repository',
}, async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, 'voc.json');
  const words = ['convert', join(sharedData, 'bccd/voc'), output, '--to', 'coco', '--json'];
  const { exitCode, stdout } = await runMigaki(words);
  assert.equal(exitCode, 0);
  const report = JSON.parse(stdout);
  assert.deepEqual([report.from, report.pictures], ['voc', 3]);
  assert.equal((await runMigaki(['validate', output])).exitCode, 0);
});
