import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphBuilder } from '../build/graph-builder.ts';
import { checkGraph } from './check.ts';
import type { Graph, Node } from './graph.ts';

function smallGraph(): Graph {
  const g = graphBuilder();
  const x = g.input('x', 'float32', ['N', 4]);
  g.output(g.relu(g.add(x, 1)), 'y');
  return g.graph('small');
}

/** The graph with one of its nodes changed. */
const withNode = (index: number, change: Partial<Node>): Graph => {
  const graph = smallGraph();
  return { ...graph, nodes: graph.nodes.with(index, { ...graph.nodes[index], ...change }) };
};

test('a graph that was built keeps the rules', () => {
  checkGraph(smallGraph());
});

test('an input that nothing makes is named', () => {
  const broken = withNode(0, { inputs: ['x', 'gone'] });
  assert.throws(() => checkGraph(broken), {
    code: 'bad-graph',
    message: 'Add "add": expected an input that something makes, found "gone".',
  });
});

test('a node before what it needs is told from one that lacks it', () => {
  const graph = smallGraph();
  assert.throws(
    () => checkGraph({ ...graph, nodes: graph.nodes.toReversed() }),
    /before its use, found a node further down/,
  );
});

test('a value may be made only once, and outputs must be made', () => {
  assert.throws(() => checkGraph(withNode(1, { outputs: ['x'] })), /"x" again/);
  assert.throws(
    () => checkGraph(withNode(2, { outputs: ['z'] })),
    /values that something makes, found "y"/,
  );
});

test('a nested graph may use what stands around it, and nothing else', () => {
  const nested = (name: string): Node => ({
    name: 'choose',
    operator: 'If',
    domain: '',
    inputs: ['x'],
    outputs: ['chosen'],
    attributes: {
      then_branch: {
        kind: 'graph',
        value: {
          name: 'then',
          inputs: [],
          outputs: [{ name: 'inner', type: 'float32', shape: [] }],
          initializers: new Map(),
          nodes: [
            {
              name: 'n',
              operator: 'Neg',
              domain: '',
              inputs: [name],
              outputs: ['inner'],
              attributes: {},
            },
          ],
          values: new Map(),
        },
      },
    },
  });
  const graph = smallGraph();
  checkGraph({ ...graph, nodes: [...graph.nodes, nested('add')] });
  assert.throws(
    () => checkGraph({ ...graph, nodes: [...graph.nodes, nested('gone')] }),
    /If "choose".*"gone"/,
  );
});
