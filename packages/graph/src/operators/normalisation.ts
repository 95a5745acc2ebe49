// Normalisations: batch, layer, group and instance. All but batch normalisation at inference standardise their input with
// its own mean and variance; the gradient through both is the one formula of `standardisedGradient`.

import type { Dim } from '../ir/dim.ts';
import { sizeOf } from '../ir/tensor.ts';
import type { NdArray } from './nd-array.ts';
import {
  type Builder,
  type Built,
  badNode,
  frontAxis,
  type Known,
  type KnownValue,
  type OperatorRows,
} from './operator.ts';
import { dividedByCount, knownSize } from './sizes.ts';
import { sumOver, sumTo } from './sums.ts';

const channelAxes = (rank: number) => [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2)];

/** One number per channel in a shape that broadcasts against `[N, C, …]`. */
const perChannel = (g: Builder, values: Built, rank: number) =>
  g.reshape(values, [1, -1, ...Array<number>(rank - 2).fill(1)]);

/**
 * Mean and variance of each channel over batch and positions, `[C]` each. Positions go first: they are contiguous.
 *
 * The variance is the mean of squares less the square of the mean, as in Flax: one pass over memory less than centring
 * first, at the price of digits where a mean is a hundred deviations away from 0 or more.
 */
export function batchStatistics(g: Builder, x: KnownValue): { mean: Built; variance: Built } {
  const spatial = channelAxes(x.shape.length).slice(1);
  const ofPictures = spatial.length > 0 ? g.reduceMean(x, spatial) : x;
  const squares = spatial.length > 0 ? g.reduceSumSquare(x, spatial) : g.mul(x, x);
  const mean = g.reshape(g.reduceMean(ofPictures, [0]), [-1]);
  const meanSquare = g.reshape(dividedByCount(g, g.reduceMean(squares, [0]), x, spatial), [-1]);
  // Rounding may leave less than nothing.
  return { mean, variance: g.relu(g.sub(meanSquare, g.mul(mean, mean))) };
}

/**
 * Batch normalisation in training mode from operators that ONNX Runtime has for inference: the statistics of the batch are
 * computed inputs of an ordinary BatchNormalization.
 */
export function composedBatchNormalization(
  g: Builder,
  [x, scale, bias, mean, variance]: readonly [KnownValue, Built, Built, Built, Built],
  { epsilon, momentum }: { epsilon: number; momentum: number },
): { y: Built; runningMean: Built; runningVariance: Built } {
  const batch = batchStatistics(g, x);
  const blend = (old: Built, now: Built) => g.add(g.mul(old, momentum), g.mul(now, 1 - momentum));
  return {
    y: g.batchNormalization(x, scale, bias, batch.mean, batch.variance, { epsilon }),
    runningMean: blend(mean, batch.mean),
    runningVariance: blend(variance, batch.variance),
  };
}

const inverseDeviation = (g: Builder, variance: Built, epsilon: number) =>
  g.reciprocal(g.sqrt(g.add(variance, epsilon)));

interface BatchNormCall {
  inputs: readonly [KnownValue, KnownValue, KnownValue, KnownValue, KnownValue];
  cotangent: Built;
  attributes: { epsilon: number };
  needs: (index: number) => boolean;
  where: string;
}

/** Sums over each channel of `dy` and of `dy · x`, `[C]` each. */
function channelSums(g: Builder, x: KnownValue, dy: Built): { ofDy: Built; ofDyX: Built } {
  const rank = x.shape.length;
  const sum = (value: Built) => g.reshape(sumOver(g, value, channelAxes(rank), rank), [-1]);
  return { ofDy: sum(dy), ofDyX: sum(g.mul(dy, x)) };
}

/** With fixed statistics every pixel is scaled by itself. */
function inferenceGradients(g: Builder, call: BatchNormCall): (Built | undefined)[] {
  const { inputs, cotangent, attributes, needs } = call;
  const [x, scale, , mean, variance] = inputs;
  const rank = x.shape.length;
  const inverse = inverseDeviation(g, variance, attributes.epsilon);
  const gain = g.mul(scale, inverse);
  const byX = needs(0) ? g.mul(cotangent, perChannel(g, gain, rank)) : undefined;
  if (![1, 2, 3, 4].some(needs)) return [byX];
  const { ofDy, ofDyX } = channelSums(g, x, cotangent);
  const byScale = g.mul(g.sub(ofDyX, g.mul(mean, ofDy)), inverse);
  const byVariance = () => g.mul(g.mul(g.mul(byScale, scale), g.mul(inverse, inverse)), -0.5);
  return [
    byX,
    byScale,
    ofDy,
    needs(3) ? g.neg(g.mul(gain, ofDy)) : undefined,
    needs(4) ? byVariance() : undefined,
  ];
}

/**
 * With the batch's own statistics: dx = γ/σ · (dy − mean(dy) − x̂ · mean(dy · x̂)) (Ioffe and Szegedy 2015). The part that is
 * affine in `x` is one BatchNormalization with computed inputs.
 */
