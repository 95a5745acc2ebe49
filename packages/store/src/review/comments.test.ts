import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { applyBulkEdit } from '../annotations/apply-bulk-edit.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import type { Edit } from '../annotations/edit.ts';
import { getDataset } from '../datasets/dataset.ts';
import { listRevisions } from '../datasets/list-revisions.ts';
import { restoreVersion } from '../datasets/restore-version.ts';
import { undoRevision } from '../datasets/undo-revision.ts';
import { getImage } from '../images/image.ts';
import { imageHistory } from '../images/image-history.ts';
import { facets } from '../query/facets.ts';
import { imagePage } from '../query/image-page.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { commentsOf } from './comment.ts';

async function talking() {
  const { store, datasetId } = await bloodCellStore();
  const edit = (author: string, ...edits: Edit[]) =>
    applyEdits(store, datasetId, edits, { author });
  const say = async (author: string, text: string, more: object = {}, imageId = 1) => {
    const commentId = randomUUID();
    const said = { do: 'comment', imageId, comment: { commentId, text, ...more } } as const;
    return { commentId, ...(await edit(author, said)) };
  };
  const texts = async (imageId = 1) =>
    (await commentsOf(store, datasetId, imageId)).map(({ text, author, resolved, replies }) => [
      `${author}: ${text}`,
      ...replies.map((reply) => `${reply.author}: ${reply.text}`),
      ...(resolved === null ? [] : [`resolved by ${resolved.by}`]),
    ]);
  const imagesOf = async (query: string) =>
    (await imagePage(store, datasetId, { query })).images.map(({ imageId }) => imageId);
  return { store, datasetId, edit, say, texts, imagesOf };
}

test('a thread is begun at a place, answered, settled, opened again, and found', async () => {
  const { store, datasetId, edit, say, texts, imagesOf } = await talking();
  const { commentId } = await say('ada', ' Is this one cell or two? ', {
    at: [30.5, 10],
    annotationId: 2,
  });
  await say('grace', 'Two.', { replyTo: commentId });
  await say('ada', 'Blurry', {}, 2);
  const [{ at, annotationId, writtenAt }] = await commentsOf(store, datasetId, 1);
  assert.deepEqual([at, annotationId], [[30.5, 10], 2]);
  assert.ok(writtenAt instanceof Date);
  assert.deepEqual(await texts(), [['ada: Is this one cell or two?', 'grace: Two.']]);
  assert.equal((await getImage(store, datasetId, 1)).openCommentCount, 1);
  assert.deepEqual(await imagesOf('comments:open'), [1, 2]);
  assert.deepEqual(await imagesOf('comments:none'), [3, 4]);
  assert.deepEqual(await imagesOf('comment:cell'), [1]);
  assert.deepEqual(await imagesOf('comment:two*'), [1]);
  const { comments } = await facets(store, datasetId);
  assert.deepEqual([comments.open.imageCount, comments.resolved.imageCount], [2, 0]);

  const settle = (isResolved: boolean) =>
    edit('grace', { do: 'resolve-comment', commentId, isResolved });
  await settle(true);
  assert.equal((await settle(true)).isUnchanged, true);
  assert.deepEqual(await imagesOf('comments:open'), [2], 'lists are kept up');
  assert.deepEqual(await imagesOf('comments:resolved'), [1]);
  assert.deepEqual(await texts(), [
    ['ada: Is this one cell or two?', 'grace: Two.', 'resolved by grace'],
  ]);
  await settle(false);
  assert.deepEqual(await imagesOf('comments:open'), [1, 2]);
  const history = await imageHistory(store, datasetId, 1);
  assert.deepEqual(
    history.flatMap(({ comments }) =>
      comments.map(({ change, text, isResolved }) => [change, text, isResolved]),
    ),
    [
      ['changed', 'Is this one cell or two?', false],
      ['changed', 'Is this one cell or two?', true],
      ['added', 'Two.', false],
      ['added', 'Is this one cell or two?', false],
    ],
  );
});

test('everyone edits and deletes what is theirs, and a thread only while it is theirs alone', async () => {
  const { edit, say, texts } = await talking();
  const { commentId } = await say('ada', 'One?');
  const reply = await say('grace', 'Two', { replyTo: commentId });
  await assert.rejects(edit('grace', { do: 'edit-comment', commentId, text: 'x' }), {
    code: 'not-yours',
  });
  await assert.rejects(edit('grace', { do: 'remove-comment', commentId }), { code: 'not-yours' });
  await assert.rejects(edit('ada', { do: 'remove-comment', commentId }), {
    code: 'not-yours',
    message: /found a reply of grace\. Resolve the thread instead/,
  });
  await edit('ada', { do: 'edit-comment', commentId, text: 'One cell?' });
  await edit('grace', { do: 'remove-comment', commentId: reply.commentId });
  assert.deepEqual(await texts(), [['ada: One cell?']]);
  await say('ada', 'I see', { replyTo: commentId });
  await edit('ada', { do: 'remove-comment', commentId });
  assert.deepEqual(await texts(), []);
  await assert.rejects(edit('ada', { do: 'remove-comment', commentId }), {
    code: 'comment-not-found',
  });
});

