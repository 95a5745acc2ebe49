// Convolutions of any rank, with groups, strides and dilations. How their gradients are built decides how fast training
// is: see `convolution-gradients.ts`.

import type { Dim, Shape } from '../ir/dim.ts';
import { sizeOf } from '../ir/tensor.ts';
import {
  dataGradient,
  sumOfChannels,
  transposedDataGradient,
  weightGradient,
} from './convolution-gradients.ts';
import { forEachIndex, generate, type NdArray, positionOf, stridesOf } from './nd-array.ts';
import { badNode, knownShape, type OperatorRows } from './operator.ts';
import type { AttributesOf } from './signatures.ts';
import { spanOf, type WindowAxis, windowAxes, windowCount } from './window.ts';

type ConvAttributes = AttributesOf<'Conv'>;

function convWindow(x: Shape, w: Shape, attributes: ConvAttributes, where: string): WindowAxis[] {
  const kernel = knownShape({ type: 'int64', shape: w.slice(2) }, where);
  return windowAxes(x.slice(2), kernel, attributes, where);
}

function checkChannels(channels: Dim, expected: Dim, what: string, where: string): void {
  if (typeof channels === 'number' && typeof expected === 'number' && channels !== expected) {
    badNode(where, `${expected} ${what}`, `${channels}`);
  }
}

const times = (a: Dim, b: number): Dim => (typeof a === 'number' ? a * b : '?');

/** Windows and output of a transposed convolution, whose padding may follow from a wished output shape. */
function transposedWindow(
  x: Shape,
  w: Shape,
  attributes: AttributesOf<'ConvTranspose'>,
  where: string,
): { axes: WindowAxis[]; spatial: Dim[] } {
  const { output_padding, output_shape, auto_pad } = attributes;
  const plain = convWindow(x, w, { ...attributes, auto_pad: 'NOTSET' }, where);
  const isSame = auto_pad === 'SAME_UPPER' || auto_pad === 'SAME_LOWER';
  const axes: WindowAxis[] = [];
  const spatial = x.slice(2).map((size, i): Dim => {
    const axis = plain[i];
    const extra = output_padding?.[i] ?? 0;
    if (typeof size !== 'number') {
      axes.push(axis);
      return '?';
    }
    const full = axis.stride * (size - 1) + extra + spanOf(axis);
    const wished = output_shape?.[i] ?? (isSame ? size * axis.stride : undefined);
    if (wished === undefined) {
      axes.push(axis);
      return full - axis.before - axis.after;
    }
    const total = Math.max(0, full - wished);
    const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
    const [before, after] = auto_pad === 'SAME_UPPER' ? [less, more] : [more, less];
    axes.push({ ...axis, before, after });
    return wished;
  });
  return { axes, spatial };
}

/** Every pair of an input and an output position that a weight joins, for one image and one pair of channels. */
function tapsOf(
  small: readonly number[],
  large: readonly number[],
  axes: readonly WindowAxis[],
): readonly (readonly [inSmall: number, inLarge: number, tap: number])[] {
  const kernel = axes.map((axis) => axis.kernel);
  const largeStrides = stridesOf(large);
  const taps: [number, number, number][] = [];
  forEachIndex(small, (position, inSmall) => {
    forEachIndex(kernel, (offset, tap) => {
      const at = axes.map(
        ({ stride, dilation, before }, i) => position[i] * stride + offset[i] * dilation - before,
      );
      if (at.every((p, i) => p >= 0 && p < large[i])) {
        taps.push([inSmall, positionOf(at, largeStrides), tap]);
      }
    });
  });
  return taps;
}

/** Every triple of image, output channel and input channel that a grouped convolution joins. */
function forEachChannelPair(
  batch: number,
  outputs: number,
  inputsPerGroup: number,
  group: number,
  visit: (n: number, output: number, input: number, inGroup: number) => void,
): void {
  for (let n = 0; n < batch; n++) {
    for (let output = 0; output < outputs; output++) {
      const first = Math.floor(output / (outputs / group)) * inputsPerGroup;
      for (let i = 0; i < inputsPerGroup; i++) visit(n, output, first + i, i);
    }
  }
}

const biasAt = (bias: NdArray | undefined, channel: number) => bias?.data[channel] ?? 0;

