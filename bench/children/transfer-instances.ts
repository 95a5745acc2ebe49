// Imports a COCO file into a database, or exports it again, in a process of its own, and prints what it took.
//
//   node transfer-instances.ts import|export DATABASE_URL DATASET_ID FILE

import { createReadStream } from 'node:fs';
import { streamJson, writeCoco } from '../../packages/coco/src/index.ts';
import { exportCoco, importCoco, openPool, openStore } from '../../packages/store/src/index.ts';

export interface TransferCost {
  seconds: number;
  peakRssBytes: number;
  /** Of an export. */
  bytes: number;
  /** Of an import. */
  isUnchanged: boolean;
}

const [direction, url, id, file] = process.argv.slice(2);
const pool = openPool(url);
const store = openStore({ pool });
const started = performance.now();
let bytes = 0;
let isUnchanged = false;
if (direction === 'import') {
  const source = createReadStream(file, { highWaterMark: 1 << 20 });
  ({ isUnchanged } = await importCoco(store, Number(id), streamJson(source), { author: 'bench' }));
} else {
  await exportCoco(store, Number(id), {}, async (root) => {
    for await (const piece of writeCoco(root)) bytes += Buffer.byteLength(piece);
  });
}
const seconds = (performance.now() - started) / 1000;
await pool.end();
const peakRssBytes = process.resourceUsage().maxRSS * 1024;
const cost: TransferCost = { seconds, peakRssBytes, bytes, isUnchanged };
console.log(JSON.stringify(cost));
