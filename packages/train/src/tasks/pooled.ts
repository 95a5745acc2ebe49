// What tasks that speak of the whole picture begin with: the means of the coarser feature maps.

import type { Built, GraphBuilder } from '@migaki/graph';
import type { FeatureMap } from '../networks/feature-map.ts';

/** Shapes of a few pixels are in the finer ones at once, where the coarsest would have to be taught them first. */
const mapCount = 3;

/** [N,C] */
export function pooled(g: GraphBuilder, maps: readonly FeatureMap[]): Built {
  const means = maps.slice(-mapCount).map(({ value }) => g.flatten(g.globalAveragePool(value)));
  return g.concat(means, { axis: 1 });
}
