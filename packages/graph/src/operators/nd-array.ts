// Arrays of the reference evaluator: row-major, every element a float64 whatever its type is in the graph, so that
// finite differences are exact enough to test gradients. Slow and clear on purpose.

import type { ElementType } from '../ir/element-type.ts';
import { numbersOf, sizeOf, type Tensor, tensorOf } from '../ir/tensor.ts';

export interface NdArray {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export const arrayOfTensor = (tensor: Tensor): NdArray => ({
  type: tensor.type,
  shape: tensor.shape,
  data: numbersOf(tensor),
});

export const tensorOfArray = ({ type, shape, data }: NdArray): Tensor =>
  tensorOf(type, shape, data);

/** How many elements lie between neighbours along each axis. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** Calls `visit` with every index of a shape in row-major order. The index is reused: copy it to keep it. */
export function forEachIndex(
  shape: readonly number[],
  visit: (index: readonly number[], flat: number) => void,
): void {
  const size = sizeOf(shape);
  const index = new Array<number>(shape.length).fill(0);
  for (let flat = 0; flat < size; flat++) {
    visit(index, flat);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]++;
      if (index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
}

/** The flat position of an index, given strides. */
export function positionOf(index: readonly number[], strides: readonly number[]): number {
  let position = 0;
  for (let axis = 0; axis < strides.length; axis++) position += index[axis] * strides[axis];
  return position;
}

/** A new array whose element at each index is what `element` says. */
export function generate(
  type: ElementType,
  shape: readonly number[],
  element: (index: readonly number[], flat: number) => number,
): NdArray {
  const data = new Float64Array(sizeOf(shape));
  forEachIndex(shape, (index, flat) => {
    data[flat] = element(index, flat);
  });
  return { type, shape, data };
}

/** Strides with which an array is read as if broadcast to `shape`: 0 along stretched axes. */
export function broadcastStrides(array: NdArray, shape: readonly number[]): number[] {
  const own = stridesOf(array.shape);
  const lead = shape.length - array.shape.length;
  return shape.map((_, axis) =>
    axis < lead || array.shape[axis - lead] === 1 ? 0 : own[axis - lead],
  );
}

/** Joins arrays element by element under broadcasting; `shape` is the broadcast one. */
export function zip(
  type: ElementType,
  shape: readonly number[],
  arrays: readonly NdArray[],
  f: (...elements: number[]) => number,
): NdArray {
  const strides = arrays.map((array) => broadcastStrides(array, shape));
  const elements = new Array<number>(arrays.length);
  return generate(type, shape, (index) => {
    for (let i = 0; i < arrays.length; i++) {
      elements[i] = arrays[i].data[positionOf(index, strides[i])];
    }
    return f(...elements);
  });
}

/** The same elements in another shape. */
export const reshaped = (array: NdArray, shape: readonly number[]): NdArray => ({
  ...array,
  shape,
});

/** The axes in another order: axis `i` of the result is axis `perm[i]` of the array. */
export function transposed(array: NdArray, perm: readonly number[]): NdArray {
  const strides = stridesOf(array.shape);
  const reordered = perm.map((axis) => strides[axis]);
  const shape = perm.map((axis) => array.shape[axis]);
  return generate(array.type, shape, (index) => array.data[positionOf(index, reordered)]);
}

/** The elements as a plain list: axes, sizes and other lists that come in as tensors. */
export const listOf = (array: NdArray | undefined): number[] | undefined =>
  array && Array.from(array.data);
