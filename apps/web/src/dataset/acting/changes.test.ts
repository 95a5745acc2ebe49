import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BulkAction, ImageSummary } from '@migaki/api';
import {
  changedImage,
  changedObject,
  type KnownObject,
  noImageChange,
  withBulkAction,
  withBulkActionOnImage,
  withObjectChange,
} from './changes.ts';

const proposal: KnownObject = {
  id: 1,
  state: 'proposed',
  categoryId: 7,
  isReviewed: false,
  origin: 'model m@1',
};
const drawn: KnownObject = { ...proposal, id: 2, state: 'accepted', origin: 'human' };
const image = { status: 'new', proposalCount: 3, objectCount: 5 } as ImageSummary;

test('what a bulk action makes of each object is shown at once', () => {
  const after = (object: KnownObject, action: BulkAction) => {
    const changed = changedObject(object, withBulkAction(noImageChange, object, action));
    return changed && [changed.state, changed.categoryId, changed.isReviewed, changed.origin];
  };
  assert.deepEqual(
    [
      after(proposal, { type: 'acceptObjects' }),
      after(proposal, { type: 'rejectObjects' }),
      after(proposal, { type: 'setCategory', to: 8 }),
      after(proposal, { type: 'setCategory', to: 8, from: 7 }),
      after(proposal, { type: 'setCategory', to: 8, from: 9 }),
      after(proposal, { type: 'deleteObjects' }),
      after(proposal, { type: 'reviewObjects', isReviewed: true }),
      after(drawn, { type: 'reviewObjects', isReviewed: true }),
      after(drawn, { type: 'addTag', tag: 'night' }),
    ],
    [
      ['accepted', 7, true, 'model m@1'],
      ['rejected', 7, true, 'model m@1'],
      ['accepted', 8, true, 'human'],
      ['accepted', 8, true, 'human'],
      ['proposed', 7, false, 'model m@1'],
      null,
      ['proposed', 7, false, 'model m@1'],
      ['accepted', 7, true, 'human'],
      ['accepted', 7, false, 'human'],
    ],
  );
});

test('the proposals of a picture are counted as decided on once, one by one and then all that are left', () => {
  const one = withObjectChange(noImageChange, proposal, { state: 'accepted', isReviewed: true });
  assert.equal(changedImage(image, one).proposalCount, 2);
  const all = withBulkActionOnImage(one, image, { type: 'acceptObjects' });
  assert.equal(all.decidedCount, 3);
  assert.deepEqual(
    [changedImage(image, all).proposalCount, changedImage(image, all).status],
    [0, 'in_progress'],
  );
});
