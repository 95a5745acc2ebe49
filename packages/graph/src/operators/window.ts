// Where the windows of convolutions and poolings lie: padding, stride and dilation of each spatial axis.

import { addDims, type Dim, floorDivideDims } from '../ir/dim.ts';
import { badNode } from './operator.ts';

/** One spatial axis of a window. */
export interface WindowAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the first and after the last element. */
  readonly before: number;
  readonly after: number;
}

export interface WindowAttributes {
  readonly auto_pad: string;
  readonly dilations: readonly number[] | undefined;
  readonly pads: readonly number[] | undefined;
  readonly strides: readonly number[] | undefined;
}

/** How many elements a window spans from its first to its last tap. */
export const spanOf = ({ kernel, dilation }: WindowAxis): number => (kernel - 1) * dilation + 1;

/**
 * The windows over the axes behind batch and channels.
 *
 * @throws GraphError `bad-node` for lists of the wrong length, or SAME padding of a size that is not known.
 */
export function windowAxes(
  spatial: readonly Dim[],
  kernel: readonly number[],
  { auto_pad, dilations, pads, strides }: WindowAttributes,
  where: string,
): WindowAxis[] {
  const rank = spatial.length;
  for (const [list, length] of [
    [kernel, rank],
    [dilations, rank],
    [strides, rank],
    [pads, 2 * rank],
  ] as const) {
    if (list !== undefined && list.length !== length) {
      badNode(where, `${length} numbers for ${rank} spatial axes`, `[${list}]`);
    }
  }
  return spatial.map((size, i) => {
    const stride = strides?.[i] ?? 1;
    const dilation = dilations?.[i] ?? 1;
    if (kernel[i] < 1 || stride < 1 || dilation < 1) {
      badNode(
        where,
        'kernel, strides and dilations of 1 or more',
        `${kernel[i]}, ${stride}, ${dilation}`,
      );
    }
    const axis = { kernel: kernel[i], stride, dilation, before: 0, after: 0 };
    if (auto_pad === 'VALID') return axis;
    if (auto_pad !== 'SAME_UPPER' && auto_pad !== 'SAME_LOWER') {
      return { ...axis, before: pads?.[i] ?? 0, after: pads?.[i + rank] ?? 0 };
    }
    if (typeof size !== 'number') {
      return badNode(where, `a known size for auto_pad ${auto_pad}`, size, 'Use bindDims.');
    }
    const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + spanOf(axis) - size);
    const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
    return auto_pad === 'SAME_UPPER'
      ? { ...axis, before: less, after: more }
      : { ...axis, before: more, after: less };
  });
}

/** How many windows fit along an axis. With `ceil`, one more may stand out behind the end, but must begin inside. */
export function windowCount(size: Dim, axis: WindowAxis, ceil: boolean, where: string): Dim {
  const room = addDims(size, axis.before + axis.after - spanOf(axis));
  if (typeof room === 'number' && typeof size === 'number') {
    if (room < 0) badNode(where, `a window that fits ${size}`, `one of ${spanOf(axis)}`);
    if (!ceil) return Math.floor(room / axis.stride) + 1;
    const count = Math.ceil(room / axis.stride) + 1;
    return (count - 1) * axis.stride >= size + axis.before ? count - 1 : count;
  }
  const rounded = ceil ? addDims(room, axis.stride - 1) : room;
  return addDims(floorDivideDims(rounded, axis.stride), 1);
}

/**
 * Padding of the transposed window that leads from `count` windows back to `size` elements: how much to cut behind, or to
 * add where the last elements were under no window.
 */
export function transposedPadding(
  size: number,
  count: number,
  axis: WindowAxis,
): { after: number; outputPadding: number } {
  const rest = axis.stride * (count - 1) + spanOf(axis) - axis.before - size;
  return { after: Math.max(0, rest), outputPadding: Math.max(0, -rest) };
}

/** The attributes of a node with these windows. */
export const windowLists = (axes: readonly WindowAxis[]) => ({
  strides: axes.map(({ stride }) => stride),
  dilations: axes.map(({ dilation }) => dilation),
  pads: [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)],
});
