import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerUncertainty } from './answer-uncertainty.ts';
import type { PictureAnswer } from './picture-answer.ts';

const objects = (...scores: number[]): PictureAnswer => ({
  kind: 'objects',
  objects: scores.map((score) => ({ classIndex: 0, score, box: [0, 0, 9, 9] })),
});
const classes = (...probabilities: number[]): PictureAnswer => ({
  kind: 'classes',
  probabilities: Float32Array.from(probabilities),
});
const near = (a: number | null, b: number) =>
  assert.ok(a !== null && Math.abs(a - b) < 1e-6, `${a} and not ${b}`);

test('objects that are there for sure, or not at all, leave no doubt', () => {
  near(answerUncertainty(objects(1, 1, 0.01), false), 0);
  near(answerUncertainty(objects(), false), 0);
});

test('half a chance for each object is the most doubtful, and their number does not matter', () => {
  near(answerUncertainty(objects(0.5, 0.5), false), 1);
  near(answerUncertainty(objects(0.5, 0.5, 0.5, 0.5), false), 1);
  near(answerUncertainty(objects(0.9, 0.9), false), 0.2 / 1.8);
});

test('one faint finding is half a doubt at most', () => {
  near(answerUncertainty(objects(0.3), false), 0.3);
});

test('of classes the margin counts, of several labels the least decided', () => {
  near(answerUncertainty(classes(0.1, 0.8, 0.1), false), 0.3);
  near(answerUncertainty(classes(0.5, 0.5), false), 1);
  near(answerUncertainty(classes(1), false), 0);
  near(answerUncertainty(classes(0.99, 0.4, 0.01), true), 0.8);
});

test('values and embeddings do not say', () => {
  assert.equal(answerUncertainty({ kind: 'value', value: 3 }, false), null);
  assert.equal(
    answerUncertainty({ kind: 'embedding', embedding: new Float32Array(2) }, false),
    null,
  );
});
