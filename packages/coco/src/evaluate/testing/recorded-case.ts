// Cases that `fixtures/record.py` has recorded from pycocotools, and how far we are from them.

import { inflateSync } from 'node:zlib';
import type { CocoDataset, CocoResult } from '../../types.ts';
import { evaluate } from '../evaluate.ts';
import type { EvaluationOptions } from '../params.ts';

export interface RecordedCase {
  name: string;
  groundTruth: CocoDataset;
  /** Scores that JSON cannot write are strings. */
  results: CocoResult[];
  options: EvaluationOptions;
  shape: number[];
  /** Null where pycocotools cannot summarize. */
  stats: number[] | null;
  /** precision, recall and scores end to end: base64 of deflated little-endian doubles. */
  arrays: string;
}

/** The greatest difference of any number, Infinity where the number of numbers differs; and how many were compared. */
export function differenceFrom(recorded: RecordedCase): { greatest: number; count: number } {
  const results = recorded.results.map((result) => ({ ...result, score: Number(result.score) }));
  const evaluation = evaluate(recorded.groundTruth, results, recorded.options);
  const { T, R, K, A, M } = evaluation.shape;
  const { precision, recall, scores } = evaluation;
  const got = [[T, R, K, A, M], precision, recall, scores].flatMap((part) => [...part]);
  const wanted = [...recorded.shape, ...doublesOf(recorded.arrays)];
  if (recorded.stats !== null) {
    got.push(...evaluation.stats);
    wanted.push(...recorded.stats);
  }
  if (got.length !== wanted.length) return { greatest: Number.POSITIVE_INFINITY, count: 0 };
  let greatest = 0;
  for (const [i, number] of wanted.entries()) {
    // Equal infinities differ by NaN, and so do equal NaNs.
    if (Object.is(got[i], number)) continue;
    const difference = Math.abs(got[i] - number);
    greatest = Math.max(greatest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return { greatest, count: wanted.length };
}

function doublesOf(text: string): number[] {
  const bytes = inflateSync(Buffer.from(text, 'base64'));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
}
