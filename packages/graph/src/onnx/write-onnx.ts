// Writes a model as ONNX: bytes that ONNX Runtime and Netron read.

import { GraphError } from '../graph-error.ts';
import { checkGraph } from '../ir/check.ts';
import { elementTypes } from '../ir/element-type.ts';
import { type Attribute, type Graph, graphOpset, type Model, type Value } from '../ir/graph.ts';
import type { Tensor } from '../ir/tensor.ts';
import {
  type AttributeMessage,
  attributeTypes,
  type DimensionMessage,
  type GraphMessage,
  type ModelMessage,
  modelSchema,
  type TensorMessage,
  type ValueInfoMessage,
} from './messages.ts';
import { writeMessage } from './wire.ts';

/** The version of the format itself that opset 21 came with. */
const irVersion = 10;
/** Protocol Buffers end here; larger weights go beside the model. */
const maxModelBytes = 2 ** 31 - 1;

/** A model of nothing but a graph. */
export const modelOf = (graph: Graph, metadata: Readonly<Record<string, string>> = {}): Model => ({
  graph,
  domains: new Map(),
  metadata: new Map(Object.entries(metadata)),
  producer: { name: 'migaki', version: '' },
});

/** Where weights go that are not kept inside of the model. */
interface DataFile {
  location: string;
  minBytes: number;
  pieces: Uint8Array[];
  length: number;
}

/**
 * The bytes of a model, weights included.
 *
 * @throws GraphError `bad-graph` for a graph that breaks the rules, or a model of 2 GB and more.
 *
 * @example
 * const session = await InferenceSession.create(writeOnnx(modelOf(graph)));
 */
export function writeOnnx(model: Model): Uint8Array {
  return joined(modelMessage(model));
}

/**
 * A model with its larger weights in a file of their own beside it, as models past 2 GB need.
 *
 * @param location the name of that file as the model will look for it: relative to the model
 * @returns the model's bytes, and the other file's as pieces that follow each other
 *
 * @example
 * const { bytes, data } = writeOnnxWithData(model, 'weights.bin');
 */
export function writeOnnxWithData(
  model: Model,
  location: string,
  minBytes = 1024,
): { bytes: Uint8Array; data: Uint8Array[] } {
  const file: DataFile = { location, minBytes, pieces: [], length: 0 };
  const bytes = joined(modelMessage(model, file));
  return { bytes, data: file.pieces };
}

function joined(message: ModelMessage): Uint8Array {
  const { pieces, length } = writeMessage(modelSchema, message);
  if (length > maxModelBytes) {
    throw new GraphError('bad-graph', {
      where: 'writeOnnx',
      expected: 'a model of less than 2 GB',
      found: `${length} bytes`,
      advice: 'Put the weights into a file of their own with writeOnnxWithData.',
    });
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function modelMessage(
  { graph, domains, metadata, producer }: Model,
  file?: DataFile,
): ModelMessage {
  checkGraph(graph);
  return {
    ir_version: irVersion,
    producer_name: producer.name,
    producer_version: producer.version,
    graph: graphMessage(graph, file),
    opset_import: [
      { domain: '', version: graphOpset },
      ...[...domains].map(([domain, version]) => ({ domain, version })),
    ],
    metadata_props: [...metadata].map(([key, value]) => ({ key, value })),
    functions: [],
  };
}

function graphMessage(graph: Graph, file: DataFile | undefined): GraphMessage {
  const isOutput = new Set(graph.outputs.map(({ name }) => name));
  return {
    name: graph.name,
    node: graph.nodes.map(({ name, operator, domain, inputs, outputs, attributes }) => ({
      name,
      op_type: operator,
      ...(domain !== '' && { domain }),
      input: [...inputs],
      output: [...outputs],
      attribute: Object.entries(attributes).map(([key, value]) =>
        attributeMessage(key, value, file),
      ),
    })),
    initializer: [...graph.initializers].map(([name, tensor]) => tensorMessage(tensor, name, file)),
    input: graph.inputs.map(valueInfo),
    output: graph.outputs.map(valueInfo),
    value_info: [...graph.values]
      .filter(([name]) => !isOutput.has(name))
      .map(([name, type]) => valueInfo({ name, ...type })),
  };
}

function valueInfo({ name, type, shape }: Value): ValueInfoMessage {
  const dim = shape?.map(
    (dimension): DimensionMessage =>
      typeof dimension === 'number'
        ? { dim_value: dimension }
        : dimension === '?'
          ? {}
          : { dim_param: dimension },
  );
  const elementType = elementTypes[type].code;
  return {
    name,
    type: { tensor_type: { elem_type: elementType, ...(dim && { shape: { dim } }) } },
  };
}

const emptyTensor = {
  float_data: [],
  int32_data: [],
  string_data: [],
  int64_data: [],
  double_data: [],
  uint64_data: [],
};

function tensorMessage(
  { type, shape, bytes }: Tensor,
  name: string,
  file: DataFile | undefined,
): TensorMessage {
  const head = { ...emptyTensor, dims: [...shape], data_type: elementTypes[type].code, name };
  if (file === undefined || bytes.length < file.minBytes) {
    return { ...head, external_data: [], raw_data: bytes };
  }
  const offset = file.length;
  file.pieces.push(bytes);
  file.length += bytes.length;
  return {
    ...head,
    data_location: 1,
    external_data: [
      { key: 'location', value: file.location },
      { key: 'offset', value: `${offset}` },
      { key: 'length', value: `${bytes.length}` },
    ],
  };
}

const text = new TextEncoder();

function attributeMessage(
  name: string,
  attribute: Attribute,
  file: DataFile | undefined,
): AttributeMessage {
  const { kind, value } = attribute;
  const message: AttributeMessage = {
    name,
    type: attributeTypes[kind],
    floats: [],
    ints: [],
    strings: [],
  };
  if (kind === 'float') message.f = value;
  else if (kind === 'int') message.i = value;
  else if (kind === 'string') message.s = text.encode(value);
  else if (kind === 'floats') message.floats = [...value];
  else if (kind === 'ints') message.ints = [...value];
  else if (kind === 'strings') message.strings = value.map((one) => text.encode(one));
  else if (kind === 'tensor') message.t = tensorMessage(value, '', undefined);
  else message.g = graphMessage(value, file);
  return message;
}
