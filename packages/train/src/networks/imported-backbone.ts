// Any ONNX file as a backbone: cut where its values look like feature maps, its weights learned on from where they are, or
// left as they are.

import {
  describeNode,
  foldBatchNorm,
  type Graph,
  isOperatorName,
  type Node,
  readOnnx,
  removeUnused,
  type Shape,
  simplify,
  type Value,
  type ValueType,
} from '@migaki/graph';
import type { Size } from '../augment/layout.ts';
import { TrainError } from '../train-error.ts';

/** A value of the file that is a feature map, or can be made one. */
export interface ImportedMap {
  readonly name: string;
  /** Pixels of the input from one position to the next. */
  readonly stride: number;
  /** Tokens [N,L,C] of a transformer: how many there are before those of the positions. */
  readonly tokensBefore: number | null;
}

export interface ImportedBackbone {
  /** One input, [N,3,H,W]; no outputs. Every name begins with `backbone/`. */
  readonly graph: Graph;
  /** Of type float32, or uint8 for a model that was made here and normalises its pictures itself. */
  readonly input: Value;
  /** The finest first; of each stride the deepest. */
  readonly maps: readonly ImportedMap[];
  /** Names of the weights of each stage: up to the first map, from there to the second, … */
  readonly stages: readonly (readonly string[])[];
}

const prefix = 'backbone/';

/** How large the file wants its pictures; null where it takes any size. */
export function importedInputSize(bytes: Uint8Array, where: string): Size | null {
  const graph = readGraph(bytes, where);
  // One that was made here shrinks what it gets, and its backbone takes any size.
  if (ownInput(graph) !== undefined) return null;
  const [, , height, width] = pictureInput(graph, where).shape as Shape;
  return typeof height === 'number' && typeof width === 'number' ? { width, height } : null;
}

/**
 * @param where how messages call the file
 * @throws TrainError `bad-init` for what is no ONNX file, takes no pictures, or has no feature maps for pictures of this size
 */
export function importBackbone(bytes: Uint8Array, input: Size, where: string): ImportedBackbone {
  const read = readGraph(bytes, where);
  const picture = ownInput(read) ?? pictureInput(read, where);
  const sized = sizedGraph(read, picture, input, where);
  refuseFixedBatch(picture, sized, where);
  const maps = mapsOf(sized, picture.name, input);
  if (maps.length === 0) refuseMapless(sized, input, where);
  const outputs = maps.map(({ name }): Value => ({ name, ...sized.values.get(name)! }));
  // Normalisation with the file's own statistics goes into the weights: it would not follow them if they were learned on.
  const cut = foldBatchNorm(removeUnused({ ...sized, outputs }));
  refuseNested(cut, where);
  const graph = renamed(cut);
  return {
    graph: { ...graph, outputs: [] },
    input: graph.inputs[0],
    maps: maps.map((map) => ({ ...map, name: prefix + map.name })),
    stages: stagesOf(
      graph,
      maps.map(({ name }) => prefix + name),
    ),
  };
}

function refuseMapless({ nodes }: Graph, { width, height }: Size, where: string): never {
  const stranger = nodes.find(({ operator, domain }) => domain !== '' || !isOperatorName(operator));
  const hides = stranger && `; ${describeNode(stranger)} is unknown, and so is what follows it`;
  return refuse(
    where,
    `values of the shape of feature maps for pictures of ${width} × ${height}`,
    `none${hides ?? ''}`,
    stranger
      ? 'Export the network with standard operators alone.'
      : 'Name a network for pictures, such as a ResNet, ConvNeXt or ViT, that takes pictures of any size or of this one.',
  );
}

/** A file that was exported for so many pictures at once may still be one for any number; what it gives tells. */
function refuseFixedBatch({ shape }: Value, sized: Graph, where: string): void {
  const batch = shape?.[0];
  const isFixed = sized.outputs.some(({ name }) => sized.values.get(name)?.shape?.[0] === batch);
  if (typeof batch !== 'number' || !isFixed) return;
  refuse(
    where,
    'a network for any number of pictures at once',
    `one for ${batch}`,
    'Export it with a dynamic axis for the batch.',
  );
}

