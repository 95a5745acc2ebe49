// Every bench there is, in the order in which they run.

import { activeLoop } from './active-loop.ts';
import { annotator } from './annotator.ts';
import { cocoEval, cocoEvalFull } from './coco-eval.ts';
import { cocoParse, cocoParseFull } from './coco-parse.ts';
import { cocoWrite } from './coco-write.ts';
import { convert } from './convert.ts';
import { embeddings } from './embeddings.ts';
import { fuzz } from './fuzz.ts';
import { fuzzOracle } from './fuzz-oracle.ts';
import { graphStep } from './graph-step.ts';
import type { Bench } from './harness/bench.ts';
import { UsageError } from './harness/options.ts';
import { killImport } from './kill-import.ts';
import { labelMistakes } from './label-mistakes.ts';
import { mask } from './mask.ts';
import { preannotate } from './preannotate.ts';
import { serverEdit } from './server-edit.ts';
import { serverImport } from './server-import.ts';
import { similarObjects } from './similar-objects.ts';
import { store } from './store.ts';
import { trainBccd } from './train-bccd.ts';
import { trainDrawn } from './train-drawn.ts';
import { webAnnotator } from './web-annotator.ts';
import { webGrid } from './web-grid.ts';

export const benches: readonly Bench[] = [
  cocoEval,
  cocoEvalFull,
  cocoParse,
  cocoParseFull,
  cocoWrite,
  mask,
  convert,
  annotator,
  graphStep,
  trainBccd,
  trainDrawn,
  preannotate,
  embeddings,
  similarObjects,
  labelMistakes,
  activeLoop,
  fuzz,
  fuzzOracle,
  store,
  serverImport,
  serverEdit,
  killImport,
  webGrid,
  webAnnotator,
];

/**
 * The benches of these names, in the order of the names; without names all that are not long.
 * @throws UsageError for a name that is not there, listing those that are.
 */
export function chooseBenches(names: readonly string[]): Bench[] {
  if (names.length === 0) return benches.filter(({ long }) => !long);
  return names.map((name) => {
    const bench = benches.find((candidate) => candidate.name === name);
    if (bench !== undefined) return bench;
    const known = benches.map((candidate) => candidate.name).join(', ');
    throw new UsageError(`There is no bench "${name}". There are: ${known}.`);
  });
}
