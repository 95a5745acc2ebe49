// The table of operators: one row each, total over the signatures, so that a hole does not compile.

import { blocks } from './blocks.ts';
import { convolution } from './convolution.ts';
import { creation } from './creation.ts';
import { cutting } from './cutting.ts';
import { elementwiseBinary } from './elementwise-binary.ts';
import { elementwiseUnary } from './elementwise-unary.ts';
import { indexing } from './indexing.ts';
import { joining } from './joining.ts';
import { normalisation } from './normalisation.ts';
import type { Operator } from './operator.ts';
import { pooling } from './pooling.ts';
import { products } from './products.ts';
import { quantisation } from './quantisation.ts';
import { reductions } from './reductions.ts';
import { resize } from './resize.ts';
import { shape } from './shape.ts';
import type { OperatorName } from './signatures.ts';

export const operators: { readonly [K in OperatorName]: Operator<K> } = {
  ...blocks,
  ...convolution,
  ...creation,
  ...cutting,
  ...elementwiseBinary,
  ...elementwiseUnary,
  ...indexing,
  ...joining,
  ...normalisation,
  ...pooling,
  ...products,
  ...quantisation,
  ...reductions,
  ...resize,
  ...shape,
};

/** A row whose operator is known only by name; callers pair it with calls of the same operator. */
export type AnyOperator = Operator<never>;
