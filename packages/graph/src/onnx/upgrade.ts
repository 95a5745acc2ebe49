// Brings graphs of older opsets to the one that this package speaks. One entry per operator whose form changed since
// opset 7: attributes that became inputs, defaults that changed, operators that got another name
// (https://github.com/onnx/onnx/blob/main/docs/Changelog.md).

import type { Attribute, Graph, Node } from '../ir/graph.ts';
import { int64Tensor, type Tensor, tensorOf } from '../ir/tensor.ts';

interface Context {
  /** Adds a constant and gives its name. */
  constant: (tensor: Tensor, hint: string) => string;
  /** A name that nothing has yet. */
  freshName: (hint: string) => string;
}

interface Upgrade {
  /** Nodes of opsets before this one need it. */
  readonly before: number;
  readonly apply: (node: Node, context: Context) => readonly Node[];
}

const intsOf = (attribute: Attribute | undefined): readonly number[] | undefined =>
  attribute?.kind === 'ints' ? attribute.value : undefined;
const numberOf = (attribute: Attribute | undefined): number | undefined =>
  attribute?.kind === 'int' || attribute?.kind === 'float' ? attribute.value : undefined;

function without(node: Node, ...names: string[]): Node['attributes'] {
  return Object.fromEntries(
    Object.entries(node.attributes).filter(([name]) => !names.includes(name)),
  );
}

/** Lists of whole numbers that became int64 inputs behind the first. */
const listsToInputs =
  (...names: string[]) =>
  (node: Node, { constant }: Context): Node[] => {
    // Where the file already has them as inputs there is nothing to do, whatever its opset claims.
    if (!names.some((name) => node.attributes[name] !== undefined)) return [node];
    const inputs = names.map((name) => {
      const list = intsOf(node.attributes[name]);
      return list === undefined ? '' : constant(int64Tensor(list), `${node.name}/${name}`);
    });
    return [
      {
        ...node,
        inputs: [node.inputs[0], ...inputs],
        attributes: without(node, ...names),
      },
    ];
  };

/** Scalars of the type of the data that became inputs. */
const scalarsToInputs =
  (...names: string[]) =>
  (node: Node, { constant }: Context): Node[] => {
    if (!names.some((name) => node.attributes[name] !== undefined)) return [node];
    const inputs = names.map((name) => {
      const value = numberOf(node.attributes[name]);
      return value === undefined
        ? ''
        : constant(tensorOf('float32', [], [value]), `${node.name}/${name}`);
    });
    return [{ ...node, inputs: [node.inputs[0], ...inputs], attributes: without(node, ...names) }];
  };

const axesToInput = (before: number): Upgrade[] => [{ before, apply: listsToInputs('axes') }];

/** Before opset 13 softmax went over all axes from one on, read as a single one. */
const flatSoftmax: Upgrade = {
  before: 13,
  apply: (node, { freshName }) => {
    const axis = numberOf(node.attributes.axis) ?? 1;
    if (axis === -1) return [node];
    const [shape, flat, soft] = ['shape', 'flat', 'soft'].map((hint) =>
      freshName(`${node.name}/${hint}`),
    );
    const make = (operator: string, inputs: string[], output: string, attributes = {}): Node => ({
      name: output,
      operator,
      domain: '',
      inputs,
      outputs: [output],
      attributes,
    });
    return [
      make('Shape', [node.inputs[0]], shape),
      make('Flatten', [node.inputs[0]], flat, { axis: { kind: 'int', value: axis } }),
      make(node.operator, [flat], soft, { axis: { kind: 'int', value: -1 } }),
      make('Reshape', [soft, shape], node.outputs[0]),
    ];
  },
};

/** Old forms of Resize: scales behind the input, positions by plain division. */
const oldResize = (node: Node, { constant }: Context): Node[] => {
  const given = node.attributes.scales;
  const scales =
    given?.kind === 'floats'
      ? constant(tensorOf('float32', [given.value.length], given.value), `${node.name}/scales`)
      : node.inputs[1];
  return [
    {
      ...node,
      operator: 'Resize',
      inputs: [node.inputs[0], '', scales],
      attributes: {
        ...without(node, 'scales'),
        coordinate_transformation_mode: { kind: 'string', value: 'asymmetric' },
        nearest_mode: { kind: 'string', value: 'floor' },
      },
    },
  ];
};

/** Before opset 21 there was one scale and bias per group, not per channel. */
const scalePerGroup: Upgrade = {
  before: 21,
  apply: (node, { constant, freshName }) => {
    const [x, scale, bias] = node.inputs;
    const groups = numberOf(node.attributes.num_groups) ?? 1;
    const nodes: Node[] = [];
    const add = (operator: string, inputs: string[], attributes: Node['attributes'] = {}) => {
      const output = freshName(`${node.name}/${operator.toLowerCase()}`);
      nodes.push({ name: output, operator, domain: '', inputs, outputs: [output], attributes });
      return output;
    };
    const list = (values: number[], hint: string) =>
      constant(int64Tensor(values), `${node.name}/${hint}`);
    const range = { start: { kind: 'int', value: 1 }, end: { kind: 'int', value: 2 } } as const;
    const groupCount = list([groups], 'groups');
    const perGroup = add('Div', [add('Shape', [x], range), groupCount]);
    const target = add('Concat', [groupCount, perGroup], { axis: { kind: 'int', value: 0 } });
    const [one, flat] = [list([1], 'one'), list([-1], 'flat')];
    const perChannel = (values: string) =>
      add('Reshape', [add('Expand', [add('Unsqueeze', [values, one]), target]), flat]);
    const inputs = [x, perChannel(scale), perChannel(bias)];
    return [...nodes, { ...node, inputs }];
  },
};

