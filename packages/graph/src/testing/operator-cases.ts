// Calls of every operator with random inputs. The table is total, so an operator without a case does not compile; the
// tests run each case through the reference evaluation, finite differences and ONNX Runtime. It is one piece because a
// reader checks it against the table of operators, row by row.

import type { ElementType } from '../ir/element-type.ts';
import { type Tensor, tensorOf } from '../ir/tensor.ts';
import type { NdArray } from '../operators/nd-array.ts';
import type { OperatorName } from '../operators/signatures.ts';
import type { Random } from './random.ts';

export interface CaseCall {
  /** Arrays are inputs of the graph, tensors constants, undefined an input left out. */
  inputs: readonly (NdArray | Tensor | undefined)[];
  attributes?: object;
  outputCount?: number;
  /** Inputs without a gradient although they are floating-point. */
  fixed?: readonly number[];
  /** Why ONNX Runtime is not asked. */
  notInRuntime?: string;
}
export type OperatorCase = (random: Random) => CaseCall;

const int64 = (...values: number[]): Tensor => tensorOf('int64', [values.length], values);
const scalar = (value: number, type: ElementType = 'float32'): Tensor =>
  tensorOf(type, [], [value]);
const indices = (r: Random, shape: readonly number[], size: number, low = -size): Tensor =>
  tensorOf(
    'int64',
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => r.integer(low, size - 1)),
  );
const wholeNumbers = (
  r: Random,
  shape: readonly number[],
  type: ElementType = 'int64',
): NdArray => ({
  type,
  shape,
  data: r.normal(shape).data.map((x) => Math.round(3 * x)),
});
/** Constants, for the runtime wants whole-number products to have them. */
const bytes = (r: Random, shape: readonly number[], type: 'uint8' | 'int8'): Tensor =>
  tensorOf(
    type,
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
      type === 'uint8' ? r.integer(0, 255) : r.integer(-127, 127),
    ),
  );
/** Different positions in random order. */
const shuffled = (r: Random, count: number): number[] => {
  const { data } = r.distinct([count]);
  return Array.from({ length: count }, (_, i) => i).sort((a, b) => data[a] - data[b]);
};
/** A shape that broadcasts to the given one. */
const stretched = (r: Random, shape: readonly number[]): number[] =>
  shape.slice(r.integer(0, shape.length - 1)).map((size) => (r.uniform() < 0.4 ? 1 : size));

const normal: OperatorCase = (r) => ({ inputs: [r.normal(r.shape())] });
const smooth: OperatorCase = (r) => ({ inputs: [r.smooth(r.shape())] });
const positive: OperatorCase = (r) => ({ inputs: [r.positive(r.shape())] });

type Fill = 'normal' | 'positive' | 'smooth' | 'distinct';
/** Two inputs of which either may be broadcast. */
const pair =
  (first: Fill, second: Fill = first): OperatorCase =>
  (r) => {
    const shape = r.shape();
    const other = stretched(r, shape);
    const isSwapped = r.uniform() < 0.5;
    return {
      inputs: [r[first](isSwapped ? other : shape), r[second](isSwapped ? shape : other)],
    };
  };
const wholePair: OperatorCase = (r) => {
  const shape = r.shape();
  return { inputs: [wholeNumbers(r, shape), wholeNumbers(r, stretched(r, shape))] };
};
const booleanPair: OperatorCase = (r) => {
  const shape = r.shape();
  return { inputs: [r.booleans(shape), r.booleans(stretched(r, shape))] };
};
const several =
  (fill: Fill): OperatorCase =>
  (r) => {
    const shape = r.shape();
    return { inputs: [r[fill](shape), r[fill](stretched(r, shape)), r[fill](shape)] };
  };
/** Min and Max: inputs whose elements never tie, by 0.01 at least. */
const withoutTies: OperatorCase = (r) => {
  const call = several('distinct')(r);
  const inputs = (call.inputs as NdArray[]).map((x, i) => ({
    ...x,
    data: x.data.map((element) => element + 0.02 * i),
  }));
  return { inputs };
};