function refuseNested({ nodes }: Graph, where: string): void {
  const nested = nodes.find(({ attributes }) =>
    Object.values(attributes).some(({ kind }) => kind === 'graph'),
  );
  if (nested === undefined) return;
  refuse(
    where,
    'a network without branches and loops',
    `${nested.operator} (${nested.name})`,
    'Export it with fixed sizes, so that what depends on them is settled.',
  );
}

function refuse(where: string, expected: string, found: string, advice?: string): never {
  throw new TrainError('bad-init', { where, expected, found, ...(advice && { advice }) });
}

function readGraph(bytes: Uint8Array, where: string): Graph {
  try {
    return readOnnx(bytes).model.graph;
  } catch (error) {
    return refuse(where, 'an ONNX file', (error as Error).message);
  }
}

/** Of a model that was made here: the pictures as they lie in its input, behind its preprocessing. */
function ownInput({ inputs, nodes, values }: Graph): Value | undefined {
  if (!inputs.some(({ name, type }) => name === 'picture' && type === 'uint8')) return undefined;
  const names = nodes.flatMap(({ outputs }) => outputs);
  const isInput = (name: string) => {
    const { type, shape } = values.get(name) ?? {};
    return type === 'uint8' && shape?.length === 4 && shape[1] === 3;
  };
  const name = names.find(isInput);
  return name === undefined ? undefined : { name, ...values.get(name)! };
}

function pictureInput(graph: Graph, where: string): Value {
  const inputs = graph.inputs.filter(({ name }) => !graph.initializers.has(name));
  const isPicture = ({ type, shape }: Value) =>
    type === 'float32' && shape?.length === 4 && (shape[1] === 3 || typeof shape[1] === 'string');
  const [first, ...others] = inputs;
  if (first !== undefined && others.length === 0 && isPicture(first)) return first;
  const found = inputs
    .map(({ name, type, shape }) => `${name}: ${type}[${shape ?? 'of unknown rank'}]`)
    .join(', ');
  return refuse(
    where,
    'one input for pictures, float32 [N,3,H,W]',
    found === '' ? 'none' : found,
    'Export the network with channels first and nothing else to put in.',
  );
}

/** With the size of the input known, so that every shape is. */
function sizedGraph(graph: Graph, picture: Value, input: Size, where: string): Graph {
  const shape = ['N', 3, input.height, input.width];
  try {
    return simplify({
      ...graph,
      inputs: [{ ...picture, shape }],
      // What comes before the pictures, in a model that was made here, is another's work now.
      nodes: nodesFrom(graph, picture.name),
      values: new Map(),
      outputs: graph.outputs.map((output) => ({ ...output, shape: undefined })),
    });
  } catch (error) {
    return refuse(
      where,
      `a network for pictures of ${input.width} × ${input.height}, any number at once`,
      (error as Error).message,
      'Export it with dynamic axes for the batch, height and width, or train with the size that it was exported for.',
    );
  }
}

/** The nodes that depend on a value, and not on other inputs of the graph. */
function nodesFrom(graph: Graph, start: string): Node[] {
  const given = new Set([start, ...graph.initializers.keys(), '']);
  return graph.nodes.filter((node) => {
    const isComputed = node.inputs.every((name) => given.has(name));
    if (!isComputed || node.outputs.includes(start)) return false;
    for (const name of node.outputs) given.add(name);
    return true;
  });
}

/**
 * The last feature map of the backbone of a model that was made here, as the file calls it.
 *
 * @param channels how many it has where the network is built in; what began from a file bears the backbone's names
 * @throws TrainError `bad-init` where there is none
 */
