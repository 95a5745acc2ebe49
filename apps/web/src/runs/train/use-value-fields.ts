// Which fields of the pictures hold numbers, as far as some pictures tell: what a regression may learn.

import { useQuery } from '@tanstack/react-query';
import { client } from '../../server/client.ts';

/** Pictures that are looked at. */
const lookedAt = 5;

/** @returns such as `metadata.score`; empty until it is known */
export function useValueFields(datasetId: number | null): string[] {
  const { data = [] } = useQuery({
    queryKey: ['dataset', datasetId, 'value-fields'],
    queryFn: async ({ signal }) => {
      const params = { datasetId: datasetId! };
      const { items } = await client.listImages(
        { params, query: { limit: lookedAt, overlays: 'no' } },
        { signal },
      );
      const images = await Promise.all(
        items.map(({ id }) => client.getImage({ params: { ...params, imageId: id } }, { signal })),
      );
      const names = images.flatMap(({ metadata }) =>
        Object.keys(metadata).filter((name) => typeof metadata[name] === 'number'),
      );
      return [...new Set(names)].map((name) => `metadata.${name}`);
    },
    enabled: datasetId !== null,
  });
  return data;
}
