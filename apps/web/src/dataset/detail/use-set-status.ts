import { useMutation } from '@tanstack/react-query';
import { client, queryClient } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { rememberRevision } from '../bulk/done-revisions.ts';
import type { Status } from '../StatusIcon.tsx';

/** Says nothing when it is done, because the status is in sight; the key for Undo takes it back. */
export function useSetStatus(datasetId: number) {
  return useMutation({
    mutationFn: ({ imageId, status }: { imageId: number; status: Status }) =>
      client.applyEdits({
        params: { datasetId },
        body: { key: crypto.randomUUID(), edits: [{ type: 'setStatus', imageId, status }] },
      }),
    onSuccess: ({ revision, isUnchanged }) => {
      if (!isUnchanged) rememberRevision(datasetId, revision);
      return queryClient.invalidateQueries({ queryKey: ['dataset', datasetId] });
    },
    onError: notifyError,
  });
}
