// The messages of ONNX that this package reads and writes (onnx.proto, IR version 10), as tables for the wire codec and as
// types. Field numbers and meanings: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.

import { many, one, type Schema } from './wire.ts';

export interface EntryMessage {
  key?: string;
  value?: string;
}
export interface TensorMessage {
  dims: number[];
  data_type?: number;
  float_data: number[];
  int32_data: number[];
  string_data: Uint8Array[];
  int64_data: bigint[];
  name?: string;
  raw_data?: Uint8Array;
  double_data: number[];
  uint64_data: bigint[];
  external_data: EntryMessage[];
  data_location?: number;
}
export interface AttributeMessage {
  name?: string;
  f?: number;
  i?: number;
  s?: Uint8Array;
  t?: TensorMessage;
  g?: GraphMessage;
  floats: number[];
  ints: number[];
  strings: Uint8Array[];
  type?: number;
  ref_attr_name?: string;
}
export interface NodeMessage {
  input: string[];
  output: string[];
  name?: string;
  op_type?: string;
  attribute: AttributeMessage[];
  domain?: string;
}
export interface DimensionMessage {
  dim_value?: number;
  dim_param?: string;
}
export interface TypeMessage {
  tensor_type?: { elem_type?: number; shape?: { dim: DimensionMessage[] } };
}
export interface ValueInfoMessage {
  name?: string;
  type?: TypeMessage;
}
export interface GraphMessage {
  node: NodeMessage[];
  name?: string;
  initializer: TensorMessage[];
  input: ValueInfoMessage[];
  output: ValueInfoMessage[];
  value_info: ValueInfoMessage[];
}
export interface ModelMessage {
  ir_version?: number;
  producer_name?: string;
  producer_version?: string;
  domain?: string;
  model_version?: number;
  graph?: GraphMessage;
  opset_import: { domain?: string; version?: number }[];
  metadata_props: EntryMessage[];
  functions: { name?: string; domain?: string }[];
}

/** A table that has a field for each key of the message's type, and no other. */
type SchemaOf<T> = Schema & { readonly fields: Readonly<Record<keyof T, unknown>> };

const entry: SchemaOf<EntryMessage> = {
  message: 'StringStringEntry',
  fields: { key: one(1, 'string'), value: one(2, 'string') },
};
const tensor: SchemaOf<TensorMessage> = {
  message: 'Tensor',
  passedOver: { 12: 'doc_string', 16: 'metadata_props' },
  fields: {
    dims: many(1, 'int64'),
    data_type: one(2, 'int64'),
    float_data: many(4, 'float'),
    int32_data: many(5, 'int64'),
    string_data: many(6, 'bytes'),
    int64_data: many(7, 'bigint'),
    name: one(8, 'string'),
    raw_data: one(9, 'bytes'),
    double_data: many(10, 'double'),
    uint64_data: many(11, 'bigint'),
    external_data: many(13, () => entry),
    data_location: one(14, 'int64'),
  },
};
const attribute: SchemaOf<AttributeMessage> = {
  message: 'Attribute',
  passedOver: { 13: 'doc_string' },
  fields: {
    name: one(1, 'string'),
    f: one(2, 'float'),
    i: one(3, 'int64'),
    s: one(4, 'bytes'),
    t: one(5, () => tensor),
    g: one(6, () => graph),
    floats: many(7, 'float'),
    ints: many(8, 'int64'),
    strings: many(9, 'bytes'),
    type: one(20, 'int64'),
    ref_attr_name: one(21, 'string'),
  },
};
const node: SchemaOf<NodeMessage> = {
  message: 'Node',
  passedOver: { 6: 'doc_string', 8: 'overload', 9: 'metadata_props' },
  fields: {
    input: many(1, 'string'),
    output: many(2, 'string'),
    name: one(3, 'string'),
    op_type: one(4, 'string'),
    attribute: many(5, () => attribute),
    domain: one(7, 'string'),
  },
};
const dimension: SchemaOf<DimensionMessage> = {
  message: 'Dimension',
  fields: { dim_value: one(1, 'int64'), dim_param: one(2, 'string') },
};
const shape: Schema = { message: 'TensorShape', fields: { dim: many(1, () => dimension) } };
const tensorType: Schema = {
  message: 'TensorType',
  fields: { elem_type: one(1, 'int64'), shape: one(2, () => shape) },
};
const type: SchemaOf<TypeMessage> = {
  message: 'Type',
  passedOver: {
    4: 'sequence_type',
    5: 'map_type',
    6: 'denotation',
    8: 'sparse_tensor_type',
    9: 'optional_type',
  },
  fields: { tensor_type: one(1, () => tensorType) },
};
const valueInfo: SchemaOf<ValueInfoMessage> = {
  message: 'ValueInfo',
  passedOver: { 3: 'doc_string', 4: 'metadata_props' },
  fields: { name: one(1, 'string'), type: one(2, () => type) },
};
const graph: SchemaOf<GraphMessage> = {
  message: 'Graph',
  passedOver: {
    10: 'doc_string',
    14: 'quantization_annotation',
    15: 'sparse_initializer',
    16: 'metadata_props',
  },
  fields: {
    node: many(1, () => node),
    name: one(2, 'string'),
    initializer: many(5, () => tensor),
    input: many(11, () => valueInfo),
    output: many(12, () => valueInfo),
    value_info: many(13, () => valueInfo),
  },
};
const opset: Schema = {
  message: 'OperatorSetId',
  fields: { domain: one(1, 'string'), version: one(2, 'int64') },
};
const functionName: Schema = {
  message: 'Function',
  fields: { name: one(1, 'string'), domain: one(10, 'string') },
};
export const modelSchema: SchemaOf<ModelMessage> = {
  message: 'Model',
  passedOver: { 6: 'doc_string', 20: 'training_info' },
  fields: {
    ir_version: one(1, 'int64'),
    producer_name: one(2, 'string'),
    producer_version: one(3, 'string'),
    domain: one(4, 'string'),
    model_version: one(5, 'int64'),
    graph: one(7, () => graph),
    opset_import: many(8, () => opset),
    metadata_props: many(14, () => entry),
    functions: many(25, () => functionName),
  },
};

/** Numbers of AttributeProto.AttributeType by our kinds. */
export const attributeTypes = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  strings: 8,
} as const;
