// A finished model in another precision, from its file alone.

import { phrase } from '@migaki/coco';
import {
  type Graph,
  inferShapes,
  type Node,
  quantiseDynamically,
  readOnnx,
  toFloat16,
  writeOnnx,
} from '@migaki/graph';
import { scopes } from '../networks/layers.ts';
import { TrainError } from '../train-error.ts';
import { cardFrom, metadataOf, type Precision } from './model-card.ts';

const isIn =
  (...names: string[]) =>
  (node: Node): boolean =>
    names.some((name) => node.name.startsWith(`${name}/`));
/** What is about pixels of a picture needs more digits than half precision has. */
const isAboutPlaces = isIn(scopes.preprocess, scopes.places, scopes.answers);
/** The layers that end in answers are few and suffer most from rounding. */
const isLast = isIn(scopes.last);

const conversions: Record<Precision, (graph: Graph) => Graph> = {
  float32: (graph) => graph,
  float16: (graph) => toFloat16(graph, isAboutPlaces),
  int8: (graph) => quantiseDynamically(graph, isLast),
};

/**
 * @param bytes a model in float32, as training ends with
 * @param where how messages call it
 * @throws TrainError `not-a-model`
 *
 * @example
 * await writeFile('model.int8.onnx', convertModel(await readFile('model.onnx'), 'int8', 'model.onnx'));
 */
export function convertModel(bytes: Uint8Array, precision: Precision, where: string): Uint8Array {
  const { model } = readOnnx(bytes);
  const card = cardFrom(model.metadata, where);
  if (card.precision === precision) return bytes;
  if (card.precision !== 'float32') {
    throw new TrainError('not-a-model', {
      where,
      expected: phrase`a model in float32, from which others are made`,
      found: phrase`one in ${card.precision}`,
    });
  }
  const graph = conversions[precision](inferShapes(model.graph));
  const metadata = new Map(Object.entries(metadataOf({ ...card, precision })));
  return writeOnnx({ ...model, graph, metadata });
}
