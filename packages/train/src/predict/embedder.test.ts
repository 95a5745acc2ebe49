import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import sharp from 'sharp';
import { drawnPicture } from '../drawn/drawn-set.ts';
import { convertModel } from '../export/convert-model.ts';
import { importBackbone } from '../networks/imported-backbone.ts';
import { readPicture } from '../pictures/read-picture.ts';
import type { TaskPlan } from '../tasks/task-plan.ts';
import { drawnSetFor } from '../testing/drawn-run.ts';
import { untrainedInput, untrainedModel } from '../testing/untrained-model.ts';
import { openEmbedder, openSeeingPredictor } from './embedder.ts';
import { openPredictor } from './predictor.ts';

const pictures = await Promise.all(
  [0, 1].map(async (i) => readPicture(await drawnPicture(drawnSetFor.detect(2), i))),
);

async function embedded(bytes: Uint8Array, shown = pictures): Promise<Float32Array[]> {
  const embedder = await openEmbedder(bytes, 'model.onnx', { threads: 1 });
  const vectors: Float32Array[] = [];
  for (const picture of shown) {
    const answer = await embedder.predict(picture);
    assert.equal(answer.kind, 'embedding');
    vectors.push((answer as { embedding: Float32Array }).embedding);
  }
  await embedder.close();
  return vectors;
}

const detect: TaskPlan = { task: 'detect', classCount: 2 };
const classify: TaskPlan = { task: 'classify', classCount: 5, isMultiLabel: false };
const embed: TaskPlan = { task: 'embed', classCount: 4, dimensions: 16 };

test('a model of any task gives what its backbone sees, one that embeds its own answer', async () => {
  const [detector, classifier, embedder] = await Promise.all(
    [detect, classify, embed].map((task) => embedded(untrainedModel(task))),
  );
  assert.deepEqual([detector[0].length, classifier[0].length, embedder[0].length], [256, 256, 16]);
  // The same backbone, however its head goes on.
  assert.deepEqual(detector, classifier);
  assert.notDeepEqual(detector[0], detector[1]);
  assert.ok(detector[0].some((value) => value > 0));
});

test('one look gives the answer and what was seen, each as alone', async () => {
  for (const task of [detect, classify, embed]) {
    const bytes = untrainedModel(task);
    const [seen] = await embedded(bytes);
    const both = await openSeeingPredictor(bytes, 'model.onnx', { threads: 1 });
    const alone = await openPredictor(bytes, 'model.onnx', { threads: 1 });
    const { saw, ...answer } = await both.predict(pictures[0]);
    const { saw: _, ...own } = await alone.predict(pictures[0]);
    assert.deepEqual(answer, own);
    assert.deepEqual(saw, seen);
    await Promise.all([both.close(), alone.close()]);
  }
});

test('a model that began from a network made elsewhere is cut where that ends', async () => {
  const fixture = import.meta
    .resolve('@migaki/graph')
    .replace('index.ts', 'testing/fixtures/residual-torchscript.onnx');
  const network = importBackbone(await readFile(new URL(fixture)), untrainedInput, 'residual.onnx');
  const [vector] = await embedded(untrainedModel(detect, network));
  assert.equal(vector.length, 12);
});

test('a resaved picture stays nearly where it was', async () => {
  const file = await drawnPicture(drawnSetFor.detect(1), 0);
  const resaved = await readPicture(await sharp(file).jpeg({ quality: 60 }).toBuffer());
  const [x, z, y] = await embedded(untrainedModel(detect), [...pictures, resaved]);
  const distance = (p: Float32Array, q: Float32Array) => Math.hypot(...p.map((v, i) => v - q[i]));
  assert.ok(distance(x, y) < distance(x, z) / 3, `${distance(x, y)} ${distance(x, z)}`);
});

test('a model in half precision is refused', async () => {
  const half = convertModel(untrainedModel(detect), 'float16', 'model.onnx');
  await assert.rejects(embedded(half), { code: 'bad-init' });
});
