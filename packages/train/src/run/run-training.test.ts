import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readCheckpoint } from '../checkpoint/checkpoint.ts';
import { readSafetensors, writeSafetensors } from '../checkpoint/safetensors.ts';
import type { TrainEvent } from '../loop/events.ts';
import type { TrainSettings } from '../loop/settings.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { openPredictorFile } from '../predict/predictor.ts';
import type { TaskName } from '../tasks/task-plan.ts';
import { drawnRunFolder } from '../testing/drawn-run.ts';
import type { TrainError } from '../train-error.ts';
import { type LocatedDataset, runFiles } from './run-folder.ts';
import { runTraining } from './run-training.ts';
import { startTraining } from './start-training.ts';

const base = { epochs: 12, batch: 4, inputSide: 96, threads: 1, loaders: 1, seed: 3 };
const run = async (folder: string, signal = new AbortController().signal) => {
  const events: TrainEvent[] = [];
  const result = await runTraining(folder, (event) => events.push(event), signal);
  return { result, events };
};
const losses = (events: TrainEvent[]) =>
  events.flatMap((event) => (event.type === 'step' ? [event.loss] : []));

const answerKinds: Record<TaskName, string> = {
  classify: 'classes',
  regress: 'value',
  embed: 'embedding',
  detect: 'objects',
  segment: 'objects',
  pose: 'objects',
};
const settingsOf: Partial<Record<TaskName, Partial<TrainSettings>>> = {
  regress: { valueField: 'metadata.fullness', epochs: 40 },
};

for (const task of Object.keys(answerKinds) as TaskName[]) {
  test(`a run of ${task} learns, and its model answers in kind`, async (t) => {
    const folder = await drawnRunFolder(t, { task, ...base, ...settingsOf[task] });
    const { result, events } = await run(folder);
    const all = losses(events);
    const mean = (list: number[]) => list.reduce((sum, loss) => sum + loss, 0) / list.length;
    const [first, last] = [mean(all.slice(0, all.length >> 1)), mean(all.slice(all.length >> 1))];
    assert.ok(last < first, `losses ${all.map((loss) => loss.toFixed(3))}`);
    assert.ok(result.scores !== null && Object.values(result.scores.values).every(Number.isFinite));
    const validated = events.filter((event) => event.type === 'validated');
    assert.ok(validated.at(-1)!.samples.length > 0);

    const predictor = await openPredictorFile(result.modelPath, { threads: 1 });
    t.after(() => predictor.close());
    assert.equal(predictor.card.task.task, task);
    const [picture] = JSON.parse(await readFile(runFiles(folder).training, 'utf8')).images;
    const answer = await predictor.predict(await readPicture(picture.path));
    assert.equal(answer.kind, answerKinds[task]);
  });
}

const classify: TrainSettings = { task: 'classify', ...base };
const hashOf = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

test('the same seed gives the same model, byte by byte, and another seed another', async (t) => {
  const hashes = [];
  for (const seed of [3, 3, 4]) {
    const { result } = await run(await drawnRunFolder(t, { ...classify, epochs: 2, seed }));
    hashes.push(await hashOf(result.modelPath));
  }
  assert.equal(hashes[0], hashes[1]);
  assert.notEqual(hashes[0], hashes[2]);
});

test('a run that is killed goes on where it was and ends as one that was not', async (t) => {
  const undisturbed = await run(await drawnRunFolder(t, classify));
  const folder = await drawnRunFolder(t, classify);
  const killing = new AbortController();
  const onEvent = (event: TrainEvent) => {
    if (event.type === 'validated' && event.step >= 12) killing.abort(new Error('killed'));
  };
  await assert.rejects(startTraining(folder, { onEvent, abandon: killing.signal, niceness: 5 }), {
    message: 'killed',
  });
  const resumed = await run(folder);
  const steps = resumed.events.flatMap((event) => (event.type === 'step' ? [event.step] : []));
  assert.ok(steps[0] > 8, `it went on at step ${steps[0]}`);
  assert.deepEqual(resumed.result.scores, undisturbed.result.scores);
  assert.equal(await hashOf(resumed.result.modelPath), await hashOf(undisturbed.result.modelPath));
});

/** A run that was ended after its first steps. */
async function begunRun(t: TestContext): Promise<string> {
  const folder = await drawnRunFolder(t, { ...classify, epochs: 50 });
  const ending = new AbortController();
  await runTraining(
    folder,
    (event) => {
      if (event.type === 'validated') ending.abort();
    },
    ending.signal,
  );
  return folder;
}

test('a run that is ended early answers with what it has learned', async (t) => {
  const folder = await drawnRunFolder(t, { ...classify, epochs: 1000 });
  const ending = new AbortController();
  const result = await runTraining(
    folder,
    (event) => {
      if (event.type === 'validated') ending.abort();
    },
    ending.signal,
  );
  assert.equal(result.isCancelled, true);
  assert.ok(result.steps < 1000 && result.scores !== null);
  assert.ok((await readFile(result.modelPath)).length > 0);
});

