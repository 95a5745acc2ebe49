import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { streetPath, streetResultsPath, writeInto } from '../testing/datasets.ts';
import { runMigaki, temporaryFolder } from '../testing/run-migaki.ts';

/** What pycocotools 2.0.11 says of the example. */
const streetStats = [
  0.6382243769489732, 0.7676670792079208, 0.7586943069306931, 0.731105610561056, 0.6679555180792806,
  0.3073267326732673, 0.4558872126436782, 0.6543462643678162, 0.6543462643678162, 0.735930735930736,
  0.6832142857142858, 0.3625,
];
const streetWords = ['eval', streetPath, streetResultsPath, '--type', 'bbox'];

test('--json holds the numbers of pycocotools in its order, with their names', async () => {
  const { exitCode, stdout, stderr } = await runMigaki([...streetWords, '--json']);
  assert.equal(exitCode, 0);
  assert.equal(stderr, '');
  const report = JSON.parse(stdout);
  assert.equal(report.stats.length, streetStats.length);
  for (const [i, value] of streetStats.entries()) {
    assert.ok(Math.abs(report.stats[i] - value) < 1e-9, `${report.names[i]}: ${report.stats[i]}`);
  }
  assert.deepEqual(report.names.slice(0, 7), [
    'AP',
    'AP50',
    'AP75',
    'APsmall',
    'APmedium',
    'APlarge',
    'AR1',
  ]);
  assert.deepEqual(
    report.perCategory.map(({ name, truths }: { name: string; truths: number }) => [name, truths]),
    [
      ['person', 29],
      ['bicycle', 15],
      ['car', 16],
      ['dog', 2],
    ],
  );
  assert.ok(report.seconds.read >= 0 && report.seconds.evaluate >= 0);
});

test('people see the scores, the categories and where the errors come from', async () => {
  const { exitCode, stdout } = await runMigaki(streetWords);
  assert.equal(exitCode, 0);
  assert.match(stdout, /^ {2}AP {8}IoU 0\.50 to 0\.95 +0\.638 {2}█+/m);
  assert.match(stdout, /^ {2}AR1 {7}up to 1 detection +0\.456/m);
  assert.match(stdout, /^ {2}bicycle +15 +0\.996 .*0\.827 {2}█+/m);
  assert.match(stdout, /^ {2}wrong class +6 +8\.8 % {2}█+/m);
  assert.match(stdout, /^ {2}missed +11 +17\.7 % {2}█+/m);
  for (const line of stdout.split('\n')) assert.ok(line.length <= 80 || line.includes(streetPath));
});

test('--errors, --confusion and --per-category tell more', async () => {
  const words = [...streetWords, '--errors', '--confusion', '--per-category'];
  const { stdout } = await runMigaki(words);
  assert.match(
    stdout,
    /^ {2}name +right +duplicate +wrong class +badly placed +background +missed$/m,
  );
  assert.match(stdout, /wrong class: It finds a truth of another category\./);
  assert.match(stdout, /^ {2}object ↓ {2}detection → +person +bicycle +car +dog +background$/m);
  assert.match(stdout, /^ {2}name +objects +AP50 +AP75 +AP small +AP medium +AP large +AR +AP$/m);

  const report = JSON.parse((await runMigaki([...words, '--json'])).stdout);
  assert.equal(report.detections.length, 68);
  assert.equal(report.truths.length, 62);
  assert.deepEqual(report.confusion.classes, ['person', 'bicycle', 'car', 'dog', 'background']);
  const truths = report.confusion.counts.slice(0, 4).flat() as number[];
  assert.equal(
    truths.reduce((sum, count) => sum + count, 0),
    62,
    'every object is counted once',
  );
});

test('thresholds and limits can be chosen', async () => {
  const words = [...streetWords, '--iou', '0.5,0.75', '--max-dets', '1,5,100', '--json'];
  const { stdout } = await runMigaki(words);
  const { stats, names } = JSON.parse(stdout);
  assert.deepEqual(names.slice(6, 9), ['AR1', 'AR5', 'AR100']);
  assert.ok(Math.abs(stats[1] - streetStats[1]) < 1e-9);
  assert.ok(Math.abs(stats[0] - (streetStats[1] + streetStats[2]) / 2) < 1e-9);
});