function trainingGradients(g: Builder, call: BatchNormCall): (Built | undefined)[] {
  const { inputs, cotangent, attributes, needs } = call;
  const [x, scale] = inputs;
  const { epsilon } = attributes;
  const rank = x.shape.length;
  const { mean, variance } = batchStatistics(g, x);
  const inverse = inverseDeviation(g, variance, epsilon);
  const { ofDy, ofDyX } = channelSums(g, x, cotangent);
  const byScale = g.mul(g.sub(ofDyX, g.mul(mean, ofDy)), inverse);
  if (!needs(0)) return [undefined, byScale, ofDy];
  const negatedMean = (sum: Built) => g.neg(dividedByCount(g, sum, x, channelAxes(rank)));
  const affine = g.batchNormalization(x, negatedMean(byScale), negatedMean(ofDy), mean, variance, {
    epsilon,
  });
  const gain = perChannel(g, g.mul(scale, inverse), rank);
  return [g.mul(g.add(cotangent, affine), gain), byScale, ofDy];
}

/** Through x̂ = (x − mean) / σ over some axes: (dx̂ − mean(dx̂) − x̂ · mean(dx̂ · x̂)) / σ. */
function standardisedGradient(
  g: Builder,
  gradient: Built,
  standardised: Built,
  inverse: Built,
  axes: readonly number[],
): Built {
  const projected = g.reduceMean(g.mul(gradient, standardised), axes);
  const centred = g.sub(gradient, g.reduceMean(gradient, axes));
  return g.mul(g.sub(centred, g.mul(standardised, projected)), inverse);
}

/** Standardises runs of `length` elements that lie side by side. */
function standardise(x: NdArray, length: number, epsilon: number) {
  const data = new Float64Array(x.data.length);
  const means: number[] = [];
  const inverses: number[] = [];
  for (let start = 0; start < data.length; start += length) {
    const run = x.data.subarray(start, start + length);
    const mean = run.reduce((a, b) => a + b, 0) / length;
    const variance = run.reduce((sum, element) => sum + (element - mean) ** 2, 0) / length;
    const inverse = 1 / Math.sqrt(variance + epsilon);
    run.forEach((element, i) => {
      data[start + i] = (element - mean) * inverse;
    });
    means.push(mean);
    inverses.push(inverse);
  }
  return { data, means, inverses };
}

type GroupInputs<T> = readonly [x: T, scale: T, bias: T];

/** Gradients of group normalisation; instance normalisation is that with one channel per group. */
function groupGradients(
  g: Builder,
  [x, scale]: GroupInputs<KnownValue>,
  cotangent: Built,
  groups: number,
  epsilon: number,
): (Built | undefined)[] {
  const rank = x.shape.length;
  const grouped = (value: Built) => g.reshape(value, [0, groups, -1]);
  const runs = grouped(x);
  const centred = g.sub(runs, g.reduceMean(runs, [2]));
  const inverse = inverseDeviation(g, g.reduceMean(g.mul(centred, centred), [2]), epsilon);
  const standardised = g.mul(centred, inverse);
  const scaled = grouped(g.mul(cotangent, perChannel(g, scale, rank)));
  const gradient = standardisedGradient(g, scaled, standardised, inverse, [2]);
  const shape = g.shape(x);
  const { ofDy, ofDyX } = channelSums(
    g,
    { ...x, ...g.reshape(standardised, shape), shape: x.shape },
    cotangent,
  );
  return [g.reshape(gradient, shape), ofDyX, ofDy];
}

function evaluateGroups(
  [x, scale, bias]: GroupInputs<NdArray>,
  groups: number,
  epsilon: number,
): NdArray {
  const perGroup = x.data.length / (x.shape[0] * groups);
  const pixels = sizeOf(x.shape.slice(2));
  const { data } = standardise(x, perGroup, epsilon);
  const channel = (flat: number) => Math.floor(flat / pixels) % x.shape[1];
  return {
    ...x,
    data: data.map(
      (element, flat) => element * scale.data[channel(flat)] + bias.data[channel(flat)],
    ),
  };
}

const sameAsInput = ({ inputs: [x] }: { inputs: readonly [Known, ...unknown[]] }) => ({
  type: x.type,
  shape: x.shape,
});

