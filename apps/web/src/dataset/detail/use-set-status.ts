import { useMutation } from '@tanstack/react-query';
import { client, queryClient } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import type { Status } from '../StatusIcon.tsx';

export function useSetStatus(datasetId: number) {
  return useMutation({
    mutationFn: ({ imageId, status }: { imageId: number; status: Status }) =>
      client.applyEdits({
        params: { datasetId },
        body: { key: crypto.randomUUID(), edits: [{ type: 'setStatus', imageId, status }] },
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['dataset', datasetId] }),
    onError: notifyError,
  });
}
