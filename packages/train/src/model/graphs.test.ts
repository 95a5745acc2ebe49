// One model, three graphs: what learns, what is validated and what is handed out must answer alike.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Graph, numbersOf, tensorOf } from '@migaki/graph';
import sharp from 'sharp';
import { drawnPicture } from '../drawn/drawn-set.ts';
import { convertModel } from '../export/convert-model.ts';
import { exportModel } from '../export/export-model.ts';
import { cardFormat, type ModelCard, type Precision, precisions } from '../export/model-card.ts';
import type { Raster } from '../pictures/raster.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { type PictureAnswer, readAnswer } from '../predict/picture-answer.ts';
import { openPredictor } from '../predict/predictor.ts';
import { randomOf } from '../random/random.ts';
import { hostTensorOf, openSession, ortTensor } from '../runtime/session.ts';
import type { PlanOf, TaskName } from '../tasks/task-plan.ts';
import { drawnSetFor } from '../testing/drawn-run.ts';
import { answeringGraph, validationGraph, type Weights, withWeights } from './graphs.ts';
import type { PlannedModel } from './model-plan.ts';

const input = { width: 96, height: 64 };
const plans: { readonly [Name in TaskName]: PlanOf<Name> } = {
  classify: { task: 'classify', classCount: 5, isMultiLabel: false },
  regress: { task: 'regress', mean: 50, deviation: 10 },
  embed: { task: 'embed', classCount: 4, dimensions: 16 },
  detect: { task: 'detect', classCount: 2 },
  segment: { task: 'segment', classCount: 2 },
  pose: { task: 'pose', classCount: 1, keypointCount: 3, sigmas: [0.05, 0.05, 0.05] },
};
const modelOf = (task: TaskName): PlannedModel => ({
  plan: { task: plans[task], size: 'tiny', input, seed: 1, imported: null },
  backbone: null,
});

/** Weights as if something had been learned: no bias at its beginning, no statistics of 0 and 1. */
function someWeights(graph: Graph): Weights {
  const random = randomOf(9);
  return new Map(
    [...graph.initializers].map(([name, tensor]) => {
      const kind = name.split('/').at(-1) as string;
      const changes: Record<string, (value: number) => number> = {
        mean: () => random.normal(0, 0.2),
        variance: () => random.between(0.5, 1.5),
        scale: () => random.between(0.7, 1.3),
        shift: () => random.normal(0, 0.2),
        weight: (value) => (name.includes('/classes') ? value * 2 : value),
        bias: (value) => (value < 0 ? -1.5 : value + random.normal(0, 0.1)),
      };
      const change = tensor.type === 'float32' ? changes[kind] : undefined;
      if (change === undefined) return [name, tensor];
      return [name, tensorOf('float32', tensor.shape, numbersOf(tensor).map(change))];
    }),
  );
}

async function pictureOf(task: TaskName, factor: number): Promise<Raster> {
  const file = await drawnPicture(drawnSetFor[task](1), 0);
  const size = { width: input.width * factor, height: input.height * factor };
  return readPicture(
    await sharp(file)
      .resize({ ...size, fit: 'fill' })
      .png()
      .toBuffer(),
  );
}

/** What a graph in the form of validation answers to a picture of just its input's size. */
async function answerOf(graph: Graph, task: TaskName, { width, height, data }: Raster) {
  const session = await openSession(graph, 1);
  try {
    const planes = Uint8Array.from({ length: data.length }, (_, i) => {
      const [plane, pixel] = [Math.floor(i / (width * height)), i % (width * height)];
      return data[3 * pixel + plane];
    });
    const results = await session.run({
      pictures: ortTensor({ type: 'uint8', shape: [1, 3, height, width], data: planes }),
      frame: ortTensor({
        type: 'float32',
        shape: [1, 4],
        data: Float32Array.of(1, 1, width, height),
      }),
    });
    const outputs = Object.fromEntries(
      Object.entries(results).map(([name, tensor]) => [name, hostTensorOf(tensor)]),
    );
    return readAnswer(task, outputs, { row: 0, picture: { width, height }, input });
  } finally {
    await session.close();
  }
}

const cardOf = (task: TaskName): ModelCard => ({
  format: cardFormat,
  task: plans[task],
  classes: [],
  input,
  size: 'tiny',
  precision: 'float32',
  scores: {},
  origin: {},
});

