import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Round } from '@migaki/api';
import { comparable } from './comparable.ts';

const round = (version: number, fields: Partial<Round>): Round => ({
  model: { modelId: 1, name: 'm', version, aliases: [] },
  isDeleted: false,
  task: 'detect',
  runId: null,
  madeAt: '2026-01-01T00:00:00Z',
  version: `v${version}`,
  revision: version,
  imageCount: 10,
  annotationCount: 10 * version,
  workMillis: null,
  trainingSeconds: 60,
  metric: 'AP',
  score: version / 10,
  evaluationId: version,
  measuredOn: 'v9',
  measuredAgainst: null,
  ...fields,
});

test('only what was measured alike is compared: by one metric on one version, of which there are the most', () => {
  const rounds = [
    round(1, {}),
    round(2, { measuredOn: 'v2' }),
    round(3, { metric: 'accuracy' }),
    round(4, {}),
    round(5, { score: null }),
  ];
  const { metric, version, points } = comparable(rounds);
  assert.deepEqual([metric, version], ['AP', 'v9']);
  assert.deepEqual(
    points.map(({ name, labels, score }) => [name, labels, score]),
    [
      ['m@1', 10, 0.1],
      ['m@4', 40, 0.4],
    ],
  );
});

test('without any measure there is nothing to compare', () => {
  assert.deepEqual(comparable([round(1, { metric: null })]).points, []);
});
