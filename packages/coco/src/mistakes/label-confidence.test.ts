import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isConfidentlyOther, noConfidence, rivalOf, withConfidence } from './label-confidence.ts';

/** Of three classes; the model is never sure of the third. */
const pictures: [truth: number, probabilities: number[]][] = [
  ...Array.from({ length: 20 }, (): [number, number[]] => [0, [0.9, 0.05, 0.05]]),
  ...Array.from({ length: 20 }, (): [number, number[]] => [1, [0.1, 0.8, 0.1]]),
  ...Array.from({ length: 20 }, (): [number, number[]] => [2, [0.35, 0.25, 0.4]]),
];
/** Every tenth picture is labelled as the next class. */
const labels = pictures.map(([truth], at) => (at % 10 === 3 ? (truth + 1) % 3 : truth));

test('labels that were swapped are found, also where the model is never sure', () => {
  const confidence = pictures.reduce(
    (all, [, probabilities], at) => withConfidence(all, labels[at], probabilities),
    noConfidence(3),
  );
  const doubted = pictures.flatMap(([, probabilities], at) => {
    const rival = rivalOf(labels[at], probabilities)!;
    return isConfidentlyOther(labels[at], rival, confidence) ? [[at, rival.rival]] : [];
  });
  assert.deepEqual(
    doubted,
    labels.flatMap((label, at) => (label === pictures[at][0] ? [] : [[at, pictures[at][0]]])),
  );
});

test('the doubt is as of objects: sure of the rival, and not of the label', () => {
  const { rival, doubt } = rivalOf(0, [0.1, 0.7, 0.2])!;
  assert.equal(rival, 1);
  assert.ok(Math.abs(doubt - 0.63) < 1e-9);
  assert.equal(rivalOf(0, [1]), null);
});

test('a class that no picture has is not confidently seen', () => {
  const rival = rivalOf(0, [0.05, 0.95])!;
  assert.equal(isConfidentlyOther(0, rival, { sums: [0.9, 0], counts: [1, 0] }), false);
});
