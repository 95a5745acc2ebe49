import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inferRequest, readTensors, type SentTensor } from './tensors.ts';

const url = 'http://127.0.0.1/v2/models/cells/infer';
const file: SentTensor = {
  name: 'image',
  datatype: 'BYTES',
  shape: [1],
  values: new Uint8Array([255, 216, 0]),
};
const numbers: SentTensor = {
  name: 'image',
  datatype: 'FP32',
  shape: [2],
  values: new Float32Array([0.5, 2]),
};
const jsonOf = (body: Uint8Array | undefined) => JSON.parse(Buffer.from(body!).toString());

test('as JSON a file is base64 and says so, and numbers are numbers', () => {
  const [input] = jsonOf(inferRequest(url, '7', file, false).body).inputs;
  assert.deepEqual(input.data, ['/9gA']);
  assert.deepEqual(input.parameters, { content_type: 'base64' });
  const request = inferRequest(url, '7', numbers, false);
  assert.deepEqual(jsonOf(request.body), {
    id: '7',
    inputs: [{ name: 'image', shape: [2], datatype: 'FP32', data: [0.5, 2] }],
  });
});

test('as bytes a file has its length before it, and both stand behind the JSON that tells of them', () => {
  const { body, headers } = inferRequest(url, '7', file, true);
  const jsonLength = Number(headers!['inference-header-content-length']);
  const { inputs, parameters } = jsonOf(body!.subarray(0, jsonLength));
  assert.deepEqual(inputs[0].parameters, { binary_data_size: 7 });
  assert.deepEqual(parameters, { binary_data_output: true });
  assert.deepEqual([...body!.subarray(jsonLength)], [3, 0, 0, 0, 255, 216, 0]);
  const floats = inferRequest(url, '7', numbers, true);
  assert.deepEqual(floats.body!.slice(-8), new Uint8Array(new Float32Array([0.5, 2]).buffer));
});

function reply(outputs: unknown, tail: Uint8Array[] = []) {
  const head = Buffer.from(JSON.stringify({ outputs }));
  const headers = new Headers(
    tail.length > 0 ? { 'inference-header-content-length': String(head.length) } : {},
  );
  return { headers, body: Buffer.concat([head, ...tail]) };
}
const read = (outputs: unknown, tail?: Uint8Array[]) =>
  readTensors(reply(outputs, tail), 'leaf.jpg').map(({ values }) => [...values]);

test('data come flat or as lists in lists', () => {
  const output = { name: 'boxes', datatype: 'FP32', shape: [1, 2] };
  assert.deepEqual(read([{ ...output, data: [1, 2] }]), [[1, 2]]);
  assert.deepEqual(read([{ ...output, data: [[1, 2]] }]), [[1, 2]]);
});

test('data of every datatype come as bytes, one tensor after the other', () => {
  const texts = Buffer.from('\u0003\0\0\0cat\u0002\0\0\0ox', 'latin1');
  const tails: [datatype: string, bytes: Uint8Array][] = [
    ['FP16', new Uint8Array(new Float16Array([0.5, 2]).buffer)],
    ['FP32', new Uint8Array(new Float32Array([0.5, 2]).buffer)],
    ['BOOL', new Uint8Array([1, 0])],
    ['INT64', new Uint8Array(new BigInt64Array([-1n, 7n]).buffer)],
    ['BYTES', texts],
  ];
  const outputs = tails.map(([datatype, { length }]) => ({
    name: datatype,
    datatype,
    shape: [2],
    parameters: { binary_data_size: length },
  }));
  const expected = [
    [0.5, 2],
    [0.5, 2],
    [1, 0],
    [-1, 7],
    ['cat', 'ox'],
  ];
  assert.deepEqual(
    read(
      outputs,
      tails.map(([, bytes]) => bytes),
    ),
    expected,
  );
});

const wrong: [what: string, outputs: unknown, error: RegExp][] = [
  ['no outputs', undefined, /leaf\.jpg, outputs: expected a list of tensors, found nothing/],
  ['a tensor without a shape', [{ name: 'a', datatype: 'FP32' }], /outputs\[0\]: .*a shape/],
  [
    'too few numbers',
    [{ name: 'a', datatype: 'FP32', shape: [2], data: [1] }],
    /outputs\[0\]\.data: expected 2 numbers.*found 1 values/,
  ],
  [
    'texts in place of numbers',
    [{ name: 'a', datatype: 'FP32', shape: [1], data: ['x'] }],
    /expected 1 numbers.*found \["x"\]/,
  ],
];
for (const [what, outputs, error] of wrong) {
  test(`${what}: the field is named`, () => assert.throws(() => read(outputs), error));
}

test('bytes that are cut off, of a datatype that nobody knows, and no JSON are told', () => {
  const output = { name: 'a', shape: [2], parameters: { binary_data_size: 8 } };
  const tail = [new Uint8Array(7)];
  assert.throws(() => read([{ ...output, datatype: 'FP32' }], tail), /found 1 values/);
  assert.throws(() => read([{ ...output, datatype: 'BF16' }], tail), /one of the datatypes.*BF16/);
  const page = { headers: new Headers(), body: Buffer.from('<html>') };
  assert.throws(() => readTensors(page, 'leaf.jpg'), /leaf\.jpg: expected a JSON document.*<html>/);
});
