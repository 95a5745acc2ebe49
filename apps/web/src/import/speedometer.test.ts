import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSpeedometer } from './speedometer.ts';

test('speed needs two samples', () => {
  const speed = createSpeedometer();
  assert.equal(speed.perSecond(5, 100), null);
  assert.equal(speed.perSecond(15, 1100), 10);
});

test('what lies long back does not count any more', () => {
  const speed = createSpeedometer();
  speed.perSecond(0, 0);
  for (let second = 1; second <= 10; second++) speed.perSecond(1000, second * 1000);
  assert.equal(speed.perSecond(1000, 11_000), 0);
});
