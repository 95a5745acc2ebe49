// Writes the dataset of FILE one way in a process of its own, so that memory can be told apart, and prints what it
// took. The way `stream` hands the annotations over one by one, REPEATS times, so that they are never all there.
//
//   node write-instances.ts write-coco|json-stringify|stream FILE OUT [REPEATS]

import { createReadStream, createWriteStream, statSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CocoDataset, readCoco, writeCoco } from '../../packages/coco/src/index.ts';

export interface WritingCost {
  seconds: number;
  writtenBytes: number;
  /** Of the whole process, with Node itself and the dataset in it. */
  peakRssBytes: number;
}

const ways = {
  'write-coco': ({ ...sections }: CocoDataset) => write(writeCoco(sections)),
  'json-stringify': async (dataset: CocoDataset) => writeFileSync(out, JSON.stringify(dataset)),
  stream: ({ annotations, ...sections }: CocoDataset) =>
    write(writeCoco({ ...sections, annotations: repeated(annotations, Number(repeats)) })),
};
export type WritingWay = keyof typeof ways;

const [way, file, out, repeats = '1'] = process.argv.slice(2) as [WritingWay, string, string];
const read = await readCoco(createReadStream(file));
if (read.kind !== 'instances' && read.kind !== 'keypoints') throw new Error(`${file}: no objects`);
const started = performance.now();
await ways[way](read.dataset);
const cost: WritingCost = {
  seconds: (performance.now() - started) / 1000,
  writtenBytes: statSync(out).size,
  peakRssBytes: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(cost));

function write(pieces: AsyncIterable<string>): Promise<void> {
  return pipeline(Readable.from(pieces), createWriteStream(out));
}

function* repeated<Value>(values: readonly Value[], times: number): Iterable<Value> {
  for (let time = 0; time < times; time++) yield* values;
}
