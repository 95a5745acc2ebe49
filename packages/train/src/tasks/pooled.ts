// The mean of the coarsest feature map: what tasks that speak of the whole picture begin with.

import type { Built, GraphBuilder } from '@migaki/graph';
import type { FeatureMap } from '../networks/feature-map.ts';

/** [N,C] */
export const pooled = (g: GraphBuilder, maps: readonly FeatureMap[]): Built =>
  g.flatten(g.globalAveragePool(maps.at(-1)!.value));
