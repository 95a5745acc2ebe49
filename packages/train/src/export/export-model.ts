// A model as one file that needs nothing else: pictures in, answers out.

import { modelOf, writeOnnx } from '@migaki/graph';
import { exportedGraph, type Weights } from '../model/graphs.ts';
import type { PlannedModel } from '../model/model-plan.ts';
import { type ModelCard, metadataOf } from './model-card.ts';

/** The bytes of the ONNX file, in float32. */
export const exportModel = (model: PlannedModel, weights: Weights, card: ModelCard): Uint8Array =>
  writeOnnx(modelOf(exportedGraph(model, weights), metadataOf(card)));
