import { objectPage, type Store } from '@migaki/store';
import type { ModelCard } from '@migaki/train';

/** Whether a model speaks of whole pictures where the labels are objects with boxes. */
export async function isBesideBoxes(
  store: Store,
  datasetId: number,
  { task: { task } }: Pick<ModelCard, 'task'>,
): Promise<boolean> {
  if (task !== 'classify') return false;
  const query = 'boxwidth>0 state:accepted';
  return (await objectPage(store, datasetId, { query, limit: 1 })).objects.length > 0;
}
