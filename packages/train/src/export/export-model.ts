// A model as one file that needs nothing else: pictures in, answers out.

import { modelOf, writeOnnx } from '@migaki/graph';
import { exportedGraph, type Weights } from '../model/graphs.ts';
import type { ModelPlan } from '../model/model-plan.ts';
import { type ModelCard, metadataOf } from './model-card.ts';

/** The bytes of the ONNX file. */
export const exportModel = (plan: ModelPlan, weights: Weights, card: ModelCard): Uint8Array =>
  writeOnnx(modelOf(exportedGraph(plan, weights), metadataOf(card)));
