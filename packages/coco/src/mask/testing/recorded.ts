// What pycocotools 2.0.11 answered, recorded by ../fixtures/record.py. Answers come last in every case.

import { readFileSync } from 'node:fs';
import type { CompressedRle } from '../../types.ts';
import type { Rle } from '../rle.ts';
import { rleFromText } from '../rle-text.ts';

type Size = [height: number, width: number];
type Numbers = (number | null)[];

interface Recorded {
  polygons: [polygon: number[], height: number, width: number, text: string][];
  boxes: [bbox: number[], height: number, width: number, text: string][];
  /** One digit per pixel, row by row. */
  bitmaps: [digits: string, height: number, width: number, text: string][];
  merges: [how: 'union' | 'intersection', rles: CompressedRle[], size: Size, text: string][];
  rleIous: [dts: CompressedRle[], gts: CompressedRle[], isCrowd: boolean[], ious: number[][]][];
  /** NaN is null. */
  bboxIous: [dts: Numbers[], gts: Numbers[], isCrowd: boolean[], ious: Numbers[]][];
  runLengths: [
    height: number,
    width: number,
    counts: number[],
    text: string,
    area: number,
    bbox: number[],
  ][];
  runIous: [
    height: number,
    width: number,
    dt: number[],
    gt: number[],
    isCrowd: boolean,
    iou: number,
  ][];
}

const path = new URL('../fixtures/pycocotools.json', import.meta.url);

export const recorded: Recorded = JSON.parse(readFileSync(path, 'utf8'));

export function rleFromRecorded({ size: [height, width], counts }: CompressedRle): Rle {
  return rleFromText(counts, height, width);
}
