// Why nothing is known of a value that somebody asks for: no node makes it, or a node above it hides what it is.

import { GraphError } from '../graph-error.ts';
import { contributorsTo } from '../ir/contributors-to.ts';
import { isFloating } from '../ir/element-type.ts';
import { describeNode, type Graph, type Node } from '../ir/graph.ts';
import { operatorOf } from './infer.ts';
import type { Inferred } from './operator.ts';

/** How many names a message lists. */
const listedNames = 3;

/** `%a, %b, %c and 5 more`. */
function listNames(names: readonly string[]): string {
  const listed = names.slice(0, listedNames).map((name) => `%${name}`);
  const others = names.length - listed.length;
  return `${listed.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}

/**
 * The error for a value of which not even the type is known.
 *
 * @param known what is known of the values of the graph
 */
export function unknownValueError(
  graph: Pick<Graph, 'nodes' | 'initializers'>,
  name: string,
  known: ReadonlyMap<string, Inferred>,
): GraphError {
  const above = contributorsTo(graph, name);
  const hiding = graph.nodes.filter(
    ({ outputs }) =>
      outputs.some((output) => above.has(output)) &&
      outputs.some((output) => output !== '' && known.get(output)?.shape === undefined),
  );
  const strangers = hiding.filter((node) => operatorOf(node) === undefined);
  if (strangers.length > 0) return strangerError(graph, name, strangers);
  if (hiding.length > 0) return ranklessError(name, hiding[0], known);
  return new GraphError('unknown-value', {
    where: 'the builder',
    expected: 'a value of this graph',
    found: `"${name}"`,
  });
}

function strangerError(
  graph: Pick<Graph, 'nodes' | 'initializers'>,
  name: string,
  [node, ...others]: readonly Node[],
): GraphError {
  const [output] = node.outputs;
  const above = contributorsTo(graph, output);
  const weights = [...graph.initializers].flatMap(([weight, { type }]) =>
    above.has(weight) && isFloating(type) ? [weight] : [],
  );
  const frozen =
    weights.length === 0
      ? 'what comes before is computed once'
      : `the ${weights.length === 1 ? 'weight' : 'weights'} above it (${listNames(weights)}) stay frozen`;
  return new GraphError('unknown-operator', {
    where: describeNode(node),
    expected: `an operator of the table, for the type and shape of %${name} below it`,
    found: `one that the table does not have${others.length > 0 ? `, the first of ${others.length + 1} such nodes` : ''}`,
    advice: `Cut the graph behind this node: make %${output} an input, so that ${frozen}. Or say the type and shape of %${output} in the graph's values, and leave what is above it out of wrt.`,
  });
}

function ranklessError(name: string, node: Node, known: ReadonlyMap<string, Inferred>): GraphError {
  const rankless = node.inputs.find(
    (input) => input !== '' && known.get(input)?.shape === undefined,
  );
  return new GraphError('unknown-value', {
    where: describeNode(node),
    expected: `a known number of dimensions of %${rankless ?? node.outputs[0]}, for the type and shape of %${name}`,
    found: rankless !== undefined && !known.has(rankless) ? 'no such value' : 'none',
    advice: 'Give the inputs of the graph the shapes that they have.',
  });
}
