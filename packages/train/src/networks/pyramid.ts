// A feature pyramid (Lin et al. 2017): what the coarse maps know is added to the fine ones.

import { type Built, tensorOf } from '@migaki/graph';
import type { FeatureMap } from './feature-map.ts';
import type { Layers } from './layers.ts';

/** The same maps with `channels` channels each, every one told what the coarser ones see. */
export function featurePyramid(
  layers: Layers,
  maps: readonly FeatureMap[],
  channels: number,
): FeatureMap[] {
  const { g } = layers;
  let above: Built | undefined;
  return maps
    .toReversed()
    .map(({ stride, value }): FeatureMap => {
      const lateral = layers.convNorm(`pyramid/lateral${stride}`, value, channels);
      const merged = above === undefined ? lateral : g.add(lateral, doubled(layers, above));
      above = g.relu(merged);
      return { stride, value: above };
    })
    .toReversed();
}

/** The maps that objects are found on: strides 8, 16 and 32, or what comes nearest. */
export const detectionMaps = (maps: readonly FeatureMap[]): FeatureMap[] => {
  const coarse = maps.filter(({ stride }) => stride >= 8);
  return (coarse.length > 0 ? coarse : maps.slice(-1)).slice(0, 3);
};

/** Twice as high and wide, each value four times. */
export const doubled = ({ g }: Layers, x: Built): Built =>
  g.resize(x, undefined, g.constant(tensorOf('float32', [4], [1, 1, 2, 2])), undefined, {
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