test('what cannot be said is refused, and nothing of the call is done', async () => {
  const { store, datasetId, edit, say } = await talking();
  const { commentId } = await say('ada', 'first');
  const comment = { commentId: randomUUID(), text: 'x' };
  const mistakes = [
    [{ do: 'comment', imageId: 1, comment: { ...comment, text: ' ' } }, 'bad-edit'],
    [{ do: 'comment', imageId: 1, comment: { ...comment, commentId } }, 'bad-edit'],
    [{ do: 'comment', imageId: 9, comment }, 'image-not-found'],
    [
      { do: 'comment', imageId: 1, comment: { ...comment, annotationId: 5 } },
      'annotation-not-found',
    ],
    [
      { do: 'comment', imageId: 2, comment: { ...comment, replyTo: commentId } },
      'comment-not-found',
    ],
  ] as const;
  for (const [mistake, code] of mistakes) {
    const tag = { do: 'tag', imageId: 1, add: ['x'] } as const;
    await assert.rejects(edit('ada', tag, mistake), { code, message: /^edits\[1\]/ });
  }
  assert.deepEqual((await getImage(store, datasetId, 1)).tags, []);
});

test('a picture that is rejected is in progress again with the reason, and both are taken back together', async () => {
  const { store, datasetId, edit, say, texts } = await talking();
  await edit('ada', { do: 'set-status', imageId: 1, status: 'review' });
  const commentId = randomUUID();
  const rejected = await edit('grace', {
    do: 'reject-image',
    imageId: 1,
    comment: { commentId, text: 'The cell at the edge is missing', at: [640, 10] },
  });
  const statusOf = async () => (await getImage(store, datasetId, 1)).status;
  assert.equal(await statusOf(), 'in_progress');
  assert.deepEqual(await texts(), [['grace: The cell at the edge is missing']]);
  assert.equal((await listRevisions(store, datasetId))[0].kind, 'reject');
  const undo = () => undoRevision(store, datasetId, rejected.revision, { author: 'grace' });
  const reply = await say('ada', 'Done', { replyTo: commentId });
  await assert.rejects(undo(), { code: 'changed-meanwhile' });
  await undoRevision(store, datasetId, reply.revision, { author: 'ada' });
  assert.equal((await undo()).changed, 2);
  assert.deepEqual([await statusOf(), await texts()], ['review', []]);
});

test('several pictures are rejected with one reason', async () => {
  const { store, datasetId, edit, texts, imagesOf } = await talking();
  await edit(
    'ada',
    { do: 'set-status', imageId: 1, status: 'done' },
    { do: 'set-status', imageId: 2, status: 'review' },
  );
  const { imageCount } = await applyBulkEdit(
    store,
    datasetId,
    { query: 'status:done,review comments:none' },
    { do: 'reject-images', text: 'Too few' },
    { author: 'grace' },
  );
  assert.equal(imageCount, 2);
  assert.deepEqual(await imagesOf('comments:open status:in_progress'), [1, 2]);
  assert.deepEqual(await texts(2), [['grace: Too few']]);
});

test('a comment is no part of a version: it stays when one is restored, and goes and comes with its image', async () => {
  const { store, datasetId, say, edit, texts, imagesOf } = await talking();
  await edit('ada', { do: 'tag', imageId: 1, add: ['x'] });
  await say('ada', 'Look at the tag');
  await restoreVersion(store, datasetId, 1, { author: 'ada' });
  assert.deepEqual(await texts(), [['ada: Look at the tag']]);
  const images = { imageIds: [1] };
  await applyBulkEdit(store, datasetId, images, { do: 'delete-images' }, { author: 'ada' });
  assert.deepEqual(await imagesOf('comments:open'), []);
  await assert.rejects(say('ada', 'gone?'), { code: 'image-deleted', httpStatus: 410 });
  await applyBulkEdit(store, datasetId, images, { do: 'restore-images' }, { author: 'ada' });
  assert.deepEqual(await imagesOf('comments:open'), [1]);
  assert.ok((await getDataset(store, datasetId)).revision > 4);
});
