// What each operator takes and gives: ONNX's own definitions at opset 21, cut to what this package supports
// (https://onnx.ai/onnx/operators/). The builder's methods, the rules' argument types and the table of operators all
// follow from this one table.

import type { ElementType } from '../ir/element-type.ts';
import type { Tensor } from '../ir/tensor.ts';

/** What the kinds of attributes are in TypeScript. `elementType` is an int in the file and a name here. */
export interface AttributeValues {
  int: number;
  float: number;
  string: string;
  ints: readonly number[];
  floats: readonly number[];
  tensor: Tensor;
  elementType: ElementType;
}
export type AttributeKind = keyof AttributeValues;

/**
 * One attribute: its kind, whether a node must have it, and what it is where a node leaves it out.
 * A fallback of undefined leaves that to the rule of the operator.
 */
export interface AttributeSpec<
  Kind extends AttributeKind = AttributeKind,
  Presence extends 'defaulted' | 'optional' | 'required' = 'defaulted' | 'optional' | 'required',
> {
  readonly kind: Kind;
  readonly presence: Presence;
  readonly fallback: AttributeValues[Kind] | undefined;
}

const defaulted =
  <Kind extends AttributeKind>(kind: Kind) =>
  (fallback: AttributeValues[Kind]): AttributeSpec<Kind, 'defaulted'> => ({
    kind,
    presence: 'defaulted',
    fallback,
  });
const int = defaulted('int');
const float = defaulted('float');
const string = defaulted('string');
const optional = <Kind extends AttributeKind>(kind: Kind): AttributeSpec<Kind, 'optional'> => ({
  kind,
  presence: 'optional',
  fallback: undefined,
});
const required = <Kind extends AttributeKind>(kind: Kind): AttributeSpec<Kind, 'required'> => ({
  kind,
  presence: 'required',
  fallback: undefined,
});

const unary = { inputs: ['X'], outputs: ['Y'], attributes: {} } as const;
const binary = { inputs: ['A', 'B'], outputs: ['C'], attributes: {} } as const;
const variadic = { inputs: ['...inputs'], outputs: ['Y'], attributes: {} } as const;
const window = {
  auto_pad: string('NOTSET'),
  dilations: optional('ints'),
  kernel_shape: required('ints'),
  pads: optional('ints'),
  strides: optional('ints'),
};
const convolution = { ...window, group: int(1), kernel_shape: optional('ints') };
const reduction = {
  inputs: ['data', 'axes?'],
  outputs: ['reduced'],
  attributes: { keepdims: int(1), noop_with_empty_axes: int(0) },
} as const;
const arg = {
  inputs: ['data'],
  outputs: ['reduced'],
  attributes: { axis: int(0), keepdims: int(1), select_last_index: int(0) },
} as const;
const softmax = { inputs: ['input'], outputs: ['output'], attributes: { axis: int(-1) } } as const;

