// A picture with all that is on it is asked for as soon as its address is known, while the code of the page is on its way.

import type { Image } from '@migaki/api';
import { client } from '../../server/client.ts';

let ahead: { readonly key: string; readonly image: Promise<Image> } | null = null;

const keyOf = (datasetId: number, imageId: number) => `${datasetId}/${imageId}`;

const fetchNow = (datasetId: number, imageId: number): Promise<Image> =>
  client.getImage({ params: { datasetId, imageId }, query: { rejected: 'yes' } });

export function fetchAhead(datasetId: number, imageId: number): void {
  const key = keyOf(datasetId, imageId);
  if (ahead?.key === key) return;
  const image = fetchNow(datasetId, imageId);
  ahead = { key, image };
  // Whoever needs it asks again, and is told.
  image.catch(() => {
    if (ahead?.image === image) ahead = null;
  });
}

/**
 * What was asked for ahead, once; else it is asked for now. Whatever happened since is news to whoever opens it.
 *
 * @throws ApiError
 */
export function fetchImage(datasetId: number, imageId: number): Promise<Image> {
  const now = () => fetchNow(datasetId, imageId);
  if (ahead?.key !== keyOf(datasetId, imageId)) return now();
  const { image } = ahead;
  ahead = null;
  return image.catch(now);
}
