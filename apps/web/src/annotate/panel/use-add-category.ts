import { useMutation } from '@tanstack/react-query';
import { client, queryClient } from '../../server/client.ts';
import { datasetQuery } from '../../server/queries.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import type { PictureSession } from '../session/picture-session.ts';

/** Adds a category to the dataset; it is the one that new objects get, then. */
export function useAddCategory({ datasetId, store }: PictureSession) {
  return useMutation({
    mutationFn: (name: string) => client.addCategory({ params: { datasetId }, body: { name } }),
    onSuccess: async ({ id }) => {
      const { categories } = await queryClient.fetchQuery({
        ...datasetQuery(datasetId),
        staleTime: 0,
      });
      store.dispatch({ type: 'categories', categories });
      store.dispatch({ type: 'choose-category', categoryId: id });
    },
    onError: notifyError,
  });
}
