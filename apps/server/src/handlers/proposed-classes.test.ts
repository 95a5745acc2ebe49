import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScoreRanking } from '@migaki/store';
import { classScores } from './precision-scores.ts';
import { proposedClasses } from './proposed-classes.ts';

const matches = [
  { name: 'cat', categoryId: 7 },
  { name: 'dog', categoryId: 8 },
];
/** Nine of ten are right from 0.6 on, every second from 0.2 on. */
const rankings: ScoreRanking[] = [
  {
    classNames: ['cat', 'kitten'],
    truthCount: 20,
    steps: [
      { score: 0.9, count: 5, hitCount: 5 },
      { score: 0.6, count: 20, hitCount: 18 },
      { score: 0.2, count: 40, hitCount: 20 },
    ],
  },
  { classNames: ['dog'], truthCount: 9, steps: [{ score: 0.3, count: 12, hitCount: 3 }] },
];
const scoresFor = (precision: number) => ({
  evaluationId: 1,
  datasetName: 'pets',
  classes: classScores(rankings, precision),
});

test('each class is proposed from the lowest score on from which enough was right', () => {
  const { classes } = scoresFor(0.9);
  assert.deepEqual(
    classes.map(({ name, score, measured }) => [name, score, measured?.count, measured?.hitCount]),
    [
      ['cat', 0.6, 20, 18],
      ['kitten', 0.6, 20, 18],
      ['dog', null, 12, 3],
    ],
  );
  const { share, low, high } = classes[0].measured!.precision;
  assert.deepEqual([share, low < 0.71, high > 0.96], [0.9, true, true]);
  const asked = { precision: 0.9, thresholds: {} };
  assert.deepEqual(proposedClasses(matches, asked, scoresFor(0.9)), [
    ['cat', { categoryId: 7, threshold: 0.6 }],
  ]);
  assert.equal(scoresFor(0.5).classes[0].score, 0.2);
});

test('a class with a score of its own keeps that, whatever precision is wanted', () => {
  const asked = { precision: 0.9, thresholds: { dog: 0.7 } };
  assert.deepEqual(proposedClasses(matches, asked, scoresFor(0.9)), [
    ['cat', { categoryId: 7, threshold: 0.6 }],
    ['dog', { categoryId: 8, threshold: 0.7 }],
  ]);
});

test('a threshold beside a precision is the least score that counts', () => {
  const asked = { precision: 0.5, thresholds: {} };
  const scoresOf = (threshold: number) =>
    proposedClasses(matches, { ...asked, threshold }, scoresFor(0.5)).map(
      ([, proposed]) => proposed.threshold,
    );
  assert.deepEqual(scoresOf(0.1), [0.2]);
  assert.deepEqual(scoresOf(0.4), [0.4]);
});

test('what no class reaches is refused, with what is reached', () => {
  assert.throws(
    () => proposedClasses(matches, { precision: 0.95, thresholds: {} }, scoresFor(0.95)),
    /at best 0\.90, of cat from a score of 0\.60 on/,
  );
});

test('without a precision one threshold is that of all, 0.5 where nothing is said', () => {
  assert.deepEqual(proposedClasses(matches, { thresholds: { dog: 0.7 } }, undefined), [
    ['cat', { categoryId: 7, threshold: 0.5 }],
    ['dog', { categoryId: 8, threshold: 0.7 }],
  ]);
});