/** Over given axes, over all, over none, with and without keeping them. */
const reductionCases = (fill: Fill): OperatorCase[] => [
  (r) => ({
    inputs: [r[fill](r.shape(4)), int64(...r.pick([[2, 3], [0], [-1], [0, 2, 3], [1, -1]]))],
    attributes: { keepdims: r.integer(0, 1) },
  }),
  (r) => ({ inputs: [r[fill](r.shape())], attributes: { keepdims: r.integer(0, 1) } }),
  (r) => ({ inputs: [r[fill](r.shape(3)), int64()], attributes: { noop_with_empty_axes: 1 } }),
];
const positionCase: OperatorCase = (r) => ({
  inputs: [r.distinct(r.shape(3))],
  attributes: { axis: r.integer(-3, 2), keepdims: r.integer(0, 1) },
});
const softmaxCase: OperatorCase = (r) => ({
  inputs: [r.normal(r.shape(3))],
  attributes: { axis: r.integer(-3, 2) },
});
/** A picture large enough for any window of the cases. */
const picture = (r: Random, channels: number, fill: Fill = 'normal'): NdArray =>
  r[fill]([r.integer(1, 2), channels, r.integer(5, 7), r.integer(5, 7)]);

const convCases: OperatorCase[] = [
  (r) => {
    const kernel = r.pick([1, 2, 3]);
    const stride = r.integer(1, 3);
    const [inputs, outputs] = [r.integer(1, 3), r.integer(1, 3)];
    const pads = Array.from({ length: 4 }, () => r.integer(0, kernel - 1));
    return {
      inputs: [
        picture(r, inputs),
        r.normal([outputs, inputs, kernel, kernel]),
        r.normal([outputs]),
      ],
      attributes: { strides: [stride, r.integer(1, 2)], pads },
    };
  },
  // Groups and dilation
  (r) => {
    const [group, perGroup, outputs] = [2, r.integer(1, 2), r.integer(1, 2)];
    return {
      inputs: [picture(r, group * perGroup), r.normal([group * outputs, perGroup, 3, 2])],
      attributes: {
        group,
        dilations: [r.integer(1, 2), r.integer(1, 2)],
        pads: [1, 1, 1, 0],
        strides: r.pick([
          [1, 1],
          [2, 1],
        ]),
      },
    };
  },
  // Depthwise
  (r) => ({
    inputs: [picture(r, 3), r.normal([3 * r.integer(1, 2), 1, 3, 3]), undefined],
    attributes: {
      group: 3,
      pads: [1, 1, 1, 1],
      strides: r.pick([
        [1, 1],
        [2, 2],
      ]),
    },
  }),
  // Padding found by the operator itself; one dimension; three dimensions
  (r) => ({
    inputs: [picture(r, 2), r.normal([2, 2, 3, 3])],
    attributes: { auto_pad: r.pick(['SAME_UPPER', 'SAME_LOWER', 'VALID']), strides: [2, 2] },
  }),
  (r) => ({
    inputs: [r.normal([2, 2, 9]), r.normal([3, 2, 3])],
    attributes: { pads: [1, 2], strides: [r.integer(1, 2)] },
  }),
  (r) => ({
    inputs: [r.normal([1, 2, 4, 4, 4]), r.normal([2, 2, 2, 2, 2])],
    attributes: { strides: [1, 2, 1] },
  }),
  // Strides that are sorted by phase, with dilation; windows side by side, with a rest
  (r) => ({
    inputs: [picture(r, 2), r.normal([2, 2, 3, 2])],
    attributes: { strides: [2, 2], dilations: [1, r.integer(1, 3)], pads: [1, 0, 0, 1] },
  }),
  (r) => ({
    inputs: [picture(r, 4), r.normal([4, 2, 2, 2]), r.normal([4])],
    attributes: { strides: [2, 2], group: 2 },
  }),
  // More padding than the kernel reaches
  (r) => ({ inputs: [picture(r, 1), r.normal([1, 1, 2, 2])], attributes: { pads: [2, 2, 3, 1] } }),
];

const poolCases = (fill: Fill, extra: (r: Random) => object): OperatorCase[] => [
  (r) => ({
    inputs: [picture(r, 2, fill)],
    attributes: {
      kernel_shape: [3, 2],
      strides: [r.integer(1, 2), 2],
      pads: [1, 0, 1, 1],
      ...extra(r),
    },
  }),
  (r) => ({
    inputs: [picture(r, 2, fill)],
    attributes: { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: r.integer(0, 1) },
  }),
  (r) => ({
    inputs: [picture(r, 2, fill)],
    attributes: {
      kernel_shape: [3, 3],
      auto_pad: r.pick(['SAME_UPPER', 'SAME_LOWER']),
      strides: [2, 2],
    },
  }),
];

