// Threads as they will be when what was said here has been saved.

import type { Remark } from '@migaki/annotator';
import type { Comment, CommentThread } from '@migaki/api';

/** Where they are said, and who says them. */
interface Saying {
  readonly imageId: number;
  readonly user: string;
}

export const withRemarks = (
  threads: readonly CommentThread[],
  remarks: readonly Remark[],
  saying: Saying,
): readonly CommentThread[] =>
  remarks.reduce((before, remark) => withRemark(before, remark, saying), threads);

function withRemark(
  threads: readonly CommentThread[],
  remark: Remark,
  { imageId, user }: Saying,
): readonly CommentThread[] {
  const isKnown = (commentId: string) =>
    threads.some(
      ({ id, replies }) => id === commentId || replies.some((each) => each.id === commentId),
    );
  const inAll = (change: (comment: Comment) => Comment) =>
    threads.map((thread) => ({
      ...thread,
      ...change(thread),
      replies: thread.replies.map(change),
    }));
  switch (remark.type) {
    case 'comment':
    case 'reject-picture': {
      if (isKnown(remark.commentId)) return threads;
      const { commentId, text, at, objectId } = remark;
      const thread: CommentThread = {
        ...said(commentId, text, user),
        imageId,
        annotationId: objectId !== null && objectId >= 0 ? objectId : null,
        at: at === null ? null : [at[0], at[1]],
        resolved: null,
        replies: [],
      };
      return [thread, ...threads];
    }
    case 'reply':
      if (isKnown(remark.commentId)) return threads;
      return threads.map((thread) =>
        thread.id === remark.replyTo
          ? { ...thread, replies: [...thread.replies, said(remark.commentId, remark.text, user)] }
          : thread,
      );
    case 'edit-comment':
      return inAll((comment) =>
        comment.id === remark.commentId ? { ...comment, text: remark.text } : comment,
      );
    case 'delete-comment':
      return threads
        .filter(({ id }) => id !== remark.commentId)
        .map((thread) => ({
          ...thread,
          replies: thread.replies.filter(({ id }) => id !== remark.commentId),
        }));
    case 'resolve-comment':
      return threads.map((thread) =>
        thread.id === remark.commentId
          ? { ...thread, resolved: remark.isResolved ? { by: user, at: now() } : null }
          : thread,
      );
    default:
      return threads;
  }
}

const said = (id: string, text: string, author: string): Comment => ({
  id,
  text,
  author,
  writtenAt: now(),
  editedAt: null,
});

const now = (): string => new Date().toISOString();
