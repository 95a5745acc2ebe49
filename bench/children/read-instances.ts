// Reads a COCO file one way in a process of its own, so that memory can be told apart, and prints what it took.
//
//   node --expose-gc read-instances.ts read-coco|stream-json|json-parse FILE

import { createReadStream, readFileSync } from 'node:fs';
import { readCoco, streamJson } from '../../packages/coco/src/index.ts';

export interface ReadingCost {
  seconds: number;
  /** What the data takes once read and after a garbage collection. */
  keptBytes: number;
  peakRssBytes: number;
}

const ways = {
  'read-coco': (file: string) => readCoco(createReadStream(file, { highWaterMark: 1 << 20 })),
  'stream-json': async (file: string) => {
    let elements = 0;
    const source = createReadStream(file, { highWaterMark: 1 << 20 });
    for await (const { values } of streamJson(source)) elements += values.length;
    return elements;
  },
  'json-parse': (file: string) => JSON.parse(readFileSync(file, 'utf8')) as unknown,
};
export type ReadingWay = keyof typeof ways;

const [way, file] = process.argv.slice(2) as [ReadingWay, string];
const emptyBytes = bytesInUse();
const started = performance.now();
const kept = await ways[way](file);
const seconds = (performance.now() - started) / 1000;
const peakRssBytes = process.resourceUsage().maxRSS * 1024;
const cost: ReadingCost = { seconds, keptBytes: bytesInUse() - emptyBytes, peakRssBytes };
console.log(JSON.stringify({ ...cost, kept: typeof kept }));

function bytesInUse(): number {
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