/** In inputs and outputs, `?` marks what may be left out and `...` what may come any number of times. */
export const signatures = {
  // Element by element
  Abs: unary,
  Ceil: unary,
  Cos: unary,
  Erf: unary,
  Exp: unary,
  Floor: unary,
  HardSwish: unary,
  Identity: unary,
  Log: unary,
  Neg: unary,
  Not: unary,
  Reciprocal: unary,
  Relu: unary,
  Round: unary,
  Sigmoid: unary,
  Sign: unary,
  Sin: unary,
  Softplus: unary,
  Sqrt: unary,
  Tanh: unary,
  Elu: { ...unary, attributes: { alpha: float(1) } },
  Gelu: { ...unary, attributes: { approximate: string('none') } },
  HardSigmoid: { ...unary, attributes: { alpha: float(0.2), beta: float(0.5) } },
  LeakyRelu: { ...unary, attributes: { alpha: float(0.01) } },
  PRelu: { inputs: ['X', 'slope'], outputs: ['Y'], attributes: {} },
  Clip: { inputs: ['X', 'min?', 'max?'], outputs: ['Y'], attributes: {} },
  Cast: {
    inputs: ['X'],
    outputs: ['Y'],
    attributes: { to: required('elementType'), saturate: int(1) },
  },
  CastLike: {
    inputs: ['input', 'target_type'],
    outputs: ['output'],
    attributes: { saturate: int(1) },
  },
  DequantizeLinear: {
    inputs: ['x', 'x_scale', 'x_zero_point?'],
    outputs: ['y'],
    attributes: { axis: int(1) },
  },
  DynamicQuantizeLinear: {
    inputs: ['x'],
    outputs: ['y', 'y_scale', 'y_zero_point'],
    attributes: {},
  },
  Dropout: {
    inputs: ['data', 'ratio?', 'training_mode?'],
    outputs: ['output', 'mask?'],
    attributes: { seed: optional('int') },
  },
  Add: binary,
  Sub: binary,
  Mul: binary,
  Div: binary,
  Pow: binary,
  Mod: { ...binary, attributes: { fmod: int(0) } },
  And: binary,
  Or: binary,
  Xor: binary,
  Equal: binary,
  Greater: binary,
  GreaterOrEqual: binary,
  Less: binary,
  LessOrEqual: binary,
  Min: variadic,
  Max: variadic,
  Sum: variadic,
  Where: { inputs: ['condition', 'X', 'Y'], outputs: ['output'], attributes: {} },
  // Reductions
  ReduceL1: reduction,
  ReduceL2: reduction,
  ReduceLogSumExp: reduction,
  ReduceMax: reduction,
  ReduceMean: reduction,
  ReduceMin: reduction,
  ReduceProd: reduction,
  ReduceSum: reduction,
  ReduceSumSquare: reduction,
  ArgMax: arg,
  ArgMin: arg,
  CumSum: {
    inputs: ['x', 'axis'],
    outputs: ['y'],
    attributes: { exclusive: int(0), reverse: int(0) },
  },
  Softmax: softmax,
  LogSoftmax: softmax,
  TopK: {
    inputs: ['X', 'K'],
    outputs: ['Values', 'Indices'],
    attributes: { axis: int(-1), largest: int(1), sorted: int(1) },
  },
  // Shapes
  Concat: {
    inputs: ['...inputs'],
    outputs: ['concat_result'],
    attributes: { axis: required('int') },
  },
  Expand: { inputs: ['input', 'shape'], outputs: ['output'], attributes: {} },
  Flatten: { inputs: ['input'], outputs: ['output'], attributes: { axis: int(1) } },
  Pad: {
    inputs: ['data', 'pads', 'constant_value?', 'axes?'],
    outputs: ['output'],
    attributes: { mode: string('constant') },
  },
  Reshape: { inputs: ['data', 'shape'], outputs: ['reshaped'], attributes: { allowzero: int(0) } },
  Shape: {
    inputs: ['data'],
    outputs: ['shape'],
    attributes: { start: int(0), end: optional('int') },
  },
  Size: { inputs: ['data'], outputs: ['size'], attributes: {} },
  Slice: {
    inputs: ['data', 'starts', 'ends', 'axes?', 'steps?'],
    outputs: ['output'],
    attributes: {},
  },
  Split: {
    inputs: ['input', 'split?'],
    outputs: ['...outputs'],
    attributes: { axis: int(0), num_outputs: optional('int') },
  },
  Squeeze: { inputs: ['data', 'axes?'], outputs: ['squeezed'], attributes: {} },
  Tile: { inputs: ['input', 'repeats'], outputs: ['output'], attributes: {} },
  Transpose: { inputs: ['data'], outputs: ['transposed'], attributes: { perm: optional('ints') } },
  Trilu: { inputs: ['input', 'k?'], outputs: ['output'], attributes: { upper: int(1) } },
  Unsqueeze: { inputs: ['data', 'axes'], outputs: ['expanded'], attributes: {} },
  DepthToSpace: {
    inputs: ['input'],
    outputs: ['output'],
    attributes: { blocksize: required('int'), mode: string('DCR') },
  },
  SpaceToDepth: {
    inputs: ['input'],
    outputs: ['output'],
    attributes: { blocksize: required('int') },
  },
  // Indices
  Gather: { inputs: ['data', 'indices'], outputs: ['output'], attributes: { axis: int(0) } },
  GatherElements: {
    inputs: ['data', 'indices'],
    outputs: ['output'],
    attributes: { axis: int(0) },
  },
  GatherND: {
    inputs: ['data', 'indices'],
    outputs: ['output'],
    attributes: { batch_dims: int(0) },
  },
  ScatterElements: {
    inputs: ['data', 'indices', 'updates'],
    outputs: ['output'],
    attributes: { axis: int(0), reduction: string('none') },
  },
  ScatterND: {
    inputs: ['data', 'indices', 'updates'],
    outputs: ['output'],
    attributes: { reduction: string('none') },
  },
  OneHot: {
    inputs: ['indices', 'depth', 'values'],
    outputs: ['output'],
    attributes: { axis: int(-1) },
  },
  NonMaxSuppression: {
    inputs: [
      'boxes',
      'scores',
      'max_output_boxes_per_class?',
      'iou_threshold?',
      'score_threshold?',
    ],
    outputs: ['selected_indices'],
    attributes: { center_point_box: int(0) },
  },
  // Made from nothing
  Constant: {
    inputs: [],
    outputs: ['output'],
    attributes: {
      value: optional('tensor'),
      value_float: optional('float'),
      value_floats: optional('floats'),
      value_int: optional('int'),
      value_ints: optional('ints'),
    },
  },
  ConstantOfShape: {
    inputs: ['shape'],
    outputs: ['output'],
    attributes: { value: optional('tensor') },
  },
  Range: { inputs: ['start', 'limit', 'delta'], outputs: ['output'], attributes: {} },
  // Products
  MatMul: binary,
  Gemm: {
    inputs: ['A', 'B', 'C?'],
    outputs: ['Y'],
    attributes: { alpha: float(1), beta: float(1), transA: int(0), transB: int(0) },
  },
  Einsum: {
    inputs: ['...inputs'],
    outputs: ['Output'],
    attributes: { equation: required('string') },
  },
  MatMulInteger: {
    inputs: ['A', 'B', 'a_zero_point?', 'b_zero_point?'],
    outputs: ['Y'],
    attributes: {},
  },
  // Convolution and pooling
  ConvInteger: {
    inputs: ['x', 'w', 'x_zero_point?', 'w_zero_point?'],
    outputs: ['y'],
    attributes: convolution,
  },
  Conv: { inputs: ['X', 'W', 'B?'], outputs: ['Y'], attributes: convolution },
  ConvTranspose: {
    inputs: ['X', 'W', 'B?'],
    outputs: ['Y'],
    attributes: {
      ...convolution,
      output_padding: optional('ints'),
      output_shape: optional('ints'),
    },
  },
  MaxPool: {
    inputs: ['X'],
    outputs: ['Y', 'Indices?'],
    attributes: { ...window, ceil_mode: int(0), storage_order: int(0) },
  },
  AveragePool: {
    inputs: ['X'],
    outputs: ['Y'],
    attributes: { ...window, ceil_mode: int(0), count_include_pad: int(0) },
  },
  GlobalAveragePool: unary,
  GlobalMaxPool: unary,
  Resize: {
    inputs: ['X', 'roi?', 'scales?', 'sizes?'],
    outputs: ['Y'],
    attributes: {
      antialias: int(0),
      axes: optional('ints'),
      coordinate_transformation_mode: string('half_pixel'),
      cubic_coeff_a: float(-0.75),
      exclude_outside: int(0),
      extrapolation_value: float(0),
      keep_aspect_ratio_policy: string('stretch'),
      mode: string('nearest'),
      nearest_mode: string('round_prefer_floor'),
    },
  },
  // Normalisation
  BatchNormalization: {
    inputs: ['X', 'scale', 'B', 'input_mean', 'input_var'],
    outputs: ['Y', 'running_mean?', 'running_var?'],
    attributes: { epsilon: float(1e-5), momentum: float(0.9), training_mode: int(0) },
  },
  LayerNormalization: {
    inputs: ['X', 'Scale', 'B?'],
    outputs: ['Y', 'Mean?', 'InvStdDev?'],
    attributes: { axis: int(-1), epsilon: float(1e-5), stash_type: int(1) },
  },
  GroupNormalization: {
    inputs: ['X', 'scale', 'bias'],
    outputs: ['Y'],
    attributes: { epsilon: float(1e-5), num_groups: required('int'), stash_type: int(1) },
  },
  InstanceNormalization: {
    inputs: ['X', 'scale', 'B'],
    outputs: ['Y'],
    attributes: { epsilon: float(1e-5) },
  },
} as const satisfies Record<string, Signature>;