export const convolution = {
  Conv: {
    infer: ({ inputs: [x, w], attributes, where }) => {
      if (x.shape.length < 3 || w.shape.length !== x.shape.length) {
        badNode(
          where,
          'input and weights of 3 dimensions or more',
          `[${x.shape}] and [${w.shape}]`,
        );
      }
      checkChannels(x.shape[1], times(w.shape[1], attributes.group), 'input channels', where);
      const axes = convWindow(x.shape, w.shape, attributes, where);
      const spatial = axes.map((axis, i) => windowCount(x.shape[i + 2], axis, false, where));
      return { type: x.type, shape: [x.shape[0], w.shape[0], ...spatial] };
    },
    vjp: (g, { inputs: [x, w, bias], cotangent, output, attributes, needs, where }) => {
      const axes = convWindow(x.shape, w.shape, attributes, where);
      const { group } = attributes;
      const dy = { ...output, ...cotangent, shape: output.shape };
      return [
        needs(0) ? dataGradient(g, { x, w, dy, axes, group, where }) : undefined,
        needs(1) ? weightGradient(g, { x, w, dy, axes, group, where }) : undefined,
        bias !== undefined && needs(2) ? sumOfChannels(g, dy) : undefined,
      ];
    },
    evaluate: ({ inputs: [x, w, bias], attributes, where }) => {
      const axes = convWindow(x.shape, w.shape, attributes, where);
      const size = x.shape.slice(2);
      const out = axes.map((axis, i) => windowCount(size[i], axis, false, where) as number);
      const [pixels, outPixels, taps] = [size, out, w.shape.slice(2)].map(sizeOf);
      const [batch, outputs, perGroup] = [x.shape[0], w.shape[0], w.shape[1]];
      const joined = tapsOf(out, size, axes);
      const y = generate(x.type, [batch, outputs, ...out], (index) => biasAt(bias, index[1]));
      forEachChannelPair(
        batch,
        outputs,
        perGroup,
        attributes.group,
        (n, output, input, inGroup) => {
          const to = (n * outputs + output) * outPixels;
          const from = (n * x.shape[1] + input) * pixels;
          const weights = (output * perGroup + inGroup) * taps;
          for (const [inOut, inX, tap] of joined) {
            y.data[to + inOut] += x.data[from + inX] * w.data[weights + tap];
          }
        },
      );
      return y;
    },
  },
  ConvTranspose: {
    infer: ({ inputs: [x, w], attributes, where }) => {
      if (x.shape.length < 3 || w.shape.length !== x.shape.length) {
        badNode(
          where,
          'input and weights of 3 dimensions or more',
          `[${x.shape}] and [${w.shape}]`,
        );
      }
      checkChannels(x.shape[1], w.shape[0], 'input channels', where);
      const { spatial } = transposedWindow(x.shape, w.shape, attributes, where);
      return { type: x.type, shape: [x.shape[0], times(w.shape[1], attributes.group), ...spatial] };
    },
    // The gradient of a convolution's gradient: the convolution itself, with input and output in each other's place.
    vjp: (g, { inputs: [x, w, bias], cotangent, output, attributes, needs, where }) => {
      const { axes } = transposedWindow(x.shape, w.shape, attributes, where);
      const { group } = attributes;
      const dy = { ...output, ...cotangent, shape: output.shape };
      return [
        needs(0) ? transposedDataGradient(g, { x, w, dy, axes, group, where }) : undefined,
        needs(1) ? weightGradient(g, { x: dy, w, dy: x, axes, group, where }) : undefined,
        bias !== undefined && needs(2) ? sumOfChannels(g, dy) : undefined,
      ];
    },
    evaluate: ({ inputs: [x, w, bias], attributes, where }) => {
      const { axes, spatial } = transposedWindow(x.shape, w.shape, attributes, where);
      const out = spatial as number[];
      const size = x.shape.slice(2);
      const [pixels, outPixels, taps] = [size, out, w.shape.slice(2)].map(sizeOf);
      const [batch, inputs, perGroup] = [x.shape[0], w.shape[0], w.shape[1]];
      const joined = tapsOf(size, out, axes);
      const outputs = perGroup * attributes.group;
      const y = generate(x.type, [batch, outputs, ...out], (index) => biasAt(bias, index[1]));
      forEachChannelPair(batch, inputs, perGroup, attributes.group, (n, input, output, inGroup) => {
        const from = (n * inputs + input) * pixels;
        const to = (n * outputs + output) * outPixels;
        const weights = (input * perGroup + inGroup) * taps;
        for (const [inX, inOut, tap] of joined) {
          y.data[to + inOut] += x.data[from + inX] * w.data[weights + tap];
        }
      });
      return y;
    },
  },
} satisfies OperatorRows<'Conv' | 'ConvTranspose'>;
