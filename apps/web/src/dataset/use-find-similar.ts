import { useNavigate } from '@tanstack/react-router';
import { client } from '../server/client.ts';
import { notifyError } from '../shell/ErrorView.tsx';
import { openDatasetDialog } from './dataset-dialog.ts';

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

/** The same of objects; where no model has compared them, one is asked for. */
export function useFindSimilarObjects(datasetId: number): (annotationId: number) => void {
  const navigate = useNavigate();
  const find = async (annotationId: number) => {
    // Asked anew: a job may have ended a moment ago.
    const { objectEmbeddings } = await client.getEmbeddings({ params: { datasetId } });
    if (objectEmbeddings === null) return openDatasetDialog('compare-objects');
    await navigate({
      to: '/datasets/$datasetId/objects',
      params: { datasetId: String(datasetId) },
      search: { q: `similarobject:${annotationId}`, sort: 'similar' },
    });
  };
  return (annotationId) => void find(annotationId).catch(notifyError);
}
