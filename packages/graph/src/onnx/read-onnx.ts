// Reads ONNX files, of any opset since 7, into graphs of the one opset that this package speaks. Weights stay views into
// the given bytes.

import { GraphError } from '../graph-error.ts';
import { checkGraph } from '../ir/check.ts';
import type { Dim } from '../ir/dim.ts';
import { elementTypeOfCode, elementTypes } from '../ir/element-type.ts';
import {
  type Attribute,
  describeNode,
  type Graph,
  graphOpset,
  type Model,
  type Node,
  type Value,
  type ValueType,
} from '../ir/graph.ts';
import { checkTensor, sizeOf, type Tensor } from '../ir/tensor.ts';
import { operatorOf } from '../operators/infer.ts';
import {
  type AttributeMessage,
  attributeTypes,
  type GraphMessage,
  type ModelMessage,
  modelSchema,
  type NodeMessage,
  type TensorMessage,
  type ValueInfoMessage,
} from './messages.ts';
import { upgradeGraph } from './upgrade.ts';
import { readMessage } from './wire.ts';

/** Where in which file beside the model a weight lies. */
export interface ExternalData {
  readonly location: string;
  /** In bytes. */
  readonly offset: number;
  /** In bytes; as many as the tensor has where the model does not say. */
  readonly length: number;
}

export interface ReadOnnxOptions {
  /** Gives the bytes of weights that are kept beside the model. `location` comes from the file: keep it in its folder. */
  externalData?: (data: ExternalData) => Uint8Array;
}

export interface ReadOnnx {
  readonly model: Model;
  /** What the file says that the model does not carry on, such as quantisation annotations. */
  readonly ignored: readonly string[];
}

/** Opsets before this are from 2018 and have broadcasting of their own. */
const minOpset = 7;
/** Later opsets keep the operators of the table as they are. */
const maxOpset = 26;

/**
 * Reads a model.
 *
 * @throws GraphError `not-onnx`, `damaged-onnx`, `missing-data` or `unsupported-onnx`.
 *
 * @example
 * const { model } = readOnnx(readFileSync('resnet18.onnx'));
 */
export function readOnnx(bytes: Uint8Array, options: ReadOnnxOptions = {}): ReadOnnx {
  const { message, unknown } = readModelMessage(bytes);
  if (message.graph === undefined || message.opset_import.length === 0) {
    throw new GraphError('not-onnx', {
      where: 'the file',
      expected: 'an ONNX model with a graph and an opset',
      found: 'neither in its messages',
      advice: 'Files of other formats (.pt, .tflite, .ort) have to be exported to ONNX first.',
    });
  }
  const domains = new Map(
    message.opset_import.map(({ domain, version }) => [
      domain === 'ai.onnx' ? '' : (domain ?? ''),
      version ?? 0,
    ]),
  );
  const opset = domains.get('') ?? graphOpset;
  domains.delete('');
  if (opset < minOpset || opset > maxOpset) {
    unsupported('the model', `an opset from ${minOpset} to ${maxOpset}`, `${opset}`);
  }
  const [called] = message.functions;
  if (called !== undefined) {
    unsupported(
      `function ${called.domain ?? ''}.${called.name ?? ''}`,
      'a graph without functions of its own',
      `${message.functions.length}`,
      'Inline them when exporting (onnx.inliner.inline_local_functions).',
    );
  }
  const reader: Reader = { options, ignored: new Set(unknown) };
  const graph = upgradeGraph(readGraph(message.graph, reader), opset);
  if (opset > graphOpset) refuseNewOperators(graph, opset);
  checkGraph(graph);
  return {
    model: {
      graph,
      domains,
      metadata: new Map(message.metadata_props.map(({ key, value }) => [key ?? '', value ?? ''])),
      producer: { name: message.producer_name ?? '', version: message.producer_version ?? '' },
    },
    ignored: [...reader.ignored],
  };
}

/** What an operator of a later opset means cannot be said in the one that graphs are in. */
function refuseNewOperators(graph: Graph, opset: number): void {
  for (const node of graph.nodes) {
    if (node.domain === '' && operatorOf(node) === undefined) {
      unsupported(
        describeNode(node),
        `an operator of opset ${graphOpset}, or one of the table`,
        `one of opset ${opset}`,
        `Export the model with opset ${graphOpset} or less.`,
      );
    }
    for (const attribute of Object.values(node.attributes)) {
      if (attribute.kind === 'graph') refuseNewOperators(attribute.value, opset);
    }
  }
}

