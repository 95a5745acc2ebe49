// A process that makes batches: settings come as its first message, then requests; each is answered by a message. It ends
// when whoever started it is gone.

import { once } from 'node:events';
import { join } from 'node:path';
import sharp from 'sharp';
import { openPixelCache } from '../pictures/pixel-cache.ts';
import type { Batch, BatchRequest, LoaderAnswer, LoaderSettings } from './batch.ts';
import { layDown } from './batch-file.ts';
import { makeBatch } from './make-batch.ts';

process.on('SIGINT', () => {}); // the trainer says when it is our turn
process.once('disconnect', () => process.exit(0));
sharp.concurrency(1);
sharp.cache(false);

const [settings] = (await once(process, 'message')) as [LoaderSettings];
const cache = await openPixelCache(settings.cache.folder, settings.cache.mostBytes);
const waiting: BatchRequest[] = [];
let isWorking = false;
process.on('message', (request: BatchRequest) => {
  waiting.push(request);
  if (!isWorking) work();
});

async function work(): Promise<void> {
  isWorking = true;
  for (;;) {
    const request = waiting.shift();
    if (request === undefined) break;
    answer(
      await makeBatch(settings, cache, request).then(
        (batch) => onItsWay(batch),
        (error: Error) => ({ id: request.id, error: error.stack ?? error.message }),
      ),
    );
  }
  isWorking = false;
}

function onItsWay({ tensors, ...batch }: Batch): LoaderAnswer {
  try {
    const file = join(settings.batchFolder, `${batch.id}`);
    return { batch, laidDown: layDown(file, tensors) };
  } catch {
    // A full disk makes it slower, no more.
    return { batch: { ...batch, tensors } };
  }
}

function answer(message: LoaderAnswer): void {
  if (process.connected) process.send?.(message);
}
