// The one error type of this package: what a caller or a file got wrong, told in parts that make one sentence.

/** Every way in which a call into this package can fail because of what it was given. */
export const graphErrorCodes = {
  'not-onnx': 'The bytes are not an ONNX model.',
  'damaged-onnx': 'The bytes begin like an ONNX model but break its format.',
  'missing-data': 'Weights kept beside the model are not there or too short.',
  'unsupported-onnx': 'The model uses a part of ONNX that this package does not know.',
  'bad-graph': 'A graph breaks a rule that every graph keeps.',
  'bad-node': 'A node has inputs, attributes or shapes that its operator does not take.',
  'bad-tensor': 'A tensor has data that does not fit its shape or element type.',
  'unknown-operator': 'No row of the operator table describes this operator.',
  'unknown-value': 'No value of this name is in the graph.',
  'not-differentiable': 'A gradient was asked for through an operator that has none.',
} as const satisfies Record<string, string>;

export type GraphErrorCode = keyof typeof graphErrorCodes;

export interface GraphErrorDetails {
  /** Where: a node, a value, a byte offset, as close as is known. */
  where?: string;
  /** What would have been right. */
  expected: string;
  /** What came instead. */
  found: string;
  /** What the person can do about it. */
  advice?: string;
}

/**
 * Thrown for input that cannot be used. `message` is fit to be shown as it is.
 *
 * @example
 * try { readOnnx(bytes); } catch (error) {
 *   if (error instanceof GraphError && error.code === 'not-onnx') askForAnotherFile(error.message);
 * }
 */
export class GraphError extends Error {
  readonly code: GraphErrorCode;
  readonly details: GraphErrorDetails;

  constructor(code: GraphErrorCode, details: GraphErrorDetails) {
    const where = details.where === undefined ? '' : `${details.where}: `;
    const advice = details.advice === undefined ? '' : ` ${details.advice}`;
    super(`${where}expected ${details.expected}, found ${details.found}.${advice}`);
    this.name = 'GraphError';
    this.code = code;
    this.details = details;
  }
}