const renamedTo =
  (operator: string) =>
  (node: Node): Node[] => [{ ...node, operator }];

const upgrades: Readonly<Record<string, readonly Upgrade[]>> = {
  BatchNormalization: [
    {
      before: 14,
      // Its other outputs were for training; `spatial` of 1 is all that there is now.
      apply: (node) => [
        { ...node, outputs: node.outputs.slice(0, 1), attributes: without(node, 'spatial') },
      ],
    },
  ],
  Clip: [{ before: 11, apply: scalarsToInputs('min', 'max') }],
  Dropout: [{ before: 12, apply: (node) => [{ ...node, attributes: without(node, 'ratio') }] }],
  GroupNormalization: [scalePerGroup],
  LogSoftmax: [flatSoftmax],
  Pad: [
    {
      before: 11,
      apply: (node, { constant }) => {
        const value = numberOf(node.attributes.value) ?? 0;
        const fill = constant(tensorOf('float32', [], [value]), `${node.name}/value`);
        const [moved] = listsToInputs('pads')(node, { constant } as Context);
        return [{ ...moved, inputs: [...moved.inputs, fill], attributes: without(moved, 'value') }];
      },
    },
  ],
  ReduceL1: axesToInput(18),
  ReduceL2: axesToInput(18),
  ReduceLogSumExp: axesToInput(18),
  ReduceMax: axesToInput(18),
  ReduceMean: axesToInput(18),
  ReduceMin: axesToInput(18),
  ReduceProd: axesToInput(18),
  ReduceSum: axesToInput(13),
  ReduceSumSquare: axesToInput(18),
  Resize: [
    { before: 11, apply: oldResize },
    {
      before: 13,
      apply: (node) =>
        node.inputs[1] === undefined ? [node] : [{ ...node, inputs: node.inputs.with(1, '') }],
    },
  ],
  Scatter: [{ before: 11, apply: renamedTo('ScatterElements') }],
  Slice: [{ before: 10, apply: listsToInputs('starts', 'ends', 'axes') }],
  Softmax: [flatSoftmax],
  Split: [
    { before: 13, apply: listsToInputs('split') },
    {
      before: 18,
      apply: (node) => {
        if (node.inputs.length > 1) return [node];
        const count: Attribute = { kind: 'int', value: node.outputs.length };
        return [{ ...node, attributes: { ...node.attributes, num_outputs: count } }];
      },
    },
  ],
  Squeeze: axesToInput(13),
  TopK: [
    {
      before: 10,
      apply: (node, { constant }) => {
        const k = numberOf(node.attributes.k) ?? 1;
        const inputs = [node.inputs[0], constant(int64Tensor([k]), `${node.name}/k`)];
        return [{ ...node, inputs, attributes: without(node, 'k') }];
      },
    },
  ],
  Unsqueeze: axesToInput(13),
  Upsample: [{ before: 10, apply: oldResize }],
};

/** The same graph in today's forms of its operators; nested graphs as well. */
export function upgradeGraph(graph: Graph, opset: number): Graph {
  const initializers = new Map(graph.initializers);
  const taken = new Set([
    ...initializers.keys(),
    ...graph.inputs.map(({ name }) => name),
    ...graph.nodes.flatMap(({ name, inputs, outputs }) => [name, ...inputs, ...outputs]),
  ]);
  const freshName = (hint: string): string => {
    let name = hint;
    for (let count = 2; taken.has(name); count++) name = `${hint}_${count}`;
    taken.add(name);
    return name;
  };
  const context: Context = {
    freshName,
    constant: (tensor, hint) => {
      const name = freshName(hint);
      initializers.set(name, tensor);
      return name;
    },
  };
  const upgraded = (node: Node): readonly Node[] => {
    const table =
      node.domain === '' && Object.hasOwn(upgrades, node.operator) ? upgrades[node.operator] : [];
    return table
      .filter(({ before }) => opset < before)
      .reduce<readonly Node[]>(
        (nodes, { apply }) => [...nodes.slice(0, -1), ...apply(nodes.at(-1)!, context)],
        [node],
      );
  };
  const nodes = graph.nodes.flatMap((node) => upgraded(withNestedUpgraded(node, opset)));
  return { ...graph, nodes, initializers };
}

function withNestedUpgraded(node: Node, opset: number): Node {
  const attributes = Object.entries(node.attributes).map(([name, attribute]) => [
    name,
    attribute.kind === 'graph'
      ? { kind: 'graph', value: upgradeGraph(attribute.value, opset) }
      : attribute,
  ]);
  return { ...node, attributes: Object.fromEntries(attributes) };
}
