import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeRateMeter } from './rate-meter.ts';

function meter(first: { done: number; unit: string }) {
  let millis = 0;
  const measure = makeRateMeter(first, () => millis);
  return (seconds: number, done: number, unit = 'pictures') => {
    millis += 1000 * seconds;
    return measure({ done, unit });
  };
}

test('a steady job has its rate, and one that slows down comes to the new one', () => {
  const after = meter({ done: 0, unit: 'pictures' });
  assert.equal(after(1, 0), null);
  assert.equal(after(1, 100), 100);
  assert.equal(after(1, 200), 100);
  let rate = after(1, 210)!;
  assert.ok(rate > 10 && rate < 100, String(rate));
  for (let n = 1; n <= 40; n++) rate = after(1, 210 + 10 * n)!;
  assert.ok(Math.abs(rate - 10) < 0.1, String(rate));
});

test('another part of the job, or one that begins again, has a rate of its own', () => {
  const after = meter({ done: 28_050, unit: 'annotations' });
  assert.equal(after(1, 30_050, 'annotations'), 2000);
  assert.equal(after(1, 27), null);
  assert.equal(after(1, 227), 200);
  assert.equal(after(1, 14), null);
  assert.equal(after(1, 114), 100);
});
