// Layers with their weights: what a network is written with. A weight is a constant of the graph under the name of its
// layer, drawn from numbers that its name and the seed alone decide, so that a layer more changes no other.

import { type Built, type GraphBuilder, type Tensor, tensorOf } from '@migaki/graph';
import { randomOf, streams } from '../random/random.ts';

/** What the nodes of some parts of a model are called, for passes that treat them apart. */
export const scopes = {
  preprocess: 'preprocess',
  /** Layers whose outputs are answers, or nearly so. */
  last: 'last',
  /** From answers of layers to pixels of the input. */
  places: 'places',
  answers: 'answers',
} as const;

export interface ConvOptions {
  readonly kernel?: number;
  readonly stride?: number;
  readonly groups?: number;
}

export interface Layers {
  readonly g: GraphBuilder;
  /** Names of the weights that training changes, in the order in which they were made. */
  readonly parameters: readonly string[];
  /** Convolution without bias, batch normalisation; `x` is [N,C,H,W], and so is the result, with `channels` for C. */
  convNorm(name: string, x: Built, channels: number, options?: ConvOptions & NormOptions): Built;
  /** A last layer: convolution with a bias that begins at `bias`. */
  conv(name: string, x: Built, channels: number, options?: ConvOptions & BiasOptions): Built;
  /** A last layer: [N,C] → [N,channels]. */
  linear(name: string, x: Built, channels: number, options?: BiasOptions): Built;
  /** A weight of its own, drawn as a layer's is where no standard deviation is given. */
  weight(name: string, shape: readonly number[], deviation?: number): Built;
}

interface NormOptions {
  /** What the weights begin at, in place of drawn ones. */
  readonly filters?: Tensor;
  /** What the scales of the normalisation begin at; 0 lets a residual branch begin as nothing. */
  readonly scale?: number;
}

interface BiasOptions {
  readonly bias?: number | ((index: number) => number);
  /** Standard deviation of the first weights. Default: He's, √(2 / inputs). */
  readonly deviation?: number;
}

/** The layers of a graph under construction. */
export function layersOn(g: GraphBuilder, seed: number): Layers {
  const parameters: string[] = [];
  const constant = (name: string, shape: readonly number[], element: (index: number) => number) =>
    g.constant(filled(shape, element), name);
  const given = (name: string, tensor: Tensor) => {
    parameters.push(name);
    return g.constant(tensor, name);
  };
  const trained = (name: string, shape: readonly number[], element: (index: number) => number) =>
    given(name, filled(shape, element));
  const weight = (name: string, shape: readonly number[], deviation?: number) => {
    const random = randomOf(seed, streams.weights, hashOf(name));
    const inputs = shape.slice(1).reduce((a, b) => a * b, 1);
    const sigma = deviation ?? Math.sqrt(2 / inputs);
    return trained(name, shape, () => random.normal(0, sigma));
  };
  const convolved = (
    name: string,
    x: Built,
    channels: number,
    { kernel = 1, stride = 1, groups = 1 }: ConvOptions,
    { bias, deviation, filters }: BiasOptions & Pick<NormOptions, 'filters'> = {},
  ) => {
    const shape = [channels, channelsOf(x) / groups, kernel, kernel];
    const pad = (kernel - 1) >> 1;
    const attributes = {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
      group: groups,
    };
    const w =
      filters === undefined
        ? weight(`${name}/weight`, shape, deviation)
        : given(`${name}/weight`, filters);
    if (bias === undefined) return g.conv(x, w, attributes);
    return g.conv(x, w, trained(`${name}/bias`, [channels], elementOf(bias)), attributes);
  };
  return {
    g,
    parameters,
    weight,
    convNorm: (name, x, channels, { scale = 1, filters, ...options } = {}) => {
      const y = convolved(name, x, channels, options, { filters });
      return g.batchNormalization(
        y,
        trained(`${name}/scale`, [channels], () => scale),
        trained(`${name}/shift`, [channels], () => 0),
        constant(`${name}/mean`, [channels], () => 0),
        constant(`${name}/variance`, [channels], () => 1),
      );
    },
    conv: (name, x, channels, { bias = 0, deviation, ...options } = {}) =>
      g.scope(scopes.last, () => convolved(name, x, channels, options, { bias, deviation })),
    linear: (name, x, channels, { bias = 0, deviation } = {}) => {
      const w = weight(`${name}/weight`, [channels, channelsOf(x)], deviation);
      const b = trained(`${name}/bias`, [channels], elementOf(bias));
      return g.scope(scopes.last, () => g.gemm(x, w, b, { transB: 1 }));
    },
  };
}

const elementOf = (value: number | ((index: number) => number)) =>
  typeof value === 'number' ? () => value : value;

/** How many channels [N,C,…] has. */
export function channelsOf({ name, shape }: Built): number {
  const channels = shape?.[1];
  if (typeof channels === 'number') return channels;
  throw new Error(`%${name} must have a known number of channels, not [${shape}]`);
}

export function filled(shape: readonly number[], element: (index: number) => number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensorOf(
    'float32',
    shape,
    Float32Array.from({ length: size }, (_, i) => element(i)),
  );
}

/** FNV-1a: a whole number of 32 bits for a name. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
