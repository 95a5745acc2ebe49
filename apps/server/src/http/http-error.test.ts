import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listDatasets, openPool, openStore } from '@migaki/store';
import { errorAnswer } from './http-error.ts';

test('what a request meets while the workbench stops is no fault of ours, and does not go into the log', async () => {
  const pool = openPool('postgres://127.0.0.1:1/none');
  await pool.end();
  const error = await listDatasets(openStore({ pool })).catch((reason) => reason);
  const { status, body, isFault } = errorAnswer(error, 'req-1');
  assert.deepEqual([status, body.error.code, isFault], [503, 'unavailable', false]);
});

test('anything else that nobody expected is one', () => {
  const { status, body, isFault } = errorAnswer(new TypeError('x is not a function'), 'req-2');
  assert.deepEqual([status, body.error.code, isFault], [500, 'internal', true]);
});
