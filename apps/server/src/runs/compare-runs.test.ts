import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Run } from '@migaki/store';
import { compareRuns } from './compare-runs.ts';

test('runs on different parts of one version have not learned from the same', () => {
  const runOn = (query?: string) =>
    ({
      task: 'detect',
      dataset: { datasetId: 1, name: 'cells', version: 'r2', revision: 2, ...(query && { query }) },
      validation: null,
      init: null,
      settings: {},
      settled: {},
      metrics: {},
    }) as unknown as Run;
  const { settings } = compareRuns([runOn(), runOn('status:done')]);
  assert.deepEqual(
    settings.find(({ name }) => name === 'dataset'),
    { name: 'dataset', values: ['cells · r2', 'cells · r2 · status:done'], isSame: false },
  );
});