export const normalisation = {
  BatchNormalization: {
    infer: ({ inputs: [x, scale], outputCount, where }) => {
      if (x.shape.length < 2) badNode(where, 'an input [N, C, …]', `[${x.shape}]`);
      const [channels] = scale.shape;
      if (
        typeof channels === 'number' &&
        typeof x.shape[1] === 'number' &&
        channels !== x.shape[1]
      ) {
        badNode(where, `${x.shape[1]} scales, one per channel`, `${channels}`);
      }
      const statistics = { type: scale.type, shape: scale.shape };
      return [{ type: x.type, shape: x.shape }, statistics, statistics].slice(0, outputCount);
    },
    vjp: (g, call) =>
      call.attributes.training_mode === 1
        ? trainingGradients(g, call)
        : inferenceGradients(g, call),
    evaluate: ({ inputs: [x, scale, bias, mean, variance], attributes, outputCount }) => {
      const { epsilon, momentum, training_mode } = attributes;
      const pixels = sizeOf(x.shape.slice(2));
      const channels = x.shape[1];
      const channelOf = (flat: number) => Math.floor(flat / pixels) % channels;
      const means = new Float64Array(channels);
      const variances = new Float64Array(channels);
      const count = x.data.length / channels;
      x.data.forEach((element, flat) => {
        means[channelOf(flat)] += element / count;
      });
      x.data.forEach((element, flat) => {
        variances[channelOf(flat)] += (element - means[channelOf(flat)]) ** 2 / count;
      });
      const [usedMean, usedVariance] =
        training_mode === 1 ? [means, variances] : [mean.data, variance.data];
      const data = x.data.map((element, flat) => {
        const c = channelOf(flat);
        const inverse = 1 / Math.sqrt(usedVariance[c] + epsilon);
        return (element - usedMean[c]) * inverse * scale.data[c] + bias.data[c];
      });
      const blend = (old: NdArray, now: Float64Array) => ({
        ...old,
        data: old.data.map((value, c) => value * momentum + now[c] * (1 - momentum)),
      });
      return [{ ...x, data }, blend(mean, means), blend(variance, variances)].slice(0, outputCount);
    },
  },
  LayerNormalization: {
    infer: ({ inputs: [x], attributes, outputCount, where }) => {
      const axis = frontAxis(attributes.axis, x.shape.length, where);
      const reduced = x.shape.map((dim, at): Dim => (at < axis ? dim : 1));
      const statistics = { type: 'float32' as const, shape: reduced };
      return [{ type: x.type, shape: x.shape }, statistics, statistics].slice(0, outputCount);
    },
    vjp: (g, { inputs, output, cotangent, attributes, needs, where }) => {
      const [x, scale, bias] = inputs;
      const axis = frontAxis(attributes.axis, x.shape.length, where);
      const axes = x.shape.map((_, at) => at).slice(axis);
      const [, mean, inverse] = g.node('LayerNormalization', inputs, attributes, 3);
      const standardised = g.mul(g.sub(x, mean), inverse);
      const byX = () =>
        standardisedGradient(g, g.mul(cotangent, scale), standardised, inverse, axes);
      return [
        needs(0) ? byX() : undefined,
        needs(1) ? sumTo(g, g.mul(cotangent, standardised), output, scale) : undefined,
        bias !== undefined && needs(2) ? sumTo(g, cotangent, output, bias) : undefined,
      ];
    },
    evaluate: ({ inputs: [x, scale, bias], attributes, outputCount, where }) => {
      const axis = frontAxis(attributes.axis, x.shape.length, where);
      const length = sizeOf(x.shape.slice(axis));
      const { data, means, inverses } = standardise(x, length, attributes.epsilon);
      const y = data.map((element, flat) => {
        const at = flat % scale.data.length;
        return element * scale.data[at] + (bias?.data[at % bias.data.length] ?? 0);
      });
      const reduced = x.shape.map((size, at) => (at < axis ? size : 1));
      const statistics = (values: number[]): NdArray => ({
        type: 'float32',
        shape: reduced,
        data: Float64Array.from(values),
      });
      return [{ ...x, data: y }, statistics(means), statistics(inverses)].slice(0, outputCount);
    },
  },
  GroupNormalization: {
    infer: ({ inputs: [x], attributes: { num_groups }, where }) => {
      const channels = x.shape[1];
      if (x.shape.length < 2 || (typeof channels === 'number' && channels % num_groups !== 0)) {
        badNode(where, `channels in ${num_groups} groups of one size`, `[${x.shape}]`);
      }
      return { type: x.type, shape: x.shape };
    },
    vjp: (g, { inputs, cotangent, attributes: { num_groups, epsilon } }) =>
      groupGradients(g, inputs, cotangent, num_groups, epsilon),
    evaluate: ({ inputs, attributes: { num_groups, epsilon } }) =>
      evaluateGroups(inputs, num_groups, epsilon),
  },
  InstanceNormalization: {
    infer: sameAsInput,
    vjp: (g, { inputs, cotangent, attributes: { epsilon }, where }) =>
      groupGradients(g, inputs, cotangent, knownSize(inputs[0], 1, where), epsilon),
    evaluate: ({ inputs, attributes: { epsilon } }) =>
      evaluateGroups(inputs, inputs[0].shape[1], epsilon),
  },
} satisfies OperatorRows<
  'BatchNormalization' | 'GroupNormalization' | 'InstanceNormalization' | 'LayerNormalization'
>;