export interface Signature {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeSpec>>;
}

export type Signatures = typeof signatures;
export type OperatorName = keyof Signatures;

export const isOperatorName = (operator: string): operator is OperatorName =>
  Object.hasOwn(signatures, operator);

type Specs<K extends OperatorName> = Signatures[K]['attributes'];
type ValueOfSpec<Spec> = Spec extends AttributeSpec<infer Kind> ? AttributeValues[Kind] : never;
type RequiredIn<Of> = {
  [A in keyof Of]: Of[A] extends AttributeSpec<AttributeKind, 'required'> ? A : never;
}[keyof Of];

/** The attributes of an operator as its rules see them, left-out ones filled in. */
export type AttributesOf<K extends OperatorName> = {
  readonly [A in keyof Specs<K>]: Specs<K>[A] extends AttributeSpec<AttributeKind, 'optional'>
    ? ValueOfSpec<Specs<K>[A]> | undefined
    : ValueOfSpec<Specs<K>[A]>;
};

/** The attributes of an operator as a caller gives them: only required ones must be there. */
export type GivenAttributes<K extends OperatorName> = {
  readonly [A in keyof Specs<K>]?: ValueOfSpec<Specs<K>[A]> | undefined;
} & { readonly [A in RequiredIn<Specs<K>>]: ValueOfSpec<Specs<K>[A]> };

