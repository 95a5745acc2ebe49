// A feature pyramid (Lin et al. 2017): what the coarse maps know is added to the fine ones.

import { type Built, tensorOf } from '@migaki/graph';
import type { Size } from '../augment/layout.ts';
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

const strides = [8, 16, 32];

/**
 * The maps that objects are found on: strides 8, 16 and 32. Those that a backbone does not have are made of the nearest ones,
 * and what lies on another grid, such as patches of 14 pixels, is laid out anew.
 */
export function detectionMaps(
  layers: Layers,
  maps: readonly FeatureMap[],
  input: Size,
): FeatureMap[] {
  const { g } = layers;
  const laidOut = maps.map((map) => onGrid(layers, map, input));
  return strides.map((stride): FeatureMap => {
    const nearest = laidOut.reduce((best, map) =>
      Math.abs(Math.log2(map.stride / stride)) < Math.abs(Math.log2(best.stride / stride))
        ? map
        : best,
    );
    let { value } = nearest;
    for (let at = nearest.stride; at > stride; at /= 2) value = doubled(layers, value);
    for (let at = nearest.stride; at < stride; at *= 2) {
      value = g.averagePool(value, { kernel_shape: [2, 2], strides: [2, 2] });
    }
    return { stride, value };
  });
}

/** A map whose stride is no power of two, as one of the next larger stride. */
function onGrid({ g }: Layers, map: FeatureMap, { width, height }: Size): FeatureMap {
  const stride = 2 ** Math.ceil(Math.log2(map.stride));
  if (stride === map.stride) return map;
  const [, channels] = map.value.shape as number[];
  const sizes = g.concat(
    [g.shape(map.value, { end: 1 }), g.int64([channels, height / stride, width / stride])],
    { axis: 0 },
  );
  return { stride, value: g.resize(map.value, undefined, undefined, sizes, { mode: 'linear' }) };
}

/** Twice as high and wide, each value four times. */
export const doubled = ({ g }: Layers, x: Built): Built =>
  g.resize(x, undefined, g.constant(tensorOf('float32', [4], [1, 1, 2, 2])), undefined, {
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
