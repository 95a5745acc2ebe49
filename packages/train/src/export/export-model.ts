// A model as one file that needs nothing else: pictures in, answers out.

import {
  type Graph,
  modelOf,
  type Node,
  quantiseDynamically,
  toFloat16,
  writeOnnx,
} from '@migaki/graph';
import { exportedGraph, type Weights } from '../model/graphs.ts';
import type { PlannedModel } from '../model/model-plan.ts';
import { scopes } from '../networks/layers.ts';
import { type ModelCard, metadataOf, type Precision } from './model-card.ts';

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

/** The bytes of the ONNX file. */
export function exportModel(
  model: PlannedModel,
  weights: Weights,
  card: ModelCard,
  precision: Precision = 'float32',
): Uint8Array {
  const graph = conversions[precision](exportedGraph(model, weights));
  return writeOnnx(modelOf(graph, metadataOf({ ...card, precision })));
}
