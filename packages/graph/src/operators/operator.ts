// What a row of the operator table is made of: a shape rule, a gradient rule and a reference evaluation, and the
// interface through which gradient rules build nodes.

import { GraphError } from '../graph-error.ts';
import type { Dim, Shape } from '../ir/dim.ts';
import type { ElementType } from '../ir/element-type.ts';
import type { Value } from '../ir/graph.ts';
import type { Tensor } from '../ir/tensor.ts';
import type { NdArray } from './nd-array.ts';
import type {
  AttributesOf,
  CallArguments,
  CallResult,
  InputsOf,
  OperatorName,
} from './signatures.ts';

/** What a shape rule says of an output. `contents` are the entries of a short list, as far as known. */
export interface Inferred {
  readonly type: ElementType;
  readonly shape: Shape | undefined;
  readonly contents?: readonly Dim[] | undefined;
}

/** What a shape rule sees of an input: at least its rank is known. */
export interface Known extends Inferred {
  readonly shape: Shape;
}

/** A value while a graph is being built. */
export type Built = Value & Inferred;
export type KnownValue = Value & Known;

/** An input as callers give it: a number is a constant of the first value's type, a list an int64 tensor. */
export type Operand = Value | number | readonly number[];

export interface InferCall<K extends OperatorName> {
  readonly inputs: InputsOf<K, Known>;
  readonly attributes: AttributesOf<K>;
  readonly outputCount: number;
  /** How messages call the node. */
  readonly where: string;
}

export interface EvaluateCall<K extends OperatorName> {
  readonly inputs: InputsOf<K, NdArray>;
  readonly attributes: AttributesOf<K>;
  readonly outputCount: number;
  readonly where: string;
}

export interface VjpCall<K extends OperatorName> {
  readonly inputs: InputsOf<K, KnownValue>;
  readonly attributes: AttributesOf<K>;
  /** The first output. */
  readonly output: KnownValue;
  /** Gradients of the loss with respect to each output; undefined where the loss does not depend on it. */
  readonly cotangents: readonly (Built | undefined)[];
  /** That of the first output. Defined for every operator but those with any number of outputs. */
  readonly cotangent: Built;
  /** Whether the gradient of input `index` is wanted: rules skip the work where it is not. */
  readonly needs: (index: number) => boolean;
  readonly where: string;
}

/** The vector-Jacobian product: gradients of inputs from those of outputs, undefined where nothing flows. */
export type VjpRule<K extends OperatorName> = (
  g: Builder,
  call: VjpCall<K>,
) => readonly (Built | undefined)[];

export interface Operator<K extends OperatorName> {
  /** Types and shapes of the outputs. */
  readonly infer: (call: InferCall<K>) => Inferred | readonly Inferred[];
  /** The gradient, or why there is none. */
  readonly vjp: VjpRule<K> | { readonly notDifferentiable: string };
  /** The outputs in float64, slow and clear: for folding constants and for tests. */
  readonly evaluate: (call: EvaluateCall<K>) => NdArray | readonly NdArray[];
}

/** Rows for some operators; a family file `satisfies` it. */
export type OperatorRows<K extends OperatorName> = { readonly [Name in K]: Operator<Name> };

/** For outputs that are whole numbers, booleans, or constant nearly everywhere: no gradient ever flows back. */
export const vjpOfNothing = (): readonly undefined[] => [];

/** One method per operator: `g.conv(x, w, { strides: [2, 2] })`, `g.concat([a, b], { axis: 1 })`. */
export type OperatorMethods = {
  readonly [K in Exclude<OperatorName, 'Constant'> as Uncapitalize<K>]: (
    ...call: CallArguments<K, Operand>
  ) => CallResult<K, Built>;
};

/** Adds nodes to a graph; every value that it returns has its type and, where it can be known, its shape. */
export interface Builder extends OperatorMethods {
  /** A node by its operator's name, with `outputCount` outputs; where left out, those that are not optional. */
  node<K extends OperatorName>(
    operator: K,
    inputs: readonly (Operand | undefined)[],
    attributes?: Partial<AttributesOf<K>>,
    outputCount?: number,
  ): Built[];
  /** A constant; small ones without a name of their own are shared. */
  constant(tensor: Tensor, name?: string): Built;
  /** A scalar constant. */
  scalar(value: number, type?: ElementType): Built;
  /** A one-dimensional int64 constant. */
  int64(values: readonly number[]): Built;
  /** The names of everything built inside begin with `name/`. */
  scope<T>(name: string, build: () => T): T;
}

/**
 * Refuses a node.
 *
 * @throws GraphError `bad-node`
 */
export function badNode(where: string, expected: string, found: string, advice?: string): never {
  throw new GraphError('bad-node', { where, expected, found, ...(advice && { advice }) });
}

/** Counts an axis from the front: -1 of rank 4 is 3. */
export function frontAxis(axis: number, rank: number, where: string): number {
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  return badNode(where, `an axis from ${-rank} to ${rank - 1}`, `${axis}`);
}

/** The entries of an input that must be known before the graph runs, such as axes or sizes. */
export function knownNumbers(input: Inferred, what: string, where: string): readonly number[] {
  const { contents } = input;
  if (contents?.every((entry) => typeof entry === 'number')) return contents;
  throw new GraphError('bad-node', {
    where,
    expected: `${what} that are known before the graph runs`,
    found: contents === undefined ? 'computed ones' : `[${contents}]`,
    advice: 'Give the inputs of the graph fixed sizes with bindDims.',
  });
}

/** The dimensions of a value that must be numbers before the graph runs. */
export function knownShape({ shape }: Inferred, where: string): readonly number[] {
  if (shape?.every((dim) => typeof dim === 'number')) return shape;
  throw new GraphError('bad-node', {
    where,
    expected: 'a shape in numbers',
    found: shape === undefined ? 'an unknown shape' : `[${shape}]`,
    advice: 'Give the inputs of the graph fixed sizes with bindDims.',
  });
}
