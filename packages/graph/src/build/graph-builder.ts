// Builds graphs node by node, inferring types and shapes on the way.
//
//   const g = graphBuilder();
//   const x = g.input('x', 'float32', ['N', 3, 32, 32]);
//   const y = g.relu(g.conv(x, g.constant(weights, 'w'), { strides: [2, 2] }));
//   g.output(y, 'features');
//   const graph = g.graph('backbone');

import { GraphError } from '../graph-error.ts';
import type { Shape } from '../ir/dim.ts';
import type { ElementType } from '../ir/element-type.ts';
import { describeNode, type Graph, type Node, type Value } from '../ir/graph.ts';
import {
  checkTensor,
  int64Tensor,
  numbersOf,
  sizeOf,
  type Tensor,
  tensorOf,
} from '../ir/tensor.ts';
import { encodeAttributes } from '../operators/attributes.ts';
import { contentsOfTensor } from '../operators/creation.ts';
import { inferNode, inferValues } from '../operators/infer.ts';
import {
  type Builder,
  type Built,
  badNode,
  type Inferred,
  type Operand,
} from '../operators/operator.ts';
import {
  isOperatorName,
  type OperatorName,
  type Signature,
  signatures,
} from '../operators/signatures.ts';
import { unknownValueError } from '../operators/unknown-value.ts';

export interface GraphBuilder extends Builder {
  /** An input of the graph. */
  input(name: string, type: ElementType, shape: Shape): Built;
  /** Makes a value an output of the graph, under a name of its own if one is given. */
  output(value: Value, name?: string): Built;
  /** The value of that name. @throws GraphError `unknown-value`, `unknown-operator` where one above it hides what it is */
  value(name: string): Built;
  /** The graph as built so far. */
  graph(name?: string): Graph;
}

/** Constants of up to this many elements are shared when equal and named after what they hold. */
const maxSharedElements = 8;

const requiredOutputs = ({ outputs }: Signature): number =>
  outputs.filter((name) => !name.endsWith('?')).length;

/** @throws GraphError `unknown-operator` */
function signatureOf(operator: string): Signature {
  if (isOperatorName(operator)) return signatures[operator];
  throw new GraphError('unknown-operator', {
    where: 'the builder',
    expected: 'an operator of the table',
    found: `"${operator}"`,
    advice: 'Names are those of ONNX, such as Relu or MatMul.',
  });
}

const isSameTensor = (a: Tensor, b: Tensor): boolean =>
  a.type === b.type && `${a.shape}` === `${b.shape}` && `${a.bytes}` === `${b.bytes}`;

const isValue = (argument: unknown): argument is Value =>
  typeof argument === 'object' && argument !== null && 'name' in argument && 'type' in argument;
const isOperand = (argument: unknown): argument is Operand =>
  typeof argument === 'number' || Array.isArray(argument) || isValue(argument);

/**
 * A builder, empty or going on from a graph, which itself stays as it is.
 *
 * @throws GraphError `bad-node` from every method whose operator does not take what it is given, `unknown-operator` from
 *   `node` for a name that is not in the table.
 */
