// Reverse-mode differentiation: from a graph that computes a loss to one that also computes its gradients. Nodes are
// walked from the loss backwards; each adds, by its operator's rule, the nodes that make the gradients of its inputs from
// those of its outputs, and gradients that meet in one value are added (Linnainmaa 1970; the words are JAX's).

import { type GraphBuilder, graphBuilder } from '../build/graph-builder.ts';
import { GraphError } from '../graph-error.ts';
import { contributorsTo } from '../ir/contributors-to.ts';
import { isFloating } from '../ir/element-type.ts';
import { describeNode, type Graph, type Node, outerNamesOf } from '../ir/graph.ts';
import { sizeOf, tensorOf } from '../ir/tensor.ts';
import { decodeAttributes } from '../operators/attributes.ts';
import { operatorOf } from '../operators/infer.ts';
import {
  type Built,
  type KnownValue,
  type Operator,
  type VjpCall,
  type VjpRule,
  vjpOfNothing,
} from '../operators/operator.ts';
import { operators } from '../operators/operators.ts';
import type { OperatorName } from '../operators/signatures.ts';
import { zerosLike } from '../operators/sizes.ts';
import { composeBatchNorm } from '../passes/compose-batch-norm.ts';
import { simplify } from '../passes/simplify.ts';

export interface GradOptions {
  /** Values of the forward pass that the graph should give as well, such as predictions or running statistics. */
  outputs?: readonly string[];
  /** What gradients are called; where left out, `gradientName`. A gradient of a gradient needs a name of its own. */
  nameOf?: (name: string) => string;
  /** Values that count as constants (JAX's `stop_gradient`), such as targets that are computed from predictions. */
  stops?: readonly string[];
}

/** What the gradient of a value is called. */
export const gradientName = (name: string): string => `grad/${name}`;

/**
 * A graph that computes `loss`, the gradient `grad/…` of each value of `wrt`, and the forward outputs asked for. It is made
 * of standard operators only. A value that the loss does not depend on has a gradient of zeros.
 *
 * @param loss the name of a floating-point value with one element
 * @param wrt names of inputs, constants or other values ("with respect to")
 * @throws GraphError `not-differentiable` naming the node that stands between the loss and `wrt`, `unknown-value`,
 *   `unknown-operator` where one hides what the loss is
 *
 * @example
 * const step = grad(graph, 'loss', ['conv1.weight'], { outputs: ['logits'] });
 * // outputs: loss, logits, grad/conv1.weight
 */
export function grad(
  graph: Graph,
  loss: string,
  wrt: readonly string[],
  options: GradOptions = {},
): Graph {
  const nameOf = options.nameOf ?? gradientName;
  const g = graphBuilder({ ...graph, outputs: [] });
  const lossValue = checkedLoss(g, loss);
  for (const name of wrt) checkFloating(g.value(name), name);

  const dependents = dependentsOf(graph, g, new Set(wrt), new Set(options.stops));
  const needed = contributorsTo(graph, loss);
  const cotangents = new Map<string, Built[]>();
  const add = (name: string, cotangent: Built) => {
    const list = cotangents.get(name);
    if (list === undefined) cotangents.set(name, [cotangent]);
    else list.push(cotangent);
  };
  /** The sum of all that flowed into a value; it stays as the only entry, so that it is built once. */
  const cotangentOf = (name: string): Built | undefined => {
    const list = cotangents.get(name);
    if (list === undefined) return undefined;
    const sum = list.reduce((total, one) => g.add(total, one));
    cotangents.set(name, [sum]);
    return sum;
  };

  add(loss, g.constant(tensorOf(lossValue.type, lossValue.shape as readonly number[], [1])));
  for (const node of graph.nodes.toReversed()) {
    const isBetween = node.outputs.some((name) => dependents.has(name) && needed.has(name));
    if (!isBetween) continue;
    g.scope(nameOf(node.name), () => {
      const ofOutputs = node.outputs.map((name) =>
        dependents.has(name) ? cotangentOf(name) : undefined,
      );
      if (ofOutputs.every((cotangent) => cotangent === undefined)) return;
      const rule = ruleOf(graph, node, wrt, loss);
      const ofInputs = applyRule(g, node, rule, ofOutputs, (name) => dependents.has(name));
      node.inputs.forEach((name, i) => {
        const cotangent = ofInputs[i];
        if (cotangent !== undefined && dependents.has(name)) add(name, cotangent);
      });
    });
  }

  const forward = new Set([loss, ...(options.outputs ?? [])]);
  for (const name of forward) g.output(g.value(name));
  for (const name of wrt) {
    const gradient = cotangentOf(name) ?? zerosLike(g, g.value(name));
    g.output(gradient, nameOf(name));
  }
  return simplify(composeBatchNorm(g.graph(graph.name)));
}

