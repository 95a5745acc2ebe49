import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunDetail } from '@migaki/api';
import { plainTerminal } from '../terminal/terminal.ts';
import { runSummary } from './run-text.ts';

/** What the summary looks at. */
const summaryOf = (trainingImages: number, validationImages: number): string => {
  const run = {
    id: 7,
    name: 'cells detect',
    state: 'succeeded',
    metrics: {},
    primaryMetric: 'AP',
    dataset: { datasetId: 1, name: 'cells', version: 'r2', revision: 2 },
    validation: null,
    settled: { trainingImages, validationImages },
    elapsedSeconds: 3,
  } satisfies Partial<RunDetail>;
  return runSummary(run as unknown as RunDetail, null, plainTerminal);
};

test('a run that nothing validated says what that means, and one picture is one', () => {
  const alone = summaryOf(1, 0);
  assert.match(alone, /learned from +1 picture of cells/);
  assert.match(alone, /validated with +nothing: the weights of the last step .* no scores/);
  assert.match(summaryOf(8, 2), /validated with +2 pictures$/m);
});
