// Runs that are ended, killed, spoilt and short of room: nothing is lost, and what comes after is what would have come.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readCheckpoint } from '../checkpoint/checkpoint.ts';
import { readSafetensors, writeSafetensors } from '../checkpoint/safetensors.ts';
import type { TrainEvent } from '../loop/events.ts';
import type { TrainSettings } from '../loop/settings.ts';
import { drawnRunFolder, quick, runHere } from '../testing/drawn-run.ts';
import type { TrainError } from '../train-error.ts';
import { runTraining } from './run-training.ts';
import { startTraining } from './start-training.ts';

const classify: TrainSettings = { task: 'classify', ...quick };
const hashOf = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

test('the same seed gives the same model, byte by byte, and another seed another', async (t) => {
  const hashes = [];
  for (const seed of [3, 3, 4]) {
    const { result } = await runHere(await drawnRunFolder(t, { ...classify, epochs: 2, seed }));
    hashes.push(await hashOf(result.modelPath));
  }
  assert.equal(hashes[0], hashes[1]);
  assert.notEqual(hashes[0], hashes[2]);
});

test('a run that is killed goes on where it was and ends as one that was not', async (t) => {
  const undisturbed = await runHere(await drawnRunFolder(t, classify));
  const folder = await drawnRunFolder(t, classify);
  const killing = new AbortController();
  const onEvent = (event: TrainEvent) => {
    if (event.type === 'validated' && event.step >= 12) killing.abort(new Error('killed'));
  };
  await assert.rejects(startTraining(folder, { onEvent, abandon: killing.signal, niceness: 5 }), {
    message: 'killed',
  });
  const resumed = await runHere(folder);
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

test('a run whose time is over before its first step says so, and makes no model', async (t) => {
  const { epochs: _, ...settings } = classify;
  const folder = await drawnRunFolder(t, { ...settings, minutes: 0.1 });
  const startedAt = performance.now() - 60_000;
  await assert.rejects(
    runTraining(folder, () => {}, new AbortController().signal, { startedAt }),
    {
      code: 'no-time',
      message:
        /a first step, found 6\d seconds until all was ready, of 6 in all, the end included\. Give it more minutes/,
    },
  );
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
  await assert.rejects(runHere(folder), ({ code, message }: TrainError) => {
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
  await assert.rejects(runHere(folder), { code: 'bad-checkpoint', message: /ends early/ });
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
  const { result } = await runHere(folder);
  assert.equal(result.steps, 36, 'twelve epochs of three steps');
  assert.ok((await readFile(result.modelPath)).length > 0);
});
