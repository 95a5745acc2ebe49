import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyEdits } from '../annotations/apply-edits.ts';
import type { Edit } from '../annotations/edit.ts';
import { StoreError } from '../store-error.ts';
import { checkCounts } from '../testing/check-counts.ts';
import { bloodCellStore } from '../testing/sample.ts';

/** Few values, so that objects are often alike, and at a bound. */
const fields = fc.record(
  {
    category_id: fc.constantFrom(1, 2),
    bbox: fc.constantFrom([0, 0, 10, 10], [5, 5, 40, 40], [1, 1, 0, 7]),
    area: fc.constantFrom(100, 1600, Number.NaN),
    score: fc.constantFrom(0, 0.05, 0.5, 1),
    segmentation: fc.constantFrom([[0, 0, 9, 0, 9, 9]], { size: [2, 2], counts: [1, 3] }),
    keypoints: fc.constantFrom([1, 2, 2], []),
    caption: fc.constant('cells'),
    iscrowd: fc.constantFrom(0, 1),
  },
  { requiredKeys: [] },
);
/** Ids of the sample, and of the first that are added. */
const annotationId = fc.integer({ min: 1, max: 12 });
const imageId = fc.integer({ min: 1, max: 4 });
const tags = fc.subarray(['night', 'late dusk']);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    do: fc.constant('add' as const),
    imageId,
    fields,
    origin: fc.constantFrom('human', 'model m@1'),
    state: fc.constantFrom('accepted' as const, 'proposed' as const),
  }),
  fc.record({ do: fc.constant('change' as const), annotationId, fields }),
  fc.record({ do: fc.constant('restore' as const), annotationId, fields }),
  fc.record({ do: fc.constantFrom('remove', 'accept', 'reject'), annotationId }),
  fc.record({ do: fc.constant('review' as const), annotationId, isReviewed: fc.boolean() }),
  fc.record({ do: fc.constant('review-image' as const), imageId, isReviewed: fc.boolean() }),
  fc.record({
    do: fc.constant('set-status' as const),
    imageId,
    status: fc.constantFrom('new', 'done'),
  }),
  fc.record({ do: fc.constant('tag' as const), imageId, add: tags, remove: tags }),
  fc.record({
    do: fc.constant('reject-image' as const),
    imageId,
    comment: fc.record({ commentId: fc.uuid(), text: fc.constant('again') }),
  }),
);

function refused(error: unknown): false {
  assert.ok(error instanceof StoreError, String(error));
  return false;
}

test('whatever revisions do to objects, what they add to the counts is what counting all of them finds', async () => {
  let applied = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 6 }), { minLength: 4, maxLength: 12 }),
      async (revisions) => {
        const { store, datasetId } = await bloodCellStore();
        for (const edits of revisions) {
          const isDone = await applyEdits(store, datasetId, edits, { author: 'ada' }).then(
            () => true,
            refused,
          );
          if (isDone) applied++;
          // What is refused as a whole, because an object is not there, is done one by one.
          for (const one of isDone ? [] : edits) {
            await applyEdits(store, datasetId, [one], { author: 'grace' }).catch(refused);
          }
          await checkCounts(store, datasetId);
        }
      },
    ),
    { numRuns: 6 },
  );
  assert.ok(applied > 0);
});
