import { useNavigate } from '@tanstack/react-router';

/** Leads to the pictures that are the most alike to one, the most alike first. */
export function useFindSimilar(datasetId: number): (imageId: number) => void {
  const navigate = useNavigate();
  return (imageId) =>
    void navigate({
      to: '/datasets/$datasetId/images',
      params: { datasetId: String(datasetId) },
      search: { q: `similar:${imageId}`, sort: 'similar' },
    });
}