test('keypoints are scored with the sigmas given', async (t) => {
  const folder = temporaryFolder(t);
  writeInto(folder, 'gt.json', {
    images: [{ id: 1, file_name: 'a.jpg', width: 100, height: 100 }],
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 1,
        bbox: [0, 0, 50, 50],
        area: 2500,
        iscrowd: 0,
        keypoints: [10, 10, 2, 40, 40, 2],
        num_keypoints: 2,
      },
    ],
    categories: [{ id: 1, name: 'pair', keypoints: ['first', 'second'], skeleton: [[1, 2]] }],
  });
  writeInto(folder, 'dt.json', [
    { image_id: 1, category_id: 1, keypoints: [12, 10, 2, 40, 42, 2], score: 0.9 },
  ]);
  const ap = async (sigmas: string) => {
    const words = [
      'eval',
      'gt.json',
      'dt.json',
      '--type',
      'keypoints',
      '--sigmas',
      sigmas,
      '--json',
    ];
    return JSON.parse((await runMigaki(words, { cwd: folder })).stdout).stats[0];
  };
  assert.ok((await ap('0.5,0.5')) > 0.99);
  assert.ok((await ap('0.02,0.02')) < 0.5);

  // The advice was "Give keypointSigmas", a name that the command line does not know.
  const words = ['eval', 'gt.json', 'dt.json', '--type', 'keypoints', '--sigmas', '0.1'];
  const { exitCode, stderr } = await runMigaki(words, { cwd: folder });
  assert.equal(exitCode, 3);
  assert.match(stderr, /Give one sigma for each keypoint of the category\./);
});

test('what does not fit is refused: files in the wrong order, results of another dataset, wrong words', async (t) => {
  const folder = temporaryFolder(t);
  const swapped = await runMigaki(['eval', streetResultsPath, streetPath, '--type', 'bbox']);
  assert.equal(swapped.exitCode, 3);
  assert.match(swapped.stderr, /street-results\.json: expected a ground truth/);

  const other = writeInto(folder, 'dt.json', [
    { image_id: 999, category_id: 1, bbox: [1, 1, 2, 2], score: 0.5 },
  ]);
  const foreign = await runMigaki(['eval', streetPath, other, '--type', 'bbox']);
  assert.equal(foreign.exitCode, 3);
  assert.match(foreign.stderr, /999/);

  writeInto(folder, 'gt.json', { images: [null], annotations: [], categories: [] });
  const broken = await runMigaki(['eval', join(folder, 'gt.json'), other, '--type', 'bbox']);
  assert.equal(broken.exitCode, 3);
  assert.match(broken.stderr, /\$\.images\[0\]: expected a record.*found null.*migaki validate/);

  for (const [words, sentence] of [
    [['--type', 'boxes'], /expected one of bbox, segm, keypoints/i],
    [[], /required option '--type/i],
    [['--type', 'bbox', '--iou', '0.5,x'], /numbers separated by commas/i],
  ] as const) {
    const { exitCode, stderr } = await runMigaki(['eval', streetPath, streetResultsPath, ...words]);
    assert.equal(exitCode, 2);
    assert.match(stderr, sentence);
  }
});

test('the table says which thresholds its mean is over, and why a score is a dash', async () => {
  const text = async (...words: string[]) =>
    (await runMigaki([...streetWords, ...words])).stdout.replace(/ +/g, ' ');
  // It said "IoU 0.50 to 0.95" whatever --iou held, and showed dashes without a word.
  assert.match(await text('--iou', '0.95,0.5'), /^ AP IoU 0\.50 and 0\.95 0\.\d+/m);
  const half = await text('--iou', '0.5');
  assert.match(half, /^ AP IoU 0\.50 0\.768/m);
  assert.match(half, /^ AP75 IoU 0\.75 –/m);
  assert.match(half, /^ AP75 is for IoU 0\.75, which is not in --iou\.$/m);
  const few = await text('--max-dets', '2,5,50');
  assert.match(few, /^ AP IoU 0\.50 to 0\.95 –/m);
  assert.match(few, /^ AP is for 100 detections, which are not in --max-dets\.$/m);
  assert.doesNotMatch(await text(), / is for /);
});

test('options that could only make empty scores are refused', async () => {
  for (const [words, sentence] of [
    [['--iou', '1.5'], /numbers separated by commas, each above 0 and at most 1/],
    [['--iou', '0.5,-1'], /each above 0/],
    [['--max-dets', '0,1,100'], /whole numbers separated by commas, each above 0/],
    [['--max-dets', '1,10,99.5'], /whole numbers/],
    [['--max-dets', '100'], /--max-dets for --type bbox: expected three limits.*found 100\./],
    [['--sigmas', '0.1'], /--sigmas is for --type keypoints; bbox has no use for it/],
  ] as const) {
    const { exitCode, stderr } = await runMigaki([...streetWords, ...words]);
    assert.equal(exitCode, 2, words.join(' '));
    assert.match(stderr, sentence);
  }
});

test('no line is wider than a narrow terminal', async () => {
  // The tables were 45 columns wide at least, and a pipe did not ask the variable COLUMNS.
  for (const columns of [40, 60]) {
    const { stdout } = await runMigaki(
      [...streetWords, '--errors', '--confusion', '--per-category', '--max-dets', '2,5,50'],
      { env: { COLUMNS: String(columns) } },
    );
    const [, ...lines] = stdout.split('\n');
    for (const line of lines) assert.ok(line.length <= columns, line);
    assert.match(stdout, /^ {2}AP50 +IoU 0\.50 +0\.768/m);
    assert.match(stdout, /^ {2}bicycle .*0\.827/m);
    assert.match(stdout, /^ {2}No room here for: objects/m);
    assert.match(stdout, /^ {2}person: 21 right, 2 duplicate,/m);
  }
});