const resizeCase =
  (mode: string, coordinates: readonly string[]): OperatorCase =>
  (r) => {
    const coordinate = r.pick(coordinates);
    const [h, w] = [r.integer(2, 5), r.integer(2, 5)];
    const sizes = int64(1, 2, r.integer(1, 9), r.integer(2, 9));
    return {
      inputs: [r.normal([1, 2, h, w]), undefined, undefined, sizes],
      attributes: {
        mode,
        coordinate_transformation_mode: coordinate,
        nearest_mode: r.pick(['round_prefer_floor', 'floor', 'ceil', 'round_prefer_ceil']),
      },
    };
  };

const channelInputs = (r: Random, x: NdArray, channels: number) => [
  x,
  r.normal([channels]),
  r.normal([channels]),
];

const gatherCase: OperatorCase = (r) => {
  const shape = r.shape(3);
  const axis = r.integer(-3, 2);
  return {
    inputs: [r.normal(shape), indices(r, r.pick([[], [3], [2, 2]]), shape.at(axis)!)],
    attributes: { axis },
  };
};

const scatterElements: OperatorCase = (r) => {
  const axis = r.integer(0, 1);
  const shape = [4, 4];
  const reduction = r.pick(['none', 'add']);
  const at = shuffled(r, 4).slice(0, 2);
  const positions = axis === 0 ? [at[0], at[0], at[1], at[1]] : [at[0], at[1], at[0], at[1]];
  return {
    inputs: [r.normal(shape), tensorOf('int64', [2, 2], positions), r.normal([2, 2])],
    attributes: { axis, reduction },
  };
};

type Cases = { readonly [K in OperatorName]: readonly OperatorCase[] };

