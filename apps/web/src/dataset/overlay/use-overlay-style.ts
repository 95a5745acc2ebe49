import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { datasetQuery } from '../../server/queries.ts';
import { useDisplayPreferences } from '../../shell/preferences.ts';
import { categoryColors, originColor } from './colors.ts';
import type { OverlayStyle } from './draw-overlays.ts';

/** How the objects of a dataset are drawn, as this browser's user likes it. The same object until that changes. */
export function useOverlayStyle(datasetId: number): OverlayStyle {
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const [{ colorBy, isLabelShown }] = useDisplayPreferences();
  const categories = dataset?.categories;
  return useMemo(() => {
    const known = categories ?? [];
    return {
      colorOf: colorBy === 'origin' ? originColor : categoryColors(known),
      categories: new Map(known.map((category) => [category.id, category])),
      isLabelled: () => isLabelShown,
      areSidesColored: colorBy !== 'origin',
    };
  }, [categories, colorBy, isLabelShown]);
}
