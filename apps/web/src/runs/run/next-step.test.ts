import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunState } from '@migaki/api';
import { nextStep } from './next-step.ts';

const training = (state: RunState, code?: string) =>
  nextStep({
    kind: 'training',
    state,
    error: code === undefined ? null : { code, message: 'It ended.' },
  });

test('a run goes on where that can help, and needs other settings where it would end in the same way', () => {
  assert.equal(training('cancelled'), 'resume');
  assert.equal(training('failed'), 'resume');
  assert.equal(training('failed', 'disk-full'), 'resume');
  assert.equal(training('failed', 'bad-setting'), 'change');
  assert.equal(training('failed', 'nothing-to-learn'), 'change');
});

test('a run that goes or is done has no next step, nor has one of another program', () => {
  assert.equal(training('running'), null);
  assert.equal(training('succeeded'), null);
  assert.equal(nextStep({ kind: 'external', state: 'failed', error: null }), null);
});
