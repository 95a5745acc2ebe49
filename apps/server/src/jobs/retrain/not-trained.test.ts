import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phrase } from '@migaki/coco';
import { notTrained } from './not-trained.ts';

test('a round without a model says why, in the words of its run', () => {
  const fault = { expected: phrase`time`, found: phrase`none`, advice: phrase`Wait.` };
  const failed = { name: 'cells', state: 'failed', error: { message: '', fault, code: null } };
  const said = (run: object) => notTrained(run as Parameters<typeof notTrained>[0]).message;
  assert.match(
    said(failed),
    /^cells: .*found one that ended with: expected time, found none\. Wait/,
  );
  assert.match(
    said({ ...failed, error: { ...failed.error, fault: null, message: 'died' } }),
    /with: died/,
  );
  assert.match(
    said({ ...failed, error: null, state: 'cancelled' }),
    /found one that was cancelled/,
  );
});
