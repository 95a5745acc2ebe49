import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainingGraph } from '../model/graphs.ts';
import type { PlannedModel } from '../model/model-plan.ts';
import type { TrainError } from '../train-error.ts';
import { isOutOfMemory, refuseTooLarge } from './step-memory.ts';
import { openStepper } from './stepper.ts';

const gigabyte = 1e9;

test('a step that does not fit is refused with the batch that would', () => {
  const memory = { bytes: 9 * gigabyte, fixedBytes: gigabyte };
  refuseTooLarge(memory, 8, 9 * gigabyte);
  assert.throws(() => refuseTooLarge(memory, 8, 5 * gigabyte), {
    code: 'out-of-memory',
    message:
      'a step of 8 pictures: expected at most 5.0 GB of memory, which are free, found about 9.0 GB that it needs. ' +
      'A batch of 4 would fit; so would a smaller input or a smaller network.',
  });
  assert.throws(() => refuseTooLarge(memory, 8, 1.5 * gigabyte), /Not even one picture would fit/);
});

test('a detector of thousands of large pictures a step is refused before anything is computed', async () => {
  const input = { width: 2048, height: 2048 };
  const task = { task: 'detect', classCount: 2 } as const;
  const model: PlannedModel = {
    plan: { task, size: 'tiny', input, seed: 1, imported: null },
    backbone: null,
  };
  const batch = 4096;
  await assert.rejects(
    openStepper(trainingGraph(model, batch), { batch, weightDecay: 0, threads: 1 }),
    (error: TrainError) => {
      assert.equal(error.code, 'out-of-memory');
      const [, fitting] = /A batch of (\d+) would fit/.exec(error.message)!;
      assert.ok(Number(fitting) >= 1 && Number(fitting) < batch / 2);
      return true;
    },
  );
});

test('what runtimes say without memory is known as that', () => {
  assert.ok(isOutOfMemory(new Error('std::bad_alloc')));
  assert.ok(isOutOfMemory(new Error('Failed to allocate memory for requested buffer of size 9')));
  assert.ok(!isOutOfMemory(new Error('Invalid dimension')));
});
