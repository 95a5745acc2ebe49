import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SampleObject } from '@migaki/api';
import { countVerdicts, judge, overlap } from './match-objects.ts';

const object = (
  categoryName: string,
  bbox: [number, number, number, number],
  score: number | null = null,
): SampleObject => ({
  categoryId: null,
  categoryName,
  bbox,
  score,
  segmentation: null,
  keypoints: null,
  iscrowd: 0,
});

test('the overlap of boxes is what they share beside what they cover together', () => {
  assert.equal(overlap([0, 0, 10, 10], [0, 0, 10, 10]), 1);
  assert.equal(overlap([0, 0, 10, 10], [5, 0, 10, 10]), 1 / 3);
  assert.equal(overlap([0, 0, 10, 10], [10, 0, 10, 10]), 0);
});

test('each truth is found once, by the surest of its category', () => {
  const truth = [object('RBC', [0, 0, 10, 10]), object('WBC', [50, 50, 10, 10])];
  const judged = judge(
    truth,
    [
      object('RBC', [1, 0, 10, 10], 0.6),
      object('RBC', [0, 0, 10, 10], 0.9),
      object('RBC', [50, 50, 10, 10], 0.8),
    ],
    0,
  );
  assert.deepEqual(countVerdicts(judged), { right: 1, wrong: 2, missed: 1 });
  assert.equal(judged.at(-1)?.object.score, 0.9);
});

test('what is not sure enough is as if it were not there', () => {
  const judged = judge([object('RBC', [0, 0, 10, 10])], [object('RBC', [0, 0, 10, 10], 0.3)], 0.5);
  assert.deepEqual(countVerdicts(judged), { right: 0, wrong: 0, missed: 1 });
});