export function graphBuilder(base?: Graph): GraphBuilder {
  const known = new Map<string, Inferred>(base ? inferValues(base) : []);
  const inputs = [...(base?.inputs ?? [])];
  const outputs = [...(base?.outputs ?? [])];
  const initializers = new Map(base?.initializers);
  const nodes = [...(base?.nodes ?? [])];
  const taken = new Set<string>([
    ...initializers.keys(),
    ...inputs.map(({ name }) => name),
    ...outputs.map(({ name }) => name),
    ...nodes.flatMap((node) => [node.name, ...node.outputs]),
  ]);
  const counters = new Map<string, number>();
  let prefix = '';

  function freeName(wished: string): string {
    let name = wished;
    while (taken.has(name)) {
      const count = (counters.get(wished) ?? 1) + 1;
      counters.set(wished, count);
      name = `${wished}_${count}`;
    }
    taken.add(name);
    return name;
  }

  function claimName(name: string): string {
    if (!taken.has(name) && name !== '') return freeName(name);
    throw new GraphError('bad-graph', {
      where: 'the builder',
      expected: 'a name of its own for each value',
      found: `"${name}" again`,
    });
  }

  function remember(name: string, inferred: Inferred): Built {
    known.set(name, inferred);
    return { name, ...inferred };
  }

  function addConstant(tensor: Tensor, name: string): Built {
    checkTensor(tensor, name);
    initializers.set(name, tensor);
    const { type, shape } = tensor;
    return remember(name, { type, shape, contents: contentsOfTensor(tensor) });
  }

  function constant(tensor: Tensor, name?: string): Built {
    if (name !== undefined) return addConstant(tensor, claimName(name));
    if (sizeOf(tensor.shape) > maxSharedElements)
      return addConstant(tensor, freeName(`${prefix}constant`));
    const list = Array.from(numbersOf(tensor)).join(',');
    const text = tensor.shape.length === 0 ? list : `[${list}]`;
    const shape = tensor.shape.length > 1 ? `[${tensor.shape.join('×')}]` : '';
    const shared = `${tensor.type}${shape}:${text}`;
    const existing = initializers.get(shared);
    // A file may have a constant of that name that is none of ours.
    if (existing !== undefined && isSameTensor(existing, tensor))
      return { name: shared, ...known.get(shared)! };
    return addConstant(tensor, freeName(shared));
  }

  const scalar = (value: number, type: ElementType = 'float32') =>
    constant(tensorOf(type, [], [value]));
  const int64 = (values: readonly number[]) => constant(int64Tensor(values));

  function node<K extends OperatorName>(
    operator: K,
    operands: readonly (Operand | undefined)[],
    attributes: object = {},
    outputCount = requiredOutputs(signatureOf(operator)),
  ): Built[] {
    const typeOfNumbers = operands.find(isValue)?.type ?? 'float32';
    const inputNames = operands.map((operand) => {
      if (operand === undefined) return '';
      if (typeof operand === 'number') return scalar(operand, typeOfNumbers).name;
      return isValue(operand) ? operand.name : int64(operand).name;
    });
    while (inputNames.at(-1) === '') inputNames.pop();
    const name = freeName(prefix + operator[0].toLowerCase() + operator.slice(1));
    const names: readonly string[] = signatures[operator].outputs;
    const outputNames = Array.from({ length: outputCount }, (_, i) => {
      if (outputCount === 1) return name;
      const of = names[0].startsWith('...') ? i : names[i].replace('?', '');
      return freeName(`${name}.${of}`);
    });
    const made: Node = {
      name,
      operator,
      domain: '',
      inputs: inputNames,
      outputs: outputNames,
      attributes: encodeAttributes(operator, attributes as Record<string, unknown>, name),
    };
    const inferred = inferNode(made, (input) => known.get(input) ?? unknownValue(input));
    nodes.push(made);
    return outputNames.map((output, i) =>
      remember(
        output,
        inferred[i] ?? badNode(describeNode(made), 'inputs whose ranks are known', 'others'),
      ),
    );
  }

  const builder = {
    node,
    constant,
    scalar,
    int64,
    input: (name: string, type: ElementType, shape: Shape) => {
      const value = remember(claimName(name), { type, shape });
      inputs.push({ name, type, shape });
      return value;
    },
    output: (value: Value, name = value.name) => {
      const made = name === value.name ? value : renamed(value, claimName(name));
      const { type, shape } = known.get(made.name) ?? unknownValue(made.name);
      outputs.push({ name, type, shape });
      return { ...made, ...known.get(made.name)! };
    },
    value: (name: string) => ({ name, ...(known.get(name) ?? unknownValue(name)) }),
    scope: <T>(name: string, build: () => T): T => {
      const outer = prefix;
      prefix = `${outer}${name}/`;
      try {
        return build();
      } finally {
        prefix = outer;
      }
    },
    graph: (name = base?.name ?? 'graph'): Graph => ({
      name,
      inputs: [...inputs],
      outputs: [...outputs],
      initializers: new Map(initializers),
      nodes: [...nodes],
      values: new Map(
        nodes.flatMap((made) =>
          made.outputs.flatMap((output) => {
            const inferred = known.get(output);
            return inferred
              ? [[output, { type: inferred.type, shape: inferred.shape }] as const]
              : [];
          }),
        ),
      ),
    }),
  };

  /** A value under another name: an Identity, which stays cheap and keeps the first name for who asked for it. */
  function renamed(value: Value, name: string): Value {
    nodes.push({
      name,
      operator: 'Identity',
      domain: '',
      inputs: [value.name],
      outputs: [name],
      attributes: {},
    });
    return remember(name, known.get(value.name) ?? unknownValue(value.name));
  }

  function unknownValue(name: string): never {
    throw unknownValueError({ nodes, initializers }, name, known);
  }

  const methods = Object.entries<Signature>(signatures).map(([operator, signature]) => {
    const method = (...given: unknown[]) =>
      callOperator(operator as OperatorName, signature, given);
    return [operator[0].toLowerCase() + operator.slice(1), method];
  });
  return { ...Object.fromEntries(methods), ...builder } as GraphBuilder;

  /** What a method of an operator does: sorts its arguments into inputs and attributes, and counts the outputs. */
  function callOperator(operator: OperatorName, signature: Signature, given: unknown[]) {
    const isVariadic = signature.inputs[0]?.startsWith('...');
    const last = given.at(-1);
    const hasAttributes = given.length > 0 && last !== undefined && !isOperand(last);
    const operands = hasAttributes ? given.slice(0, -1) : given;
    const list = (isVariadic ? operands[0] : operands) as (Operand | undefined)[];
    const attributes = (hasAttributes ? last : {}) as Record<string, unknown>;
    if (signature.outputs[0].startsWith('...')) {
      return node(operator, list, attributes, countOfSplits(list, attributes));
    }
    const made = node(operator, list, attributes);
    return made.length === 1 ? made[0] : made;
  }

  /** Split alone has any number of outputs: as many as it is told, by an attribute or a list of sizes. */
  function countOfSplits(
    list: (Operand | undefined)[],
    attributes: Record<string, unknown>,
  ): number {
    const sizes = list[1];
    if (typeof attributes.num_outputs === 'number') return attributes.num_outputs;
    if (Array.isArray(sizes)) return sizes.length;
    const length = isValue(sizes) ? known.get(sizes.name)?.shape?.[0] : undefined;
    return typeof length === 'number'
      ? length
      : badNode('split', 'sizes or num_outputs', 'neither');
  }
}
