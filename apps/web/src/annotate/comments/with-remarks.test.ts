import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommentThread } from '@migaki/api';
import { withRemarks } from './with-remarks.ts';

const saying = { imageId: 7, user: 'grace' };

const thread: CommentThread = {
  id: 'a',
  text: 'Too wide.',
  author: 'ada',
  writtenAt: '2026-01-01T00:00:00Z',
  editedAt: null,
  imageId: 7,
  annotationId: 3,
  at: [1, 2],
  resolved: null,
  replies: [],
};

test('what was said shows before it is saved, and once when it is', () => {
  const remark = {
    type: 'comment',
    commentId: 'b',
    text: 'Here, too.',
    at: [5, 6],
    objectId: null,
  } as const;
  const [first, second] = withRemarks([thread], [remark], saying);
  assert.deepEqual([first.id, first.text, first.at, second], ['b', 'Here, too.', [5, 6], thread]);
  assert.equal(first.author, 'grace');
  assert.equal(withRemarks([first, thread], [remark], saying).length, 2);
});

test('threads are answered, edited, settled and deleted', () => {
  const reply = { type: 'reply', commentId: 'c', text: 'Done.', replyTo: 'a' } as const;
  const [answered] = withRemarks([thread], [reply, reply], saying);
  assert.deepEqual(
    answered.replies.map(({ text }) => text),
    ['Done.'],
  );
  const [settled] = withRemarks(
    [answered],
    [
      { type: 'edit-comment', commentId: 'c', text: 'Narrower now.' },
      { type: 'resolve-comment', commentId: 'a', isResolved: true },
    ],
    7,
  );
  assert.equal(settled.replies[0].text, 'Narrower now.');
  assert.ok(settled.resolved !== null);
  const open = withRemarks(
    [settled],
    [
      { type: 'resolve-comment', commentId: 'a', isResolved: false },
      { type: 'delete-comment', commentId: 'c' },
    ],
    7,
  );
  assert.deepEqual([open[0].resolved, open[0].replies], [null, []]);
  assert.deepEqual(withRemarks([thread], [{ type: 'delete-comment', commentId: 'a' }], saying), []);
});
