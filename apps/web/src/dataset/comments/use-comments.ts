// Says, answers, settles and takes back: each is a change that the key for Undo takes back, too.

import type { Edit } from '@migaki/api';
import { useMutation } from '@tanstack/react-query';
import { client, queryClient } from '../../server/client.ts';
import { ownSession } from '../../server/own-changes.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { rememberRevision } from '../bulk/done-revisions.ts';

export interface CommentDraft {
  text: string;
  /** Where it is pinned, pixels of the picture. */
  at?: [x: number, y: number];
  annotationId?: number;
}

export function useComments(datasetId: number, imageId: number) {
  const { mutateAsync, isPending } = useMutation({
    mutationFn: (edit: Edit) =>
      client.applyEdits({
        params: { datasetId },
        body: { key: crypto.randomUUID(), sessionId: ownSession, edits: [edit] },
      }),
    onSuccess: ({ revision, isUnchanged }) => {
      if (!isUnchanged) rememberRevision(datasetId, revision);
      return queryClient.invalidateQueries({ queryKey: ['dataset', datasetId] });
    },
    onError: notifyError,
  });
  const commentId = () => crypto.randomUUID();
  return {
    isPending,
    say: (draft: CommentDraft) =>
      mutateAsync({ type: 'comment', imageId, commentId: commentId(), ...draft }),
    /** The picture needs more work, and this is why. */
    reject: (draft: CommentDraft) =>
      mutateAsync({ type: 'rejectImage', imageId, commentId: commentId(), ...draft }),
    reply: (text: string, replyTo: string) =>
      mutateAsync({ type: 'comment', imageId, commentId: commentId(), text, replyTo }),
    edit: (id: string, text: string) => mutateAsync({ type: 'editComment', commentId: id, text }),
    resolve: (id: string, isResolved: boolean) =>
      mutateAsync({ type: 'resolveComment', commentId: id, isResolved }),
    remove: (id: string) => mutateAsync({ type: 'deleteComment', commentId: id }),
  };
}
