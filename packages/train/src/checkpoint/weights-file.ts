// The weights that did best so far, with what they scored.

import type { Scores } from '../metrics/score-answers.ts';
import type { Weights } from '../model/graphs.ts';
import { readIfThere } from './read-if-there.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { writeWhole } from './write-whole.ts';

/** @throws TrainError `disk-full` */
export async function writeWeights(
  path: string,
  runKey: string,
  weights: Weights,
  scores: Scores,
): Promise<void> {
  const metadata = { run: runKey, scores: JSON.stringify(scores) };
  await writeWhole(path, writeSafetensors({ tensors: weights, metadata }));
}

/** @returns null where there are none of this run */
export async function readWeights(
  path: string,
  runKey: string,
): Promise<{ weights: Weights; scores: Scores } | null> {
  const bytes = await readIfThere(path);
  if (bytes === null) return null;
  const { tensors, metadata } = readSafetensors(bytes, path);
  return metadata.run === runKey ? { weights: tensors, scores: JSON.parse(metadata.scores) } : null;
}