interface Reader {
  readonly options: ReadOnnxOptions;
  readonly ignored: Set<string>;
}

/** A file that is no Protocol Buffers at all is told from one that is damaged further in. */
function readModelMessage(bytes: Uint8Array): { message: ModelMessage; unknown: string[] } {
  // Every writer begins with the IR version, field 1 as a varint.
  if (bytes.length > 0 && bytes[0] === 0x08) {
    const { message, unknown } = readMessage(modelSchema, bytes);
    return { message: message as unknown as ModelMessage, unknown };
  }
  throw new GraphError('not-onnx', {
    where: 'the first byte',
    expected: 'an ONNX model',
    found: bytes.length === 0 ? 'an empty file' : `byte 0x${bytes[0].toString(16)}`,
    advice: 'Files of other formats (.pt, .tflite, .ort) have to be exported to ONNX first.',
  });
}

function unsupported(where: string, expected: string, found: string, advice?: string): never {
  throw new GraphError('unsupported-onnx', { where, expected, found, ...(advice && { advice }) });
}

function readGraph(message: GraphMessage, reader: Reader): Graph {
  const initializers = new Map<string, Tensor>();
  for (const tensor of message.initializer) {
    const name = tensor.name ?? '';
    initializers.set(name, readTensor(tensor, `constant "${name}"`, reader));
  }
  const values = new Map<string, ValueType>();
  for (const info of message.value_info) {
    const value = readValueInfo(info);
    if (value !== undefined) values.set(value.name, { type: value.type, shape: value.shape });
  }
  const nodes = message.node.map((node, i) => readNode(node, i, reader));
  const tensorValue = (info: ValueInfoMessage, what: string): Value =>
    readValueInfo(info) ??
    unsupported(`${what} "${info.name}"`, 'a tensor of a supported element type', 'another type');
  return {
    name: message.name || 'graph',
    // Before IR version 4 constants were named among the inputs too.
    inputs: message.input
      .filter(({ name }) => !initializers.has(name ?? ''))
      .map((info) => tensorValue(info, 'input')),
    outputs: message.output.map((info) => tensorValue(info, 'output')),
    initializers,
    nodes,
    values,
  };
}

/** Undefined for values that are no tensors (sequences, maps) or of unsupported elements, such as texts. */
function readValueInfo({ name, type }: ValueInfoMessage): Value | undefined {
  const tensor = type?.tensor_type;
  const elementType = tensor && elementTypeOfCode(tensor.elem_type ?? 0);
  if (tensor === undefined || elementType === undefined) return undefined;
  const shape = tensor.shape?.dim.map(
    ({ dim_value, dim_param }): Dim =>
      dim_value !== undefined && dim_value >= 0 ? dim_value : dim_param || '?',
  );
  return { name: name ?? '', type: elementType, shape };
}

function readNode(message: NodeMessage, index: number, reader: Reader): Node {
  const domain = message.domain === 'ai.onnx' ? '' : (message.domain ?? '');
  const node: Node = {
    name: message.name || message.output.find((name) => name !== '') || `node_${index}`,
    operator: message.op_type ?? '',
    domain,
    inputs: message.input,
    outputs: message.output,
    attributes: {},
  };
  const where = describeNode(node);
  const attributes = message.attribute.map(
    (attribute) => [attribute.name ?? '', readAttribute(attribute, where, reader)] as const,
  );
  return { ...node, attributes: Object.fromEntries(attributes) };
}

const text = new TextDecoder();

