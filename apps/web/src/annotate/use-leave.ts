import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { withoutDefaults } from '../dataset/search.ts';
import { type AnnotateSearch, viewOf } from './search.ts';

/** Back to the view of the dataset from which the picture was opened, at the place that it had. */
export function useLeave(datasetId: number): () => void {
  const navigate = useNavigate();
  const { back = 'images', q, sort, over } = useSearch({ strict: false }) as AnnotateSearch;
  return useCallback(() => {
    const isLookingOver = over === '1';
    void navigate({
      to: `/datasets/$datasetId/${isLookingOver ? 'look-over' : back}`,
      params: { datasetId: String(datasetId) },
      search: isLookingOver ? { q } : withoutDefaults(viewOf({ q, sort })),
    });
  }, [navigate, datasetId, back, q, sort, over]);
}