export function lastMapOf(graph: Graph, input: Size, channels: number, where: string): ImportedMap {
  const picture = ownInput(graph) ?? pictureInput(graph, where);
  const sized = sizedGraph(graph, picture, input, where);
  const isNamed = sized.nodes.some(({ name }) => name.startsWith(prefix));
  const maps = mapsOf(sized, picture.name, input, (name, { shape }) =>
    isNamed ? name.startsWith(prefix) : shape?.[1] === channels,
  );
  return maps.at(-1) ?? refuseMapless(sized, input, where);
}

/** Of each stride the last value that has a position for every so many pixels. */
function mapsOf(
  graph: Graph,
  picture: string,
  input: Size,
  isMeant: (name: string, value: ValueType) => boolean = () => true,
): ImportedMap[] {
  const byStride = new Map<number, ImportedMap>();
  for (const { outputs } of graph.nodes) {
    for (const name of outputs) {
      if (name === picture) continue;
      const value = graph.values.get(name);
      if (value?.type !== 'float32' || value.shape?.[0] !== 'N' || !isMeant(name, value)) continue;
      const map = mapFrom(name, value.shape, input);
      if (map !== null) byStride.set(map.stride, map);
    }
  }
  return [...byStride.values()].sort((a, b) => a.stride - b.stride);
}

/** Class and register tokens. */
const mostTokensBefore = 8;
const tokenStrides = [8, 14, 16, 32];

function mapFrom(name: string, shape: Shape, { width, height }: Size): ImportedMap | null {
  const [, second, third, fourth] = shape;
  if (shape.length === 4 && typeof second === 'number' && second > 3) {
    if (typeof third !== 'number' || typeof fourth !== 'number' || third < 2 || fourth < 2)
      return null;
    const stride = height / third;
    const isMap = stride >= 4 && width / fourth === stride && Number.isInteger(stride);
    return isMap ? { name, stride, tokensBefore: null } : null;
  }
  if (shape.length !== 3 || typeof second !== 'number' || typeof third !== 'number') return null;
  for (const stride of tokenStrides) {
    const positions = Math.floor(height / stride) * Math.floor(width / stride);
    const before = second - positions;
    if (positions >= 4 && before >= 0 && before <= mostTokensBefore && third > 3) {
      return { name, stride, tokensBefore: before };
    }
  }
  return null;
}

/** Everything called by names of its own, so that nothing of the file meets what is built around it. */
function renamed(graph: Graph): Graph {
  const call = (name: string) => (name === '' ? '' : prefix + name);
  return {
    ...graph,
    inputs: graph.inputs.map((input) => ({ ...input, name: call(input.name) })),
    outputs: graph.outputs.map((output) => ({ ...output, name: call(output.name) })),
    initializers: new Map([...graph.initializers].map(([name, tensor]) => [call(name), tensor])),
    nodes: graph.nodes.map(
      (node): Node => ({
        ...node,
        name: call(node.name),
        inputs: node.inputs.map(call),
        outputs: node.outputs.map(call),
      }),
    ),
    values: new Map([...graph.values].map(([name, type]) => [call(name), type])),
  };
}

/** Inputs from here on are no weights: statistics of a normalisation, and how much larger a map becomes. */
const firstSetting: Readonly<Record<string, number>> = { BatchNormalization: 3, Resize: 1 };

/** Neither are shapes, axes and single numbers weights. */
function stagesOf(graph: Graph, maps: readonly string[]): string[][] {
  const stages: string[][] = maps.map(() => []);
  const seen = new Set<string>();
  let stage = 0;
  for (const { operator, inputs, outputs } of graph.nodes) {
    for (const [i, name] of inputs.entries()) {
      const tensor = graph.initializers.get(name);
      const isSetting = i >= (firstSetting[operator] ?? inputs.length);
      if (tensor?.type !== 'float32' || isSetting || seen.has(name)) continue;
      if (tensor.shape.reduce((a, b) => a * b, 1) < 2) continue;
      seen.add(name);
      stages[Math.min(stage, maps.length - 1)].push(name);
    }
    if (outputs.some((name) => name === maps[stage])) stage++;
  }
  return stages;
}