function readAttribute(message: AttributeMessage, where: string, reader: Reader): Attribute {
  const { type, f, i, s, t, g, floats, ints, strings } = message;
  if (type === attributeTypes.float) return { kind: 'float', value: f ?? 0 };
  if (type === attributeTypes.int) return { kind: 'int', value: i ?? 0 };
  if (type === attributeTypes.string) return { kind: 'string', value: text.decode(s) };
  if (type === attributeTypes.floats) return { kind: 'floats', value: floats };
  if (type === attributeTypes.ints) return { kind: 'ints', value: ints };
  if (type === attributeTypes.strings) {
    return { kind: 'strings', value: strings.map((one) => text.decode(one)) };
  }
  if (type === attributeTypes.tensor && t !== undefined) {
    return { kind: 'tensor', value: readTensor(t, where, reader) };
  }
  if (type === attributeTypes.graph && g !== undefined) {
    return { kind: 'graph', value: readGraph(g, reader) };
  }
  return unsupported(
    where,
    `an attribute "${message.name}" of numbers, texts, a tensor or a graph`,
    `type ${type ?? 'none'}`,
  );
}

function readTensor(message: TensorMessage, where: string, reader: Reader): Tensor {
  const type = elementTypeOfCode(message.data_type ?? 0);
  if (type === undefined) {
    const supported = Object.keys(elementTypes).join(', ');
    return unsupported(where, `elements of ${supported}`, `element type ${message.data_type ?? 0}`);
  }
  const shape = message.dims;
  const bytes = () => {
    if (message.data_location === 1) return externalBytes(message, where, reader);
    return message.raw_data ?? typedBytes(message, type, where);
  };
  // The size comes first: a shape of impossible size must not lead anyone to ask for its bytes.
  const length = sizeOf(shape) * elementTypes[type].bytes;
  const isPossible = Number.isSafeInteger(length) && shape.every((dim) => dim >= 0);
  const tensor = { type, shape, bytes: isPossible ? bytes() : new Uint8Array(0) };
  checkTensor(tensor, where);
  return tensor;
}

/** Which of the typed fields holds elements of a type, where they are not raw bytes. */
function typedBytes(message: TensorMessage, type: Tensor['type'], where: string): Uint8Array {
  const { float_data, int32_data, int64_data, double_data, uint64_data } = message;
  const viewOf = ({ buffer, byteLength }: { buffer: ArrayBufferLike; byteLength: number }) =>
    new Uint8Array(buffer, 0, byteLength);
  switch (type) {
    case 'float32':
      return viewOf(Float32Array.from(float_data));
    case 'float64':
      return viewOf(Float64Array.from(double_data));
    case 'int64':
      return viewOf(BigInt64Array.from(int64_data));
    case 'uint64':
      return viewOf(BigUint64Array.from(uint64_data, (value) => BigInt.asUintN(64, value)));
    case 'uint32':
      return viewOf(Uint32Array.from(uint64_data, Number));
    case 'int32':
      return viewOf(Int32Array.from(int32_data));
    // Halves are kept as their bits.
    case 'float16':
    case 'bfloat16':
    case 'uint16':
    case 'int16':
      return viewOf(Uint16Array.from(int32_data));
    case 'uint8':
    case 'int8':
    case 'bool':
      return Uint8Array.from(int32_data);
    default:
      return unsupported(where, 'a supported element type', type satisfies never);
  }
}

function externalBytes(message: TensorMessage, where: string, reader: Reader): Uint8Array {
  const entries = new Map(message.external_data.map(({ key, value }) => [key, value]));
  const location = entries.get('location') ?? '';
  const offset = Number(entries.get('offset') ?? 0);
  const type = elementTypeOfCode(message.data_type ?? 0)!;
  const needed = sizeOf(message.dims) * elementTypes[type].bytes;
  const length = Number(entries.get('length') ?? needed);
  const fail = (expected: string, found: string, advice?: string): never => {
    throw new GraphError('missing-data', { where, expected, found, ...(advice && { advice }) });
  };
  if (location === '' || !Number.isSafeInteger(offset) || offset < 0) {
    fail('a location and an offset of its data', `"${location}" at ${entries.get('offset')}`);
  }
  if (length !== needed) fail(`${needed} bytes`, `${entries.get('length')} in the model`);
  const { externalData } = reader.options;
  if (externalData === undefined) {
    return fail(
      `its data from the file "${location}" beside the model`,
      'no way to read it',
      'Give readOnnx an externalData callback.',
    );
  }
  const bytes = externalData({ location, offset, length });
  if (bytes.length !== length)
    fail(`${length} bytes at ${offset} of "${location}"`, `${bytes.length}`);
  return bytes;
}
