import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  askRefusedAgain,
  doneOfRevision,
  forgetDone,
  nextToTakeBack,
  rememberRevision,
  setState,
} from './done-revisions.ts';

/** What keys take back one after the other. @param refused what is refused each time */
function takeAllBack(datasetId: number, keys: number, refused: readonly number[]): number[] {
  return Array.from({ length: keys }, () => {
    const done = nextToTakeBack(datasetId);
    if (done === undefined) return 0;
    if (refused.includes(done.revision!)) setState(datasetId, done, 'refused');
    else forgetDone(datasetId, done);
    return done.revision!;
  });
}

test('what was done last is taken back first; what is on its way is passed over', () => {
  for (const revision of [1, 2, 3]) rememberRevision(1, revision);
  setState(1, doneOfRevision(1, 3)!, 'under way');
  assert.equal(nextToTakeBack(1)!.revision, 2);
  setState(1, doneOfRevision(1, 3)!, 'ready');
  assert.equal(nextToTakeBack(1)!.revision, 3);
});

test('what is refused stays in its place: the next key takes what was done before it', () => {
  for (const revision of [1, 2, 3]) rememberRevision(2, revision);
  assert.deepEqual(takeAllBack(2, 2, [3]), [3, 2]);
  // What stood in its way is gone: it comes first again.
  askRefusedAgain(2);
  assert.deepEqual(takeAllBack(2, 3, []), [3, 1, 0]);
});

test('where everything is refused, the last one is asked for again', () => {
  for (const revision of [1, 2]) rememberRevision(3, revision);
  assert.deepEqual(takeAllBack(3, 5, [1, 2]), [2, 1, 2, 1, 2]);
});