/** A tuple with an `Element` for each name of `Names`: `B?` may be undefined, `...inputs` is any number. */
type TupleOf<Names extends readonly string[], Element> = Names extends readonly [
  infer Head,
  ...infer Rest extends readonly string[],
]
  ? Head extends `...${string}`
    ? readonly Element[]
    : Head extends `${string}?`
      ? readonly [Element | undefined, ...TupleOf<Rest, Element>]
      : readonly [Element, ...TupleOf<Rest, Element>]
  : readonly [];

export type InputsOf<K extends OperatorName, Element> = TupleOf<Signatures[K]['inputs'], Element>;

/** The arguments of a call that makes a node: inputs, optional ones left out at the end, then attributes. */
export type CallArguments<
  K extends OperatorName,
  Operand,
  Names extends readonly string[] = Signatures[K]['inputs'],
> = Names extends readonly [infer Head, ...infer Rest extends readonly string[]]
  ? Head extends `...${string}`
    ? [inputs: readonly Operand[], ...AttributeArgument<K>]
    : Head extends `${string}?`
      ? AttributeArgument<K> | [Operand | undefined, ...CallArguments<K, Operand, Rest>]
      : [Operand, ...CallArguments<K, Operand, Rest>]
  : AttributeArgument<K>;

type AttributeArgument<K extends OperatorName> = [RequiredIn<Specs<K>>] extends [never]
  ? [attributes?: GivenAttributes<K>]
  : [attributes: GivenAttributes<K>];

/** What such a call returns: one value, a fixed few, or as many as there are. Optional outputs are left out. */
export type CallResult<K extends OperatorName, Result> = Signatures[K]['outputs'] extends readonly [
  `...${string}`,
]
  ? Result[]
  : Signatures[K]['outputs'] extends readonly [string]
    ? Result
    : Signatures[K]['outputs'] extends readonly [string, `${string}?`, ...string[]]
      ? Result
      : EachAs<Signatures[K]['outputs'], Result>;

type EachAs<Names extends readonly string[], Result> = { -readonly [I in keyof Names]: Result };
