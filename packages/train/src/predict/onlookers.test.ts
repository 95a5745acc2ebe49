import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { drawnPicture } from '../drawn/drawn-set.ts';
import { cutOut } from '../pictures/cut-out.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { drawnSetFor } from '../testing/drawn-run.ts';
import { untrainedModel } from '../testing/untrained-model.ts';
import { openEmbedder } from './embedder.ts';
import { openOnlookers, UnreadablePicture } from './onlookers.ts';
import { openPredictor } from './predictor.ts';

const bytes = untrainedModel({ task: 'detect', classCount: 2 });
const pictures = await Promise.all(
  Array.from({ length: 7 }, (_, index) => drawnPicture(drawnSetFor.detect(7), index)),
);

test('what they answer is what the model answers here, picture for picture', async () => {
  const onlookers = openOnlookers(bytes, 'model.onnx', 'predict');
  const answers = await Promise.all(pictures.map(onlookers.look));
  await onlookers.close();
  const predictor = await openPredictor(bytes, 'model.onnx', { threads: 1 });
  for (const [index, picture] of pictures.entries()) {
    assert.deepEqual(answers[index], await predictor.predict(await readPicture(picture)));
  }
  await predictor.close();
});

test('how they see a picture is a vector', async () => {
  const onlookers = openOnlookers(bytes, 'model.onnx', 'embed');
  const answer = await onlookers.look(pictures[0]);
  await onlookers.close();
  assert.equal(answer.kind === 'embedding' && answer.embedding.length, 256);
});

test('parts of a picture are looked at one by one, in their order', async () => {
  const onlookers = openOnlookers(bytes, 'model.onnx', 'embed');
  const parts = [
    [10, 10, 30, 30],
    [60, 20, 40, 20],
  ] as const;
  const answers = await onlookers.lookAtParts(pictures[0], parts);
  await onlookers.close();
  const embedder = await openEmbedder(bytes, 'model.onnx', { threads: 1 });
  const raster = await readPicture(pictures[0]);
  for (const [index, part] of parts.entries()) {
    assert.deepEqual(answers[index], await embedder.predict(cutOut(raster, part)));
  }
  assert.notDeepEqual(answers[0], answers[1]);
  await embedder.close();
});

test('a picture that cannot be read is told of that picture alone', async () => {
  const onlookers = openOnlookers(bytes, 'model.onnx', 'predict');
  const [bad, gone, good] = await Promise.allSettled([
    onlookers.look(Buffer.from('no picture')),
    onlookers.look('/nowhere/at/all.png'),
    onlookers.look(pictures[0]),
  ]);
  await onlookers.close();
  for (const each of [bad, gone]) {
    assert.ok(each.status === 'rejected' && each.reason instanceof UnreadablePicture);
  }
  assert.equal(good.status, 'fulfilled');
});

test('one that is killed is told, and those that are closed are gone', {
  skip: process.platform !== 'linux',
}, async () => {
  const onlookers = openOnlookers(bytes, 'model.onnx', 'predict');
  await onlookers.look(pictures[0]);
  const children = childrenOf(process.pid);
  assert.ok(children.length > 0);
  const asked = pictures.map(onlookers.look);
  for (const pid of children) process.kill(pid, 'SIGKILL');
  const settled = await Promise.allSettled(asked);
  const codes = settled.flatMap((each) => (each.status === 'rejected' ? each.reason.code : []));
  assert.ok(codes.length > 0 && codes.every((code) => code === 'predictor-died'), codes.join());
  await assert.rejects(onlookers.look(pictures[0]), { code: 'predictor-died' });
  await onlookers.close();
  assert.deepEqual(childrenOf(process.pid), []);
});

test('what is no model is refused before a process is begun', () => {
  assert.throws(() => openOnlookers(Buffer.from('no model'), 'model.onnx', 'predict'), {
    code: 'not-a-model',
  });
});

/** Processes that look at pictures. Linux only. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const [, ppid] = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ')[1].split(' ');
      const command = readFileSync(`/proc/${name}/cmdline`, 'latin1');
      return Number(ppid) === parent && command.includes('predictor-process') ? Number(name) : [];
    } catch {
      return []; // no process, or gone in between
    }
  });
}
