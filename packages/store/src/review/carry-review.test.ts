import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { applyEdits } from '../annotations/apply-edits.ts';
import { annotationsOfImages } from '../annotations/live-annotation.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { createDataset } from '../datasets/dataset.ts';
import { undoRevision } from '../datasets/undo-revision.ts';
import { getImage } from '../images/image.ts';
import { checkCounts } from '../testing/check-counts.ts';
import { bloodCellStore, bloodCells } from '../testing/sample.ts';
import { addWorkTime } from '../work-time/add-work-time.ts';
import { workRows } from '../work-time/work-rows.ts';
import { carryReview } from './carry-review.ts';
import { commentsOf } from './comment.ts';

const author = 'ada';

test('who has looked, what was said and how long it took goes along to the same objects, and once', async () => {
  const { store, datasetId: from } = await bloodCellStore();
  const { id: to } = await createDataset(store, { name: 'there' });
  // Over there ids and the order of categories are others, and one box is there twice.
  const first = { ...bloodCells.annotations![0], id: 77 };
  const there = {
    ...bloodCells,
    images: [
      { id: 9, file_name: 'z.jpg', width: 5, height: 5 },
      ...bloodCells.images.map((image) => ({ ...image, id: image.id + 10 })),
    ],
    annotations: [...bloodCells.annotations!, first].map((each) => ({
      ...each,
      id: each.id + 50,
      image_id: each.image_id + 10,
      category_id: each.category_id! + 5,
    })),
    categories: bloodCells.categories!.map((category) => ({ ...category, id: category.id + 5 })),
  };
  await importCoco(store, to, batchesOf(there), { author });

  const [commentId, replyId, sessionId] = [randomUUID(), randomUUID(), randomUUID()];
  await applyEdits(
    store,
    from,
    [
      { do: 'review', annotationId: 4, isReviewed: true },
      { do: 'review-image', imageId: 2, isReviewed: true },
      {
        do: 'comment',
        imageId: 1,
        comment: { commentId, text: 'Here?', annotationId: 3, at: [4, 5] },
      },
      {
        do: 'comment',
        imageId: 1,
        comment: { commentId: replyId, text: 'Yes', replyTo: commentId },
      },
      { do: 'resolve-comment', commentId, isResolved: true },
    ],
    { author },
  );
  const objects = [{ annotationId: 4, millis: 900 }];
  const stretches = [{ counter: 0, at: new Date(), imageId: 1, millis: 1000, objects }];
  await addWorkTime(store, from, { sessionId, author, stretches });

  const images = [1, 2, 3, 4].map((source) => ({ source, target: source + 10 }));
  const carry = () => carryReview(store, { from, to, images }, { author: 'grace' });
  const carried = await carry();
  assert.deepEqual([carried.reviewedCount, carried.commentCount], [4, 2]);
  assert.equal((await carry()).isUnchanged, true);
  await undoRevision(store, to, carried.revision, { author: 'grace' });
  assert.deepEqual(await commentsOf(store, to, 11), []);
  assert.equal((await carry()).commentCount, 2, 'what was taken back may come again');

  const marked = (await annotationsOfImages(store, to, [11, 12])).filter(
    ({ reviewed }) => reviewed,
  );
  assert.deepEqual(
    marked.map(({ annotationId, reviewed }) => [annotationId, reviewed!.by]),
    [
      [54, 'ada'],
      [55, 'ada'],
      [56, 'ada'],
    ],
  );
  assert.equal((await getImage(store, to, 12)).reviewed?.by, 'ada');
  const [thread] = await commentsOf(store, to, 11);
  assert.deepEqual(
    [thread.text, thread.annotationId, thread.at, thread.resolved?.by, thread.replies[0].text],
    ['Here?', 53, [4, 5], 'ada', 'Yes'],
  );
  const rows = await workRows(store, to, { by: 'object' });
  assert.deepEqual(
    rows.map(({ annotationId, imageId, millis }) => [annotationId, imageId, millis]),
    [[54, 11, 900]],
  );
  await checkCounts(store, to);
});
