// What each tap of a convolution's kernel saw of the input: shifted cuts, one element per output position. The gradient of
// the weights multiplies them with the gradient of the output.

import { forEachIndex } from './nd-array.ts';
import { type Builder, type Built, type KnownValue, knownShape } from './operator.ts';
import { padAxes } from './sizes.ts';
import { spanOf, type WindowAxis } from './window.ts';

export interface Convolution {
  /** Input, weights `[outputs, inputs / group, …kernel]` and the gradient of the output. */
  x: KnownValue;
  w: KnownValue;
  dy: KnownValue;
  axes: readonly WindowAxis[];
  group: number;
  where: string;
}

/**
 * Two tensors whose product, summed over batch and positions, is the gradient of one tap's weights. What the tap saw comes
 * as a function, so that a cut is built where it is used and its memory is free again before the next one.
 */
export interface TapPair {
  readonly dy: Built;
  readonly seen: () => Built;
}

/**
 * One pair per tap, in order. Input and gradient may have their first two axes in any order, the same in both.
 *
 * With a stride of 1 the shift of a tap is split: along the last axis the input is moved, along the others the gradient. A
 * kernel of 3 × 3 takes four moved copies then instead of nine cuts, one of 7 × 7 twelve instead of forty-nine.
 */
export function tapPairs(g: Builder, convolution: Convolution, x: Built, dy: Built): TapPair[] {
  const { axes } = convolution;
  const isDense = axes.every(({ stride }) => stride === 1);
  return isDense ? movedPairs(g, convolution, x, dy) : cutPairs(g, convolution, x, dy);
}

function movedPairs(g: Builder, convolution: Convolution, x: Built, dy: Built): TapPair[] {
  const { axes } = convolution;
  const size = inputSizes(convolution);
  const count = positionCounts(convolution);
  const last = axes.length - 1;
  const lead = axes.slice(0, last);
  const leadAxes = lead.map((_, i) => i + 2);
  const seen = Array.from({ length: axes[last].kernel }, (_, tap) => {
    const start = tap * axes[last].dilation - axes[last].before;
    return padAxes(g, x, [last + 2], [-start], [start + count[last] - size[last]]);
  });
  const pairs: TapPair[] = [];
  forEachIndex(
    lead.map(({ kernel }) => kernel),
    (index) => {
      const starts = lead.map(({ dilation, before }, i) => index[i] * dilation - before);
      const ends = starts.map((start, i) => size[i] - count[i] - start);
      const moved = padAxes(g, dy, leadAxes, starts, ends);
      for (const cut of seen) pairs.push({ dy: moved, seen: () => cut });
    },
  );
  return pairs;
}

function cutPairs(g: Builder, convolution: Convolution, x: Built, dy: Built): TapPair[] {
  const { axes } = convolution;
  const count = positionCounts(convolution);
  const spatial = axes.map((_, i) => i + 2);
  const strides = axes.map(({ stride }) => stride);
  const block = isImage(axes) && tapsOf(axes) >= minPhasedTaps ? strides[0] : 1;
  const padded = paddedTo(g, convolution, x, block);
  const phases = block > 1 ? phasesOf(g, padded, block) : undefined;
  const pairs: TapPair[] = [];
  forEachIndex(
    axes.map(({ kernel }) => kernel),
    (index) => {
      const offsets = axes.map(({ dilation }, i) => index[i] * dilation);
      const seen = () => {
        if (phases === undefined) {
          const ends = offsets.map((offset, i) => offset + strides[i] * (count[i] - 1) + 1);
          return g.slice(padded, offsets, ends, spatial, strides);
        }
        const phase = offsets.map((offset) => offset % block);
        const steps = offsets.map((offset) => Math.floor(offset / block));
        const ends = [...phase.map((at) => at + 1), ...steps.map((at, i) => at + count[i])];
        return g.slice(phases, [...phase, ...steps], ends, [1, 2, 4, 5]);
      };
      pairs.push({ dy, seen });
    },
  );
  return pairs;
}

/**
 * All taps of each channel side by side, `[channels, taps, …]`, where windows lie side by side without overlap, as in patch
 * embeddings: a mere rearrangement. Undefined for other convolutions.
 */
export function inputPatches(
  g: Builder,
  convolution: Convolution,
  channelsFirst: Built,
): Built | undefined {
  const { axes } = convolution;
  const arePatches = axes.every(
    ({ kernel, stride, dilation }) => kernel === stride && dilation === 1 && kernel > 1,
  );
  if (!arePatches || !isImage(axes)) return undefined;
  const [{ stride }] = axes;
  return phasesOf(g, paddedTo(g, convolution, channelsFirst, stride), stride);
}

/** From this many taps on it is worth sorting a strided input by phase once, to cut without strides then. */
const minPhasedTaps = 4;

const tapsOf = (axes: readonly WindowAxis[]) => axes.reduce((taps, { kernel }) => taps * kernel, 1);

/** Two spatial axes of one stride, which SpaceToDepth takes. */
const isImage = (axes: readonly WindowAxis[]) =>
  axes.length === 2 && axes[0].stride === axes[1].stride;

const inputSizes = ({ x, where }: Convolution) =>
  knownShape({ type: x.type, shape: x.shape.slice(2) }, where);
const positionCounts = ({ x, dy, where }: Convolution) =>
  knownShape({ type: x.type, shape: dy.shape.slice(2) }, where);

/** The input padded just as far as the last window reaches, then on to whole blocks; negative padding cuts. */
function paddedTo(g: Builder, convolution: Convolution, arranged: Built, block: number): Built {
  const { axes } = convolution;
  const size = inputSizes(convolution);
  const count = positionCounts(convolution);
  const spatial = axes.map((_, i) => i + 2);
  const after = axes.map((axis, i) => {
    const reach = axis.stride * (count[i] - 1) + spanOf(axis);
    return Math.ceil(reach / block) * block - axis.before - size[i];
  });
  return padAxes(
    g,
    arranged,
    spatial,
    axes.map(({ before }) => before),
    after,
  );
}

/** `[A, B, H, W]` by the place in blocks of pixels: `[A, block, block, B, H / block, W / block]`. */
function phasesOf(g: Builder, x: Built, block: number): Built {
  const [height, width] = knownShape({ type: x.type, shape: x.shape?.slice(2) }, x.name);
  const phases = g.spaceToDepth(x, { blocksize: block });
  return g.reshape(phases, [0, block, block, -1, height / block, width / block]);
}
