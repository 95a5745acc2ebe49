// The detector's head (as FCOS, Tian et al. 2019): at every position of every map, how likely an object of each class has
// its middle there, and how far its four sides are. Instance segmentation and pose have more channels at each position.

import { type Built, type GraphBuilder, tensorOf } from '@migaki/graph';
import type { FeatureMap } from '../../networks/feature-map.ts';
import { type Layers, scopes } from '../../networks/layers.ts';
import type { Values } from '../task.ts';

/**
 * Positions of all maps in one row, A of them: the finest map first, each map row by row.
 *
 * `classes` [N,C,A] logits; `distances` [N,4,A] to the left, upper, right and lower side, pixels of the input, all above 0;
 * `x`, `y` [1,1,A] where the positions lie, pixels of the input; `strides` [1,1,A]; and [N,E,A] for each extra.
 */
export type DetectHead = Values & {
  readonly classes: Built;
  readonly distances: Built;
  readonly x: Built;
  readonly y: Built;
  readonly strides: Built;
};

/** Pixels of the input from one position of the finest map to the next. */
export const finestStride = 8;

export interface DetectHeadOptions {
  readonly classCount: number;
  /** Further channels by name. */
  readonly extras?: Readonly<Record<string, number>>;
}

/** How likely an object is at a position before anything is learned: few positions have one (RetinaNet's prior). */
const priorProbability = 0.01;
/** exp of what lies outside would be no distance that a picture has. */
const [leastLogDistance, greatestLogDistance] = [-6, 8];

export function detectHead(
  layers: Layers,
  maps: readonly FeatureMap[],
  { classCount, extras = {} }: DetectHeadOptions,
): DetectHead {
  const { g } = layers;
  const prior = -Math.log((1 - priorProbability) / priorProbability);
  const perMap = maps.map(({ stride, value }) => {
    const at = `head/${stride}`;
    const channels = value.shape?.[1] as number;
    const first = g.relu(layers.convNorm(`${at}/a`, value, channels, { kernel: 3 }));
    const tower = g.relu(layers.convNorm(`${at}/b`, first, channels, { kernel: 3 }));
    const conv = (name: string, count: number, bias = 0) =>
      flat(g, layers.conv(`${at}/${name}`, tower, count, { bias, deviation: 0.01 }));
    // Two strides to each side at first.
    const logDistances = conv('distances', 4, Math.log(2));
    const distances = g.scope(scopes.places, () =>
      g.mul(g.exp(g.clip(logDistances, leastLogDistance, greatestLogDistance)), stride),
    );
    return {
      classes: conv('classes', classCount, prior),
      distances,
      ...mapValues(extras, (count, name) => conv(name, count)),
    };
  });
  const joined = (name: string) =>
    g.scope(scopes.places, () =>
      g.concat(
        perMap.map((values) => (values as Values)[name]),
        { axis: 2 },
      ),
    );
  return {
    classes: joined('classes'),
    distances: joined('distances'),
    ...mapValues(extras, (_, name) => joined(name)),
    ...positionsOf(g, maps),
  };
}

const mapValues = <From, To>(
  record: Readonly<Record<string, From>>,
  to: (value: From, name: string) => To,
): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value, name)]));

/** [N,C,H,W] → [N,C,H·W] */
export function flat(g: GraphBuilder, x: Built): Built {
  const [, channels, height, width] = x.shape as number[];
  return g.reshape(x, [0, channels, height * width]);
}

function positionsOf(g: GraphBuilder, maps: readonly FeatureMap[]) {
  const [xs, ys, strides]: number[][] = [[], [], []];
  for (const { stride, value } of maps) {
    const [, , height, width] = value.shape as number[];
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        xs.push((column + 0.5) * stride);
        ys.push((row + 0.5) * stride);
        strides.push(stride);
      }
    }
  }
  const constant = (values: number[]) =>
    g.constant(tensorOf('float32', [1, 1, values.length], values));
  return { x: constant(xs), y: constant(ys), strides: constant(strides) };
}
