// Datasets and files that there is little or nothing to learn from.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { TrainSettings } from '../loop/settings.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { openPredictorFile } from '../predict/predictor.ts';
import { drawnRunFolder, quick, runHere } from '../testing/drawn-run.ts';
import { foreignNetwork } from '../testing/foreign-network.ts';
import type { TrainError } from '../train-error.ts';
import { type LocatedDataset, runFiles } from './run-folder.ts';

const classify: TrainSettings = { task: 'classify', ...quick };

test('a picture that cannot be read is told once and left out; too many end the run', async (t) => {
  const spoil = (count: number) => (dataset: LocatedDataset) => {
    for (const { path } of dataset.images.slice(0, count))
      writeFileSync(path as string, 'no picture');
    return dataset;
  };
  const folder = await drawnRunFolder(t, classify, { change: spoil(2) });
  const { events, result } = await runHere(folder);
  const warnings = events.flatMap((event) =>
    event.type === 'note' && event.level === 'warning' ? [event.text] : [],
  );
  assert.equal(warnings.length, new Set(warnings).size);
  assert.ok(warnings.length >= 1 && warnings.every((text) => /cannot be read/.test(text)));
  assert.ok(result.steps > 0);
  const hopeless = await drawnRunFolder(t, classify, { change: spoil(12) });
  await assert.rejects(runHere(hopeless), { code: 'unreadable-pictures' });
});

const refusals: [string, TrainSettings, (dataset: LocatedDataset) => LocatedDataset, RegExp][] = [
  ['no pictures', classify, (d) => ({ ...d, images: [] }), /labelled pictures, found none/],
  ['no labels', classify, (d) => ({ ...d, annotations: [] }), /pictures with labels|two classes/],
  [
    'one class',
    classify,
    (d) => ({ ...d, annotations: d.annotations.map((one) => ({ ...one, category_id: 1 })) }),
    /two classes or more, found 1 class/,
  ],
  ['no objects', { task: 'detect' }, (d) => ({ ...d, annotations: [] }), /pictures with objects/],
  [
    'boxes alone',
    { task: 'segment' },
    (d) => ({ ...d, annotations: d.annotations.map(({ segmentation: _, ...one }) => one) }),
    /outlines or masks, found boxes alone/,
  ],
  [
    'no keypoints',
    { task: 'pose' },
    (d) => ({ ...d, annotations: d.annotations.map(({ keypoints: _, ...one }) => one) }),
    /objects with keypoints/,
  ],
  [
    'a field that no picture has, in pictures that nobody has looked at',
    { task: 'regress', valueField: 'metadata.nothing' },
    (d) => ({ ...d, images: d.images.map((image) => ({ ...image, isUndecided: true })) }),
    /found 0 pictures with a number in metadata\.nothing/,
  ],
  ['no field of numbers', { task: 'regress' }, (d) => d, /a number in no field/],
  [
    'a setting out of range',
    { ...classify, batch: 0 },
    (d) => d,
    /batch: expected a whole number from 1 to 1024, found 0/,
  ],
  [
    'two lengths',
    { ...classify, minutes: 1 },
    (d) => d,
    /minutes, epochs: expected one of the two, found both/,
  ],
  [
    'stages to keep of no network',
    { ...classify, freeze: 3 },
    (d) => d,
    /freeze: expected a network to begin from, found none/,
  ],
];
for (const [what, settings, change, message] of refusals) {
  test(`${what}: one clear error, before anything is done`, async (t) => {
    const folder = await drawnRunFolder(t, settings, { count: 4, change });
    await assert.rejects(runHere(folder), ({ name, message: said }: TrainError) => {
      assert.equal(name, 'TrainError');
      assert.match(said, message);
      return true;
    });
  });
}

test('one picture, and one object of one class, can be learned from', async (t) => {
  const settings: TrainSettings = { ...quick, task: 'detect', epochs: 2 };
  const folder = await drawnRunFolder(t, settings, {
    count: 1,
    change: (d) => ({ ...d, annotations: d.annotations.slice(0, 1) }),
  });
  const { result, events } = await runHere(folder);
  assert.equal(result.scores, null, 'nothing was left to validate with');
  assert.equal(result.card.classes.length, 1);
  assert.ok(events.some((event) => event.type === 'note' && /nothing has them/.test(event.text)));
  const isWarned = events.some(
    (event) =>
      event.type === 'note' &&
      event.level === 'warning' &&
      /^There is no picture to validate with: .* last step .* no scores/.test(event.text),
  );
  assert.ok(isWarned, 'and that is said');
});

test('a regression learns from pictures that have objects, too', async (t) => {
  const withObjects = (dataset: LocatedDataset): LocatedDataset => ({
    ...dataset,
    categories: [{ id: 1, name: 'hull', keypoints: ['bow', 'stern'] }],
    annotations: dataset.images.map(({ id }) => ({
      ...{ id, image_id: id, category_id: 1, bbox: [10, 10, 40, 20] },
      keypoints: [10, 10, 2, 50, 10, 2],
    })),
  });
  const folder = await drawnRunFolder(
    t,
    { task: 'regress', valueField: 'metadata.fullness', ...quick },
    { change: withObjects },
  );
  const { result } = await runHere(folder);
  assert.ok(result.steps > 0);
});

test('a run begins from the model of another, left as it is or learned on', async (t) => {
  const { result: first } = await runHere(await drawnRunFolder(t, { ...classify, epochs: 4 }));
  const before = await readFile(first.modelPath);
  const counts = [];
  for (const freeze of [undefined, 2]) {
    const settings: TrainSettings = {
      ...quick,
      task: 'regress',
      valueField: 'metadata.fullness',
      ...(freeze !== undefined && { freeze }),
    };
    const folder = await drawnRunFolder(t, settings);
    await writeFile(runFiles(folder).init, before);
    const { result, events } = await runHere(folder);
    const settled = events.find((event) => event.type === 'settled');
    counts.push(settled!.parameterCount);
    const predictor = await openPredictorFile(result.modelPath, { threads: 1 });
    t.after(() => predictor.close());
    const [picture] = JSON.parse(await readFile(runFiles(folder).training, 'utf8')).images;
    assert.equal((await predictor.predict(await readPicture(picture.path))).kind, 'value');
    assert.equal(result.card.size, null, 'none of ours');
  }
  assert.equal(counts[0], 321, 'the head alone: 64 + 128 + 128 weights and a bias');
  assert.ok(counts[1] > 10_000);
});

test('a size beside a network to begin from is refused, because that network has its own', async (t) => {
  const folder = await drawnRunFolder(t, { ...classify, size: 'medium' }, { count: 4 });
  await writeFile(runFiles(folder).init, foreignNetwork);
  await assert.rejects(runHere(folder), {
    code: 'bad-setting',
    message: /^size: expected none beside a network to begin from.*found medium/,
  });
});

test('a file that is no network ends the run before it begins', async (t) => {
  const folder = await drawnRunFolder(t, classify, { count: 4 });
  await writeFile(runFiles(folder).init, 'no network');
  await assert.rejects(runHere(folder), {
    code: 'bad-init',
    message: /--init\): expected an ONNX file.*[^.]\.$/,
  });
});
