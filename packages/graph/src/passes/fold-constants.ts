// Computes beforehand what does not depend on the inputs: constants of constants, and shapes that are known.

import { evaluateNode } from '../evaluate/evaluate.ts';
import type { Graph } from '../ir/graph.ts';
import { sizeOf, type Tensor, tensorOf } from '../ir/tensor.ts';
import { inferValues, operatorOf } from '../operators/infer.ts';
import { arrayOfTensor, tensorOfArray } from '../operators/nd-array.ts';
import type { Inferred } from '../operators/operator.ts';

/** A constant larger than this is only made where the constants that it is made of are no smaller. */
const maxGrownElements = 1024;
/** More than this is left to the runtime: the reference evaluation is slow. */
const maxElements = 2 ** 20;

/** The graph with nodes replaced by the constants that they would give. */
export function foldConstants(graph: Graph): Graph {
  const known = inferValues(graph);
  const initializers = new Map(graph.initializers);
  const inputNames = new Set(graph.inputs.map(({ name }) => name));
  const outputNames = new Set(graph.outputs.map(({ name }) => name));
  const nodes = graph.nodes.filter((node) => {
    const operator = operatorOf(node);
    // A constant may not be an output itself for some runtimes, so what makes outputs stays.
    if (operator === undefined || node.outputs.some((name) => outputNames.has(name))) return true;
    const told = node.outputs.map((name) => tensorOfContents(known.get(name)));
    if (told.every((tensor) => tensor !== undefined)) {
      for (const [i, name] of node.outputs.entries()) initializers.set(name, told[i]!);
      return false;
    }
    const inputs = node.inputs.map((name) => (name === '' ? undefined : initializers.get(name)));
    const isConstant = node.inputs.every(
      (name, i) => name === '' || (inputs[i] !== undefined && !inputNames.has(name)),
    );
    if (
      !isConstant ||
      !isSmall(
        node.outputs.map((name) => known.get(name)),
        inputs,
      )
    )
      return true;
    const outputs = evaluateNode(
      node,
      inputs.map((tensor) => tensor && arrayOfTensor(tensor)),
    );
    node.outputs.forEach((name, i) => {
      if (name !== '') initializers.set(name, tensorOfArray(outputs[i]));
    });
    return false;
  });
  return { ...graph, nodes, initializers };
}

/** The tensor of entries that are all known, such as a shape. */
function tensorOfContents(inferred: Inferred | undefined): Tensor | undefined {
  if (!inferred?.contents?.every((entry) => typeof entry === 'number')) return undefined;
  const { type, shape, contents } = inferred;
  const isShape =
    shape?.every((dim) => typeof dim === 'number') && sizeOf(shape) === contents.length;
  return isShape ? tensorOf(type, shape, contents) : undefined;
}

function isSmall(
  outputs: readonly (Inferred | undefined)[],
  inputs: readonly (Tensor | undefined)[],
): boolean {
  const inputElements = inputs.reduce(
    (sum, tensor) => sum + (tensor ? sizeOf(tensor.shape) : 0),
    0,
  );
  const most = Math.min(maxElements, Math.max(maxGrownElements, inputElements));
  return outputs.every(
    (output) =>
      output?.shape?.every((dim) => typeof dim === 'number') === true &&
      sizeOf(output.shape) <= most,
  );
}
