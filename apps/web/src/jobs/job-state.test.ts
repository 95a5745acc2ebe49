import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOf } from './job-state.ts';

test('a report tells counts, missing pictures, losses and problems apart', () => {
  const loss = { feature: 'keypoints', count: 7, example: 'annotation 12' };
  assert.deepEqual(
    reportOf({
      images: 3,
      missingPictures: ['a.jpg'],
      losses: [loss, 'odd'],
      problems: [{ file: 'b.jpg', message: 'is no picture' }],
      name: 'x',
    }),
    {
      counts: [['images', 3]],
      missingPictures: ['a.jpg'],
      losses: [loss],
      problems: ['b.jpg: is no picture'],
    },
  );
});

test('a result of unknown form is an empty report', () => {
  const empty = { counts: [], missingPictures: [], losses: [], problems: [] };
  for (const result of [null, undefined, 'done', 7, []]) assert.deepEqual(reportOf(result), empty);
});