export const operatorCases: Cases = {
  Abs: [smooth],
  Ceil: [smooth],
  Cos: [normal],
  Erf: [normal],
  Exp: [normal],
  Floor: [smooth],
  HardSwish: [(r) => ({ inputs: [scaled(r.smooth(r.shape()), 2.05)] })],
  Identity: [normal],
  Log: [positive],
  Neg: [normal],
  Not: [(r) => ({ inputs: [r.booleans(r.shape())] })],
  Reciprocal: [positive],
  Relu: [smooth],
  Round: [smooth],
  Sigmoid: [normal],
  Sign: [smooth],
  Sin: [normal],
  Softplus: [normal],
  Sqrt: [positive],
  Tanh: [normal],
  Elu: [(r) => ({ inputs: [r.smooth(r.shape())], attributes: { alpha: 0.7 } })],
  Gelu: [
    (r) => ({
      inputs: [r.normal(r.shape())],
      attributes: { approximate: r.pick(['none', 'tanh']) },
    }),
  ],
  HardSigmoid: [(r) => ({ inputs: [r.normal(r.shape())], attributes: { alpha: 0.25, beta: 0.4 } })],
  LeakyRelu: [(r) => ({ inputs: [r.smooth(r.shape())], attributes: { alpha: 0.2 } })],
  PRelu: [
    (r) => {
      const shape = r.shape(4);
      return { inputs: [r.smooth(shape), r.normal([shape[1], 1, 1])] };
    },
  ],
  Clip: [
    (r) => ({ inputs: [r.smooth(r.shape()), scalar(-1), scalar(1)] }),
    (r) => ({ inputs: [r.smooth(r.shape()), undefined, scalar(0)] }),
    (r) => ({ inputs: [r.smooth(r.shape()), scalar(0)] }),
  ],
  Cast: [
    (r) => ({ inputs: [r.normal(r.shape())], attributes: { to: 'float64' } }),
    (r) => ({
      inputs: [r.smooth(r.shape())],
      attributes: { to: r.pick(['int64', 'int32', 'bool']) },
    }),
    (r) => ({ inputs: [r.booleans(r.shape())], attributes: { to: 'float32' } }),
  ],
  CastLike: [
    (r) => ({ inputs: [r.normal(r.shape()), scalar(0, 'float64')] }),
    (r) => ({ inputs: [r.smooth(r.shape()), r.pick([scalar(0, 'int32'), scalar(0, 'bool')])] }),
  ],
  DequantizeLinear: [
    () => ({ inputs: [tensorOf('uint8', [2, 3], [0, 1, 114, 115, 200, 255]), scalar(0.5)] }),
    () => ({
      inputs: [
        tensorOf('int8', [2, 2, 2], [-128, -1, 0, 1, 2, 3, 100, 127]),
        tensorOf('float32', [2], [0.5, 2]),
        tensorOf('int8', [2], [3, -4]),
      ],
    }),
  ],
  DynamicQuantizeLinear: [
    (r) => ({ inputs: [r.normal([3, 4])] }),
    (r) => ({ inputs: [r.positive([5])] }),
  ],
  Dropout: [normal, (r) => ({ inputs: [r.normal(r.shape()), scalar(0.3)], outputCount: 2 })],
  Add: [pair('normal'), wholePair],
  Sub: [pair('normal'), wholePair],
  Mul: [pair('normal'), wholePair],
  Div: [
    pair('normal', 'positive'),
    (r) => ({ inputs: [wholeNumbers(r, [2, 3]), int64(2, -3, 5)] }),
  ],
  Pow: [pair('positive', 'normal'), (r) => ({ inputs: [r.smooth(r.shape()), scalar(2)] })],
  Mod: [
    (r) => ({ inputs: [wholeNumbers(r, [2, 3]), int64(2, -3, 5)] }),
    (r) => ({ inputs: [r.distinct([3, 4]), scalar(0.25)], attributes: { fmod: 1 } }),
  ],
  And: [booleanPair],
  Or: [booleanPair],
  Xor: [booleanPair],
  Equal: [wholePair],
  Greater: [pair('normal'), wholePair],
  GreaterOrEqual: [wholePair],
  Less: [wholePair],
  LessOrEqual: [wholePair],
  Min: [withoutTies],
  Max: [withoutTies],
  Sum: [several('normal')],
  Where: [
    (r) => {
      const shape = r.shape();
      const [a, b] = [r.normal(shape), r.normal(stretched(r, shape))];
      return {
        inputs: [r.booleans(stretched(r, shape)), ...(r.uniform() < 0.5 ? [a, b] : [b, a])],
      };
    },
  ],
  ReduceL1: reductionCases('smooth'),
  ReduceL2: reductionCases('normal'),
  ReduceLogSumExp: reductionCases('normal'),
  ReduceMax: reductionCases('distinct'),
  ReduceMean: reductionCases('normal'),
  ReduceMin: reductionCases('distinct'),
  ReduceProd: [
    ...reductionCases('smooth'),
    (r) => ({ inputs: [withZeros(r.smooth([3, 4]), [1, 6, 7])], attributes: {} }),
    (r) => ({ inputs: [withZeros(r.smooth([3, 4]), [1, 6, 7]), int64(1)] }),
  ],
  ReduceSum: reductionCases('normal'),
  ReduceSumSquare: reductionCases('normal'),
  ArgMax: [positionCase],
  ArgMin: [positionCase],
  CumSum: [
    (r) => ({
      inputs: [r.normal(r.shape(3)), scalar(r.integer(-3, 2), 'int64')],
      attributes: { exclusive: r.integer(0, 1), reverse: r.integer(0, 1) },
    }),
  ],
  Softmax: [softmaxCase],
  LogSoftmax: [softmaxCase],
  TopK: [
    (r) => ({
      inputs: [r.distinct([3, 5, 2]), int64(r.integer(1, 2))],
      attributes: { axis: r.integer(-3, 2), largest: r.integer(0, 1) },
    }),
  ],
  Concat: [
    (r) => {
      const shape = r.shape(3);
      const axis = r.integer(-3, 2);
      const part = (size: number) => r.normal(shape.with(axis, size));
      return { inputs: [part(1), part(3), part(2)], attributes: { axis } };
    },
  ],
  Expand: [
    (r) => ({ inputs: [r.normal([3, 1]), int64(2, 1, 4)] }),
    (r) => ({ inputs: [r.normal([2, 3, 1]), int64(3, 4)] }),
  ],
  Flatten: [(r) => ({ inputs: [r.normal(r.shape(4))], attributes: { axis: r.integer(-3, 4) } })],
  Pad: [
    (r) => ({ inputs: [r.normal([2, 3]), int64(1, 0, 2, 1), scalar(0.5)] }),
    (r) => ({ inputs: [r.normal([2, 4, 5]), int64(1, -1, 0, -2), undefined, int64(1, -1)] }),
    (r) => ({
      inputs: [r.normal([2, 4, 5]), int64(0, 2, 1, 0, 1, 3)],
      attributes: { mode: r.pick(['edge', 'reflect', 'wrap']) },
      fixed: [0],
    }),
  ],
  Reshape: [
    (r) => ({
      inputs: [r.normal([2, 3, 4]), int64(...r.pick([[0, -1], [4, 6], [-1], [2, 0, 2, 2]]))],
    }),
  ],
  Shape: [
    (r) => ({ inputs: [r.normal(r.shape(3))], attributes: { start: 1, end: r.pick([2, -1]) } }),
  ],
  Size: [normal],
  Slice: [
    (r) => ({ inputs: [r.normal([4, 5]), int64(1, 0), int64(3, 2 ** 40)] }),
    (r) => ({ inputs: [r.normal([4, 5, 6]), int64(1, -4), int64(4, -1), int64(0, -1)] }),
    (r) => ({
      inputs: [
        r.normal([4, 7]),
        int64(-1, 1),
        int64(-9, 7),
        int64(0, 1),
        int64(-1, r.integer(2, 3)),
      ],
    }),
  ],
  Split: [
    (r) => ({
      inputs: [r.normal([2, 7]), int64(3, 4)],
      attributes: { axis: 1 },
      outputCount: 2,
    }),
    (r) => ({ inputs: [r.normal([7, 2])], attributes: { num_outputs: 3 }, outputCount: 3 }),
  ],
  Squeeze: [
    (r) => ({ inputs: [r.normal([1, 3, 1, 2]), int64(...r.pick([[0], [2], [0, -2]]))] }),
    (r) => ({ inputs: [r.normal([1, 3, 1, 2])] }),
  ],
  Tile: [(r) => ({ inputs: [r.normal([2, 3]), int64(r.integer(1, 3), 2)] })],
  Transpose: [
    (r) => ({ inputs: [r.normal(r.shape(3))] }),
    (r) => ({ inputs: [r.normal(r.shape(4))], attributes: { perm: shuffled(r, 4) } }),
  ],
  Trilu: [
    (r) => ({ inputs: [r.normal([2, 3, 4])], attributes: { upper: r.integer(0, 1) } }),
    (r) => ({
      inputs: [r.normal([4, 3]), scalar(r.integer(-2, 2), 'int64')],
      attributes: { upper: 0 },
    }),
  ],
  Unsqueeze: [(r) => ({ inputs: [r.normal([2, 3]), int64(...r.pick([[0], [-1], [1, 3]]))] })],
  DepthToSpace: [
    (r) => ({
      inputs: [r.normal([2, 8, 2, 3])],
      attributes: { blocksize: 2, mode: r.pick(['DCR', 'CRD']) },
    }),
  ],
  SpaceToDepth: [(r) => ({ inputs: [r.normal([2, 2, 4, 6])], attributes: { blocksize: 2 } })],
  Gather: [gatherCase],
  GatherElements: [
    (r) => ({
      inputs: [r.normal([3, 4]), indices(r, [2, 4], 3)],
      attributes: { axis: 0 },
    }),
    (r) => ({ inputs: [r.normal([3, 4]), indices(r, [3, 6], 4)], attributes: { axis: -1 } }),
  ],
  GatherND: [
    (r) => ({ inputs: [r.normal([3, 3, 2]), indices(r, [4, r.integer(1, 2)], 3)] }),
    (r) => ({
      inputs: [r.normal([2, 3, 4]), indices(r, [2, 2, 1], 3, 0)],
      attributes: { batch_dims: 1 },
    }),
    (r) => ({
      inputs: [r.normal([2, 2, 3, 2]), indices(r, [2, 2, 3, 1], 3, 0)],
      attributes: { batch_dims: 2 },
    }),
  ],
  ScatterElements: [scatterElements],
  ScatterND: [
    (r) => ({
      inputs: [
        r.normal([4, 3]),
        tensorOf('int64', [2, 1], shuffled(r, 4).slice(0, 2)),
        r.normal([2, 3]),
      ],
      attributes: { reduction: r.pick(['none', 'add']) },
    }),
    (r) => ({
      inputs: [r.normal([4, 3]), indices(r, [5, 2], 3, 0), r.normal([5])],
      attributes: { reduction: 'add' },
    }),
  ],
  OneHot: [
    (r) => ({
      inputs: [indices(r, [2, 3], 4), scalar(4, 'int64'), tensorOf('float32', [2], [0.1, 0.9])],
      attributes: { axis: r.integer(-3, 2) },
    }),
  ],
  NonMaxSuppression: [],
  Constant: [
    () => ({ inputs: [], attributes: { value: tensorOf('float32', [2, 1], [1.5, -2]) } }),
    () => ({ inputs: [], attributes: { value_ints: [1, 2, 3] } }),
    () => ({ inputs: [], attributes: { value_float: 0.5 } }),
  ],
  ConstantOfShape: [
    () => ({ inputs: [int64(2, 3)] }),
    () => ({ inputs: [int64(2)], attributes: { value: tensorOf('int64', [1], [7]) } }),
  ],
  Range: [
    () => ({ inputs: [scalar(2, 'int64'), scalar(9, 'int64'), scalar(3, 'int64')] }),
    () => ({ inputs: [scalar(1), scalar(-1), scalar(-0.5)] }),
  ],
  MatMul: [
    (r) => ({ inputs: [r.normal([3, 4]), r.normal([4, 2])] }),
    (r) => ({ inputs: [r.normal([2, 1, 3, 4]), r.normal([5, 4, 2])] }),
    (r) => ({ inputs: [r.normal([2, 3, 4]), r.normal([4, 2])] }),
    (r) => ({ inputs: [r.normal([4]), r.normal([2, 4, 3])] }),
    (r) => ({ inputs: [r.normal([2, 3, 4]), r.normal([4])] }),
    (r) => ({ inputs: [r.normal([4]), r.normal([4])] }),
  ],
  Gemm: [
    (r) => {
      const [transA, transB] = [r.integer(0, 1), r.integer(0, 1)];
      const bias = r.pick([[2], [3, 1], [3, 2], []]);
      return {
        inputs: [
          r.normal(transA ? [4, 3] : [3, 4]),
          r.normal(transB ? [2, 4] : [4, 2]),
          r.normal(bias),
        ],
        attributes: { transA, transB, alpha: 0.5, beta: r.pick([1, 2]) },
      };
    },
    (r) => ({ inputs: [r.normal([3, 4]), r.normal([4, 2])] }),
  ],
  Einsum: [
    (r) => ({
      inputs: [r.normal([2, 3, 4]), r.normal([2, 4, 5])],
      attributes: { equation: 'bij,bjk->bik' },
    }),
    (r) => ({ inputs: [r.normal([2, 3]), r.normal([4, 3])], attributes: { equation: 'ij,kj' } }),
    (r) => ({ inputs: [r.normal([2, 3, 4])], attributes: { equation: 'ijk->kj' } }),
    (r) => ({ inputs: [r.normal([3]), r.normal([4])], attributes: { equation: 'i,j->ij' } }),
  ],
  Conv: convCases,
  ConvTranspose: [
    (r) => {
      const [inputs, outputs] = [r.integer(1, 3), r.integer(1, 3)];
      return {
        inputs: [
          r.normal([2, inputs, 4, 3]),
          r.normal([inputs, outputs, 3, 3]),
          r.normal([outputs]),
        ],
        attributes: {
          strides: [2, r.integer(2, 3)],
          pads: [1, 0, 1, 1],
          output_padding: [1, r.integer(0, 1)],
        },
      };
    },
    (r) => ({
      inputs: [r.normal([1, 4, 4, 4]), r.normal([4, 2, 2, 3])],
      attributes: { group: 2, dilations: [2, 1], strides: [1, 2] },
    }),
    (r) => ({
      inputs: [r.normal([1, 2, 4, 4]), r.normal([2, 2, 3, 3])],
      attributes: { strides: [2, 2], auto_pad: r.pick(['SAME_UPPER', 'SAME_LOWER']) },
    }),
    (r) => ({
      inputs: [r.normal([1, 2, 4, 4]), r.normal([2, 1, 3, 3])],
      attributes: { strides: [2, 2], output_shape: [8, 9] },
    }),
  ],
  ConvInteger: [
    (r) => ({
      inputs: [
        bytes(r, [1, 2, 5, 5], 'uint8'),
        bytes(r, [3, 2, 3, 3], 'int8'),
        tensorOf('uint8', [], [100]),
      ],
      attributes: { pads: [1, 1, 1, 1], strides: [2, 1] },
    }),
    (r) => ({
      inputs: [bytes(r, [2, 4, 4, 4], 'uint8'), bytes(r, [4, 2, 3, 3], 'int8')],
      attributes: { group: 2 },
    }),
  ],
  MatMulInteger: [
    (r) => ({
      inputs: [
        bytes(r, [3, 4], 'uint8'),
        bytes(r, [4, 5], 'int8'),
        tensorOf('uint8', [], [7]),
        tensorOf('int8', [], [-3]),
      ],
    }),
  ],
  MaxPool: poolCases('distinct', (r) => ({ dilations: [1, r.integer(1, 2)] })),
  AveragePool: poolCases('normal', (r) => ({ count_include_pad: r.integer(0, 1) })),
  GlobalAveragePool: [(r) => ({ inputs: [picture(r, 3)] })],
  GlobalMaxPool: [(r) => ({ inputs: [picture(r, 3, 'distinct')] })],
  Resize: [
    resizeCase('nearest', ['asymmetric', 'half_pixel']),
    resizeCase('linear', ['half_pixel', 'align_corners', 'asymmetric', 'pytorch_half_pixel']),
    resizeCase('cubic', ['half_pixel', 'align_corners']),
    (r) => ({
      inputs: [r.normal([1, 2, 3, 4]), undefined, tensorOf('float32', [4], [1, 1, 2, 3])],
      attributes: { coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
    }),
    (r) => ({
      inputs: [r.normal([1, 2, 3, 4]), undefined, tensorOf('float32', [4], [1, 1, 1.5, 2])],
      attributes: { mode: 'linear' },
    }),
    (r) => ({
      inputs: [r.normal([1, 2, 3, 4]), undefined, undefined, int64(6, 2)],
      attributes: { mode: 'linear', axes: [-2, 3] },
    }),
    (r) => ({
      inputs: [r.normal([1, 2, 7, 5]), undefined, undefined, int64(1, 2, 3, 2)],
      attributes: { mode: 'linear', antialias: 1 },
    }),
    (r) => ({
      inputs: [r.normal([1, 2, 7, 3]), undefined, undefined, int64(1, 2, 3, 5)],
      attributes: { mode: 'linear', antialias: 1 },
    }),
  ],
  BatchNormalization: [
    (r) => ({ inputs: [...channelInputs(r, picture(r, 3), 3), r.normal([3]), r.positive([3])] }),
    (r) => ({
      inputs: [
        ...channelInputs(r, r.normal([4, 2, 3, 2]), 2),
        tensorOf('float32', [2], [0.3, -0.2]),
        tensorOf('float32', [2], [1, 2]),
      ],
      attributes: { training_mode: 1, momentum: 0.8 },
      outputCount: 3,
      notInRuntime: 'its inference builds lack the training mode',
    }),
    (r) => ({
      inputs: [
        ...channelInputs(r, r.normal([5, 2]), 2),
        tensorOf('float32', [2], [0, 0]),
        tensorOf('float32', [2], [1, 1]),
      ],
      attributes: { training_mode: 1, epsilon: 0.01 },
      notInRuntime: 'its inference builds lack the training mode',
    }),
  ],
  LayerNormalization: [
    (r) => ({
      inputs: [r.normal([2, 3, 4]), r.normal([4]), r.normal([4])],
      attributes: { epsilon: 0.01 },
    }),
    (r) => ({ inputs: [r.normal([2, 3, 4]), r.normal([3, 4])], attributes: { axis: 1 } }),
  ],
  GroupNormalization: [
    (r) => ({ inputs: channelInputs(r, r.normal([2, 4, 3, 2]), 4), attributes: { num_groups: 2 } }),
  ],
  InstanceNormalization: [
    (r) => ({ inputs: channelInputs(r, r.normal([2, 3, 3, 2]), 3), attributes: { epsilon: 0.01 } }),
  ],
};

function scaled(array: NdArray, factor: number): NdArray {
  return { ...array, data: array.data.map((element) => element * factor) };
}

function withZeros(array: NdArray, positions: readonly number[]): NdArray {
  return { ...array, data: array.data.map((x, i) => (positions.includes(i) ? 0 : x)) };
}
