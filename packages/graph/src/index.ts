// Everything this package offers, one block per folder.

// build
export { type GraphBuilder, graphBuilder } from './build/graph-builder.ts';
// differentiate
export { type GradOptions, grad, gradientName } from './differentiate/grad.ts';
// evaluate
export { evaluate } from './evaluate/evaluate.ts';
export { peakBytes } from './evaluate/peak-bytes.ts';
export * from './graph-error.ts';
// ir
export { checkGraph } from './ir/check.ts';
export { type Dim, isStatic, printShape, type Shape, unknownDim } from './ir/dim.ts';
export { type ElementType, elementTypes, isFloating } from './ir/element-type.ts';
export {
  type Attribute,
  describeNode,
  type Graph,
  graphOpset,
  type Model,
  type Node,
  type Value,
  type ValueType,
  valueTypesOf,
} from './ir/graph.ts';
export { printGraph, printType } from './ir/print.ts';
export { checkTensor, int64Tensor, numbersOf, sizeOf, type Tensor, tensorOf } from './ir/tensor.ts';
// onnx
export {
  type ExternalData,
  type ReadOnnx,
  type ReadOnnxOptions,
  readOnnx,
} from './onnx/read-onnx.ts';
export { modelOf, writeOnnx, writeOnnxWithData } from './onnx/write-onnx.ts';
// operators
export { arrayOfTensor, type NdArray, tensorOfArray } from './operators/nd-array.ts';
export type { Builder, Built, Inferred, Operand } from './operators/operator.ts';
export { operators } from './operators/operators.ts';
export { isOperatorName, type OperatorName, signatures } from './operators/signatures.ts';
// optimise
export { adamW, type Optimiser, sgd, type UpdateCall } from './optimise/optimiser.ts';
export {
  averageName,
  nextName,
  type Place,
  type TrainingStep,
  type TrainingStepOptions,
  trainingStep,
  weightsOf,
} from './optimise/training-step.ts';
// passes
export { composeBatchNorm } from './passes/compose-batch-norm.ts';
export { foldBatchNorm } from './passes/fold-batch-norm.ts';
export { foldConstants } from './passes/fold-constants.ts';
export { bindDims, inferShapes } from './passes/infer-shapes.ts';
export { quantiseDynamically } from './passes/quantise-dynamically.ts';
export { removeIdentities } from './passes/remove-identities.ts';
export { removeUnused } from './passes/remove-unused.ts';
export { shareCommon } from './passes/share-common.ts';
export { simplify } from './passes/simplify.ts';
export { toFloat16 } from './passes/to-float16.ts';
export {
  type RunningStatistics,
  runningStatistics,
  trainBatchNorm,
} from './passes/train-batch-norm.ts';
export { weightsAsInputs } from './passes/weights-as-inputs.ts';
