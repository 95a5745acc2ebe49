// The built-in backbones: residual networks (He et al. 2016) in three sizes, narrow and shallow enough to learn from
// scratch in minutes on a laptop.

import type { Built } from '@migaki/graph';
import { fillLevel } from '../pictures/raster.ts';
import type { FeatureMap } from './feature-map.ts';
import { channelsOf, type Layers } from './layers.ts';

export const networkSizes = ['tiny', 'small', 'medium'] as const;
export type NetworkSize = (typeof networkSizes)[number];

interface Stage {
  readonly channels: number;
  readonly blocks: number;
}

/** Channels of the stem (stride 2) and the stages (strides 4, 8, 16, 32). */
const architectures: Record<NetworkSize, { stem: number; stages: readonly Stage[] }> = {
  tiny: {
    stem: 16,
    stages: [
      { channels: 32, blocks: 1 },
      { channels: 64, blocks: 1 },
      { channels: 128, blocks: 1 },
      { channels: 128, blocks: 1 },
    ],
  },
  small: {
    stem: 24,
    stages: [
      { channels: 48, blocks: 1 },
      { channels: 96, blocks: 2 },
      { channels: 192, blocks: 2 },
      { channels: 256, blocks: 1 },
    ],
  },
  medium: {
    stem: 32,
    stages: [
      { channels: 64, blocks: 2 },
      { channels: 128, blocks: 3 },
      { channels: 256, blocks: 3 },
      { channels: 512, blocks: 2 },
    ],
  },
};

/** How many channels the maps of a head have. */
export const headWidths: Record<NetworkSize, number> = { tiny: 64, small: 96, medium: 128 };

/** The feature maps of strides 4, 8, 16 and 32 of pictures [N,3,H,W] uint8. */
export function residualBackbone(layers: Layers, pictures: Built, size: NetworkSize): FeatureMap[] {
  const { g } = layers;
  const { stem, stages } = architectures[size];
  // The grey around pictures becomes 0, as what convolutions see past the border is.
  const x = g.dequantizeLinear(pictures, g.scalar(1 / 64), g.scalar(fillLevel, 'uint8'));
  let value = g.relu(layers.convNorm('backbone/stem', x, stem, { kernel: 3, stride: 2 }));
  return stages.map(({ channels, blocks }, s) => {
    for (let b = 0; b < blocks; b++) {
      value = block(layers, `backbone/stage${s + 1}/${b + 1}`, value, channels, b === 0 ? 2 : 1);
    }
    return { stride: 4 << s, value };
  });
}

function block(layers: Layers, name: string, x: Built, channels: number, stride: number): Built {
  const { g } = layers;
  const first = g.relu(layers.convNorm(`${name}/a`, x, channels, { kernel: 3, stride }));
  const second = layers.convNorm(`${name}/b`, first, channels, { kernel: 3, scale: 0.5 });
  const isSame = stride === 1 && channelsOf(x) === channels;
  const skip = isSame ? x : layers.convNorm(`${name}/skip`, x, channels, { stride });
  return g.relu(g.add(second, skip));
}
