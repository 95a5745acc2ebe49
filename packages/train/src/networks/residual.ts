// The built-in backbones, in three sizes: residual networks (He et al. 2016) that learn from scratch in minutes on a laptop.
//
// What they are made of follows what a training step costs on a CPU, measured: convolutions with a stride are dear to
// differentiate and large maps to go through, so maps are made smaller by taking 2 × 2 positions together (a matrix product),
// and the first map has a quarter of the picture's sides. Blocks are bottlenecks, whose products are mostly 1 × 1.

import type { Built } from '@migaki/graph';
import { fillLevel } from '../pictures/raster.ts';
import { cosineFilters } from './cosine-filters.ts';
import type { FeatureMap } from './feature-map.ts';
import { channelsOf, type Layers } from './layers.ts';

export const networkSizes = ['tiny', 'small', 'medium'] as const;
export type NetworkSize = (typeof networkSizes)[number];
/** Where nobody says another; heads on networks made elsewhere are those of this one. */
export const usualSize: NetworkSize = 'tiny';

interface Stage {
  readonly channels: number;
  readonly blocks: number;
}

/** Of the maps with strides 4, 8, 16 and 32. */
const architectures: Record<NetworkSize, readonly Stage[]> = {
  tiny: [
    { channels: 32, blocks: 1 },
    { channels: 64, blocks: 1 },
    { channels: 128, blocks: 1 },
    { channels: 128, blocks: 1 },
  ],
  small: [
    { channels: 48, blocks: 1 },
    { channels: 96, blocks: 2 },
    { channels: 192, blocks: 3 },
    { channels: 256, blocks: 1 },
  ],
  medium: [
    { channels: 64, blocks: 2 },
    { channels: 128, blocks: 3 },
    { channels: 256, blocks: 5 },
    { channels: 384, blocks: 2 },
  ],
};

/** How many channels the last map has. */
export const lastChannels = (size: NetworkSize): number => architectures[size].at(-1)!.channels;

/** How many channels the maps of a head have. */
export const headWidths: Record<NetworkSize, number> = { tiny: 64, small: 96, medium: 128 };

/** The feature maps of strides 4, 8, 16 and 32 of pictures [N,3,H,W] uint8. */
export function residualBackbone(layers: Layers, pictures: Built, size: NetworkSize): FeatureMap[] {
  const { g } = layers;
  const [first, ...later] = architectures[size];
  // The grey around pictures becomes 0, as what convolutions see past the border is. A sixty-fourth makes values about normal.
  const normal = g.dequantizeLinear(
    g.spaceToDepth(pictures, { blocksize: 2 }),
    g.scalar(1 / 64),
    g.scalar(fillLevel, 'uint8'),
  );
  const stem = layers.convNorm('backbone/stem', normal, first.channels, {
    kernel: 3,
    stride: 2,
    filters: cosineFilters(first.channels),
  });
  const maps: FeatureMap[] = [{ stride: 4, value: stage(layers, 1, g.relu(stem), first) }];
  for (const [i, one] of later.entries()) {
    const { stride, value } = maps[i];
    const at = `backbone/stage${i + 2}`;
    const merged = g.spaceToDepth(value, { blocksize: 2 });
    const smaller = g.relu(layers.convNorm(`${at}/merge`, merged, one.channels));
    maps.push({ stride: 2 * stride, value: stage(layers, i + 2, smaller, one) });
  }
  return maps;
}

function stage(layers: Layers, number: number, x: Built, { blocks }: Stage): Built {
  let value = x;
  for (let b = 1; b <= blocks; b++) value = block(layers, `backbone/stage${number}/${b}`, value);
  return value;
}

function block(layers: Layers, name: string, x: Built): Built {
  const { g } = layers;
  const channels = channelsOf(x);
  const narrow = g.relu(layers.convNorm(`${name}/narrow`, x, channels >> 1));
  const seen = g.relu(layers.convNorm(`${name}/look`, narrow, channels >> 1, { kernel: 3 }));
  // Less than one at first, so that a deep network begins as a shallow one.
  const wide = layers.convNorm(`${name}/widen`, seen, channels, { scale: 0.5 });
  return g.relu(g.add(wide, x));
}