function checkFloating({ type }: Built, name: string): void {
  if (isFloating(type)) return;
  throw new GraphError('not-differentiable', {
    where: `%${name}`,
    expected: 'a floating-point value',
    found: type,
  });
}

function checkedLoss(g: GraphBuilder, loss: string): Built {
  const value = g.value(loss);
  checkFloating(value, loss);
  const { shape } = value;
  if (shape?.every((dim) => typeof dim === 'number') && sizeOf(shape) === 1) return value;
  throw new GraphError('not-differentiable', {
    where: `the loss %${loss}`,
    expected: 'one element',
    found: shape === undefined ? 'an unknown shape' : `[${shape}]`,
    advice: 'Take its mean or sum.',
  });
}

/** Rules of operators that no gradient flows through, such as comparisons or Floor. */
const isFlat = (node: Node): boolean => {
  const operator = operatorOf(node);
  return operator !== undefined && operators[operator].vjp === vjpOfNothing;
};

/** Floating-point values that depend on some of the names in a way that a gradient follows, and the names themselves. */
function dependentsOf(
  graph: Graph,
  g: GraphBuilder,
  names: Set<string>,
  stops: ReadonlySet<string>,
): Set<string> {
  const dependents = new Set(names);
  for (const node of graph.nodes) {
    const reads = [...node.inputs, ...outerNamesOf(node)];
    if (isFlat(node) || !reads.some((name) => dependents.has(name))) continue;
    for (const name of node.outputs) {
      // Of an unknown operator not even the type may be known; it must not be passed over in silence.
      if (name === '' || stops.has(name)) continue;
      if (isPossiblyFloating(graph, g, node, name)) dependents.add(name);
    }
  }
  return dependents;
}

function isPossiblyFloating(graph: Graph, g: GraphBuilder, node: Node, name: string): boolean {
  const stated = graph.values.get(name) ?? graph.outputs.find((output) => output.name === name);
  if (operatorOf(node) === undefined) return stated === undefined || isFloating(stated.type);
  return isFloating(g.value(name).type);
}

/** The rule of a node, or an error that says what to freeze. */
function ruleOf(
  graph: Graph,
  node: Node,
  wrt: readonly string[],
  loss: string,
): VjpRule<OperatorName> {
  const operator = operatorOf(node);
  const row = operator && (operators[operator] as unknown as Operator<OperatorName>);
  if (row !== undefined && typeof row.vjp === 'function') return row.vjp;
  const behind = contributorsTo(graph, node.outputs[0]);
  const affected = wrt.filter((name) => behind.has(name)).map((name) => `%${name}`);
  const reason =
    row === undefined || typeof row.vjp === 'function'
      ? 'an operator that the table does not have'
      : `${node.operator} (${row.vjp.notDifferentiable})`;
  const listed = affected.slice(0, 5).join(', ') + (affected.length > 5 ? ' and more' : '');
  throw new GraphError('not-differentiable', {
    where: describeNode(node),
    expected: `operators with a gradient between %${loss} and ${listed}`,
    found: reason,
    advice: `Freeze what comes before this node: leave ${affected.length} of ${wrt.length} values (${listed}) out of wrt.`,
  });
}

function applyRule(
  g: GraphBuilder,
  node: Node,
  rule: VjpRule<OperatorName>,
  cotangents: readonly (Built | undefined)[],
  isNeeded: (name: string) => boolean,
): readonly (Built | undefined)[] {
  const where = describeNode(node);
  const known = (name: string): KnownValue => {
    const value = g.value(name);
    if (value.shape !== undefined) return { ...value, shape: value.shape };
    throw new GraphError('not-differentiable', {
      where,
      expected: `a known number of dimensions of %${name}`,
      found: 'none',
      advice: 'Give the inputs of the graph fixed sizes with bindDims.',
    });
  };
  const operator = operatorOf(node)!;
  const [cotangent, ...others] = cotangents;
  if (operator !== 'Split' && others.some((other) => other !== undefined)) {
    throw new GraphError('not-differentiable', {
      where,
      expected: `a loss that depends on %${node.outputs[0]} alone`,
      found: `one that depends on ${node.outputs.slice(1).join(', ')}`,
    });
  }
  const call = {
    inputs: node.inputs.map((name) => (name === '' ? undefined : known(name))),
    attributes: decodeAttributes(operator, node.attributes, where),
    output: known(node.outputs[0]),
    cotangents,
    cotangent,
    needs: (index: number) => node.inputs[index] !== undefined && isNeeded(node.inputs[index]),
    where,
  };
  return rule(g, call as unknown as VjpCall<OperatorName>);
}