test('a loss that is no number ends the run, names the batch and keeps the last good state', async (t) => {
  const folder = await begunRun(t);
  const path = join(folder, 'last.safetensors');
  const good = readSafetensors(await readFile(path), path);
  const poisoned = new Map(good.tensors);
  const { type, shape, bytes } = good.tensors.get('parameters/decayed')!;
  poisoned.set('parameters/decayed', {
    type,
    shape,
    bytes: new Uint8Array(bytes.length).fill(0xff),
  });
  const { metadata } = good;
  await writeFile(path, Buffer.concat(writeSafetensors({ tensors: poisoned, metadata })));
  await assert.rejects(run(folder), ({ code, message }: TrainError) => {
    assert.equal(code, 'loss-not-finite');
    assert.match(message, /step \d+ \(batch \d+: signs-.*\.jpg/);
    return true;
  });
  const { progress } = (await readCheckpoint(path, 'test'))!;
  assert.equal(progress.step, JSON.parse(metadata.progress).step, 'no step was made');
});

test('a checkpoint that is damaged, or of another run, is refused by name', async (t) => {
  const folder = await begunRun(t);
  const path = join(folder, 'last.safetensors');
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length / 2));
  await assert.rejects(run(folder), { code: 'bad-checkpoint', message: /ends early/ });
  await writeFile(path, bytes);
  await assert.rejects(readCheckpoint(path, 'other'), {
    code: 'bad-checkpoint',
    message: /another run/,
  });
});

test('a disk that fills is told, and with room again the run goes on from what was kept', async (t) => {
  const disk = await mkdtemp(join(tmpdir(), 'migaki-disk-'));
  const mount = ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk];
  if (spawnSync('mount', mount).status !== 0) {
    await rm(disk, { recursive: true });
    return t.skip('a small disk may not be mounted here');
  }
  t.after(async () => {
    spawnSync('umount', [disk]);
    await rm(disk, { recursive: true });
  });
  const whole = await drawnRunFolder(t, classify);
  const folder = join(disk, 'run');
  await cp(whole, folder, { recursive: true });
  const filler = join(disk, 'filler');
  const fill = () => {
    const file = openSync(filler, 'a');
    try {
      for (const size of [1 << 20, 1 << 12]) {
        try {
          for (;;) writeSync(file, Buffer.alloc(size));
        } catch {} // full
      }
    } finally {
      closeSync(file);
    }
  };
  const notes: string[] = [];
  const onEvent = (event: TrainEvent) => {
    if (event.type === 'validated') fill();
    if (event.type === 'note') notes.push(event.text);
  };
  await assert.rejects(runTraining(folder, onEvent, new AbortController().signal), {
    code: 'disk-full',
  });
  assert.ok(
    notes.some((text) => /step \d+ is not kept: .*a full disk/.test(text)),
    `${notes}`,
  );
  await rm(filler);
  const { result } = await run(folder);
  assert.equal(result.steps, 36, 'twelve epochs of three steps');
  assert.ok((await readFile(result.modelPath)).length > 0);
});

test('a picture that cannot be read is told once and left out; too many end the run', async (t) => {
  const spoil = (count: number) => (dataset: LocatedDataset) => {
    for (const { path } of dataset.images.slice(0, count))
      writeFileSync(path as string, 'no picture');
    return dataset;
  };
  const folder = await drawnRunFolder(t, classify, { change: spoil(2) });
  const { events, result } = await run(folder);
  const warnings = events.flatMap((event) =>
    event.type === 'note' && event.level === 'warning' ? [event.text] : [],
  );
  assert.equal(warnings.length, new Set(warnings).size);
  assert.ok(warnings.length >= 1 && warnings.every((text) => /cannot be read/.test(text)));
  assert.ok(result.steps > 0);
  const hopeless = await drawnRunFolder(t, classify, { change: spoil(12) });
  await assert.rejects(run(hopeless), { code: 'unreadable-pictures' });
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
];
for (const [what, settings, change, message] of refusals) {
  test(`${what}: one clear error, before anything is done`, async (t) => {
    const folder = await drawnRunFolder(t, settings, { count: 4, change });
    await assert.rejects(run(folder), ({ name, message: said }: TrainError) => {
      assert.equal(name, 'TrainError');
      assert.match(said, message);
      return true;
    });
  });
}

test('one picture, and one object of one class, can be learned from', async (t) => {
  const settings: TrainSettings = { ...base, task: 'detect', epochs: 2 };
  const folder = await drawnRunFolder(t, settings, {
    count: 1,
    change: (d) => ({ ...d, annotations: d.annotations.slice(0, 1) }),
  });
  const { result, events } = await run(folder);
  assert.equal(result.scores, null, 'nothing was left to validate with');
  assert.equal(result.card.classes.length, 1);
  assert.ok(events.some((event) => event.type === 'note' && /nothing has them/.test(event.text)));
});

test('a run begins from the model of another, left as it is or learned on', async (t) => {
  const { result: first } = await run(await drawnRunFolder(t, { ...classify, epochs: 4 }));
  const before = await readFile(first.modelPath);
  const counts = [];
  for (const freeze of [undefined, 2]) {
    const settings: TrainSettings = {
      ...base,
      task: 'regress',
      valueField: 'metadata.fullness',
      ...(freeze !== undefined && { freeze }),
    };
    const folder = await drawnRunFolder(t, settings);
    await writeFile(runFiles(folder).init, before);
    const { result, events } = await run(folder);
    const settled = events.find((event) => event.type === 'settled');
    counts.push(settled!.parameterCount);
    const predictor = await openPredictorFile(result.modelPath, { threads: 1 });
    t.after(() => predictor.close());
    const [picture] = JSON.parse(await readFile(runFiles(folder).training, 'utf8')).images;
    assert.equal((await predictor.predict(await readPicture(picture.path))).kind, 'value');
  }
  assert.equal(counts[0], 129, 'the head alone: 128 weights and a bias');
  assert.ok(counts[1] > 10_000);
});

test('a file that is no network ends the run before it begins', async (t) => {
  const folder = await drawnRunFolder(t, classify, { count: 4 });
  await writeFile(runFiles(folder).init, 'no network');
  await assert.rejects(run(folder), {
    code: 'bad-init',
    message: /--init\): expected an ONNX file/,
  });
});
