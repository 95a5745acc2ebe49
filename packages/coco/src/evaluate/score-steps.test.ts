import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostPreciseStep, scoreSteps, stepOfPrecision } from './score-steps.ts';

const found = (verdicts: string) =>
  [...verdicts].map((verdict, i) => ({ score: 1 - i / 1000, isRight: verdict === '+' }));

test('each step counts what was found from its score on, and how much of it is right', () => {
  const steps = scoreSteps([
    { score: 0.3, isRight: false },
    { score: 0.9, isRight: true },
    { score: 0.6, isRight: false },
    { score: 0.6, isRight: true },
  ]);
  assert.deepEqual(steps, [
    { score: 0.9, count: 1, hitCount: 1 },
    { score: 0.6, count: 3, hitCount: 2 },
    { score: 0.3, count: 4, hitCount: 2 },
  ]);
  assert.deepEqual(scoreSteps([]), []);
});

test('of very many some hundred steps are left, which count the same', () => {
  const many = Array.from({ length: 200_000 }, (_, i) => ({
    score: ((i * 7919) % 200_000) / 200_000,
    isRight: i % 3 === 0,
  }));
  const steps = scoreSteps(many);
  assert.ok(steps.length < 700, String(steps.length));
  assert.equal(steps.at(-1)!.count, 200_000);
  const { score, count, hitCount } = steps[400];
  const above = many.filter((one) => one.score >= score);
  assert.deepEqual(
    [above.length, above.filter(({ isRight }) => isRight).length],
    [count, hitCount],
  );
});

test('the lowest score is taken from which on enough is right, though it was less on the way', () => {
  const steps = scoreSteps(found('+++++++++-+++++++++++-'));
  const step = stepOfPrecision(steps, 0.95)!;
  assert.deepEqual([step.count, step.hitCount], [21, 20]);
  assert.equal(stepOfPrecision(steps, 0.9)?.count, 22);
  assert.equal(stepOfPrecision(scoreSteps(found(`${'+'.repeat(19)}-`)), 0.95)?.count, 20);
});

test('nothing is said of too few, and what was reached is told where it is not enough', () => {
  assert.equal(stepOfPrecision(scoreSteps(found('+++++++++')), 0.5), null);
  assert.equal(mostPreciseStep(scoreSteps(found('+++++++++'))), null);
  const steps = scoreSteps(found('++++++++-+--'));
  assert.equal(stepOfPrecision(steps, 0.95), null);
  assert.deepEqual(mostPreciseStep(steps), { score: steps[9].score, count: 10, hitCount: 9 });
});
