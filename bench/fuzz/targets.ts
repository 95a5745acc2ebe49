// Everything that is fuzzed.

import { formats } from '../../packages/coco/src/index.ts';
import { converterTarget } from './converter-target.ts';
import { evaluation } from './evaluate-target.ts';
import { cocoFile, json } from './json-targets.ts';
import { polygon, rleText } from './mask-targets.ts';
import { png } from './png-target.ts';
import type { FuzzTarget } from './target.ts';

export const fuzzTargets = [
  json,
  cocoFile,
  rleText,
  polygon,
  evaluation,
  png,
  ...formats.map(converterTarget),
] as readonly FuzzTarget<unknown>[];

/** @throws Error where there is none of this name; the message names those that there are. */
export function fuzzTargetOf(name: string): FuzzTarget<unknown> {
  const target = fuzzTargets.find((candidate) => candidate.name === name);
  if (target !== undefined) return target;
  const known = fuzzTargets.map((candidate) => candidate.name).join(', ');
  throw new Error(`There is no fuzz target "${name}". There are: ${known}.`);
}