async function exportedAnswer(
  task: TaskName,
  weights: Weights,
  picture: Raster,
  precision: Precision = 'float32',
) {
  const bytes = convertModel(exportModel(modelOf(task), weights, cardOf(task)), precision, task);
  const predictor = await openPredictor(bytes, 'model', { threads: 1 });
  try {
    assert.equal(predictor.card.precision, precision);
    return await predictor.predict(picture);
  } finally {
    await predictor.close();
  }
}

/** All numbers of an answer in one row; of objects the best ten. */
function numbersIn(answer: PictureAnswer, factor = 1): number[] {
  switch (answer.kind) {
    case 'objects':
      return answer.objects
        .slice(0, 10)
        .flatMap(({ classIndex, score, box, keypoints = [] }) => [
          classIndex,
          score,
          ...box.map((side) => side / factor),
          ...keypoints.map((value, i) => (i % 3 === 2 ? value : value / factor)),
        ]);
    case 'classes':
      return [...answer.probabilities];
    case 'value':
      return [answer.value];
    case 'embedding':
      return [...answer.embedding];
  }
}

function assertAlike(actual: number[], expected: number[], tolerance: number, what: string): void {
  assert.equal(actual.length, expected.length, what);
  for (const [i, value] of expected.entries()) {
    const off = Math.abs(actual[i] - value) / Math.max(1, Math.abs(value));
    assert.ok(off <= tolerance, `${what}, number ${i}: ${actual[i]}, not ${value}`);
  }
}

for (const task of Object.keys(plans) as TaskName[]) {
  test(`${task}: the forward pass of training, validation and the exported file answer alike`, async () => {
    const plain = answeringGraph(modelOf(task));
    const weights = someWeights(plain);
    const picture = await pictureOf(task, 1);
    const forward = await answerOf(withWeights(plain, weights), task, picture);
    const validated = await answerOf(validationGraph(modelOf(task), weights), task, picture);
    const exported = await exportedAnswer(task, weights, picture);
    const expected = numbersIn(forward);
    assert.ok(expected.length > 0);
    assertAlike(numbersIn(validated), expected, 1e-3, 'validation');
    assertAlike(numbersIn(exported), numbersIn(validated), 1e-4, 'the exported file');
    if (forward.kind === 'objects' && validated.kind === 'objects') {
      assert.deepEqual(
        validated.objects.map(({ mask }) => mask?.counts.length),
        forward.objects.map(({ mask }) => mask?.counts.length),
      );
    }
  });

  test(`${task}: half precision answers nearly alike`, async () => {
    const weights = someWeights(answeringGraph(modelOf(task)));
    const picture = await pictureOf(task, 1);
    const [full, half] = [
      await exportedAnswer(task, weights, picture),
      await exportedAnswer(task, weights, picture, 'float16'),
    ];
    // The order of objects that are about as likely may change.
    const best = (answer: PictureAnswer) => numbersIn(answer).slice(0, 6);
    assertAlike(best(half), best(full), 0.05, 'float16');
  });
}

test('places of a larger picture are in its own pixels', async () => {
  const weights = someWeights(answeringGraph(modelOf('detect')));
  const large = await pictureOf('detect', 2);
  const { width, height, data } = large;
  // Each pixel the mean of four: what the graph's own shrinking comes near to.
  const small = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ ...input, kernel: 'linear', fit: 'fill' })
    .raw()
    .toBuffer();
  const [a, b] = [
    await exportedAnswer('detect', weights, { ...input, data: small }),
    await exportedAnswer('detect', weights, large),
  ];
  assert.ok(a.kind === 'objects' && b.kind === 'objects');
  const [first] = a.objects;
  const same = b.objects.find(({ box }) =>
    box.every((side, i) => Math.abs(side / 2 - first.box[i]) < 1),
  );
  assert.ok(same !== undefined && Math.abs(same.score - first.score) < 0.05);
});

test('eight bits answer in kind, from a smaller file', async () => {
  const weights = someWeights(answeringGraph(modelOf('classify')));
  const file = exportModel(modelOf('classify'), weights, cardOf('classify'));
  const sizes = precisions.map((precision) => convertModel(file, precision, 'classify').length);
  const [full, half, bytes] = sizes;
  assert.ok(half < 0.6 * full && bytes < 0.4 * full, `${sizes}`);
  const answer = await exportedAnswer('classify', weights, await pictureOf('classify', 1), 'int8');
  assert.ok(answer.kind === 'classes');
  assert.ok(Math.abs(answer.probabilities.reduce((a, b) => a + b) - 1) < 1e-5);
});
