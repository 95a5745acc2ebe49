// The comments on the open picture: those of the server, and over them what is on its way there.

import type { Remark } from '@migaki/annotator';
import type { CommentThread } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../server/client.ts';
import { useUser } from '../../session/use-user.ts';
import { useEditor, useSession } from '../session/EditorContext.tsx';
import { withRemarks } from './with-remarks.ts';

export const commentsKey = (datasetId: number, imageId: number) =>
  ['dataset', datasetId, 'comments', imageId] as const;

const none: readonly CommentThread[] = [];

export function useThreads(): readonly CommentThread[] {
  const { datasetId, image } = useSession();
  const { data } = useQuery({
    queryKey: commentsKey(datasetId, image.id),
    queryFn: ({ signal }) =>
      client.listComments({ params: { datasetId, imageId: image.id } }, { signal }),
  });
  const user = useUser() ?? '';
  const pending = useEditor(({ sync }) => sync.queue.pending);
  const threads = data?.threads ?? none;
  return useMemo(() => {
    const remarks = pending.flatMap(({ changes }) =>
      changes.flatMap((change): Remark[] => (change.type === 'remark' ? [change.remark] : [])),
    );
    return withRemarks(threads, remarks, { imageId: image.id, user });
  }, [threads, pending, image.id, user]);
}
