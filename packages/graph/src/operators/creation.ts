// Operators that make tensors from attributes or sizes.

import { GraphError } from '../graph-error.ts';
import { isStatic } from '../ir/dim.ts';
import { type Tensor, tensorOf } from '../ir/tensor.ts';
import { arrayOfTensor, generate } from './nd-array.ts';
import { type OperatorRows, vjpOfNothing } from './operator.ts';
import type { AttributesOf } from './signatures.ts';

/** Lists longer than this are data, not shapes: they are not followed entry by entry. */
export const maxContents = 64;

/** The entries of a tensor that may be a shape, axes, an index or scales, for shape rules to read. */
export function contentsOfTensor(tensor: Tensor): readonly number[] | undefined {
  const isList = tensor.shape.length <= 1 && (tensor.shape[0] ?? 1) <= maxContents;
  return isList ? Array.from(arrayOfTensor(tensor).data) : undefined;
}

/**
 * The tensor that a Constant node holds in one of its attributes.
 *
 * @throws GraphError `bad-node` when there is none, as for sparse tensors and strings.
 */
export function tensorOfConstant(attributes: AttributesOf<'Constant'>, where: string): Tensor {
  const { value, value_float, value_floats, value_int, value_ints } = attributes;
  if (value !== undefined) return value;
  if (value_float !== undefined) return tensorOf('float32', [], [value_float]);
  if (value_floats !== undefined) return tensorOf('float32', [value_floats.length], value_floats);
  if (value_int !== undefined) return tensorOf('int64', [], [value_int]);
  if (value_ints !== undefined) return tensorOf('int64', [value_ints.length], value_ints);
  throw new GraphError('bad-node', {
    where,
    expected: 'a value as a tensor or numbers',
    found: 'a constant without one, or of a kind that is not supported',
  });
}

const fillOf = ({ value }: AttributesOf<'ConstantOfShape'>) =>
  value === undefined
    ? { type: 'float32' as const, value: 0 }
    : { type: value.type, value: arrayOfTensor(value).data[0] };

/** How many steps lead from start to limit. */
const rangeLength = (start: number, limit: number, delta: number) =>
  Math.max(0, Math.ceil((limit - start) / delta));

export const creation = {
  Constant: {
    infer: ({ attributes, where }) => {
      const tensor = tensorOfConstant(attributes, where);
      return { type: tensor.type, shape: tensor.shape, contents: contentsOfTensor(tensor) };
    },
    vjp: vjpOfNothing,
    evaluate: ({ attributes, where }) => arrayOfTensor(tensorOfConstant(attributes, where)),
  },
  ConstantOfShape: {
    infer: ({ inputs: [shape], attributes }) => {
      const { type, value } = fillOf(attributes);
      const { contents } = shape;
      const rank = shape.shape[0];
      const size = contents !== undefined && isStatic(contents) ? contents[0] : undefined;
      const isList = contents?.length === 1 && size !== undefined && size <= maxContents;
      return {
        type,
        shape: contents ?? (typeof rank === 'number' ? Array(rank).fill('?') : undefined),
        contents: isList && type === 'int64' ? Array(size).fill(value) : undefined,
      };
    },
    vjp: vjpOfNothing,
    evaluate: ({ inputs: [shape], attributes }) => {
      const { type, value } = fillOf(attributes);
      return generate(type, Array.from(shape.data), () => value);
    },
  },
  Range: {
    infer: ({ inputs }) => {
      const { type } = inputs[0];
      const [start, limit, delta] = inputs.map(({ contents }) => contents?.[0]);
      const isKnown =
        typeof start === 'number' && typeof limit === 'number' && typeof delta === 'number';
      if (!isKnown) return { type, shape: [start === 0 && delta === 1 && limit ? limit : '?'] };
      const length = rangeLength(start, limit, delta);
      const contents =
        length <= maxContents
          ? Array.from({ length }, (_, step) => start + step * delta)
          : undefined;
      return { type, shape: [length], contents };
    },
    vjp: vjpOfNothing,
    evaluate: ({ inputs }) => {
      const [start, limit, delta] = inputs.map(({ data }) => data[0]);
      const length = rangeLength(start, limit, delta);
      return generate(inputs[0].type, [length], (_, step) => start + step * delta);
    },
  },
} satisfies OperatorRows<'Constant' | 'ConstantOfShape' | 'Range'>;
