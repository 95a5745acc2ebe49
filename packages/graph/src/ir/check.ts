// The rules that every graph keeps, whoever made it.

import { GraphError } from '../graph-error.ts';
import { describeNode, type Graph, outerNamesOf } from './graph.ts';
import { checkTensor } from './tensor.ts';

/**
 * Makes sure that a graph can be run: every value is defined once and before its use, constants have their bytes, and
 * outputs are there.
 *
 * @param outer names that a nested graph may take from the graph around it
 * @throws GraphError `bad-graph` or `bad-tensor`, naming the node or value.
 */
export function checkGraph(graph: Graph, outer: ReadonlySet<string> = new Set()): void {
  const defined = new Set<string>(outer);
  const own = new Set<string>();
  const refuse = (where: string, expected: string, found: string, advice?: string): never => {
    throw new GraphError('bad-graph', { where, expected, found, ...(advice && { advice }) });
  };
  const define = (name: string, where: string): void => {
    if (own.has(name)) refuse(where, 'a name of its own for each value', `"${name}" again`);
    own.add(name);
    defined.add(name);
  };
  for (const { name } of graph.inputs) define(name, 'inputs');
  for (const [name, tensor] of graph.initializers) {
    checkTensor(tensor, `constant "${name}"`);
    // Old files name their constants among the inputs as well: those are defaults.
    if (!own.has(name)) define(name, 'constants');
  }
  const later = new Set(graph.nodes.flatMap(({ outputs }) => outputs));
  for (const node of graph.nodes) {
    const where = describeNode(node);
    for (const name of [...node.inputs, ...outerNamesOf(node)]) {
      if (name === '' || defined.has(name)) continue;
      if (later.has(name)) {
        refuse(where, `"${name}" before its use`, 'a node further down that makes it');
      }
      refuse(where, `an input that something makes`, `"${name}"`);
    }
    for (const attribute of Object.values(node.attributes)) {
      if (attribute.kind === 'graph') checkGraph(attribute.value, defined);
    }
    for (const name of node.outputs) if (name !== '') define(name, where);
  }
  for (const { name } of graph.outputs) {
    if (!defined.has(name)) refuse('outputs', 'values that something makes', `"${name}"`);
  }
}
