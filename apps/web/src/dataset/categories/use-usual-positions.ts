// Where the keypoints of a category usually lie: those of the most complete among its first objects.

import type { Category } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../server/client.ts';
import { queryOf } from './CategoryRow.tsx';
import type { Position } from './keypoint-definition.ts';

const looked = 60;

/** Nothing for points that no object shows. The same list until the category's objects change. */
export function useUsualPositions(
  datasetId: number,
  category: Category | undefined,
): readonly (Position | null)[] | undefined {
  const count = category?.keypoints?.length ?? 0;
  const { data } = useQuery({
    queryKey: ['dataset', datasetId, 'usual-positions', category?.id],
    queryFn: ({ signal }) =>
      client.listObjects(
        {
          params: { datasetId },
          query: { q: queryOf(category!), sort: 'added', limit: looked },
        },
        { signal },
      ),
    enabled: count > 0 && category?.keypointPositions === null,
  });
  return useMemo(() => {
    const poses = (data?.items ?? []).flatMap(({ annotation: { keypoints, bbox } }) =>
      keypoints?.length === 3 * count && bbox !== null ? [{ keypoints, bbox }] : [],
    );
    const visible = (keypoints: readonly number[]) =>
      keypoints.filter((value, index) => index % 3 === 2 && value > 0).length;
    const best = poses.toSorted((a, b) => visible(b.keypoints) - visible(a.keypoints))[0];
    if (best === undefined) return undefined;
    const [left, top, width, height] = best.bbox;
    return Array.from({ length: count }, (_, index): Position | null => {
      const [x, y, visibility] = best.keypoints.slice(3 * index, 3 * index + 3);
      const part = (value: number) => Math.min(1, Math.max(0, value));
      return visibility > 0 && width > 0 && height > 0
        ? [part((x - left) / width), part((y - top) / height)]
        : null;
    });
  }, [data, count]);
}
