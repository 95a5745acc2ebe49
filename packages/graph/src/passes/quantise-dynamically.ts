// Eight-bit weights: products with constant weights are computed in whole numbers, their other factor being measured and
// rounded while the graph runs. A file of a quarter of the size; what it costs in accuracy has to be measured.

import { elementTypes } from '../ir/element-type.ts';
import type { Attribute, Graph, Node } from '../ir/graph.ts';
import { numbersOf, type Tensor, tensorOf } from '../ir/tensor.ts';
import { decodeAttributes } from '../operators/attributes.ts';
import { operatorOf } from '../operators/infer.ts';
import { inferShapes } from './infer-shapes.ts';
import { removeUnused } from './remove-unused.ts';

/** How a product is computed with whole numbers. */
interface Product {
  readonly operator: 'ConvInteger' | 'MatMulInteger';
  readonly attributes: Node['attributes'];
  /** The constant factor, and the axis of its output channels. */
  readonly weights: Tensor;
  readonly axis: number;
  /** The shape in which one number for each output channel meets the product. */
  readonly perChannel: readonly number[];
  readonly bias: string | undefined;
}

/**
 * The graph with every Conv, MatMul and Gemm that has constant weights in eight bits. Weights have a scale for each output
 * channel and are symmetric about zero.
 *
 * @param keeps nodes that stay as they are, such as the first and the last ones, which suffer most
 */
export function quantiseDynamically(
  graph: Graph,
  keeps: (node: Node) => boolean = () => false,
): Graph {
  const inputNames = new Set(graph.inputs.map(({ name }) => name));
  const initializers = new Map(graph.initializers);
  const nodes: Node[] = [];
  const rounded = new Set<string>();
  for (const node of graph.nodes) {
    const weights = inputNames.has(node.inputs[1]) ? undefined : initializers.get(node.inputs[1]);
    const product = weights?.type === 'float32' && !keeps(node) ? productOf(node, weights) : null;
    if (product === null) {
      nodes.push(node);
      continue;
    }
    const x = node.inputs[0];
    if (!rounded.has(x)) {
      rounded.add(x);
      const outputs = [`${x}/u8`, `${x}/u8_scale`, `${x}/u8_zero`];
      nodes.push(nodeOf(`${x}/u8`, 'DynamicQuantizeLinear', [x], outputs));
    }
    const at = (name: string) => `${node.outputs[0]}/${name}`;
    const { whole, scales } = roundedWeights(product.weights, product.axis);
    initializers.set(at('weights'), whole);
    initializers.set(at('weights_scale'), { ...scales, shape: product.perChannel });
    nodes.push(
      nodeOf(at('scale'), 'Mul', [`${x}/u8_scale`, at('weights_scale')]),
      {
        ...nodeOf(at('product'), product.operator, [`${x}/u8`, at('weights'), `${x}/u8_zero`]),
        attributes: product.attributes,
      },
      { ...nodeOf(at('real'), 'Cast', [at('product')]), attributes: { to: toFloat } },
    );
    const last = node.outputs[0];
    if (product.bias === undefined) {
      nodes.push(nodeOf(last, 'Mul', [at('real'), at('scale')]));
      continue;
    }
    const bias = initializers.get(product.bias)!;
    initializers.set(at('bias'), { ...bias, shape: product.perChannel });
    nodes.push(
      nodeOf(at('scaled'), 'Mul', [at('real'), at('scale')]),
      nodeOf(last, 'Add', [at('scaled'), at('bias')]),
    );
  }
  return inferShapes(removeUnused({ ...graph, nodes, initializers }));

  function productOf(node: Node, weights: Tensor): Product | null {
    const bias = node.inputs[2] || undefined;
    if (bias !== undefined && (inputNames.has(bias) || !initializers.has(bias))) return null;
    const { attributes } = node;
    switch (operatorOf(node)) {
      case 'Conv': {
        const perChannel = [1, weights.shape[0], ...weights.shape.slice(2).map(() => 1)];
        return { operator: 'ConvInteger', attributes, weights, axis: 0, perChannel, bias };
      }
      case 'MatMul': {
        if (weights.shape.length !== 2) return null;
        const perChannel = [weights.shape[1]];
        return { operator: 'MatMulInteger', attributes: {}, weights, axis: 1, perChannel, bias };
      }
      case 'Gemm': {
        const { alpha, beta, transA, transB } = decodeAttributes('Gemm', attributes, node.name);
        const isPlain = alpha === 1 && beta === 1 && transA === 0;
        if (!isPlain || (bias && initializers.get(bias)!.shape.length !== 1)) return null;
        const turned = transB === 1 ? transposed(weights) : weights;
        const perChannel = [turned.shape[1]];
        if (bias && initializers.get(bias)!.shape[0] !== perChannel[0]) return null;
        return {
          operator: 'MatMulInteger',
          attributes: {},
          weights: turned,
          axis: 1,
          perChannel,
          bias,
        };
      }
      default:
        return null;
    }
  }
}

const toFloat: Attribute = { kind: 'int', value: elementTypes.float32.code };

const nodeOf = (
  name: string,
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[] = [name],
): Node => ({
  name,
  operator,
  domain: '',
  inputs: [...inputs],
  outputs: [...outputs],
  attributes: {},
});

/** From −127 to 127, so that −128 need not stand for something that 128 cannot. */
const greatest = 127;

/** Whole numbers, and what one of them is worth in each output channel. */
function roundedWeights(weights: Tensor, axis: number): { whole: Tensor; scales: Tensor } {
  const values = numbersOf(weights);
  const channels = weights.shape[axis];
  const step = weights.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const channelOf = (i: number) => Math.floor(i / step) % channels;
  const largest = new Float64Array(channels);
  for (const [i, value] of values.entries()) {
    const channel = channelOf(i);
    largest[channel] = Math.max(largest[channel], Math.abs(value));
  }
  const scales = largest.map((value) => (value === 0 ? 1 : value / greatest));
  const whole = values.map((value, i) => Math.round(value / scales[channelOf(i)]));
  return {
    whole: tensorOf('int8', weights.shape, whole),
    scales: tensorOf('float32', [channels], scales),
  };
}

function transposed(matrix: Tensor): Tensor {
  const [rows, columns] = matrix.shape;
  const values = numbersOf(matrix);
  const turned = Float32Array.from(
    values,
    (_, i) => values[(i % rows) * columns + Math.floor(i / rows)],
  );
  return tensorOf('float32', [columns, rows], turned);
}
